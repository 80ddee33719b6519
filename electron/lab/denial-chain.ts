/** The chain of records that deny names and types: NSEC (RFC 4034 §4) or NSEC3 (RFC 5155 §7.1). */
import { createHash } from 'node:crypto';
import { compareBytes, concatBytes, toBase32Hex, uint16Bytes } from '../../shared/dns/bytes.ts';
import { canonicalWire, compareCanonical, prependLabel, type Name } from '../../shared/dns/name.ts';
import { CLASS_IN, type RRset } from '../../shared/dns/record.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { writeTypeBitmap } from '../../shared/dns/type-bitmap.ts';
import { NSEC3_SHA1, OPT_OUT_FLAG } from '../../shared/dnssec/nsec3.ts';
import { emptyNonTerminalsAbove, type Zone } from './zone.ts';

export type DenialPolicy = NsecPolicy | Nsec3Policy;

export interface NsecPolicy {
  readonly kind: 'nsec';
}

export interface Nsec3Policy {
  readonly kind: 'nsec3';
  readonly iterations: number;
  readonly salt: Uint8Array;
  /** Leaves unsigned delegations out of the chain (RFC 5155 §6). */
  readonly optOut: boolean;
  /** A widespread fault: empty non-terminals get no record, so the chain denies that they exist. */
  readonly omitEmptyNonTerminals: boolean;
}

export interface DenialChain {
  readonly rrsets: readonly RRset[];
  /** The record that stands for the name itself. */
  at(name: Name): RRset | null;
  /** The record in whose gap the name lies; null when it has one of its own. */
  covering(name: Name): RRset | null;
}

export function buildDenialChain(zone: Zone, policy: DenialPolicy, ttl: number): DenialChain {
  return policy.kind === 'nsec' ? buildNsec(zone, ttl) : buildNsec3(zone, policy, ttl);
}

/** RDATA of NSEC3PARAM (RFC 5155 §4.2), whose flags are zero whatever the chain's are (§4.1.2). */
export function nsec3Parameters(policy: Nsec3Policy): Uint8Array {
  return concatBytes(parameterFields(policy, 0));
}

function buildNsec(zone: Zone, ttl: number): DenialChain {
  const links = zone.names.map((owner, index) => {
    const next = zone.names[index + 1] ?? zone.apex;
    // RFC 4034 §4.1.2: only what the zone is authoritative for, and every NSEC is itself signed.
    const types = [...typesInDenial(zone, owner), TYPE.RRSIG, TYPE.NSEC];
    return record(owner, TYPE.NSEC, ttl, concatBytes(canonicalWire(next), writeTypeBitmap(types)));
  });
  return {
    rrsets: links,
    at: (name) => links.find((link) => link.name.key === name.key) ?? null,
    covering: (name) => {
      const before = links.filter((link) => compareCanonical(link.name, name) <= 0);
      const last = before[before.length - 1];
      return last === undefined || last.name.key === name.key ? null : last;
    },
  };
}

function buildNsec3(zone: Zone, policy: Nsec3Policy, ttl: number): DenialChain {
  const owners = zone.names.filter((name) => !policy.optOut || !isUnsignedDelegation(zone, name));
  const empty = policy.omitEmptyNonTerminals ? [] : emptyNonTerminalsAbove(zone.apex, owners);
  const hashes = new Map<string, Uint8Array>();
  const hash = (name: Name): Uint8Array => {
    const known = hashes.get(name.key) ?? nsec3Hash(name, policy);
    hashes.set(name.key, known);
    return known;
  };
  const sorted = [...owners, ...empty]
    .map((name) => ({ name, hash: hash(name) }))
    .sort((a, b) => compareBytes(a.hash, b.hash));
  const links = sorted.map((link, index) => {
    const next = sorted[(index + 1) % sorted.length] ?? link;
    const rdata = concatBytes(
      parameterFields(policy, policy.optOut ? OPT_OUT_FLAG : 0),
      Uint8Array.of(next.hash.length),
      next.hash,
      writeTypeBitmap(nsec3Types(zone, link.name)),
    );
    const owner = hashedOwner(link.hash, zone.apex);
    return { hash: link.hash, rrset: record(owner, TYPE.NSEC3, ttl, rdata) };
  });
  const find = (wanted: Uint8Array): RRset | null =>
    links.find((link) => compareBytes(link.hash, wanted) === 0)?.rrset ?? null;
  return {
    rrsets: links.map((link) => link.rrset),
    at: (name) => find(hash(name)),
    covering: (name) => {
      if (find(hash(name))) return null;
      const before = links.filter((link) => compareBytes(link.hash, hash(name)) < 0);
      // RFC 5155 §7.1: the last record's gap goes round to the first.
      return (before[before.length - 1] ?? links[links.length - 1])?.rrset ?? null;
    },
  };
}

function nsec3Types(zone: Zone, name: Name): readonly number[] {
  const types = typesInDenial(zone, name);
  // RFC 5155 §7.1: RRSIG is set where there is something signed; the NSEC3 has another owner.
  const signed = types.length > 0 && !isUnsignedDelegation(zone, name);
  return signed ? [...types, TYPE.RRSIG] : types;
}

/** At a delegation only NS and DS (RFC 4035 §2.3): the rest is glue or the child's. */
function typesInDenial(zone: Zone, name: Name): readonly number[] {
  const types = zone.typesAt(name);
  return zone.delegationOf(name) === null
    ? types
    : types.filter((type) => type === TYPE.NS || type === TYPE.DS);
}

function isUnsignedDelegation(zone: Zone, name: Name): boolean {
  return zone.delegationOf(name) !== null && zone.rrset(name, TYPE.DS) === null;
}

/** RFC 5155 §5: the hash of the name with the salt, and of that with the salt, `iterations` times. */
function nsec3Hash(name: Name, policy: Nsec3Policy): Uint8Array {
  let digest = canonicalWire(name);
  for (let round = 0; round <= policy.iterations; round += 1) {
    digest = new Uint8Array(createHash('sha1').update(digest).update(policy.salt).digest());
  }
  return digest;
}

function parameterFields(policy: Nsec3Policy, flags: number): Uint8Array {
  return concatBytes(
    Uint8Array.of(NSEC3_SHA1, flags),
    uint16Bytes(policy.iterations),
    Uint8Array.of(policy.salt.length),
    policy.salt,
  );
}

function hashedOwner(hash: Uint8Array, apex: Name): Name {
  const owner = prependLabel(new Uint8Array(Buffer.from(toBase32Hex(hash), 'latin1')), apex);
  if (owner === null) throw new Error(`the zone name ${apex.key} is too long for NSEC3`);
  return owner;
}

function record(name: Name, type: number, ttl: number, rdata: Uint8Array): RRset {
  return {
    name,
    type,
    class: CLASS_IN,
    ttl,
    records: [{ name, type, class: CLASS_IN, ttl, rdata }],
  };
}
