// Broken into lines or not, a shell is given the same words.
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { shellLines } from '../../../../electron/cli/shell-lines.ts';
import { SCENARIOS } from '../../../../shared/lab/scenario.ts';
import { testMails } from '../../../../shared/lab/test-mails.ts';
import { recipientsOf } from '../../../../shared/lab/test-run.ts';

const scenarios = SCENARIOS.map(({ id }) => id);
const run = { alias: 'abcdefghjkmnpqrstu', startedAt: 0, silentAfterMs: 1, scenarios };
const COMMANDS = testMails(recipientsOf(run, 'havedane.test'), "o'brien; x@example.org")
  .filter(({ label }) => label !== 'Recipients')
  .map(({ label, text }) => [label, text] as const);

/** What POSIX sh makes of it, with functions that print their arguments in the place of the programs. */
function heard(command: string): string {
  const told = `() { cat >/dev/null; for word in "$@"; do printf '<%s>\\n' "$word"; done; }`;
  const script = `sendmail${told}\nswaks${told}\n${command}\n`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8', input: '' });
}

describe.each(COMMANDS)('%s', (_, command) => {
  test.each([40, 60, 80, 100])('in %d columns says the same', (width) => {
    const broken = shellLines(command, width);
    expect(broken.split('\n').length).toBeGreaterThan(5);
    expect(heard(broken)).toBe(heard(command));
  });

  test('fits into 80 columns, and ends no line in a blank', () => {
    for (const line of shellLines(command, 80).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(80);
      expect(line).not.toMatch(/\s$/);
    }
  });
});

test('a short command stays as it is', () => {
  expect(shellLines("swaks --to a@b.test,c@d.test --header 'a b, c'", 80)).toBe(
    "swaks --to a@b.test,c@d.test --header 'a b, c'",
  );
});

test('quotes are never broken, however narrow', () => {
  expect(shellLines("printf 'one two three four five six' x", 12)).toBe(
    "printf \\\n  'one two three four five six' \\\n  x",
  );
});
