// How many tests visitors may begin: so many of a network, so many in all, and never at the cost of an open one.
import { describe, expect, test } from 'vitest';
import { MAX_RUNS } from '../../../../electron/outbound/state.ts';
import {
  createVisitorStarts,
  MAX_KEPT_PER_NETWORK,
  MAX_OPEN,
  MAX_OPEN_PER_NETWORK,
  visitorNetwork,
} from '../../../../electron/outbound/visitor-starts.ts';
import type { TestRun } from '../../../../shared/lab/test-run.ts';

const SILENT_MS = 600_000;

/** A ledger as the real one is: the oldest goes for a new one. */
function world() {
  let now = 1_000_000;
  let runs: readonly TestRun[] = [];
  let count = 0;
  const service = {
    runs: () => runs,
    begin(): TestRun {
      count += 1;
      const run = {
        alias: `alias${count}`,
        startedAt: now,
        silentAfterMs: SILENT_MS,
        scenarios: [],
      };
      runs = [...runs, run].slice(-MAX_RUNS);
      return run;
    },
  };
  return {
    service,
    starts: createVisitorStarts(service, { now: () => now }),
    pass: (ms: number) => {
      now += ms;
    },
    forget: () => {
      runs = [];
    },
  };
}

describe('of one network', () => {
  test('a few wait at a time, and the answer says when one of them is over', () => {
    const { starts, pass } = world();
    for (let count = 0; count < MAX_OPEN_PER_NETWORK; count += 1) {
      expect(starts.begin(`192.0.2.${count}`).kind).toBe('begun');
      pass(1000);
    }
    const refused = { kind: 'refused', why: 'network' };
    expect(starts.begin('192.0.2.200')).toEqual({
      ...refused,
      retryAfterSeconds: SILENT_MS / 1000 - MAX_OPEN_PER_NETWORK,
    });
    expect(starts.begin('198.51.100.1').kind).toBe('begun');
    pass(SILENT_MS - MAX_OPEN_PER_NETWORK * 1000);
    expect(starts.begin('192.0.2.200').kind).toBe('begun');
    expect(starts.begin('192.0.2.200')).toMatchObject(refused);
  });

  test('so many are kept, until the first are deleted', () => {
    const { starts, pass, forget } = world();
    for (let count = 0; count < MAX_KEPT_PER_NETWORK; count += 1) {
      expect(starts.begin('2001:db8::1').kind).toBe('begun');
      pass(SILENT_MS);
    }
    expect(starts.begin('2001:db8:0:ff::1')).toMatchObject({ kind: 'refused', why: 'day' });
    expect(starts.begin('2001:db8:0:100::1').kind).toBe('begun');
    forget();
    expect(starts.begin('2001:db8::1').kind).toBe('begun');
  });
});

describe('of all', () => {
  test('so many wait at a time', () => {
    const { starts, pass } = world();
    for (let count = 0; count < MAX_OPEN; count += 1)
      expect(starts.begin(`10.0.${count}.1`).kind).toBe('begun');
    expect(starts.begin('192.0.2.1')).toEqual({
      ...{ kind: 'refused', why: 'all' },
      retryAfterSeconds: SILENT_MS / 1000,
    });
    pass(SILENT_MS);
    expect(starts.begin('192.0.2.1').kind).toBe('begun');
  });

  test('fewer than are kept, so that there is always one that is over to make room', () => {
    expect(MAX_OPEN).toBeLessThan(MAX_RUNS / 2);
  });
});

test.each([
  ['192.0.2.1', '192.0.2.254', '192.0.3.1'],
  ['::ffff:192.0.2.1', '192.0.2.254', '::ffff:192.0.3.1'],
  ['2001:db8::1', '2001:db8:0:ff:1:2:3:4', '2001:db8:0:100::1'],
  ['fe80::1%eth0', 'fe80::2', 'fe80:0:0:100::1'],
])('%s and %s are of one network, %s is not', (one, same, other) => {
  expect(visitorNetwork(same)).toBe(visitorNetwork(one));
  expect(visitorNetwork(other)).not.toBe(visitorNetwork(one));
});
