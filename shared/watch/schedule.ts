/** When which domain is looked at: pure, given the clock and randomness. Instants are milliseconds since the epoch. */
import type { Watched, WatchSettings } from './watched.ts';

const MS_PER_MINUTE = 60_000;

/** At a time: those who are asked may be the same for many domains. */
export const LOOKS_AT_ONCE = 2;

/** Minutes after which a look that proves nothing is made once more: longer than a server takes to start again. */
const CONFIRM_MINUTES = 5;

/** Share of the interval by which looks are put off at random, so that they do not stay in step with anything: a tenth. */
const JITTER_SHARE = 10;

/** Milliseconds from the start, or from waking up, to the first look: the network comes back in that time. */
const START_DELAY_MS = 5000;

/** Milliseconds between two looks that are caught up on. */
const CATCH_UP_MS = 15_000;

/** Milliseconds to sleep at most: timers stand still while a computer sleeps. */
const MAX_SLEEP_MS = MS_PER_MINUTE;

/** Milliseconds by which the clock on the wall may part from the running time before it has been set, or the computer slept. */
const CLOCK_JUMP_MS = 30_000;

/** A number from 0 up to 1, not itself 1. */
export type Chance = () => number;

type Interval = Pick<WatchSettings, 'intervalMinutes'>;

/** After a look that ended `at`; `again` when it alone proves nothing. */
export function nextLook(
  { intervalMinutes }: Interval,
  at: number,
  again: boolean,
  chance: Chance,
): number {
  const minutes = again ? Math.min(CONFIRM_MINUTES, intervalMinutes) : intervalMinutes;
  const wait = minutes * MS_PER_MINUTE;
  return Math.round(at + wait + (wait * chance()) / JITTER_SHARE);
}

/** What should have been looked at while nobody could is caught up on, one after the other, in any order. */
export function caughtUp(
  list: readonly Watched[],
  interval: Interval,
  at: number,
  chance: Chance,
): readonly Watched[] {
  const latest = nextLook(interval, at, false, () => 1);
  const overdue = list.filter(({ dueAt }) => dueAt <= at).length;
  const room = Math.max(0, overdue - 1) * CATCH_UP_MS;
  return list.map((watched) => {
    if (watched.dueAt > at && watched.dueAt <= latest) return watched;
    // Further off than any interval: the clock was wrong when it was set.
    if (watched.dueAt > latest) return { ...watched, dueAt: nextLook(interval, at, false, chance) };
    return { ...watched, dueAt: Math.round(at + START_DELAY_MS + room * chance()) };
  });
}

/** `before` and `now`: the clock on the wall, and a clock that only runs, while the computer does. */
export interface Clocks {
  readonly wall: number;
  readonly running: number;
}

/** Milliseconds that the wall clock has made beside the running one; 0 when they went together. */
export function jumpOf(before: Clocks, now: Clocks): number {
  // Running clocks have fractions; instants that are kept are whole.
  const jump = Math.round(now.wall - before.wall - (now.running - before.running));
  return Math.abs(jump) < CLOCK_JUMP_MS ? 0 : jump;
}

/** Put back, waits stay as long as they were; put forward, or after a sleep, what is overdue is caught up on. */
export function afterJump(
  list: readonly Watched[],
  interval: Interval,
  jump: number,
  at: number,
  chance: Chance,
): readonly Watched[] {
  if (jump === 0) return list;
  const moved = jump > 0 ? list : list.map((each) => ({ ...each, dueAt: each.dueAt + jump }));
  return caughtUp(moved, interval, at, chance);
}

/** Another interval counts from the last look on. */
export function replanned(
  list: readonly Watched[],
  interval: Interval,
  at: number,
  chance: Chance,
): readonly Watched[] {
  const planned = list.map((watched) => {
    const { lookedAt, doubt, failures } = watched;
    if (lookedAt === null || doubt !== null || failures > 0) return watched;
    return { ...watched, dueAt: nextLook(interval, lookedAt, false, chance) };
  });
  return caughtUp(planned, interval, at, chance);
}

/** Those to begin with now, the longest overdue first; `looking` are under way, `asked` are wished for whatever is due. */
export function lookNow(
  list: readonly Watched[],
  looking: ReadonlySet<string>,
  asked: ReadonlySet<string>,
  { on }: Pick<WatchSettings, 'on'>,
  at: number,
): readonly string[] {
  const wished = (domain: string): number => (asked.has(domain) ? 0 : 1);
  return list
    .filter(
      ({ domain, dueAt }) => !looking.has(domain) && (asked.has(domain) || (on && dueAt <= at)),
    )
    .sort((a, b) => wished(a.domain) - wished(b.domain) || a.dueAt - b.dueAt)
    .slice(0, Math.max(0, LOOKS_AT_ONCE - looking.size))
    .map(({ domain }) => domain);
}

/** Milliseconds until it is worth asking again what is to be done; the end of a look is a reason to ask, too. */
export function sleep(
  list: readonly Watched[],
  looking: ReadonlySet<string>,
  { on }: Pick<WatchSettings, 'on'>,
  at: number,
): number {
  if (!on || looking.size >= LOOKS_AT_ONCE) return MAX_SLEEP_MS;
  const dues = list.filter(({ domain }) => !looking.has(domain)).map(({ dueAt }) => dueAt - at);
  return Math.max(MIN_SLEEP_MS, Math.min(MAX_SLEEP_MS, ...dues));
}

/** Milliseconds; a clock that is a little behind its timer must not make it turn idly. */
const MIN_SLEEP_MS = 250;
