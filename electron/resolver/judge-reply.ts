/** Validates one reply: positive, from a wildcard, alias, or denial (RFC 4035 §5.3, §5.4, RFC 6672 §5.3). */
import {
  isStrictSubdomainOf,
  isSubdomainOf,
  nameFromWire,
  nameToText,
  nameToWire,
  replaceSuffix,
  type Name,
} from '../../shared/dns/name.ts';
import { RCODE } from '../../shared/dns/rcode.ts';
import { readUint32 } from '../../shared/dns/bytes.ts';
import { TYPE, typeToText } from '../../shared/dns/record-type.ts';
import type { ResourceRecord, RRset } from '../../shared/dns/record.ts';
import type { DenialRecords } from '../../shared/dnssec/denial.ts';
import { EDE } from '../../shared/dnssec/ede.ts';
import type { Security } from '../../shared/dnssec/proof.ts';
import type { Observation, Reason } from '../../shared/dnssec/reason.ts';
import { signedRRsets, subjectOf, type SignedRRset } from '../../shared/dnssec/signed-rrset.ts';
import type { Validation } from '../../shared/dnssec/work.ts';
import type { Context } from './context.ts';
import { proveAbsence, proveRRset, type Proof } from './prove.ts';
import type { Reply } from './reply.ts';
import { newValidation, type Run } from './run.ts';
import type { Trust } from './trust.ts';
import type { Zone } from './zone.ts';

export interface Judged {
  readonly rcode: number;
  readonly security: Security;
  readonly reason: Reason | null;
  /** The trust in the zone that the data is from. */
  readonly trust: Trust;
  /** What to show: without RRSIGs, a synthesised CNAME included. */
  readonly records: readonly ResourceRecord[];
  /** The RRset of the type asked for; null for aliases and denials. */
  readonly rrset: RRset | null;
  readonly alias: Alias | null;
  readonly denies: 'name' | 'type' | null;
  /** Seconds; of the RRset or of the denial (RFC 2308 §5). */
  readonly ttl: number | null;
  /** The validated NSEC and NSEC3 records that came along; null where the zone is not secure. */
  readonly denial: DenialRecords | null;
  readonly observations: readonly Observation[];
}

export interface Alias {
  readonly via: 'CNAME' | 'DNAME';
  /** Null when the name made from a DNAME is too long (RFC 6672 §2.2: YXDOMAIN). */
  readonly to: Name | null;
}

/**
 * `zone`: the one whose servers gave the reply, which is scrubbed already. `validation` is the allowance
 * of work for the question: replies of several servers to it share one.
 */
export async function judgeReply(
  run: Run,
  zone: Zone,
  reply: Reply,
  name: Name,
  type: number,
  context: Context,
  validation: Validation = newValidation(run),
): Promise<Judged> {
  const { message } = reply;
  const sets = signedRRsets(message.answers);
  const found = findAnswer(sets, name, type);
  if (found === null) {
    const denies = message.rcode === RCODE.NXDOMAIN ? 'name' : 'type';
    const claim = { name, type, denies, authorities: message.authorities } as const;
    const proof = await proveAbsence(run, zone, claim, validation, context);
    noteHolder(run, name, proof, soaOwner(message.authorities));
    const ttl = negativeTtl(message.authorities, proof);
    // The RCODE is not signed: of a proven denial no more may be told than what was proven.
    const proven = denies === 'name' ? RCODE.NXDOMAIN : RCODE.NOERROR;
    const rcode = proof.security === 'secure' ? proven : message.rcode;
    return { ...EMPTY, ...judgedBy(proof), rcode, denies, ttl };
  }
  const { signed, alias } = found;
  const proven = await proveRRset(run, zone, signed, message.authorities, validation, context);
  const proof = alias === null ? proven : leadingOneWay(proven, signed);
  noteHolder(run, name, proof, type === TYPE.SOA && alias === null ? name : null);
  return {
    ...EMPTY,
    ...judgedBy(proof),
    rcode: alias !== null && alias.to === null ? RCODE.YXDOMAIN : RCODE.NOERROR,
    records: recordsOf(signed, name, alias),
    rrset: finalRRset(signed.rrset, name, type, alias),
    alias: type === TYPE.CNAME ? null : alias,
    ttl: proof.ttl ?? signed.rrset.ttl,
  };
}

const EMPTY = { records: [], rrset: null, alias: null, denies: null, ttl: null } as const;

interface Found {
  readonly signed: SignedRRset;
  readonly alias: Alias | null;
}

