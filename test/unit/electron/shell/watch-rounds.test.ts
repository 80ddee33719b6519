// The rounds in a time of their own: clocks that jump, looks that last, chance that is drawn.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WatchRounds, type LookedAt } from '../../../../electron/shell/watch-rounds.ts';
import { readKept, writtenKept } from '../../../../shared/ipc/watch-kept.ts';
import { MAX_WATCHED } from '../../../../shared/watch/limits.ts';
import type { Look } from '../../../../shared/watch/look.ts';
import { LOOKS_AT_ONCE } from '../../../../shared/watch/schedule.ts';
import {
  DEFAULT_WATCH_SETTINGS,
  newlyWatched,
  type Watched,
  type WatchSettings,
} from '../../../../shared/watch/watched.ts';
import type { Tiding } from '../../../../shared/watch/words.ts';
import { failed, NOON, seen } from '../../shared/watch/looks.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Started {
  readonly domain: string;
  readonly wall: number;
  readonly running: number;
}

/** A world in which nothing happens by itself: `pass` lets time go by, timer for timer. */
class World {
  wall = NOON;
  running = 0;
  readonly started: Started[] = [];
  readonly told: (readonly Tiding[])[] = [];
  most = 0;
  #timers: { readonly at: number; readonly call: () => void }[] = [];
  #busy = 0;
  readonly rounds: WatchRounds;

  readonly #outcomeOf: (domain: string, count: number) => Look;
  readonly #lasts: () => number;

  constructor(
    list: readonly Watched[],
    settings: Partial<WatchSettings> = {},
    outcomeOf: (domain: string, count: number) => Look = () => seen('secure'),
    lasts: () => number = () => 3000,
    chance: () => number = () => 0.5,
  ) {
    this.#outcomeOf = outcomeOf;
    this.#lasts = lasts;
    this.rounds = new WatchRounds(
      {
        // Whole milliseconds as of `Date.now`, and parts of them as of `performance.now`.
        clocks: () => ({ wall: this.wall, running: this.running + (this.running % 997) / 1000 }),
        chance,
        wake: (milliseconds, call) => this.#after(milliseconds, call),
        look: (domain) => this.#look(domain),
        tell: (tidings) => {
          this.told.push(tidings);
        },
        seen: () => undefined,
        changed: () => undefined,
      },
      { ...DEFAULT_WATCH_SETTINGS, ...settings },
      list,
    );
    this.rounds.start();
  }

  countOf(domain: string): number {
    return this.started.filter((each) => each.domain === domain).length;
  }

  /** Of a sleeping computer: the wall clock goes on, nothing runs. */
  asleep(milliseconds: number): void {
    this.wall += milliseconds;
  }

  async pass(milliseconds: number): Promise<void> {
    const end = this.running + milliseconds;
    for (;;) {
      await settle();
      const [next] = [...this.#timers].sort((a, b) => a.at - b.at);
      if (next === undefined || next.at > end) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#go(Math.max(0, next.at - this.running));
      next.call();
    }
    this.#go(end - this.running);
  }

  #go(milliseconds: number): void {
    this.wall += milliseconds;
    this.running += milliseconds;
  }

  #after(milliseconds: number, call: () => void): () => void {
    const timer = { at: this.running + milliseconds, call };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  #look(domain: string): Promise<LookedAt> {
    this.started.push({ domain, wall: this.wall, running: this.running });
    const look = this.#outcomeOf(domain, this.countOf(domain));
    this.#busy += 1;
    this.most = Math.max(this.most, this.#busy);
    // One that was called off may all the same come to its end, late.
    return new Promise((resolve) => {
      this.#after(this.#lasts(), () => {
        this.#busy -= 1;
        resolve({ look: { ...look, at: this.wall }, events: [] });
      });
    });
  }
}

