/** What the parent's side of a possible zone cut says: DS, proof of no DS, or proof of no cut (RFC 4035 §5.2). */
import { parentOf, ROOT, type Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';
import { denialRecords, proveNoDs, proveWildcardExpansion } from '../../shared/dnssec/denial.ts';
import { parseDs } from '../../shared/dnssec/ds.ts';
import { EDE } from '../../shared/dnssec/ede.ts';
import type { Observation, Reason } from '../../shared/dnssec/reason.ts';
import { verifyRRset } from '../../shared/dnssec/signature.ts';
import { signedRRsets, type SignedRRset } from '../../shared/dnssec/signed-rrset.ts';
import type { Validation } from '../../shared/dnssec/work.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Context } from './context.ts';
import { describeFailure, edeOfFailure } from './describe-failure.ts';
import { iterate, type Iterated } from './iterate.ts';
import { placed } from './limit-reached.ts';
import { MAX_SERVERS_AFTER_BOGUS } from './limits.ts';
import { newValidation, type Run } from './run.ts';
import { anchoredZone, signingZone } from './signing-zone.ts';
import type { Cut, SecureTrust } from './trust.ts';
import type { Zone } from './zone.ts';

/** Asks the parent's servers for DS; further ones where the answer is bogus. Once a name in a run. */
export function cutAt(run: Run, cut: Name, context: Context): Promise<Cut> {
  return run.cuts.run(cut.key, context, async (inner) => {
    let first: Cut | null = null;
    const without = new Set<string>();
    const validation = newValidation(run);
    for (let tries = 0; tries <= MAX_SERVERS_AFTER_BOGUS; tries++) {
      const asked = await iterate(run, cut, TYPE.DS, inner, without);
      if (!asked.result.ok) {
        return first ?? unanswered(run, asked, asked.result.failure, cut, inner);
      }
      const { message, server } = asked.result.value;
      const records = [...message.answers, ...message.authorities];
      const judged = await judgeCut(run, asked.zone, cut, records, validation, inner);
      if (judged.kind !== 'bogus') return judged;
      first ??= { ...judged, reason: { ...judged.reason, server: server.address } };
      without.add(server.address);
    }
    return first ?? impossible();
  });
}

/** Judges the authority section of a referral from the servers of `parent`. */
export function cutInReferral(
  run: Run,
  parent: Zone,
  cut: Name,
  referral: readonly ResourceRecord[],
  context: Context,
): Promise<Cut> {
  return judgeCut(run, parent, cut, referral, newValidation(run), context);
}

async function judgeCut(
  run: Run,
  zone: Zone,
  cut: Name,
  records: readonly ResourceRecord[],
  validation: Validation,
  context: Context,
): Promise<Cut> {
  const base = anchoredZone(run, zone, cut, TYPE.DS);
  const sets = signedRRsets(records);
  const at = (type: number): SignedRRset | undefined =>
    sets.find(({ rrset }) => rrset.type === type && rrset.name.key === cut.key);
  const ds = at(TYPE.DS);
  const alias = ds === undefined ? at(TYPE.CNAME) : undefined;
  const shown = ds ?? alias;
  const evidence = shown === undefined ? sets.filter(isDenial) : [shown];
  const signer = signingZone(run, base, evidence, cut, TYPE.DS);
  if (signer === null) return unsignedCut(run, base, cut, ds !== undefined, context);
  const parent = await run.steps.trustOf(signer, context);
  if (parent.status !== 'secure') return { kind: 'inherit', parent };
  const judged = judgeAtParent(parent, cut, ds, alias, sets, validation);
  const { observations } = judged;
  return { ...judged, observations: placed(observations, { zone: parent.zone.name.key }) };
}

type Judged = Exclude<Cut, { readonly kind: 'inherit' }>;

function judgeAtParent(
  parent: SecureTrust,
  cut: Name,
  ds: SignedRRset | undefined,
  alias: SignedRRset | undefined,
  sets: readonly SignedRRset[],
  validation: Validation,
): Judged {
  if (ds !== undefined) return withDs(parent, ds, validation);
  return alias === undefined
    ? withoutDs(parent, cut, sets, validation)
    : withAlias(parent, alias, sets, validation);
}

/** RFC 1034 §3.6.2: where there is a CNAME there is no other data, and so no delegation. */
function withAlias(
  parent: SecureTrust,
  alias: SignedRRset,
  sets: readonly SignedRRset[],
  validation: Validation,
): Judged {
  const verdict = verifyRRset(alias, parent.keys, validation);
  const { observations } = verdict;
  if (verdict.status === 'bogus') {
    return { kind: 'bogus', reason: verdict.reason, parent, observations };
  }
  if (verdict.expansion === null) return { kind: 'none', observations };
  const denial = denialRecords(sets, parent.keys, validation);
  const expanded = proveWildcardExpansion(denial, verdict.expansion);
  if (expanded.status === 'secure') return { kind: 'none', observations };
  const { status: kind, reason } = expanded;
  return { kind, reason, parent, observations: expanded.observations };
}

function withDs(parent: SecureTrust, ds: SignedRRset, validation: Validation): Judged {
  const verdict = verifyRRset(ds, parent.keys, validation);
  const { observations } = verdict;
  if (verdict.status === 'bogus')
    return { kind: 'bogus', reason: verdict.reason, parent, observations };
  // RFC 4592 §4.2: delegations are not synthesised from wildcards, so neither is DS.
  if (verdict.expansion !== null) {
    const text = 'the DS RRset was made from a wildcard';
    return { kind: 'bogus', reason: bogusCut(ds.rrset.name, text), parent, observations };
  }
  const parsed = ds.rrset.records.flatMap((record) => parseDs(record.rdata) ?? []);
  return { kind: 'entry', entryPoints: { ds: parsed, dnskeys: [] }, parent, observations };
}

function withoutDs(
  parent: SecureTrust,
  cut: Name,
  sets: readonly SignedRRset[],
  validation: Validation,
): Judged {
  const denial = denialRecords(sets, parent.keys, validation);
  const verdict = proveNoDs(denial, cut);
  const { observations } = verdict;
  switch (verdict.kind) {
    case 'insecure-delegation':
      return { kind: 'insecure', reason: verdict.reason, parent, observations };
    case 'no-delegation':
      return { kind: 'none', observations };
    case 'bogus':
      return { kind: 'bogus', reason: verdict.reason, parent, observations };
  }
}

/** Nothing is signed: right only if an unsigned zone in between, which no referral showed, says it. */
async function unsignedCut(
  run: Run,
  base: Zone,
  cut: Name,
  hasDs: boolean,
  context: Context,
): Promise<Cut> {
  const parent = await run.steps.trustTowards(base, parentOf(cut) ?? ROOT, context);
  if (parent.status !== 'secure') return { kind: 'inherit', parent };
  const zone = parent.zone.name.key;
  const text = hasDs
    ? `${zone} is signed, but gives the DS records for ${cut.key} without a signature`
    : `${zone} is signed, but gives neither DS records for ${cut.key} nor a proof that there are none`;
  const ede = hasDs ? EDE.RRSIGS_MISSING : EDE.NSEC_MISSING;
  const observations: readonly Observation[] = [
    { code: 'rrsig-missing', subject: `${cut.key}/DS`, parameters: { zone: parent.zone.name.key } },
  ];
  const reason = { ...bogusCut(cut, text), ede };
  return { kind: 'bogus', reason, parent, observations };
}

async function unanswered(
  run: Run,
  { zone, observations }: Iterated,
  failure: Failure,
  cut: Name,
  context: Context,
): Promise<Cut> {
  const parent = await run.steps.trustOf(zone, context);
  if (parent.status !== 'secure') return { kind: 'inherit', parent };
  const text = `no server of ${zone.name.key} says whether there are DS records for ${cut.key}: ${describeFailure(failure)}`;
  const reason = { ...bogusCut(cut, text), ede: edeOfFailure(failure) };
  // Silence proves nothing; a clear refusal to say it is a fault of the parent's servers.
  if (failure.kind === 'rcode') return { kind: 'bogus', reason, parent, observations };
  return { kind: 'unanswered', reason, failure, parent, observations };
}

/** The loop above ends only with a first bogus answer. */
function impossible(): never {
  throw new Error('no server was asked');
}

function isDenial({ rrset }: SignedRRset): boolean {
  return rrset.type === TYPE.NSEC || rrset.type === TYPE.NSEC3 || rrset.type === TYPE.SOA;
}

function bogusCut(cut: Name, text: string): Reason {
  return { subject: `${cut.key}/DS`, text, ede: EDE.DNSSEC_BOGUS, clause: 'RFC 4035 §5.2' };
}
