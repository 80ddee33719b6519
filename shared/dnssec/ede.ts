/** Extended DNS errors that validation gives as its reason (RFC 8914 §4, IANA registry). */

export const EDE = {
  UNSUPPORTED_DNSKEY_ALGORITHM: 1,
  UNSUPPORTED_DS_DIGEST_TYPE: 2,
  DNSSEC_INDETERMINATE: 5,
  DNSSEC_BOGUS: 6,
  SIGNATURE_EXPIRED: 7,
  SIGNATURE_NOT_YET_VALID: 8,
  DNSKEY_MISSING: 9,
  RRSIGS_MISSING: 10,
  NO_ZONE_KEY_BIT_SET: 11,
  NSEC_MISSING: 12,
  NO_REACHABLE_AUTHORITY: 22,
  NETWORK_ERROR: 23,
  SIGNATURE_EXPIRED_BEFORE_VALID: 25,
  UNSUPPORTED_NSEC3_ITERATIONS: 27,
} as const;

const names: ReadonlyMap<number, string> = new Map([
  [EDE.UNSUPPORTED_DNSKEY_ALGORITHM, 'Unsupported DNSKEY Algorithm'],
  [EDE.UNSUPPORTED_DS_DIGEST_TYPE, 'Unsupported DS Digest Type'],
  [EDE.DNSSEC_INDETERMINATE, 'DNSSEC Indeterminate'],
  [EDE.DNSSEC_BOGUS, 'DNSSEC Bogus'],
  [EDE.SIGNATURE_EXPIRED, 'Signature Expired'],
  [EDE.SIGNATURE_NOT_YET_VALID, 'Signature Not Yet Valid'],
  [EDE.DNSKEY_MISSING, 'DNSKEY Missing'],
  [EDE.RRSIGS_MISSING, 'RRSIGs Missing'],
  [EDE.NO_ZONE_KEY_BIT_SET, 'No Zone Key Bit Set'],
  [EDE.NSEC_MISSING, 'NSEC Missing'],
  [EDE.NO_REACHABLE_AUTHORITY, 'No Reachable Authority'],
  [EDE.NETWORK_ERROR, 'Network Error'],
  [EDE.SIGNATURE_EXPIRED_BEFORE_VALID, 'Signature Expired before Valid'],
  [EDE.UNSUPPORTED_NSEC3_ITERATIONS, 'Unsupported NSEC3 Iterations Value'],
]);

/** `7 Signature Expired`; the number alone where it is none of ours. */
export function edeToText(ede: number): string {
  const name = names.get(ede);
  return name === undefined ? String(ede) : `${ede} ${name}`;
}
