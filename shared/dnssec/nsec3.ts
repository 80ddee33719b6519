/** The NSEC3 and NSEC3PARAM records (RFC 5155 §3 and §4). */
import { readUint16 } from '../dns/bytes.ts';
import { readTypeBitmap } from '../dns/type-bitmap.ts';

export interface Nsec3Parameters {
  readonly hashAlgorithm: number;
  readonly flags: number;
  /** Additional times that the hash is applied. */
  readonly iterations: number;
  readonly salt: Uint8Array;
}

export interface Nsec3 extends Nsec3Parameters {
  readonly nextHash: Uint8Array;
  readonly types: ReadonlySet<number>;
}

/** The Opt-Out flag (RFC 5155 §3.1.2.1). */
export const OPT_OUT_FLAG = 0x01;
/** SHA-1, the only hash algorithm there is (RFC 5155 §11). */
export const NSEC3_SHA1 = 1;

const FIXED_OCTETS = 5;

/** Null when the RDATA is not well formed. */
export function parseNsec3(rdata: Uint8Array): Nsec3 | null {
  const parameters = readParameters(rdata);
  if (parameters === null) return null;
  const start = FIXED_OCTETS + parameters.salt.length;
  const length = rdata[start];
  if (length === undefined || length === 0) return null;
  const end = start + 1 + length;
  if (end > rdata.length) return null;
  const types = readTypeBitmap(rdata.subarray(end));
  if (types === null) return null;
  return { ...parameters, nextHash: rdata.subarray(start + 1, end), types: new Set(types) };
}

/** Null when the RDATA is not well formed. */
export function parseNsec3Param(rdata: Uint8Array): Nsec3Parameters | null {
  const parameters = readParameters(rdata);
  if (parameters === null) return null;
  return rdata.length === FIXED_OCTETS + parameters.salt.length ? parameters : null;
}

function readParameters(rdata: Uint8Array): Nsec3Parameters | null {
  const saltLength = rdata[4];
  if (saltLength === undefined || FIXED_OCTETS + saltLength > rdata.length) return null;
  return {
    hashAlgorithm: rdata[0] ?? 0,
    flags: rdata[1] ?? 0,
    iterations: readUint16(rdata, 2),
    salt: rdata.subarray(FIXED_OCTETS, FIXED_OCTETS + saltLength),
  };
}
