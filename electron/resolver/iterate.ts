/** Follows referrals from the closest zone known to the servers that can answer (RFC 1034 §5.3.3). */
import type { Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { Observation } from '../../shared/dnssec/reason.ts';
import { closestAnchor } from '../../shared/dnssec/trust-anchor.ts';
import { fail, type Result } from '../../shared/failure.ts';
import { askZone, questionKey, type Asked } from './ask-servers.ts';
import type { Context } from './context.ts';
import { MAX_REFERRALS_PER_QUESTION } from './limits.ts';
import { findReferral, type Reply } from './reply.ts';
import type { Run } from './run.ts';
import { childTowards, isBelow, type Zone } from './zone.ts';

export interface Iterated {
  /** Whose servers gave the reply. */
  readonly zone: Zone;
  readonly result: Result<Reply>;
  readonly observations: readonly Observation[];
}

/** Zones with at most so many labels hold next to nothing but delegations. */
const DELEGATING_LABELS = 1;

/** The reply is not validated. `without` applies to the servers of the zone that answers. */
export async function iterate(
  run: Run,
  name: Name,
  type: number,
  context: Context,
  without: ReadonlySet<string> = new Set(),
): Promise<Iterated> {
  const observations: Observation[] = [];
  let zone = run.zones.closest(name, type);
  for (let referrals = 0; referrals < MAX_REFERRALS_PER_QUESTION; referrals++) {
    const other = otherAsking(run, zone, name, type, context);
    if (other !== null) {
      await other;
      const closer = run.zones.closest(name, type);
      if (closer !== zone) {
        zone = closer;
        continue;
      }
    }
    const asked = await askZone(run, zone, name, type, context, without);
    observations.push(...asked.observations);
    const next = referredZone(run, zone, asked, name, type);
    if (next === null) return { zone, result: asked.result, observations };
    const known = run.zones.get(next.name);
    zone = known ?? run.zones.add(next);
    if (known === null) askForKeysAhead(run, zone, context);
  }
  return {
    zone,
    result: fail({ kind: 'limit', limit: 'MAX_REFERRALS_PER_QUESTION' }),
    observations,
  };
}

function referredZone(run: Run, zone: Zone, asked: Asked, name: Name, type: number): Zone | null {
  // A recursive resolver answers for all; NS records in its answers are no referral.
  if (!asked.result.ok || run.forwarder !== null) return null;
  return findReferral(asked.result.value.message, zone, name, type);
}

/**
 * Where somebody is already asking a delegating zone for something under the same child, the referral
 * to come serves all: what to wait for, or null where this question is the first one.
 */
function otherAsking(
  run: Run,
  zone: Zone,
  name: Name,
  type: number,
  context: Context,
): Promise<Asked> | null {
  if (zone.name.labels.length > DELEGATING_LABELS || run.forwarder !== null) return null;
  if (!isBelow(name, zone)) return null;
  const child = childTowards(zone, name);
  if (type === TYPE.DS && child.key === name.key) return null;
  const gate = `${zone.name.key}>${child.key}`;
  const own = questionKey(zone, name, type);
  const leader = run.leaders.get(gate);
  if (leader === undefined) run.leaders.set(gate, own);
  return leader === undefined || leader === own ? null : run.questions.join(leader, context);
}

/** The key RRset will be needed if the parent vouches for the zone, and takes as long as the question. */
function askForKeysAhead(run: Run, zone: Zone, context: Context): void {
  const hasDs = zone.referral?.some((record) => record.type === TYPE.DS) ?? false;
  const anchor = closestAnchor(run.anchors, zone.name, TYPE.DNSKEY);
  // Under no anchor nothing is validated.
  if (anchor === null || (!hasDs && anchor.zone.key !== zone.name.key)) return;
  // Nobody waits for it yet: it must not count as somebody's wait.
  const detached = { ...context, task: null };
  askZone(run, zone, zone.name, TYPE.DNSKEY, detached).catch(() => undefined);
}
