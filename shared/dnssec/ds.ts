/** The DS record: a parent's digest of a child's key (RFC 4034 §5, RFC 4509). */
import { concatBytes, equalBytes, readUint16 } from '../dns/bytes.ts';
import { canonicalWire, type Name } from '../dns/name.ts';
import type { CryptoPort } from './crypto-port.ts';
import type { Dnskey } from './dnskey.ts';

export interface Ds {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: Uint8Array;
}

const FIXED_OCTETS = 4;

/** Null when the RDATA is too short to be a DS. */
export function parseDs(rdata: Uint8Array): Ds | null {
  if (rdata.length <= FIXED_OCTETS) return null;
  return {
    keyTag: readUint16(rdata, 0),
    algorithm: rdata[2] ?? 0,
    digestType: rdata[3] ?? 0,
    digest: rdata.subarray(FIXED_OCTETS),
  };
}

/** Whether tag and algorithm name this key; the digest is not looked at. */
export function dsNamesKey(ds: Ds, key: Dnskey): boolean {
  return ds.keyTag === key.keyTag && ds.algorithm === key.algorithm;
}

/** RFC 4034 §5.1.4: digest(owner name in canonical form | DNSKEY RDATA). */
export function dsDigestFits(ds: Ds, zone: Name, key: Dnskey, crypto: CryptoPort): boolean {
  const digest = crypto.digest(ds.digestType, concatBytes(canonicalWire(zone), key.rdata));
  return digest !== undefined && equalBytes(digest, ds.digest);
}
