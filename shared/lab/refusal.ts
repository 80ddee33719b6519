/** From when on a sender counts as having left without giving its mail, whatever others do meanwhile. */
import type { Observation } from './observation.ts';
import { offersTls, type Scenario } from './scenario.ts';
import type { Session } from './sessions.ts';

/** Milliseconds after a broken-off connection in which a sender that falls back comes again. */
export const GRACE_MS = 5000;
/** Milliseconds after it in all, however many more come meanwhile: nobody puts a verdict off by keeping on. */
export const LONGEST_GRACE_MS = 9000;
/** Milliseconds after its last question in which a sender that has what it needs connects. */
export const CONNECT_MS = 30_000;
/** The same after its first question, however many follow. */
export const LONGEST_CONNECT_MS = 90_000;

export interface Refusal {
  /** Milliseconds since the epoch at which it is certain. */
  readonly at: number;
  /** `inferred`: it looked the records up, and then did not come. */
  readonly basis: 'seen' | 'inferred';
}

/** `observations` are those of the situation; `end` is when no more is waited for. Null while it cannot be said. */
export function refusalIn(
  scenario: Scenario,
  sessions: readonly Session[],
  observations: readonly Observation[],
  end: number,
): Refusal | null {
  const { refusal, worth } = scenario;
  // Whoever has the alias began to give the mail: nothing of what it had seen kept it from that.
  if (sessions.some(namedRecipient)) return null;
  const seen = earliest(byAddress(sessions).map((group) => leftAt(scenario, group)));
  if (seen !== null) return { at: seen, basis: 'seen' };
  const questions = observations.filter(isForRecords).map(({ at }) => at);
  if (questions.length === 0) return null;
  // Who has said nothing may be anybody, and has not come for this.
  const came = sessions.some(saidSomething);
  if (refusal === 'before-connection') {
    const longest = Math.min(...questions) + LONGEST_CONNECT_MS;
    const at = came ? longest : Math.min(Math.max(...questions) + CONNECT_MS, longest);
    return { at, basis: 'inferred' };
  }
  // Elsewhere it may only be slow: what would count for or against it is not concluded from that.
  return worth.refused === 'allowed' && !came ? { at: end, basis: 'inferred' } : null;
}

/** Each address by itself, so that nobody puts off what another has shown. */
function byAddress(sessions: readonly Session[]): readonly (readonly Session[])[] {
  const groups = new Map<string, Session[]>();
  for (const session of sessions) {
    const group = groups.get(session.from);
    if (group === undefined) groups.set(session.from, [session]);
    else group.push(session);
  }
  return [...groups.values()];
}

/** When it is certain of these sessions, all of one address. */
function leftAt(scenario: Scenario, sessions: readonly Session[]): number | null {
  // Who began to give the mail was not kept from it by what it had seen.
  if (sessions.some(beganMail)) return null;
  const left = sessions.filter((session) => session.end === 'left' && hasSeen(scenario, session));
  if (left.length === 0) return null;
  const first = Math.min(...left.map(({ lastAt }) => lastAt));
  return Math.min(quietAt(sessions, first), first + LONGEST_GRACE_MS);
}

/** When nobody has been there for the grace, from `first` on: who comes later tries anew, which puts nothing back. */
function quietAt(sessions: readonly Session[], first: number): number {
  const ends = sessions.map(({ startedAt, lastAt, end }) => ({
    startedAt,
    endedAt: end === null ? Infinity : lastAt,
  }));
  let quiet = Infinity;
  let at = Infinity;
  /** The first beginning of those that ended at `at`, and of those that ended later. */
  let same = Infinity;
  let later = Infinity;
  for (const { startedAt, endedAt } of ends.sort((a, b) => b.endedAt - a.endedAt)) {
    if (endedAt < first) break;
    if (endedAt < at) {
      later = Math.min(later, same);
      same = Infinity;
      at = endedAt;
    }
    if (at + GRACE_MS <= later) quiet = at + GRACE_MS;
    same = Math.min(same, startedAt);
  }
  return quiet;
}

function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((each) => each !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/**
 * It saw what keeps a sender that checks: that STARTTLS is missing, or else the certificate. Who leaves before, as a
 * probe does, would have left anywhere. What was looked up in vain is known without.
 */
function hasSeen(scenario: Scenario, session: Session): boolean {
  if (!saidSomething(session)) return false;
  return scenario.refusal === 'before-connection' || !offersTls(scenario) || beganTls(session);
}

function beganTls({ steps }: Session): boolean {
  return steps.some(({ name }) => name === 'starttls' || name === 'tls' || name === 'tls-failed');
}

/** It heard the answer to EHLO: from there on it knows whether TLS is to be had. */
function saidSomething({ steps }: Session): boolean {
  return steps.some(({ name }) => name === 'ehlo');
}

function beganMail({ steps }: Session): boolean {
  return steps.some(({ name }) => name === 'mail' || name === 'recipient');
}

/** Nobody but the sender knows it. */
function namedRecipient({ steps }: Session): boolean {
  return steps.some(({ name }) => name === 'recipient');
}

/** Who minimises asks for the name above the records first, and where that is denied asks no more (RFC 8020). */
function isForRecords({ seen }: Observation): boolean {
  return seen.kind === 'dns' && (seen.type === 'TLSA' || seen.minimised);
}
