/** Chance that nobody else can foresee, but that whoever has the seed can draw again (RFC 2104). */
import { createHmac } from 'node:crypto';
import { concatBytes } from '../../shared/dns/bytes.ts';
import type { RandomBytes } from '../net/network.ts';

/** Octets: as many as the hash has. */
export const SEED_OCTETS = 32;

/** Each purpose has a sequence of its own: in which order the purposes take turns does not matter. */
export function createRunRandom(seed: Uint8Array): RandomBytes {
  const drawn = new Map<string, number>();
  return (count, purpose = '') => {
    const blocks: Uint8Array[] = [];
    for (let octets = 0; octets < count; octets += SEED_OCTETS) {
      const turn = drawn.get(purpose) ?? 0;
      drawn.set(purpose, turn + 1);
      blocks.push(createHmac('sha256', seed).update(`${turn} ${purpose}`).digest());
    }
    return concatBytes(...blocks).slice(0, count);
  };
}
