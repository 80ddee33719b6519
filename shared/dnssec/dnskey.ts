/** The DNSKEY record and its key tag (RFC 4034 §2 and Appendix B, RFC 5011 §3). */
import { readUint16 } from '../dns/bytes.ts';
import { isRsaAlgorithm } from './algorithm.ts';
import { MAX_RSA_EXPONENT, MAX_RSA_MODULUS_BITS } from './limits.ts';

export interface Dnskey {
  readonly flags: number;
  readonly protocol: number;
  readonly algorithm: number;
  readonly publicKey: Uint8Array;
  readonly keyTag: number;
  /** The whole RDATA: what a DS digests and a trust anchor is compared with. */
  readonly rdata: Uint8Array;
}

const FIXED_OCTETS = 4;
/** Bit 7: a zone key, the only kind that may verify RRSIGs (RFC 4034 §2.1.1). */
const ZONE_FLAG = 0x0100;
/** Bit 8: revoked by its owner (RFC 5011 §3). */
const REVOKE_FLAG = 0x0080;
/** The only value of the protocol field (RFC 4034 §2.1.2). */
const DNSSEC_PROTOCOL = 3;
const RSAMD5 = 1;

/** Null when the RDATA is too short to be a DNSKEY. */
export function parseDnskey(rdata: Uint8Array): Dnskey | null {
  if (rdata.length <= FIXED_OCTETS) return null;
  return {
    flags: readUint16(rdata, 0),
    protocol: rdata[2] ?? 0,
    algorithm: rdata[3] ?? 0,
    publicKey: rdata.subarray(FIXED_OCTETS),
    keyTag: keyTagOf(rdata),
    rdata,
  };
}

/** Whether the key may verify the data of its zone. */
export function canVerifyZoneData(key: Dnskey): boolean {
  // RFC 4034 §2.1.1: with bit 7 clear the key MUST NOT be used to verify RRSIGs.
  if ((key.flags & ZONE_FLAG) === 0) return false;
  // RFC 4034 §2.1.2: any protocol but 3 MUST be treated as invalid.
  if (key.protocol !== DNSSEC_PROTOCOL) return false;
  // RFC 5011 §2.1: once the bit is seen, the key MUST NOT be used as a trust anchor or otherwise.
  return !isRevoked(key);
}

export function isRevoked(key: Dnskey): boolean {
  return (key.flags & REVOKE_FLAG) !== 0;
}

/** RFC 4034 Appendix B over the whole DNSKEY RDATA; Appendix B.1 for algorithm 1. */
export function keyTagOf(rdata: Uint8Array): number {
  // RFC 4034 Appendix B.1: the third- and second-last octets of the modulus, which ends the RDATA.
  if (rdata[3] === RSAMD5) return rdata.length < 7 ? 0 : readUint16(rdata, rdata.length - 3);
  let sum = 0;
  for (const [index, byte] of rdata.entries()) sum += index % 2 === 0 ? byte << 8 : byte;
  return (sum + Math.floor(sum / 0x10000)) & 0xffff;
}

/** The limit that keeps us from using an RSA key, by its constant's name; null where none does. */
export function rsaLimitOf(key: Dnskey): string | null {
  if ((rsaModulusBits(key) ?? 0) > MAX_RSA_MODULUS_BITS) return 'MAX_RSA_MODULUS_BITS';
  if (!isRsaAlgorithm(key.algorithm)) return null;
  const start = modulusStart(key.publicKey);
  const exponent = key.publicKey.subarray(key.publicKey[0] === 0 ? 3 : 1, start);
  // Numbers beyond what can be held exactly are above the limit all the same.
  const value = exponent.reduce((sum, octet) => sum * 256 + octet, 0);
  return value > MAX_RSA_EXPONENT ? 'MAX_RSA_EXPONENT' : null;
}

/** RFC 3110 §2: behind an exponent whose length is one octet, or a zero and two octets. */
function modulusStart(publicKey: Uint8Array): number {
  const short = publicKey[0] ?? 0;
  return short === 0 ? 3 + readUint16(publicKey, 1) : 1 + short;
}

/** Bits of an RSA key's modulus (RFC 3110 §2); null for other algorithms and unreadable keys. */
export function rsaModulusBits(key: Dnskey): number | null {
  if (!isRsaAlgorithm(key.algorithm)) return null;
  const start = modulusStart(key.publicKey);
  let first = start;
  while (key.publicKey[first] === 0) first++;
  const leading = key.publicKey[first];
  if (leading === undefined) return null;
  return (key.publicKey.length - first - 1) * 8 + (32 - Math.clz32(leading));
}
