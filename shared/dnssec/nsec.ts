/** The NSEC record (RFC 4034 §4). */
import { nameFromWire, type Name } from '../dns/name.ts';
import { readTypeBitmap } from '../dns/type-bitmap.ts';

export interface Nsec {
  readonly next: Name;
  readonly types: ReadonlySet<number>;
}

/** Null when the RDATA is not well formed. */
export function parseNsec(rdata: Uint8Array): Nsec | null {
  // RFC 4034 §4.1.1: the next name is never compressed.
  const next = nameFromWire(rdata, 0);
  if (next === null) return null;
  const types = readTypeBitmap(rdata.subarray(next.next));
  return types === null ? null : { next: next.name, types: new Set(types) };
}
