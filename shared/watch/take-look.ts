/** What a look changes in what is known of a domain, and what of it is worth telling: each thing once, and no passing fault. */
import type { DomainOutcome } from '../inspection/report.ts';
import type { Deadline } from '../outlook/deadline.ts';
import { MAX_NOTE_CHARACTERS, MAX_NOTES, MAX_TOLD } from './limits.ts';
import { isSoon, type Look } from './look.ts';
import type { Watched, WatchNote } from './watched.ts';
import { changeWords, endingWords, failureWords, firstWords, recoveryWords } from './words.ts';

export interface Taken {
  readonly watched: Watched;
  /** What is worth telling, in the order of weight. */
  readonly news: readonly WatchNote[];
  /** It has to be looked at again in some minutes: this look alone proves nothing. */
  readonly again: boolean;
}

/** `expiryDays` as in the settings. */
export function takeLook(before: Watched, look: Look, expiryDays: number): Taken {
  return look.kind === 'failed' ? takeFailure(before, look) : takeSight(before, look, expiryDays);
}

/** Looks in a row that must fail before it is told: one alone is a train in a tunnel. */
const FAILURES_TOLD = 2;

type Seen = Extract<Look, { readonly kind: 'seen' }>;
type Failed = Extract<Look, { readonly kind: 'failed' }>;

function takeFailure(before: Watched, { at, reason }: Failed): Taken {
  const failures = before.failures + 1;
  // Told once, however long it lasts.
  const news =
    failures === FAILURES_TOLD ? [note(at, 'failed', failureWords(failures, reason))] : [];
  const watched = { ...before, failures, problem: bounded(reason) };
  return { watched: withNotes(watched, news), news, again: failures < FAILURES_TOLD };
}

function takeSight(before: Watched, look: Seen, expiryDays: number): Taken {
  const { at, deadlines } = look;
  const known = { ...before, failures: 0, problem: null, lookedAt: at };
  const { outcome, doubt, notes, news } = outcomeAfter(before, look);
  const near = deadlines.filter((deadline) => isSoon(deadline, at, expiryDays));
  // More of them cannot be remembered as told, and would be told again and again.
  const due = near.slice(0, MAX_TOLD);
  const untold = due.filter((deadline) => !isTold(before, deadline));
  const endings = untold.map((deadline) => note(at, 'expiry', endingWords(deadline, at)));
  const told = [
    ...stillOf(before, due, at),
    ...untold.map(({ key, at: end }) => ({ key, at: end })),
  ];
  const [next] = deadlines.filter((deadline) => deadline.at > at);
  const ends =
    next === undefined
      ? null
      : { what: bounded(next.what), at: next.at, soon: near.includes(next) };
  const watched = { ...known, outcome, doubt, ends, told: told.slice(-MAX_TOLD) };
  return {
    watched: withNotes(watched, [...notes, ...endings]),
    news: [...news, ...endings],
    again: doubt !== null,
  };
}

interface OutcomeAfter {
  readonly outcome: DomainOutcome | null;
  readonly doubt: DomainOutcome | null;
  readonly notes: readonly WatchNote[];
  readonly news: readonly WatchNote[];
}

function outcomeAfter(before: Watched, { at, outcome, passing, summary }: Seen): OutcomeAfter {
  if (before.outcome === null) {
    // What was so before anybody watched has not changed.
    const notes = [note(at, 'outcome', firstWords(outcome, summary))];
    return { outcome, doubt: null, notes, news: [] };
  }
  if (outcome === before.outcome) {
    const news =
      before.failures >= FAILURES_TOLD ? [note(at, 'recovered', recoveryWords(outcome))] : [];
    return { outcome, doubt: null, notes: news, news };
  }
  if (passing && before.doubt === null) {
    return { outcome: before.outcome, doubt: outcome, notes: [], news: [] };
  }
  const news = [note(at, 'outcome', changeWords(before.outcome, outcome, summary))];
  return { outcome, doubt: null, notes: news, news };
}

function isTold({ told }: Watched, { key, at }: Deadline): boolean {
  return told.some((each) => each.key === key && each.at === at);
}

/** Milliseconds for which a deadline that has gone by is remembered: its host may be out of sight for a while. */
const REMEMBERED_MS = 30 * 86_400_000;

/** Those that are still to be seen come last, for the first go where there are too many. */
function stillOf({ told }: Watched, due: readonly Deadline[], at: number): Watched['told'] {
  const isDue = (each: Watched['told'][number]): boolean =>
    due.some((deadline) => deadline.key === each.key && deadline.at === each.at);
  const gone = told.filter((each) => !isDue(each) && each.at > at - REMEMBERED_MS);
  return [...gone, ...told.filter(isDue)];
}

function withNotes(watched: Watched, notes: readonly WatchNote[]): Watched {
  const newestFirst = [...[...notes].reverse(), ...watched.notes];
  return { ...watched, notes: newestFirst.slice(0, MAX_NOTES) };
}

function note(at: number, kind: WatchNote['kind'], text: string): WatchNote {
  return { at: new Date(at).toISOString(), kind, text: bounded(text) };
}

function bounded(text: string): string {
  return text.slice(0, MAX_NOTE_CHARACTERS);
}
