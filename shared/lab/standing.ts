/** How far one situation of a test has come: what the sender did, and what that is worth (RFC 7672). */
import type { Deed } from './deed.ts';
import type { Observation } from './observation.ts';
import { refusalIn } from './refusal.ts';
import type { Scenario, Worth } from './scenario.ts';
import { sessionsOf, type Session } from './sessions.ts';

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
  if (sessions.some(isFooled)) return decided('fooled', 'seen');
  const delivery = deliveryIn(scenario, sessions);
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
  const refusal = refusalIn(scenario, sessions, observations, end);
  if (refusal === null) {
    // Left hanging, or only looked up: no act of the sender's that would decide.
    const phase = span.now < end ? 'under-way' : 'silent';
    return { ...open, phase, nextAt: phase === 'silent' ? null : end };
  }
  if (span.now < refusal.at) return { ...open, phase: 'under-way', nextAt: refusal.at };
  return decided('refused', refusal.basis);
}

function worthOf({ worth }: Scenario, deed: Deed): Worth {
  return worth[deed] ?? 'odd';
}

/** Only with the recipient is it known to be the sender, and not somebody who wants it to look so. */
function isFooled({ steps }: Session): boolean {
  const names = new Set(steps.map(({ name }) => name));
  return names.has('injection-taken') && (names.has('recipient') || names.has('delivered'));
}

interface Delivery {
  readonly tls: boolean;
  readonly host: number;
}

/** The worst of them: what went in the clear once is out, and so is what the wrong host has. */
function deliveryIn({ forbiddenHost }: Scenario, sessions: readonly Session[]): Delivery | null {
  const deliveries = sessions.flatMap(({ steps, host }) =>
    steps.flatMap((step) => (step.name === 'delivered' ? [{ tls: step.tls, host }] : [])),
  );
  return (
    deliveries.find(({ tls }) => !tls) ??
    deliveries.find(({ host }) => host === forbiddenHost) ??
    deliveries[0] ??
    null
  );
}
