/** Signs a zone as its owner would, each RRset when it is first asked for (RFC 4034 §3, RFC 4035 §2). */
import { concatBytes, readUint32, uint16Bytes, uint32Bytes } from '../../shared/dns/bytes.ts';
import { canonicalWire, isWildcard, type Name } from '../../shared/dns/name.ts';
import { CLASS_IN, type ResourceRecord, type RRset } from '../../shared/dns/record.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { Rrsig } from '../../shared/dnssec/rrsig.ts';
import { signedData } from '../../shared/dnssec/signed-data.ts';
import {
  buildDenialChain,
  nsec3Parameters,
  type DenialChain,
  type DenialPolicy,
} from './denial-chain.ts';
import { buildZone, type Zone } from './zone.ts';
import type { ZoneKey } from './zone-key.ts';

export interface SigningPolicy {
  readonly keys: readonly ZoneKey[];
  readonly denial: DenialPolicy;
  /** Seconds since the epoch. */
  readonly inception: number;
  readonly expiration: number;
}

export interface SignedZone {
  readonly zone: Zone;
  readonly signing: Signing | null;
}

export interface Signing {
  readonly chain: DenialChain;
  readonly policy: SigningPolicy;
  /** RRSIG records over an RRset as it stands in the zone (a wildcard not yet expanded). */
  signaturesOf(rrset: RRset): readonly ResourceRecord[];
}

/** `policy` null leaves the zone unsigned. */
export function signZone(
  apex: Name,
  records: readonly ResourceRecord[],
  policy: SigningPolicy | null,
): SignedZone {
  if (policy === null) return { zone: buildZone(apex, records), signing: null };
  const soa = records.find((record) => record.type === TYPE.SOA);
  if (soa === undefined) throw new Error(`the zone ${apex.key} has no SOA`);
  const zone = buildZone(apex, [...records, ...keyRecords(apex, soa.ttl, policy)]);
  // RFC 9077 §3: the TTL of a denial is the lesser of the SOA's minimum and its own.
  const denialTtl = Math.min(soa.ttl, readUint32(soa.rdata, soa.rdata.length - 4));
  const made = new Map<RRset, readonly ResourceRecord[]>();
  return {
    zone,
    signing: {
      chain: buildDenialChain(zone, policy.denial, denialTtl),
      policy,
      signaturesOf: (rrset) => {
        const signatures = made.get(rrset) ?? signRRset(rrset, apex, policy);
        made.set(rrset, signatures);
        return signatures;
      },
    },
  };
}

/** Every record of the zone with its signatures and denials, as a zone file would hold them. */
export function allRecords({ zone, signing }: SignedZone): readonly ResourceRecord[] {
  if (signing === null) return zone.rrsets.flatMap((rrset) => rrset.records);
  const signed = zone.rrsets.filter((rrset) => isAuthoritative(zone, rrset));
  return [
    ...zone.rrsets.flatMap((rrset) => rrset.records),
    ...signing.chain.rrsets.flatMap((rrset) => rrset.records),
    ...[...signed, ...signing.chain.rrsets].flatMap(signing.signaturesOf),
  ];
}

/** Whether the zone signs the RRset: not the NS of a delegation, nor glue (RFC 4035 §2.2). */
export function isAuthoritative(zone: Zone, rrset: RRset): boolean {
  const cut = zone.delegationOf(rrset.name);
  return cut === null || (cut.key === rrset.name.key && rrset.type === TYPE.DS);
}

function keyRecords(apex: Name, ttl: number, policy: SigningPolicy): readonly ResourceRecord[] {
  const record = (type: number, rdata: Uint8Array, seconds: number): ResourceRecord => ({
    name: apex,
    type,
    class: CLASS_IN,
    ttl: seconds,
    rdata,
  });
  return [
    ...policy.keys.map((key) => record(TYPE.DNSKEY, key.dnskey, ttl)),
    ...(policy.denial.kind === 'nsec3'
      ? [record(TYPE.NSEC3PARAM, nsec3Parameters(policy.denial), 0)]
      : []),
  ];
}

function signRRset(rrset: RRset, signer: Name, policy: SigningPolicy): readonly ResourceRecord[] {
  return keysFor(rrset, policy.keys).map((key) => {
    const fields: Rrsig = {
      typeCovered: rrset.type,
      algorithm: key.algorithm,
      labels: rrset.name.labels.length - (isWildcard(rrset.name) ? 1 : 0),
      originalTtl: rrset.ttl,
      expiration: policy.expiration,
      inception: policy.inception,
      keyTag: key.keyTag,
      signer,
      signature: new Uint8Array(0),
    };
    const signature = key.sign(signedData(rrset, fields, rrset.name));
    return {
      name: rrset.name,
      type: TYPE.RRSIG,
      class: rrset.class,
      ttl: rrset.ttl,
      rdata: rrsigRdata({ ...fields, signature }),
    };
  });
}

/** The DNSKEY RRset is signed by the entry points, the rest by the other keys, where there are any. */
function keysFor(rrset: RRset, keys: readonly ZoneKey[]): readonly ZoneKey[] {
  const wanted = keys.filter((key) => key.secureEntryPoint === (rrset.type === TYPE.DNSKEY));
  return wanted.length > 0 ? wanted : keys;
}

function rrsigRdata(rrsig: Rrsig): Uint8Array {
  return concatBytes(
    uint16Bytes(rrsig.typeCovered),
    Uint8Array.of(rrsig.algorithm, rrsig.labels),
    uint32Bytes(rrsig.originalTtl),
    uint32Bytes(rrsig.expiration),
    uint32Bytes(rrsig.inception),
    uint16Bytes(rrsig.keyTag),
    canonicalWire(rrsig.signer),
    rrsig.signature,
  );
}
