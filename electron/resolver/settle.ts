/** One validated answer to one question, further servers being asked where the first one's is bogus. */
import type { Name } from '../../shared/dns/name.ts';
import type { Observation } from '../../shared/dnssec/reason.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Context } from './context.ts';
import { iterate } from './iterate.ts';
import { judgeReply, type Judged } from './judge-reply.ts';
import { MAX_SERVERS_AFTER_BOGUS } from './limits.ts';
import { newValidation, type Run } from './run.ts';
import type { Zone } from './zone.ts';

export interface Settled {
  /** Whose servers were asked last. */
  readonly zone: Zone;
  /** Null when no server gave a usable answer; then `failure` is set. */
  readonly judged: Judged | null;
  readonly failure: Failure | null;
  readonly observations: readonly Observation[];
}

/** No alias is followed. */
export async function settle(
  run: Run,
  name: Name,
  type: number,
  context: Context,
): Promise<Settled> {
  const observations: Observation[] = [];
  const without = new Set<string>();
  const validation = newValidation(run);
  let first: Settled | null = null;
  for (let tries = 0; tries <= MAX_SERVERS_AFTER_BOGUS; tries++) {
    const asked = await iterate(run, name, type, context, without);
    observations.push(...asked.observations);
    if (!asked.result.ok) {
      const { failure } = asked.result;
      return first ?? { zone: asked.zone, judged: null, failure, observations };
    }
    const reply = asked.result.value;
    const answer = await judgeReply(run, asked.zone, reply, name, type, context, validation);
    const judged = fromServer(answer, reply.server.address);
    observations.push(...observedAt(judged, reply.server.address));
    const settled: Settled = { zone: asked.zone, judged, failure: null, observations };
    if (judged.security !== 'bogus') return settled;
    first ??= settled;
    // Where the zone's keys are what is bogus, another server's answer will not mend it; a hidden zone
    // is one only by the word of this answer.
    if (judged.trust.status === 'bogus' && !judged.trust.zone.hidden) break;
    without.add(reply.server.address);
  }
  return first ?? { zone: run.zones.root(), judged: null, failure: null, observations };
}

/** Where the zone's keys are good, what is wrong is this server's answer. */
function fromServer(judged: Judged, server: string): Judged {
  if (judged.security !== 'bogus' || judged.reason === null) return judged;
  if (judged.trust.status !== 'secure') return judged;
  return { ...judged, reason: { ...judged.reason, server } };
}

/** What was wrong at one server need not be so at the others: its address belongs to the facts. */
function observedAt(judged: Judged, server: string): readonly Observation[] {
  if (judged.security !== 'bogus') return judged.observations;
  return judged.observations.map((observation) => ({
    ...observation,
    parameters: { ...observation.parameters, server },
  }));
}
