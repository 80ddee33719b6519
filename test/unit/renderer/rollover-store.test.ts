/** What the Rollover screen keeps: whose word counts for what, and how often hosts are asked by themselves. */
import { beforeEach, describe, expect, it, vi } from 'vitest';

type RolloverStore = typeof import('../../../renderer/store/rollover-store.ts');
type WorldStore = typeof import('../../../renderer/store/world-store.ts');

let rollover: RolloverStore;
let world: WorldStore;
let asked: unknown[];

beforeEach(async () => {
  vi.resetModules();
  vi.useFakeTimers();
  asked = [];
  const lookAtHost = (request: unknown): Promise<unknown> => {
    asked.push(request);
    return Promise.resolve({ kind: 'refused', message: 'Not now.' });
  };
  vi.stubGlobal('window', { daneInspector: { lookAtHost } });
  rollover = await import('../../../renderer/store/rollover-store.ts');
  world = await import('../../../renderer/store/world-store.ts');
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

describe('the word for records', () => {
  const RECORDS = ['3 1 1 ab', '3 1 1 cd'];
  const view = async (port: number) => {
    await world.lookAtHost('mx.example.org', port);
    return world.worldView('mx.example.org', port);
  };

  it('is given for them in any order', async () => {
    const seen = await view(25);
    expect(rollover.vouchKey(seen, RECORDS)).toBe(rollover.vouchKey(seen, [...RECORDS].reverse()));
  });

  it('counts at no other port', async () => {
    expect(rollover.vouchKey(await view(25), RECORDS)).not.toBe(
      rollover.vouchKey(await view(465), RECORDS),
    );
  });
});

describe('looking by itself', () => {
  it('asks once a minute, also where each look comes to nothing', async () => {
    rollover.useRollover.setState({ typed: 'mx.example.org' });
    rollover.planFor('mx.example.org');
    rollover.choose({ automatic: true });
    const stop = rollover.keepTime(() => true);
    await vi.advanceTimersByTimeAsync(3 * rollover.AUTOMATIC_MS);
    stop();
    expect(asked.length).toBeLessThanOrEqual(1 + 4);
    expect(asked.length).toBeGreaterThan(2);
  });
});