/** Lets every promise that can go on do so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

function watched(count: number, dueAt = NOON): readonly Watched[] {
  return Array.from({ length: count }, (_, index) => newlyWatched(`d${index}.example`, dueAt));
}

describe('a domain', () => {
  test('that is added is looked at at once, and then on the interval', async () => {
    const world = new World([]);
    expect(world.rounds.add('a.example')).toBeNull();
    await world.pass(25 * HOUR);
    const gaps = world.started
      .slice(1)
      .map(({ wall }, index) => wall - (world.started[index]?.wall ?? 0));
    expect(world.started[0]?.wall).toBe(NOON);
    expect(gaps.length).toBe(3);
    for (const gap of gaps) {
      expect(gap).toBeGreaterThanOrEqual(6 * HOUR);
      expect(gap).toBeLessThanOrEqual(6.7 * HOUR);
    }
  });

  test('is watched once, and a full list takes no more', () => {
    const world = new World(watched(MAX_WATCHED));
    expect(world.rounds.add('d3.example')).toMatch(/watched already/);
    expect(world.rounds.add('more.example')).toMatch(/No more than 200/);
    expect(world.rounds.list).toHaveLength(MAX_WATCHED);
  });

  test('that is removed while it is looked at leaves no trace, and may come back', async () => {
    const world = new World([], {}, (_domain, count) => seen(count === 1 ? 'broken' : 'secure'));
    world.rounds.add('a.example');
    await world.pass(100);
    world.rounds.remove('a.example');
    world.rounds.add('a.example');
    await world.pass(MINUTE);
    expect(world.rounds.list.map(({ outcome }) => outcome)).toEqual(['secure']);
    expect(world.told).toEqual([]);
  });

  test('that gives no outcome is looked at again some minutes later, before anything is told', async () => {
    const outcomes = ['secure', 'unknown', 'unknown'] as const;
    const world = new World([], {}, (_domain, count) => seen(outcomes[count - 1] ?? 'unknown'));
    world.rounds.add('a.example');
    await world.pass(6.35 * HOUR);
    expect(world.countOf('a.example')).toBe(2);
    expect(world.told).toEqual([]);
    await world.pass(10 * MINUTE);
    expect(world.countOf('a.example')).toBe(3);
    expect(world.told.flat().map(({ note }) => note.text)).toEqual([
      'From “secure” to “unknown”. So it is.',
    ]);
  });
});

describe('paused', () => {
  test('nothing is looked at but what is asked for', async () => {
    const world = new World(watched(3, NOON - HOUR), { on: false });
    await world.pass(24 * HOUR);
    expect(world.started).toEqual([]);
    world.rounds.look('d1.example');
    await world.pass(HOUR);
    expect(world.started.map(({ domain }) => domain)).toEqual(['d1.example']);
    world.rounds.change({ ...world.rounds.settings, on: true });
    await world.pass(5 * MINUTE);
    expect(new Set(world.started.map(({ domain }) => domain)).size).toBe(3);
  });
});

test('many changes at once are one notification', async () => {
  const world = new World([], {}, (_domain, count) => seen(count === 1 ? 'secure' : 'broken'));
  for (let index = 0; index < 12; index += 1) world.rounds.add(`d${index}.example`);
  await world.pass(HOUR);
  world.rounds.look(null);
  await world.pass(18_000);
  expect(world.told).toHaveLength(1);
  expect(world.told[0]).toHaveLength(12);
});

test('news waits for no more than some looks where the round is long', async () => {
  const world = new World(
    [],
    {},
    (_domain, count) => seen(count === 1 ? 'secure' : 'broken'),
    () => 15_000,
  );
  for (let index = 0; index < 12; index += 1) world.rounds.add(`d${index}.example`);
  await world.pass(HOUR);
  world.rounds.look(null);
  await world.pass(50_000);
  expect(world.told.length).toBeGreaterThan(0);
  expect(world.told.flat().length).toBeLessThan(12);
  await world.pass(HOUR);
  expect(world.told.flat()).toHaveLength(12);
});

test('a night without network is told once', async () => {
  const world = new World(
    watched(5).map((each) => ({ ...each, outcome: 'secure' as const })),
    {},
    () => failed(),
  );
  await world.pass(20 * HOUR);
  expect(world.told.flat().map(({ note }) => note.kind)).toEqual(['failed']);
  expect(world.rounds.list.map(({ notes }) => notes.length)).toEqual([1, 1, 1, 1, 1]);
});

test('a network that is down for a full list is one notification, and so is its return; no outcome changes', async () => {
  let isDown = false;
  const world = new World(
    [],
    { intervalMinutes: 30 },
    () => (isDown ? failed() : seen('secure')),
    () => 10_000,
  );
  for (const { domain } of watched(MAX_WATCHED)) world.rounds.add(domain);
  await world.pass(2 * HOUR);
  isDown = true;
  await world.pass(5 * HOUR);
  expect(world.told.map((tidings) => tidings.map(({ note }) => note.kind))).toEqual([['failed']]);
  isDown = false;
  await world.pass(5 * HOUR);
  expect(world.told.flat().map(({ note }) => note.kind)).toEqual(['failed', 'recovered']);
  expect(new Set(world.rounds.list.map(({ outcome }) => outcome))).toEqual(new Set(['secure']));
});

test('what keeps one domain alone from being looked at is told though the network was down before', async () => {
  const world = new World([], {}, (domain) => ({
    ...failed(),
    everywhere: domain !== 'b.example',
  }));
  world.rounds.add('a.example');
  await world.pass(HOUR);
  world.rounds.add('b.example');
  await world.pass(HOUR);
  expect(world.told.flat().map(({ domain }) => domain)).toEqual(['a.example', 'b.example']);
});

test('after the clock was set back all that is kept can be read again', async () => {
  const world = new World(watched(3));
  await world.pass(HOUR);
  world.asleep(-2 * HOUR);
  await world.pass(2 * MINUTE);
  const text = writtenKept({ settings: world.rounds.settings, domains: world.rounds.list });
  expect(readKept(text, MAX_WATCHED).kind).toBe('whole');
});

test('after a night’s sleep all are looked at soon, a few at a time, and once each', async () => {
  const world = new World([]);
  for (let index = 0; index < 40; index += 1) world.rounds.add(`d${index}.example`);
  await world.pass(HOUR);
  const before = world.started.length;
  world.asleep(9 * HOUR);
  world.rounds.resume();
  await world.pass(15 * MINUTE);
  const after = world.started.slice(before);
  expect(after).toHaveLength(40);
  expect(new Set(after.map(({ domain }) => domain)).size).toBe(40);
  expect(after[0]?.running).toBeGreaterThanOrEqual(HOUR + 5000);
  expect(world.most).toBeLessThanOrEqual(LOOKS_AT_ONCE);
});

test('the sleep is noticed too where nobody tells of it', async () => {
  const world = new World([newlyWatched('a.example', NOON + 3 * HOUR)]);
  await world.pass(MINUTE);
  world.asleep(5 * HOUR);
  await world.pass(3 * MINUTE);
  expect(world.countOf('a.example')).toBe(1);
});

test('whatever the clock, chance and the looks do: politely few at once, none too often, none forgotten', async () => {
  const drawn = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const steps = fc.array(
    fc.record({
      passes: fc.integer({ min: 1, max: 8 * 60 }),
      sleeps: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 * 60 })),
    }),
    { minLength: 1, maxLength: 6 },
  );
  const interval = fc.integer({ min: 5, max: 720 });
  await fc.assert(
    fc.asyncProperty(
      steps,
      interval,
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      fc.infiniteStream(drawn),
      async (all, intervalMinutes, count, isSetBack, stream) => {
        const draw = (): number => stream.next().value;
        const world = new World(
          watched(count, NOON - HOUR),
          { intervalMinutes },
          (_domain, turn) =>
            turn % 5 === 0 ? failed() : seen(draw() < 0.1 ? 'unknown' : 'secure'),
          () => Math.round(draw() * 20_000),
          draw,
        );
        for (const { passes, sleeps } of all) {
          await world.pass(passes * MINUTE);
          world.asleep((isSetBack ? -1 : 1) * sleeps * MINUTE);
        }
        const catchUp = 2 * MINUTE + count * 40_000;
        const longest = intervalMinutes * MINUTE * 1.1 + catchUp;
        await world.pass(longest);
        expect(world.most).toBeLessThanOrEqual(LOOKS_AT_ONCE);
        for (const { domain } of world.rounds.list) {
          const own = world.started.filter((each) => each.domain === domain);
          own.forEach((each, index) => {
            const last = own[index - 1];
            if (last === undefined) return;
            const gap = Math.max(each.wall - last.wall, each.running - last.running);
            expect(gap).toBeGreaterThanOrEqual(5 * MINUTE - 1000);
          });
          // However it began, the last stretch was longer than any wait may be.
          expect(own.at(-1)?.running ?? 0).toBeGreaterThan(world.running - longest - catchUp);
        }
      },
    ),
    { numRuns: 60 },
  );
});
