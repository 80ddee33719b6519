/** Puts an RRset or an absence to the keys of the zone it is from (RFC 4035 §5.3, §5.4; RFC 5155 §8). */
import type { Name } from '../../shared/dns/name.ts';
import { parentOf, ROOT } from '../../shared/dns/name.ts';
import { TYPE, typeToText } from '../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';
import {
  denialRecords,
  proveNameError,
  proveNoData,
  proveWildcardExpansion,
  type DenialRecords,
  type DenialVerdict,
} from '../../shared/dnssec/denial.ts';
import { EDE } from '../../shared/dnssec/ede.ts';
import type { Security } from '../../shared/dnssec/proof.ts';
import type { Observation, Reason } from '../../shared/dnssec/reason.ts';
import { verifyRRset } from '../../shared/dnssec/signature.ts';
import { signedRRsets, type SignedRRset } from '../../shared/dnssec/signed-rrset.ts';
import type { Validation } from '../../shared/dnssec/work.ts';
import type { Context } from './context.ts';
import { placed } from './limit-reached.ts';
import type { Run } from './run.ts';
import { anchoredZone, signingZone } from './signing-zone.ts';
import type { SecureTrust, Trust } from './trust.ts';
import type { Zone } from './zone.ts';

export interface Proof {
  readonly security: Security;
  /** Null when secure. */
  readonly reason: Reason | null;
  readonly trust: Trust;
  readonly denial: DenialRecords | null;
  readonly ttl: number | null;
  readonly observations: readonly Observation[];
}

export async function proveRRset(
  run: Run,
  zone: Zone,
  signed: SignedRRset,
  authorities: readonly ResourceRecord[],
  validation: Validation,
  context: Context,
): Promise<Proof> {
  const { name, type } = signed.rrset;
  const base = anchoredZone(run, zone, name, type);
  const signer = signingZone(run, base, [signed], name, type);
  const trust =
    signer === null
      ? await towardsUnsigned(run, base, name, type, context)
      : await run.steps.trustOf(signer, context);
  if (trust.status !== 'secure') return asTrusted(trust);
  const verdict = verifyRRset(signed, trust.keys, validation);
  const { observations } = verdict;
  if (verdict.status === 'bogus') return bogus(trust, null, verdict.reason, observations);
  const denial = denialRecords(signedRRsets(authorities), trust.keys, validation);
  const { ttl, expansion } = verdict;
  if (expansion === null) return { ...SECURE, trust, denial, ttl, observations };
  const expanded = proveWildcardExpansion(denial, expansion);
  return byVerdict(trust, denial, ttl, expanded, observations);
}

export interface Denial {
  readonly name: Name;
  readonly type: number;
  /** What the reply claims, by its RCODE. */
  readonly denies: 'name' | 'type';
  readonly authorities: readonly ResourceRecord[];
}

export async function proveAbsence(
  run: Run,
  zone: Zone,
  { name, type, denies, authorities }: Denial,
  validation: Validation,
  context: Context,
): Promise<Proof> {
  const base = anchoredZone(run, zone, name, type);
  const sets = signedRRsets(authorities);
  const signer = signingZone(run, base, sets.filter(isEvidence), name, type);
  const trust =
    signer === null
      ? await towardsUnsigned(run, base, name, type, context)
      : await run.steps.trustOf(signer, context);
  if (trust.status !== 'secure') return asTrusted(trust);
  const denial = denialRecords(sets, trust.keys, validation);
  const proven = denies === 'name' ? proveNameError(denial, name) : proveNoData(denial, name, type);
  const soaFault = proven.status === 'bogus' ? null : faultOfSoa(sets, trust, validation);
  if (soaFault !== null) {
    const observations = [...proven.observations, ...soaFault.observations];
    return bogus(trust, denial, soaFault.reason, observations);
  }
  const subject = `${name.key}/${typeToText(type)}`;
  const missing: readonly Observation[] =
    proven.status === 'bogus' && signer === null
      ? [{ code: 'rrsig-missing', subject, parameters: { zone: trust.zone.name.key } }]
      : [];
  return byVerdict(trust, denial, denial.ttl, proven, missing);
}

const SECURE = { security: 'secure', reason: null } as const;

/** Unsigned data: fine below a proven unsigned delegation, which a shared server may not have shown. */
function towardsUnsigned(
  run: Run,
  base: Zone,
  name: Name,
  type: number,
  context: Context,
): Promise<Trust> {
  // RFC 4035 §2.4: DS belongs to the parent, so a cut at the name itself says nothing.
  const down = type === TYPE.DS ? (parentOf(name) ?? ROOT) : name;
  return run.steps.trustTowards(base, down, context);
}

/** Data of a zone that is not secure is what the zone is. */
function asTrusted(trust: Exclude<Trust, SecureTrust>): Proof {
  return {
    security: trust.status,
    reason: trust.reason,
    trust,
    denial: null,
    ttl: null,
    observations: [],
  };
}

function byVerdict(
  trust: SecureTrust,
  denial: DenialRecords,
  ttl: number | null,
  verdict: DenialVerdict,
  before: readonly Observation[],
): Proof {
  // A verdict tells what was observed of its records as well.
  const observations = [...before, ...verdict.observations];
  if (verdict.status === 'bogus') return bogus(trust, denial, verdict.reason, observations);
  const reason = verdict.status === 'insecure' ? verdict.reason : null;
  return { security: verdict.status, reason, trust, denial, ttl, observations };
}

/**
 * RFC 4035 §5 leaves open what a bad signature over the SOA of a denial means; Unbound and the PowerDNS
 * recursor refuse the whole answer, so a sender behind them does.
 */
function faultOfSoa(
  sets: readonly SignedRRset[],
  trust: SecureTrust,
  validation: Validation,
): { readonly reason: Reason; readonly observations: readonly Observation[] } | null {
  const soa = sets.find(({ rrset }) => rrset.type === TYPE.SOA);
  if (soa === undefined) return null;
  const verdict = verifyRRset(soa, trust.keys, validation);
  if (verdict.status === 'bogus') return verdict;
  if (soa.rrset.name.key === trust.keys.zone.key) return null;
  const text = 'the SOA record of a denial is not that of the zone';
  const subject = `${soa.rrset.name.key}/SOA`;
  const reason = { subject, text, ede: EDE.DNSSEC_BOGUS, clause: 'RFC 4035 §5.4' };
  return { reason, observations: [] };
}

function bogus(
  trust: Trust,
  denial: DenialRecords | null,
  reason: Reason,
  observations: readonly Observation[],
): Proof {
  const told = placed(observations, { zone: trust.zone.name.key });
  return { security: 'bogus', reason, trust, denial, ttl: null, observations: told };
}

function isEvidence({ rrset }: SignedRRset): boolean {
  return rrset.type === TYPE.NSEC || rrset.type === TYPE.NSEC3 || rrset.type === TYPE.SOA;
}
