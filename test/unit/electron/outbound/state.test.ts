import { describe, expect, test } from 'vitest';
import { generateZoneKey, restoreZoneKey } from '../../../../electron/lab/zone-key.ts';
import {
  KEEP_MS,
  MAX_OBSERVATIONS,
  MAX_RUNS,
  pruned,
  readState,
  writeState,
  type OutboundState,
} from '../../../../electron/outbound/state.ts';

const NOW = Date.UTC(2026, 10, 29, 12);

const STATE: OutboundState = {
  ...{ base: 'havedane.test', algorithm: 13, zoneKey: 'AAAA' },
  runs: [{ alias: 'abc', startedAt: NOW, silentAfterMs: 1000, scenarios: ['do', 'wrong'] }],
  observations: [
    {
      at: NOW,
      scenario: 'wrong',
      seen: {
        ...{ kind: 'smtp', connection: 'c', from: '192.0.2.1', host: 1 },
        step: { name: 'tls', version: 'TLSv1.3', cipher: 'x', serverName: null },
      },
    },
  ],
};

test('what was kept is read again', () => {
  expect(readState(writeState(STATE))).toMatchObject(STATE);
});

describe('a file that is none of ours gives nothing', () => {
  test.each([
    ['damaged', writeState(STATE).slice(0, -5)],
    ['of another version', writeState(STATE).replace('"version":1', '"version":2')],
    ['with an unknown situation', writeState(STATE).replace('"wrong"', '"other"')],
    ['with an unknown step', writeState(STATE).replace('"tls"', '"other"')],
    ['too large', writeState(STATE) + ' '.repeat(17 * 1024 * 1024)],
    ['empty', ''],
  ])('%s', (_, text) => {
    expect(readState(text)).toBeNull();
  });
});

test('rows go after a day', () => {
  expect(pruned(STATE, NOW + KEEP_MS - 1)).toEqual(STATE);
  expect(pruned(STATE, NOW + KEEP_MS)).toMatchObject({ runs: [], observations: [] });
});

test('of too much the oldest goes', () => {
  const [run] = STATE.runs;
  const [observation] = STATE.observations;
  if (run === undefined || observation === undefined) throw new Error('none');
  const full = pruned(
    {
      ...STATE,
      runs: Array.from({ length: MAX_RUNS + 1 }, (_, index) => ({ ...run, alias: `${index}` })),
      observations: Array.from({ length: MAX_OBSERVATIONS + 1 }, (_, index) => ({
        ...observation,
        at: NOW + index,
      })),
    },
    NOW,
  );
  expect(full.runs).toHaveLength(MAX_RUNS);
  expect(full.runs[0]?.alias).toBe('1');
  expect(full.observations[0]?.at).toBe(NOW + 1);
});

test.each([8, 13, 14, 15] as const)(
  'a zone key of algorithm %d is the same after a restart',
  (algorithm) => {
    const made = generateZoneKey(algorithm, true);
    const again = restoreZoneKey(algorithm, true, made.privateKey);
    expect(again.dnskey).toEqual(made.dnskey);
    expect(again.keyTag).toBe(made.keyTag);
  },
);

test('a key of another kind is refused', () => {
  const { privateKey } = generateZoneKey(13, true);
  for (const algorithm of [8, 14, 15] as const)
    expect(() => restoreZoneKey(algorithm, true, privateKey)).toThrow();
});
