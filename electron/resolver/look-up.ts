/** A whole look-up: the question, its aliases, and the weakest status among them (RFC 1034 §3.6.2, RFC 4035 §4.3). */
import type { Name } from '../../shared/dns/name.ts';
import { rcodeToText } from '../../shared/dns/rcode.ts';
import { typeToText } from '../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';
import type { Security } from '../../shared/dnssec/proof.ts';
import type { Observation, Reason } from '../../shared/dnssec/reason.ts';
import type { Failure } from '../../shared/failure.ts';
import { trustAbove } from './chain-of-trust.ts';
import { createBudget, untilLate, type Budget, type Context } from './context.ts';
import { ALIAS_LOOP, describeFailure, edeOfFailure } from './describe-failure.ts';
import { explainForwarder } from './explain.ts';
import type { Judged } from './judge-reply.ts';
import { limitReached } from './limit-reached.ts';
import { MAX_ALIAS_STEPS, MAX_LOOK_UP_MS } from './limits.ts';
import type { AliasStep, LookUp, ZoneTrust } from './resolver.ts';
import type { Run } from './run.ts';
import { settle } from './settle.ts';
import { pathOf, toZoneTrust, type Trust } from './trust.ts';
import type { Zone } from './zone.ts';

/** Equal questions share one look-up; it ends within `MAX_LOOK_UP_MS`. */
export function lookUp(run: Run, name: Name, type: number, signal: AbortSignal): Promise<LookUp> {
  const budget = createBudget();
  const top: Context = { signal, budget, task: null, depth: 0 };
  return run.lookUps.run(`${typeToText(type)}|${name.key}`, top, async (context) => {
    const progress = newProgress(name, type);
    const found = await untilLate(
      followAliases(run, name, progress, context),
      run.network.clock,
      MAX_LOOK_UP_MS,
      () => ended(progress, { kind: 'limit', limit: 'MAX_LOOK_UP_MS' }, budget),
    );
    return explainForwarder(run, found);
  });
}

/** What has been found so far; it alone changes while the look-up runs. */
interface Progress {
  readonly name: Name;
  readonly type: number;
  readonly answers: ResourceRecord[];
  readonly aliases: AliasStep[];
  readonly observations: Observation[];
  readonly zones: Map<string, ZoneTrust>;
  /** The weakest so far. */
  security: Security;
  reason: Reason | null;
}

function newProgress(name: Name, type: number): Progress {
  return {
    name,
    type,
    answers: [],
    aliases: [],
    observations: [],
    zones: new Map(),
    security: 'secure',
    reason: null,
  };
}

async function followAliases(
  run: Run,
  name: Name,
  progress: Progress,
  context: Context,
): Promise<LookUp> {
  const seen = new Set<string>();
  let current = name;
  for (let steps = 0; steps <= MAX_ALIAS_STEPS; steps++) {
    seen.add(current.key);
    const settled = await settle(run, current, progress.type, context);
    progress.observations.push(...settled.observations);
    const { judged } = settled;
    const { failure: silence } = settled;
    noteTrust(
      run,
      progress,
      judged?.trust ?? (await trustAbove(run, settled.zone, silence, context)),
    );
    if (judged === null) {
      const failure = settled.failure ?? { kind: 'malformed', detail: 'no answer' };
      return ended(progress, failure, context.budget, settled.zone);
    }
    weaken(progress, judged.security, judged.reason);
    const { trust } = judged;
    if (trust.status === 'indeterminate' && trust.failure !== null) {
      return ended(progress, trust.failure, context.budget, trust.zone);
    }
    if (judged.security === 'bogus') return finished(progress, judged, 'SERVFAIL');
    progress.answers.push(...judged.records);
    const target = judged.alias?.to ?? null;
    if (judged.alias === null || target === null) {
      return finished(progress, judged, rcodeToText(judged.rcode));
    }
    const { via } = judged.alias;
    progress.aliases.push({ from: current, to: target, via, security: judged.security });
    if (seen.has(target.key)) {
      return ended(progress, { kind: 'malformed', detail: ALIAS_LOOP }, context.budget);
    }
    current = target;
  }
  return ended(progress, { kind: 'limit', limit: 'MAX_ALIAS_STEPS' }, context.budget);
}

function noteTrust(run: Run, progress: Progress, trust: Trust | null): void {
  for (const link of trust === null ? [] : pathOf(trust)) {
    const key = link.zone.name.key;
    if (progress.zones.has(key)) continue;
    progress.zones.set(key, toZoneTrust(link, run.serversOf(link.zone)));
    progress.observations.push(...link.facts.observations);
  }
}

/** From the strongest to the weakest: an alias chain is as strong as its weakest link. */
const STRENGTH: readonly Security[] = ['secure', 'insecure', 'indeterminate', 'bogus'];

function weaken(progress: Progress, security: Security, reason: Reason | null): void {
  if (STRENGTH.indexOf(security) <= STRENGTH.indexOf(progress.security)) return;
  progress.security = security;
  progress.reason = reason;
}

function finished(progress: Progress, judged: Judged, rcode: string): LookUp {
  const isBogus = judged.security === 'bogus';
  return {
    ...basics(progress),
    rcode,
    rrset: isBogus ? null : judged.rrset,
    failure: null,
    ttl: isBogus ? null : judged.ttl,
  };
}

/** No usable answer: RFC 4035 §4.3 calls it indeterminate where nothing was proven wrong. */
function ended(
  progress: Progress,
  failure: Failure,
  budget: Budget,
  zone: Zone | null = null,
): LookUp {
  const limit = failure.kind === 'limit' ? failure.limit : budget.exceeded();
  if (limit !== null) {
    const at = zone === null ? {} : { zone: zone.name.key };
    progress.observations.push(limitReached(limit, progress.name.key, at));
  }
  const last = progress.aliases[progress.aliases.length - 1]?.to ?? progress.name;
  weaken(progress, 'indeterminate', {
    subject: `${last.key}/${typeToText(progress.type)}`,
    text: describeFailure(failure),
    ede: edeOfFailure(failure),
  });
  return { ...basics(progress), rcode: 'SERVFAIL', rrset: null, failure, ttl: null };
}

function basics(
  progress: Progress,
): Pick<
  LookUp,
  'name' | 'type' | 'security' | 'answers' | 'aliases' | 'reason' | 'zones' | 'observations'
> {
  const observations = new Map(
    progress.observations.map((each) => [JSON.stringify(each), each] as const),
  );
  return {
    name: progress.name,
    type: progress.type,
    security: progress.security,
    reason: progress.reason,
    answers: [...progress.answers],
    aliases: [...progress.aliases],
    zones: [...progress.zones.values()],
    observations: [...observations.values()],
  };
}
