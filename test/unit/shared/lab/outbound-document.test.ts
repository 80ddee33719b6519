import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SCENARIOS } from '../../../../shared/lab/scenario.ts';

test('docs/outbound.md has the situations as they are', () => {
  const text = readFileSync(new URL('../../../../docs/outbound.md', import.meta.url), 'utf8');
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line === '## Situations');
  const rows = lines
    .slice(from, lines.indexOf('## When something is certain'))
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  expect(rows).toEqual(
    SCENARIOS.map(({ id, title, setting, duty, clause }) => [
      `\`${id}\``,
      ...[title, setting, duty, clause],
    ]),
  );
});