/** The RRset itself, else a DNAME above the name (its CNAME is made anew), else a CNAME. */
function findAnswer(sets: readonly SignedRRset[], name: Name, type: number): Found | null {
  const at = (wanted: number): SignedRRset | undefined =>
    sets.find(({ rrset }) => rrset.type === wanted && rrset.name.key === name.key);
  const direct = at(type);
  const dname = sets.find(
    ({ rrset }) => rrset.type === TYPE.DNAME && isStrictSubdomainOf(name, rrset.name),
  );
  // RFC 6672 §5.3.1: the CNAME that comes with a DNAME is not signed; for type CNAME it is the answer.
  if (direct !== undefined && (dname === undefined || direct.signatures.length > 0)) {
    return { signed: direct, alias: null };
  }
  if (dname !== undefined) {
    const target = targetOf(dname.rrset);
    const to = target === null ? null : replaceSuffix(name, dname.rrset.name, target);
    return { signed: dname, alias: { via: 'DNAME', to } };
  }
  const cname = at(TYPE.CNAME);
  const to = cname === undefined ? null : targetOf(cname.rrset);
  return cname === undefined || to === null ? null : { signed: cname, alias: { via: 'CNAME', to } };
}

/** RFC 2181 §10.1, RFC 6672 §2.4: there is one alias at a name; of two, even signed ones, neither can be followed. */
function leadingOneWay(proof: Proof, { rrset }: SignedRRset): Proof {
  if (proof.security !== 'secure' || rrset.records.length === 1) return proof;
  const text = `There are ${rrset.records.length} ${typeToText(rrset.type)} records at ${nameToText(rrset.name)}, where only one is allowed`;
  const reason = { subject: subjectOf(rrset), text, ede: EDE.DNSSEC_BOGUS };
  return { ...proof, security: 'bogus', reason };
}

/** The one name that RDATA of CNAME and DNAME consists of. */
function targetOf(rrset: RRset): Name | null {
  const [record] = rrset.records;
  return record === undefined ? null : (nameFromWire(record.rdata, 0)?.name ?? null);
}

function recordsOf(
  { rrset }: SignedRRset,
  name: Name,
  alias: Alias | null,
): readonly ResourceRecord[] {
  const synthesised = alias?.via === 'DNAME' ? synthesise(rrset, name, alias) : null;
  return synthesised === null ? rrset.records : [...rrset.records, synthesised];
}

/** RFC 6672 §3.1: owner is the name asked for, the TTL that of the DNAME. */
function synthesise(dname: RRset, name: Name, alias: Alias): ResourceRecord | null {
  if (alias.to === null) return null;
  const rdata = nameToWire(alias.to);
  return { name, type: TYPE.CNAME, class: dname.class, ttl: dname.ttl, rdata };
}

function finalRRset(rrset: RRset, name: Name, type: number, alias: Alias | null): RRset | null {
  if (alias === null) return rrset;
  if (type !== TYPE.CNAME) return null;
  const synthesised = synthesise(rrset, name, alias);
  return synthesised === null ? null : { ...synthesised, records: [synthesised] };
}

function judgedBy(
  proof: Proof,
): Pick<Judged, 'security' | 'reason' | 'trust' | 'denial' | 'observations'> {
  const { security, reason, trust, denial, observations } = proof;
  return { security, reason, trust, denial, observations };
}

/** RFC 2308 §5: the smaller of the SOA's own TTL and its MINIMUM field. */
function negativeTtl(authorities: readonly ResourceRecord[], proof: Proof): number | null {
  const soa = authorities.find((record) => record.type === TYPE.SOA);
  if (soa === undefined || soa.rdata.length < 4) return proof.ttl;
  const ttl = Math.min(soa.ttl, readUint32(soa.rdata, soa.rdata.length - 4));
  return proof.ttl === null ? ttl : Math.min(ttl, proof.ttl);
}

/** What zone a name is in: as its signatures say, or the SOA record where there are none. */
function noteHolder(run: Run, name: Name, proof: Proof, soa: Name | null): void {
  const { trust } = proof;
  if (soa !== null && isSubdomainOf(name, soa) && isStrictSubdomainOf(soa, trust.zone.name)) {
    run.holders.set(name.key, run.zones.hiddenBelow(trust.zone, soa));
  } else if (isSubdomainOf(name, trust.zone.name) && (soa !== null || trust.status === 'secure')) {
    run.holders.set(name.key, trust.zone);
  }
}

function soaOwner(authorities: readonly ResourceRecord[]): Name | null {
  return authorities.find((record) => record.type === TYPE.SOA)?.name ?? null;
}
