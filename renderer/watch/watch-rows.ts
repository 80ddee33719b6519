/** What each watched domain comes to in the table: its face, and the order of rows. */
import type { WatchedDomain } from '../../shared/ipc/watch.ts';
import { OUTCOME_FACE, type Face } from '../ui/tone.ts';
import { words } from '../words/words.ts';

/** Before the first look there is no outcome; one that is looked at again keeps its face. */
export function faceOf({ outcome, looking }: WatchedDomain): Face {
  if (outcome !== null) return OUTCOME_FACE[outcome];
  return {
    ...OUTCOME_FACE.pending,
    word: looking ? words.watch.row.looking : words.watch.row.notYet,
  };
}

/** Worst first; what is alike stays in the order in which it was added. */
export function sortedRows(domains: readonly WatchedDomain[]): readonly WatchedDomain[] {
  return [...domains].sort((a, b) => weightOf(a) - weightOf(b));
}

const WEIGHTS: Readonly<Record<NonNullable<WatchedDomain['outcome']>, number>> = {
  broken: 0,
  degraded: 1,
  unknown: 2,
  partial: 5,
  pending: 6,
  secure: 6,
  insecure: 6,
  'no-mail': 6,
};
const FAILED_WEIGHT = 3;
const SOON_WEIGHT = 4;
const OTHER_WEIGHT = 6;

function weightOf({ outcome, failures, ends }: WatchedDomain): number {
  return Math.min(
    outcome === null ? OTHER_WEIGHT : WEIGHTS[outcome],
    failures > 1 ? FAILED_WEIGHT : OTHER_WEIGHT,
    ends?.soon === true ? SOON_WEIGHT : OTHER_WEIGHT,
  );
}

/** Minutes and days that are offered; the list may hold another value, which is offered too. */
const INTERVALS = [15, 30, 60, 120, 180, 360, 720, 1440, 10_080];
const EXPIRY_DAYS = [0, 3, 7, 14, 21, 30, 60, 90];

export function intervalChoices(chosen: number): readonly number[] {
  return withChosen(INTERVALS, chosen);
}

export function expiryChoices(chosen: number): readonly number[] {
  return withChosen(EXPIRY_DAYS, chosen);
}

function withChosen(offered: readonly number[], chosen: number): readonly number[] {
  return [...new Set([...offered, chosen])].sort((a, b) => a - b);
}

const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 1440;

/** `15 minutes`, `1 hour`, `7 days`; in the largest unit that says it exactly. */
export function intervalText(minutes: number): string {
  const { settings } = words.watch;
  if (minutes % MINUTES_PER_DAY === 0) return settings.days(minutes / MINUTES_PER_DAY);
  if (minutes % MINUTES_PER_HOUR === 0) return settings.hours(minutes / MINUTES_PER_HOUR);
  return settings.minutes(minutes);
}

/** Domains offered to be watched beside the field: more would be a list of its own. */
const MAX_OFFERED = 5;

/** What the person looked at lately and does not watch. */
export function offeredDomains(
  lately: readonly string[],
  domains: readonly WatchedDomain[],
): readonly string[] {
  const watched = new Set(domains.map(({ domain }) => domain));
  return [...new Set(lately)].filter((domain) => !watched.has(domain)).slice(0, MAX_OFFERED);
}
