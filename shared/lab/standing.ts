/** How far one situation of a test has come: what the sender did, and what that is worth (RFC 7672). */
import type { Deed } from './deed.ts';
import type { DnsQuestion, Observation } from './observation.ts';
import type { Scenario, Worth } from './scenario.ts';
import { sessionsOf, type Session } from './sessions.ts';

/** Milliseconds after a broken-off connection in which a sender that falls back comes again. */
export const GRACE_MS = 5000;
/** Milliseconds after its last question in which a sender that has what it needs connects. */
export const CONNECT_MS = 30_000;

export interface Standing {
  readonly scenario: Scenario;
  readonly phase:
    /** Nothing was seen yet. */
    | 'waiting'
    /** Something was seen, and what comes of it is open. */
    | 'under-way'
    | 'decided'
    /** Nothing that decides was seen in the time given: no verdict. */
    | 'silent';
  /** Null until it is decided. */
  readonly deed: Deed | null;
  readonly worth: Worth | null;
  /** `inferred`: it looked the records up, and then did not come. */
  readonly basis: 'seen' | 'inferred' | null;
  readonly sessions: readonly Session[];
  /** Milliseconds since the epoch at which time alone may change this; null when only an event can. */
  readonly nextAt: number | null;
}

/** When the mail was asked for, now, and after which silence there is no more waiting: milliseconds. */
export interface Span {
  readonly startedAt: number;
  readonly now: number;
  readonly silentAfterMs: number;
}

/** Of the observations of this situation alone, in their order. */
export function standingOf(
  scenario: Scenario,
  observations: readonly Observation[],
  span: Span,
): Standing {
  const sessions = sessionsOf(observations);
  const open = { scenario, sessions, deed: null, worth: null, basis: null };
  const decided = (
    deed: Deed,
    basis: Standing['basis'],
    worth = worthOf(scenario, deed),
  ): Standing => ({
    ...{ scenario, sessions, deed, worth, basis },
    phase: 'decided',
    nextAt: null,
  });
  if (sessions.some(({ steps }) => steps.some(({ name }) => name === 'injection-taken')))
    return decided('fooled', 'seen');
  const delivery = deliveryIn(sessions);
  if (delivery !== null) {
    const forbidden = delivery.host === scenario.forbiddenHost;
    const deed = delivery.tls ? 'delivered-tls' : 'delivered-clear';
    return decided(deed, 'seen', forbidden ? 'unsafe' : worthOf(scenario, deed));
  }
  const last = observations.at(-1);
  const end = span.startedAt + span.silentAfterMs;
  if (last === undefined) {
    const phase = span.now < end ? 'waiting' : 'silent';
    return { ...open, phase, nextAt: phase === 'waiting' ? end : null };
  }
  const quiet = quietAt(scenario, sessions, observations, end);
  if (quiet === null) {
    // Left hanging, or only looked up: no act of the sender's that would decide.
    const phase = span.now < end ? 'under-way' : 'silent';
    return { ...open, phase, nextAt: phase === 'silent' ? null : end };
  }
  if (span.now < quiet.at) return { ...open, phase: 'under-way', nextAt: quiet.at };
  return decided('refused', quiet.basis);
}

function worthOf({ worth }: Scenario, deed: Deed): Worth {
  return worth[deed] ?? 'odd';
}

interface Delivery {
  readonly tls: boolean;
  readonly host: number;
}

/** The worst of them: what went in the clear once is out. */
function deliveryIn(sessions: readonly Session[]): Delivery | null {
  const deliveries = sessions.flatMap(({ steps, host }) =>
    steps.flatMap((step) => (step.name === 'delivered' ? [{ tls: step.tls, host }] : [])),
  );
  return deliveries.find(({ tls }) => !tls) ?? deliveries[0] ?? null;
}

/** From when on the sender counts as having left; null while that cannot be said. */
function quietAt(
  { refusal, worth }: Scenario,
  sessions: readonly Session[],
  observations: readonly Observation[],
  end: number,
): { readonly at: number; readonly basis: 'seen' | 'inferred' } | null {
  if (sessions.length > 0) {
    if (sessions.some(({ closed }) => !closed)) return null;
    // A sender that left before it could see what is wrong has shown nothing.
    if (!sessions.some(sawTheMatter)) return null;
    return { at: Math.max(...sessions.map(({ lastAt }) => lastAt)) + GRACE_MS, basis: 'seen' };
  }
  const wantsRecords = observations.some(({ seen }) => seen.kind === 'dns' && isForRecords(seen));
  const last = observations.at(-1);
  if (!wantsRecords || last === undefined) return null;
  if (refusal === 'before-connection') return { at: last.at + CONNECT_MS, basis: 'inferred' };
  // Elsewhere it may only be slow: what would count for or against it is not concluded from that.
  return worth.refused === 'allowed' ? { at: end, basis: 'inferred' } : null;
}

/** Who minimises asks for the name above the records first, and where that is denied asks no more (RFC 8020). */
function isForRecords({ type, minimised }: DnsQuestion): boolean {
  return type === 'TLSA' || minimised;
}

/** It heard the answer to EHLO: from there on it knows whether TLS is to be had, and then with whom. */
function sawTheMatter({ steps }: Session): boolean {
  return steps.some(({ name }) => name === 'ehlo');
}
