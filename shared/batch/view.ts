/** Which rows of a list are shown, and in which order. */
import type { DomainOutcome } from '../inspection/report.ts';
import type { BatchRow } from './row.ts';

/** What a row comes to, so far. */
export type Standing = DomainOutcome | 'failed' | 'running' | 'waiting';

export type SortKey = 'place' | 'domain' | 'outcome' | 'problems' | 'first' | 'duration' | 'when';

export interface BatchOrder {
  readonly key: SortKey;
  readonly descending: boolean;
}

export interface BatchFilter {
  /** Null shows all. */
  readonly standing: Standing | null;
  /** Code of a finding. */
  readonly code: string | null;
  /** Part of a domain, a finding or the sentence. */
  readonly text: string;
}

export const LIST_ORDER: BatchOrder = { key: 'place', descending: false };
export const NO_FILTER: BatchFilter = { standing: null, code: null, text: '' };

export function standingOf({ status, outcome }: BatchRow): Standing {
  return status === 'done' ? (outcome ?? 'unknown') : status;
}

export function rowsShown(
  rows: readonly BatchRow[],
  filter: BatchFilter,
  order: BatchOrder,
): readonly BatchRow[] {
  const text = filter.text.trim().toLowerCase();
  const shown = rows.filter(
    (row) =>
      (filter.standing === null || standingOf(row) === filter.standing) &&
      (filter.code === null || row.codes.includes(filter.code)) &&
      (text === '' || holds(row, text)),
  );
  return order.key === 'place' && !order.descending ? shown : shown.sort(comparison(order));
}

/** How many rows stand so; worst first, only those that there are. */
export function countStandings(
  rows: readonly BatchRow[],
): readonly { readonly standing: Standing; readonly count: number }[] {
  const counts = new Map<Standing, number>();
  for (const row of rows) {
    const standing = standingOf(row);
    counts.set(standing, (counts.get(standing) ?? 0) + 1);
  }
  return STANDINGS.flatMap((standing) => {
    const count = counts.get(standing) ?? 0;
    return count === 0 ? [] : [{ standing, count }];
  });
}

/** Codes of findings and how many domains have each; most first. */
export function countCodes(
  rows: readonly BatchRow[],
): readonly { readonly code: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { codes } of rows)
    for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || compare(a.code, b.code));
}

/** Worst first; those without a result last. */
const STANDINGS: readonly Standing[] = [
  'broken',
  'degraded',
  'failed',
  'unknown',
  'partial',
  'insecure',
  'secure',
  'no-mail',
  'pending',
  'running',
  'waiting',
];
const RANKS: ReadonlyMap<Standing, number> = new Map(STANDINGS.map((each, rank) => [each, rank]));

function holds({ domain, first, sentence, codes }: BatchRow, text: string): boolean {
  return (
    domain.includes(text) ||
    first.toLowerCase().includes(text) ||
    sentence.toLowerCase().includes(text) ||
    codes.some((code) => code.includes(text))
  );
}

/** Rows without a result stay at the end, whichever way it goes; equal ones stand as in the list. */
function comparison({ key, descending }: BatchOrder): (a: BatchRow, b: BatchRow) => number {
  const sign = descending ? -1 : 1;
  const by = COMPARISONS[key];
  const last = (row: BatchRow): number => (NEEDS_RESULT.has(key) && row.at === null ? 1 : 0);
  return (a, b) => last(a) - last(b) || sign * by(a, b) || a.index - b.index;
}

const NEEDS_RESULT: ReadonlySet<SortKey> = new Set([
  'outcome',
  'problems',
  'first',
  'duration',
  'when',
]);

const COMPARISONS: Readonly<Record<SortKey, (a: BatchRow, b: BatchRow) => number>> = {
  place: (a, b) => a.index - b.index,
  domain: (a, b) => compare(a.domain, b.domain),
  outcome: (a, b) => rankOf(a) - rankOf(b),
  // Most first: that is what a person looks for.
  problems: (a, b) => b.errors - a.errors || b.warnings - a.warnings,
  first: (a, b) => Number(a.first === '') - Number(b.first === '') || compare(a.first, b.first),
  duration: (a, b) => a.durationMs - b.durationMs,
  when: (a, b) => compare(a.at ?? '', b.at ?? ''),
};

function rankOf(row: BatchRow): number {
  return RANKS.get(standingOf(row)) ?? STANDINGS.length;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
