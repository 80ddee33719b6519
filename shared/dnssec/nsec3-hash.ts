/** Hashed owner names (RFC 5155 §5), no more than a proof may cost. */
import { concatBytes, toHex } from '../dns/bytes.ts';
import { canonicalWire, type Name } from '../dns/name.ts';
import type { CryptoPort } from './crypto-port.ts';
import { MAX_NSEC3_HASHES_PER_PROOF } from './limits.ts';
import type { Nsec3Parameters } from './nsec3.ts';

/** Hashes for one proof; null from `hash` when no more may be made. */
export interface Nsec3Hasher {
  hash(name: Name, parameters: Nsec3Parameters): Uint8Array | null;
  /** Whether a hash was refused. */
  exceeded(): boolean;
}

export function createNsec3Hasher(crypto: CryptoPort): Nsec3Hasher {
  const known = new Map<string, Uint8Array>();
  let refused = false;
  return {
    hash(name, parameters) {
      const key = `${parameters.iterations}/${toHex(parameters.salt)}/${name.key}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      if (known.size >= MAX_NSEC3_HASHES_PER_PROOF) {
        refused = true;
        return null;
      }
      const hash = nsec3Hash(name, parameters, crypto);
      known.set(key, hash);
      return hash;
    },
    exceeded: () => refused,
  };
}

/** RFC 5155 §5: IH(0) = H(name | salt), then as often again as the iterations say. */
export function nsec3Hash(
  name: Name,
  parameters: Pick<Nsec3Parameters, 'iterations' | 'salt'>,
  crypto: CryptoPort,
): Uint8Array {
  let hash = crypto.sha1(concatBytes(canonicalWire(name), parameters.salt));
  for (let round = 0; round < parameters.iterations; round++) {
    hash = crypto.sha1(concatBytes(hash, parameters.salt));
  }
  return hash;
}
