/** The words of notes and notifications; window and command line say the same. */
import type { DomainOutcome } from '../inspection/report.ts';
import type { Deadline } from '../outlook/deadline.ts';
import type { WatchNote } from './watched.ts';

/** As the window shows them, and as the outcomes of `check` are called. */
export const OUTCOME_WORDS: Readonly<Record<DomainOutcome, string>> = {
  pending: 'looking',
  secure: 'secure',
  partial: 'partial',
  insecure: 'insecure',
  degraded: 'degraded',
  broken: 'broken',
  unknown: 'unknown',
  'no-mail': 'no mail',
};

export function firstWords(outcome: DomainOutcome, summary: string): string {
  return `First look: “${OUTCOME_WORDS[outcome]}”. ${summary}`;
}

export function changeWords(before: DomainOutcome, after: DomainOutcome, summary: string): string {
  return `From “${OUTCOME_WORDS[before]}” to “${OUTCOME_WORDS[after]}”. ${summary}`;
}

export function failureWords(failures: number, reason: string): string {
  return `Could not be looked at ${failures} times in a row. ${reason}`;
}

export function recoveryWords(outcome: DomainOutcome): string {
  return `Can be looked at again: “${OUTCOME_WORDS[outcome]}”.`;
}

export function endingWords({ what, at: end, consequence }: Deadline, at: number): string {
  const day = dayWords(end);
  return end <= at
    ? `${what} has ended on ${day}. ${consequence}`
    : `${what} ends ${inDays(end - at)}, on ${day}. ${consequence}`;
}

const MS_PER_DAY = 86_400_000;

/** Whole days that are left, so that nobody relies on one that is not. */
function inDays(left: number): string {
  const days = Math.floor(left / MS_PER_DAY);
  if (days === 0) return 'within a day';
  return `in ${days} ${days === 1 ? 'day' : 'days'}`;
}

/** `24 Dec 2026, 12:00 UTC`. */
function dayWords(at: number): string {
  const date = new Date(at);
  const clock = date.toISOString().slice(11, 16);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}, ${clock} UTC`;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** One thing to tell a person who may be looking elsewhere. */
export interface Tiding {
  readonly domain: string;
  readonly note: WatchNote;
}

export interface Notice {
  readonly title: string;
  readonly body: string;
  /** Whose last run it opens; null opens the list. */
  readonly domain: string | null;
}

/** Lines of a notification that desktops show in full. */
const NOTICE_LINES = 4;

/** One notification for all that has come together; null for nothing. */
export function noticeOf(tidings: readonly Tiding[]): Notice | null {
  const domains = [...new Set(tidings.map(({ domain }) => domain))];
  const [first] = tidings;
  if (first === undefined) return null;
  const of = (domain: string): readonly Tiding[] =>
    tidings.filter((tiding) => tiding.domain === domain);
  if (domains.length === 1) {
    const body = tidings.map(({ note }) => note.text).join('\n');
    return { title: `${first.domain}: ${KIND_WORDS[first.note.kind]}`, body, domain: first.domain };
  }
  const lines = domains.map((domain) => {
    const kinds = [...new Set(of(domain).map(({ note }) => KIND_WORDS[note.kind]))];
    return `${domain}: ${kinds.join(', ')}`;
  });
  const shown = lines.length > NOTICE_LINES ? lines.slice(0, NOTICE_LINES - 1) : lines;
  const more = lines.length - shown.length;
  const rest = more === 0 ? [] : [`and ${more} more`];
  return {
    title: `News of ${domains.length} watched domains`,
    body: [...shown, ...rest].join('\n'),
    domain: null,
  };
}

const KIND_WORDS: Readonly<Record<WatchNote['kind'], string>> = {
  outcome: 'the outcome has changed',
  expiry: 'something ends soon',
  failed: 'cannot be looked at',
  recovered: 'can be looked at again',
};
