// When which domain is looked at, whatever the clocks and chance do.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterJump,
  caughtUp,
  jumpOf,
  lookNow,
  LOOKS_AT_ONCE,
  nextLook,
  replanned,
  sleep,
} from '../../../../shared/watch/schedule.ts';
import { newlyWatched, type Watched } from '../../../../shared/watch/watched.ts';
import { NOON } from './looks.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const six = { intervalMinutes: 360 };
const none: ReadonlySet<string> = new Set();
const chance = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

function due(...instants: readonly number[]): readonly Watched[] {
  return instants.map((at, index) => newlyWatched(`d${index}.example`, at));
}

describe('after a look', () => {
  test('the next is due an interval later, and up to a tenth of it more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 10_080 }), chance, (minutes, drawn) => {
        const wait = nextLook({ intervalMinutes: minutes }, NOON, false, () => drawn) - NOON;
        expect(wait).toBeGreaterThanOrEqual(minutes * MINUTE);
        expect(wait).toBeLessThanOrEqual(minutes * MINUTE * 1.1 + 1);
      }),
    );
  });

  test('that proves nothing the next comes in some minutes', () => {
    const wait = nextLook(six, NOON, true, () => 0.5) - NOON;
    expect(wait).toBeGreaterThanOrEqual(4 * MINUTE);
    expect(wait).toBeLessThanOrEqual(10 * MINUTE);
  });
});

describe('what was due while nobody could look', () => {
  test('is looked at soon, spread out, and nothing else is moved', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -30 * 24, max: 6 }), { maxLength: 200 }),
        fc.infiniteStream(chance),
        (hours, stream) => {
          const list = due(...hours.map((hour) => NOON + hour * HOUR));
          const after = caughtUp(list, six, NOON, () => stream.next().value);
          const overdue = list.filter(({ dueAt }) => dueAt <= NOON).length;
          after.forEach(({ dueAt }, index) => {
            const before = list[index]?.dueAt ?? 0;
            if (before > NOON) expect(dueAt).toBe(before);
            else {
              expect(dueAt).toBeGreaterThan(NOON);
              expect(dueAt).toBeLessThanOrEqual(NOON + 5000 + overdue * 15_000);
            }
          });
        },
      ),
    );
  });

  test('is not put off for years by a clock that was wrong', () => {
    const [only] = caughtUp(due(NOON + 9000 * HOUR), six, NOON, () => 0);
    expect(only?.dueAt).toBe(NOON + 6 * HOUR);
  });
});

describe('the clock on the wall', () => {
  const at = (wall: number, running: number) => ({ wall, running });

  test('jumps when the computer slept or somebody set it, and not when a timer is late', () => {
    expect(jumpOf(at(NOON, 0), at(NOON + 60_000, 60_000))).toBe(0);
    expect(jumpOf(at(NOON, 0), at(NOON + 70_000, 60_000))).toBe(0);
    expect(jumpOf(at(NOON, 0), at(NOON + 8 * HOUR, 60_000))).toBe(8 * HOUR - 60_000);
    expect(jumpOf(at(NOON, 0), at(NOON - HOUR, 60_000))).toBe(-HOUR - 60_000);
  });

  test('put back makes no wait longer', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 360 }),
        fc.integer({ min: 31, max: 5_000_000 }),
        chance,
        (minutes, seconds, drawn) => {
          const jump = -seconds * 1000;
          const [only] = afterJump(
            due(NOON + minutes * MINUTE),
            six,
            jump,
            NOON + jump,
            () => drawn,
          );
          expect((only?.dueAt ?? 0) - (NOON + jump)).toBe(minutes * MINUTE);
        },
      ),
    );
  });

  test('put forward, or after a sleep, makes what is overdue due soon', () => {
    const [first, second] = afterJump(
      due(NOON + HOUR, NOON + 9 * HOUR),
      six,
      8 * HOUR,
      NOON + 8 * HOUR,
      () => 0,
    );
    expect(first?.dueAt).toBe(NOON + 8 * HOUR + 5000);
    expect(second?.dueAt).toBe(NOON + 9 * HOUR);
  });
});

describe('another interval', () => {
  test('counts from the last look', () => {
    const looked = { ...newlyWatched('d.example', NOON + 6 * HOUR), lookedAt: NOON };
    const [only] = replanned([looked], { intervalMinutes: 60 }, NOON + 10 * MINUTE, () => 0);
    expect(only?.dueAt).toBe(NOON + HOUR);
  });

  test('puts off no second look at a doubt', () => {
    const doubted = {
      ...newlyWatched('d.example', NOON + 5 * MINUTE),
      lookedAt: NOON,
      doubt: 'unknown' as const,
    };
    expect(replanned([doubted], { intervalMinutes: 10_080 }, NOON, () => 0)).toEqual([doubted]);
  });
});

describe('to be looked at now', () => {
  const on = { on: true };

  test('are a few at a time, those asked for first, then the longest overdue', () => {
    const list = due(NOON - 1, NOON - 3, NOON - 2, NOON + 1);
    expect(lookNow(list, none, none, on, NOON)).toEqual(['d1.example', 'd2.example']);
    expect(lookNow(list, none, new Set(['d3.example']), on, NOON)).toEqual([
      'd3.example',
      'd1.example',
    ]);
    expect(lookNow(list, new Set(['d1.example']), none, on, NOON)).toEqual(['d2.example']);
  });

  test('are only those asked for while watching is paused', () => {
    const list = due(NOON - 1, NOON - 2);
    expect(lookNow(list, none, none, { on: false }, NOON)).toEqual([]);
    expect(lookNow(list, none, new Set(['d0.example']), { on: false }, NOON)).toEqual([
      'd0.example',
    ]);
  });

  test('are never more than are polite', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 50 }),
        fc.integer({ min: 0, max: LOOKS_AT_ONCE }),
        (offsets, busy) => {
          const list = due(...offsets.map((offset) => NOON + offset));
          const looking = new Set(list.slice(0, busy).map(({ domain }) => domain));
          const begun = lookNow(list, looking, none, on, NOON);
          expect(begun.length + looking.size).toBeLessThanOrEqual(LOOKS_AT_ONCE);
          expect(begun.some((domain) => looking.has(domain))).toBe(false);
        },
      ),
    );
  });
});

test('nothing sleeps past what is due, nor turns idly, nor sleeps longer than a minute', () => {
  const on = { on: true };
  expect(sleep(due(NOON + 10_000), none, on, NOON)).toBe(10_000);
  expect(sleep(due(NOON - 10_000), none, on, NOON)).toBe(250);
  expect(sleep(due(NOON + HOUR), none, on, NOON)).toBe(MINUTE);
  expect(sleep([], none, on, NOON)).toBe(MINUTE);
  expect(sleep(due(NOON - 10_000), none, { on: false }, NOON)).toBe(MINUTE);
});
