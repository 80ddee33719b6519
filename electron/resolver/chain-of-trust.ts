/** Builds trust in a zone from the closest trust anchor down: DS, DNSKEY, or proof that there is none (RFC 4035 §5). */
import { ancestorOf, isStrictSubdomainOf, type Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import {
  unsupportedEntryPoints,
  verifyDelegation,
  type DelegationVerdict,
} from '../../shared/dnssec/delegation.ts';
import { EDE } from '../../shared/dnssec/ede.ts';
import type { Observation } from '../../shared/dnssec/reason.ts';
import { signedRRsets } from '../../shared/dnssec/signed-rrset.ts';
import { closestAnchor, type EntryPoints } from '../../shared/dnssec/trust-anchor.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Context } from './context.ts';
import { cutAt, cutInReferral } from './cut.ts';
import { describeFailure, edeOfFailure } from './describe-failure.ts';
import { explainAnchor } from './explain.ts';
import { iterate } from './iterate.ts';
import { placed } from './limit-reached.ts';
import { MAX_SERVERS_AFTER_BOGUS } from './limits.ts';
import { newValidation, type Run } from './run.ts';
import { inherited, NO_FACTS, type Cut, type OtherTrust, type Trust } from './trust.ts';
import type { Zone } from './zone.ts';

/** Each zone's trust is worked out once in a run. */
export function trustOf(run: Run, zone: Zone, context: Context): Promise<Trust> {
  return run.trusts.run(zone.name.key, context, (inner) => findTrust(run, zone, inner));
}

async function findTrust(run: Run, zone: Zone, context: Context): Promise<Trust> {
  const anchor = run.anchors.find((each) => each.zone.key === zone.name.key);
  if (anchor !== undefined) {
    return explainAnchor(run, await trustKeys(run, zone, anchor, null, [], context));
  }
  const closest = closestAnchor(run.anchors, zone.name, TYPE.DNSKEY);
  if (closest === null || zone.parent === null) return withoutAnchor(zone);
  if (zone.hidden) askAhead(run, zone.name, context);
  const parent = await trustOf(run, zone.parent, context);
  const anchorBetween = isStrictSubdomainOf(closest.zone, zone.parent.name);
  if (parent.status !== 'secure' && !anchorBetween) return inherited(zone, parent);
  const cut = await findCut(run, zone, zone.parent, context);
  return cut.kind === 'none' ? noSuchZone(zone, parent, cut) : acrossCut(run, zone, cut, context);
}

/**
 * The deepest trust on the way from `zone` (secure) down to `name`, looking for cuts that no referral
 * showed. Secure as well when there is no unsigned delegation on the way.
 */
export async function trustTowards(
  run: Run,
  zone: Zone,
  name: Name,
  context: Context,
): Promise<Trust> {
  let trust = await trustOf(run, zone, context);
  let base = zone;
  if (trust.status === 'secure') askCutsAhead(run, zone, name, context);
  for (let labels = zone.name.labels.length + 1; labels <= name.labels.length; labels++) {
    if (trust.status !== 'secure') return trust;
    const point = ancestorOf(name, labels);
    const cut = await cutAt(run, point, context);
    if (cut.kind === 'none') continue;
    base = run.zones.hiddenBelow(base, point);
    trust =
      cut.kind === 'entry'
        ? await trustOf(run, base, context)
        : await acrossCut(run, base, cut, context);
  }
  return trust;
}

/**
 * How far trust got where the zone itself did not answer: what its parent vouches for, whose keys are
 * there already, so that nobody has to be asked.
 */
export async function trustAbove(
  run: Run,
  zone: Zone,
  failure: Failure | null,
  context: Context,
): Promise<Trust | null> {
  if (zone.parent === null) return null;
  const parent = await trustOf(run, zone.parent, context);
  if (parent.status !== 'secure' || zone.referral === null || failure === null) return parent;
  const cut = await cutInReferral(run, zone.parent, zone.name, zone.referral, context);
  if (cut.kind !== 'entry' && cut.kind !== 'insecure') return parent;
  const ds = cut.kind === 'entry' ? dsFactsOf(zone, cut.entryPoints, run) : [];
  const facts = { ...NO_FACTS, ds, observations: cut.observations };
  const subject = zone.name.key;
  const reason = { subject, text: describeFailure(failure), ede: edeOfFailure(failure) };
  return { zone, parent: cut.parent, facts, status: 'indeterminate', reason, failure };
}

/** The referral's own evidence if it holds, else what the parent's servers say when asked for DS. */
async function findCut(run: Run, zone: Zone, parent: Zone, context: Context): Promise<Cut> {
  if (zone.referral !== null) {
    const cut = await cutInReferral(run, parent, zone.name, zone.referral, context);
    if (cut.kind !== 'bogus' && cut.kind !== 'none') return cut;
  }
  return cutAt(run, zone.name, context);
}

type NoCut = Extract<Cut, { readonly kind: 'none' }>;

function acrossCut(
  run: Run,
  zone: Zone,
  cut: Exclude<Cut, NoCut>,
  context: Context,
): Promise<Trust> | Trust {
  switch (cut.kind) {
    case 'entry':
      return trustKeys(run, zone, cut.entryPoints, cut.parent, cut.observations, context);
    case 'insecure':
    case 'bogus': {
      const facts = { ...NO_FACTS, observations: cut.observations };
      const { kind: status, parent, reason } = cut;
      return { zone, parent, facts, status, reason, failure: null };
    }
    case 'unanswered': {
      const facts = { ...NO_FACTS, observations: cut.observations };
      const { parent, reason, failure } = cut;
      return { zone, parent, facts, status: 'indeterminate', reason, failure };
    }
    case 'inherit':
      return inherited(zone, cut.parent);
  }
}

function noSuchZone(zone: Zone, parent: Trust, { observations }: NoCut): OtherTrust {
  const why = zone.hidden ? 'a signature claims to be by that zone' : 'servers were named for it';
  const reason = {
    subject: zone.name.key,
    text: `the parent proves that there is no delegation to ${zone.name.key}, yet ${why}`,
    ede: EDE.DNSSEC_BOGUS,
    clause: 'RFC 4035 §5.2',
  };
  return {
    zone,
    parent,
    facts: { ...NO_FACTS, observations },
    status: 'bogus',
    reason,
    failure: null,
  };
}

/** Fetches the DNSKEY RRset and judges it; another server is asked where the first one's is bogus. */
async function trustKeys(
  run: Run,
  zone: Zone,
  entryPoints: EntryPoints,
  parent: Trust | null,
  observations: readonly Observation[],
  context: Context,
): Promise<Trust> {
  const finish = (verdict: DelegationVerdict, seen: readonly Observation[]): Trust => {
    const facts = { ...verdict, observations: [...observations, ...seen, ...verdict.observations] };
    if (verdict.status === 'secure') {
      return { zone, parent, facts, status: 'secure', keys: verdict.zoneKeys };
    }
    return { zone, parent, facts, status: verdict.status, reason: verdict.reason, failure: null };
  };
  // RFC 4035 §5.2: with no algorithm or digest that we know, the zone is treated as unsigned.
  if (unsupportedEntryPoints(zone.name, entryPoints, newValidation(run)) !== null) {
    return finish(verifyDelegation(zone.name, entryPoints, null, newValidation(run)), []);
  }
  let first: Trust | null = null;
  const without = new Set<string>();
  // One allowance for the key RRset, however many servers give one.
  const validation = newValidation(run);
  for (let tries = 0; tries <= MAX_SERVERS_AFTER_BOGUS; tries++) {
    const asked = await iterate(run, zone.name, TYPE.DNSKEY, context, without);
    if (!asked.result.ok) {
      if (first !== null) break;
      // Silence proves nothing; a clear refusal to give the keys of a signed zone is that zone's fault.
      if (asked.result.failure.kind !== 'rcode') {
        const ds = dsFactsOf(zone, entryPoints, run);
        const seen = [...observations, ...asked.observations];
        return withoutKeys(zone, parent, ds, asked.result.failure, seen);
      }
    }
    const answers = asked.result.ok ? asked.result.value.message.answers : [];
    const dnskeys = signedRRsets(answers).find(
      ({ rrset }) => rrset.type === TYPE.DNSKEY && rrset.name.key === zone.name.key,
    );
    const address = asked.result.ok ? { address: asked.result.value.server.address } : {};
    const judged = verifyDelegation(zone.name, entryPoints, dnskeys ?? null, validation);
    const verdict = asked.result.ok
      ? fromServer(judged, address.address)
      : becauseOf(judged, asked.result.failure);
    const told = placed(verdict.observations, { zone: zone.name.key, ...address });
    const trust = finish({ ...verdict, observations: told }, asked.observations);
    if (trust.status !== 'bogus') return trust;
    first ??= trust;
    if (!asked.result.ok) break;
    without.add(asked.result.value.server.address);
  }
  return first ?? withoutAnchor(zone);
}

/** What vouches for a zone whose keys nobody has seen. */
function dsFactsOf(zone: Zone, entryPoints: EntryPoints, run: Run): DelegationVerdict['ds'] {
  return verifyDelegation(zone.name, entryPoints, null, newValidation(run)).ds;
}

/** A bad answer is one server's, and the reason says whose. */
function fromServer(verdict: DelegationVerdict, server: string | undefined): DelegationVerdict {
  if (verdict.status !== 'bogus' || server === undefined) return verdict;
  return { ...verdict, reason: { ...verdict.reason, server } };
}

/** Why there are no keys to judge. */
function becauseOf(verdict: DelegationVerdict, failure: Failure): DelegationVerdict {
  if (verdict.status !== 'bogus') return verdict;
  const text = `${verdict.reason.text}: ${describeFailure(failure)}`;
  return { ...verdict, reason: { ...verdict.reason, text } };
}

function withoutKeys(
  zone: Zone,
  parent: Trust | null,
  ds: DelegationVerdict['ds'],
  failure: Failure,
  observations: readonly Observation[],
): OtherTrust {
  const text = `the DNSKEY records of ${zone.name.key} cannot be had: ${describeFailure(failure)}`;
  const reason = { subject: `${zone.name.key}/DNSKEY`, text, ede: edeOfFailure(failure) };
  const facts = { ...NO_FACTS, ds, observations };
  return { zone, parent, facts, status: 'indeterminate', reason, failure };
}

/** A zone that only its signatures show: both questions of its chain can be on their way at once. */
function askAhead(run: Run, zone: Name, context: Context): void {
  const detached = { ...context, task: null };
  iterate(run, zone, TYPE.DNSKEY, detached).catch(() => undefined);
  iterate(run, zone, TYPE.DS, detached).catch(() => undefined);
}

/** Labels whose possible cuts are asked about at once; deeper ones come in turn. */
const CUTS_ASKED_AHEAD = 4;

function askCutsAhead(run: Run, zone: Zone, name: Name, context: Context): void {
  const detached = { ...context, task: null };
  const first = zone.name.labels.length + 1;
  const last = Math.min(name.labels.length, zone.name.labels.length + CUTS_ASKED_AHEAD);
  for (let labels = first; labels <= last; labels++) {
    iterate(run, ancestorOf(name, labels), TYPE.DS, detached).catch(() => undefined);
  }
}

function withoutAnchor(zone: Zone): OtherTrust {
  const reason = {
    subject: zone.name.key,
    text: `there is no trust anchor at or above ${zone.name.key}`,
    ede: EDE.DNSSEC_INDETERMINATE,
  };
  return { zone, parent: null, facts: NO_FACTS, status: 'indeterminate', reason, failure: null };
}
