/** The RRSIG record and its validity period (RFC 4034 §3, RFC 1982). */
import { readUint16, readUint32 } from '../dns/bytes.ts';
import { nameFromWire, type Name } from '../dns/name.ts';

export interface Rrsig {
  readonly typeCovered: number;
  readonly algorithm: number;
  /** Labels of the name that was signed, without the root and a left-most asterisk. */
  readonly labels: number;
  /** Seconds. */
  readonly originalTtl: number;
  /** Serial numbers of 32 bits (RFC 4034 §3.1.5), not yet seconds since the epoch. */
  readonly expiration: number;
  readonly inception: number;
  readonly keyTag: number;
  readonly signer: Name;
  readonly signature: Uint8Array;
}

/** Seconds since the epoch. */
export interface ValidityPeriod {
  readonly inception: number;
  readonly expiration: number;
}

const FIXED_OCTETS = 18;

/** Null when the RDATA is not well formed. */
export function parseRrsig(rdata: Uint8Array): Rrsig | null {
  // RFC 4034 §3.1.7: the signer's name is never compressed.
  const signer = nameFromWire(rdata, FIXED_OCTETS);
  if (signer === null || signer.next >= rdata.length) return null;
  return {
    typeCovered: readUint16(rdata, 0),
    algorithm: rdata[2] ?? 0,
    labels: rdata[3] ?? 0,
    originalTtl: readUint32(rdata, 4),
    expiration: readUint32(rdata, 8),
    inception: readUint32(rdata, 12),
    keyTag: readUint16(rdata, 16),
    signer: signer.name,
    signature: rdata.subarray(signer.next),
  };
}

/** RFC 4034 §3.1.5: the times are serial numbers (RFC 1982), read here as the ones nearest to `at`. */
export function validityPeriod(rrsig: Rrsig, at: number): ValidityPeriod {
  return {
    inception: at + ((rrsig.inception - at) | 0),
    expiration: at + ((rrsig.expiration - at) | 0),
  };
}
