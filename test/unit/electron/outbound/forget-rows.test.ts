// What a file keeps of a test that does not run: the key for good, what was seen for a day.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { generateZoneKey } from '../../../../electron/lab/zone-key.ts';
import { forgetOldRows } from '../../../../electron/outbound/forget-rows.ts';
import { readState, writeState, type OutboundState } from '../../../../electron/outbound/state.ts';

const root = mkdtempSync(join(tmpdir(), 'forget-rows-'));
afterAll(() => rmSync(root, { recursive: true }));

const HOUR = 3_600_000;
const scenarios = ['do'] as const;
const runAt = (alias: string, startedAt: number) => ({
  ...{ alias, startedAt, silentAfterMs: 600_000, scenarios },
});
const seenAt = (at: number, from: string) => ({
  ...{ at, scenario: 'do' as const },
  seen: {
    ...{ kind: 'smtp' as const, connection: '1', from, host: 1 },
    step: { name: 'connected' as const },
  },
});

function fileWith(rows: Pick<OutboundState, 'runs' | 'observations'>): string {
  const path = join(root, 'zone.json');
  const key = generateZoneKey(13, true);
  const zoneKey = Buffer.from(key.privateKey).toString('base64');
  const state = { base: 'havedane.test', algorithm: 13 as const, zoneKey };
  writeFileSync(path, writeState({ ...state, ...rows }));
  return path;
}

test('what is a day old goes, and the key and the rest stay', () => {
  const now = Date.now();
  const path = fileWith({
    runs: [runAt('old', now - 25 * HOUR), runAt('new', now - 23 * HOUR)],
    observations: [seenAt(now - 25 * HOUR, '192.0.2.1'), seenAt(now - 23 * HOUR, '192.0.2.2')],
  });
  const before = readState(readFileSync(path, 'utf8'));
  forgetOldRows(path);
  const text = readFileSync(path, 'utf8');
  expect(text).not.toContain('192.0.2.1');
  const after = readState(text);
  expect(after?.runs.map(({ alias }) => alias)).toEqual(['new']);
  expect(after?.observations).toHaveLength(1);
  expect(after?.zoneKey).toBe(before?.zoneKey);
  expect(readdirSync(root)).toEqual(['zone.json']);
});

test('a file in which nothing is old is left alone', () => {
  const now = Date.now();
  const path = fileWith({ runs: [runAt('new', now)], observations: [] });
  const text = `${readFileSync(path, 'utf8')}\n`;
  writeFileSync(path, text);
  forgetOldRows(path);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test.each(['', '{', '{"file":"DANE Inspector outbound test","runs":', 'something else'])(
  'a file that holds “%s” is left as it is',
  (text) => {
    const path = join(root, 'zone.json');
    writeFileSync(path, text);
    forgetOldRows(path);
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(readdirSync(root)).toEqual(['zone.json']);
  },
);

test('no file is no trouble', () => {
  forgetOldRows(join(root, 'none.json'));
  forgetOldRows(root);
  expect(readdirSync(root)).toEqual(['zone.json']);
});
