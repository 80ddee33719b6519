/** The bytes that an RRSIG is computed over (RFC 4034 §3.1.8.1, RFC 4035 §5.3.2). */
import { compareBytes, concatBytes, uint16Bytes, uint32Bytes } from '../dns/bytes.ts';
import { canonicalRdata } from '../dns/canonical.ts';
import { ancestorOf, canonicalWire, isWildcard, wildcardOf, type Name } from '../dns/name.ts';
import type { RRset } from '../dns/record.ts';
import type { Rrsig } from './rrsig.ts';

/** RRSIG RDATA up to the signature, then each record in canonical form and order. */
export function signedData(rrset: RRset, rrsig: Rrsig, signedName: Name): Uint8Array {
  const head = concatBytes(
    canonicalWire(signedName),
    uint16Bytes(rrset.type),
    uint16Bytes(rrset.class),
    // RFC 4034 §6.2: the TTL is the original one, whatever a cache has made of it.
    uint32Bytes(rrsig.originalTtl),
  );
  const records = canonicalRdatas(rrset).flatMap((rdata) => [
    head,
    uint16Bytes(rdata.length),
    rdata,
  ]);
  return concatBytes(rrsigFields(rrsig), ...records);
}

/**
 * The name that was signed: the owner, or the wildcard it came from when the labels field is smaller;
 * null when the field is too large for the owner.
 */
export function signedName(owner: Name, labels: number): Name | null {
  // RFC 4034 §3.1.3: neither the root label nor a left-most asterisk is counted.
  const counted = owner.labels.length - (isWildcard(owner) ? 1 : 0);
  // RFC 4035 §5.3.1: the owner MUST NOT have fewer labels than the field says.
  if (labels > counted) return null;
  if (labels === owner.labels.length) return owner;
  return wildcardOf(ancestorOf(owner, labels));
}

function rrsigFields(rrsig: Rrsig): Uint8Array {
  return concatBytes(
    uint16Bytes(rrsig.typeCovered),
    Uint8Array.of(rrsig.algorithm, rrsig.labels),
    uint32Bytes(rrsig.originalTtl),
    uint32Bytes(rrsig.expiration),
    uint32Bytes(rrsig.inception),
    uint16Bytes(rrsig.keyTag),
    canonicalWire(rrsig.signer),
  );
}

/** Sorted, and without repetition (RFC 4034 §6.3). */
function canonicalRdatas(rrset: RRset): readonly Uint8Array[] {
  const sorted = rrset.records
    .map((record) => canonicalRdata(rrset.type, record.rdata))
    .sort(compareBytes);
  return sorted.filter((rdata, index) => {
    const before = sorted[index - 1];
    return before === undefined || compareBytes(before, rdata) !== 0;
  });
}
