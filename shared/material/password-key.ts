/** Keys from passwords, as slow as the file asks, up to a bound (RFC 7292 App. B, RFC 8018 §5.2). */
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import type { CHash } from '@noble/hashes/utils.js';
import { concatBytes } from '../dns/bytes.ts';
import { MAX_HASH_ROUNDS, MAX_ITEMS_PER_FILE, MAX_SALT_OCTETS } from './limits.ts';

export type Hash = CHash;

/** By object identifier: as digests, and as pseudo-random functions of PBKDF2. */
export const DIGESTS: Readonly<Record<string, Hash>> = {
  '1.2.840.113549.2.5': md5,
  '1.3.14.3.2.26': sha1,
  '2.16.840.1.101.3.4.2.4': sha224,
  '2.16.840.1.101.3.4.2.1': sha256,
  '2.16.840.1.101.3.4.2.2': sha384,
  '2.16.840.1.101.3.4.2.3': sha512,
};
export const PSEUDO_RANDOM_FUNCTIONS: Readonly<Record<string, Hash>> = {
  '1.2.840.113549.2.7': sha1,
  '1.2.840.113549.2.8': sha224,
  '1.2.840.113549.2.9': sha256,
  '1.2.840.113549.2.10': sha384,
  '1.2.840.113549.2.11': sha512,
};

/** How often to hash, and with what mixed in. */
export interface Stretching {
  readonly hash: Hash;
  readonly salt: Uint8Array;
  readonly rounds: number;
}

/** What may still be spent on one file. */
export class WorkBudget {
  #rounds = MAX_HASH_ROUNDS;
  /** One more than is kept, so that there is something to tell. */
  #items = MAX_ITEMS_PER_FILE + 1;

  /** Asked before each certificate or key is read. */
  takeItem(): boolean {
    this.#items -= 1;
    return this.#items >= 0;
  }

  /** Asked before any work: for keys of these lengths. False, and nothing is spent, where there is not enough left. */
  spend({ hash, salt, rounds }: Stretching, ...keyOctets: readonly number[]): boolean {
    if (salt.length > MAX_SALT_OCTETS) return false;
    const blocks = keyOctets.map((length) => Math.ceil(length / hash.outputLen));
    const price = hash.blockLen > SHORT_BLOCK ? LONG_BLOCK_PRICE : 1;
    const cost = rounds * price * blocks.reduce((sum, count) => sum + count, 0);
    if (cost > this.#rounds) return false;
    this.#rounds -= cost;
    return true;
  }
}

/** Octets: SHA-1 and SHA-256. SHA-384 and SHA-512 take more than twice as long here. */
const SHORT_BLOCK = 64;
const LONG_BLOCK_PRICE = 3;

/** RFC 7292 App. B.3: what the octets are for. */
export const PURPOSE = { key: 1, iv: 2, mac: 3 } as const;

/** RFC 7292 App. B.2. `password` null is none at all. */
export function pkcs12Key(
  password: string | null,
  stretching: Stretching,
  purpose: number,
  length: number,
): Uint8Array {
  const { hash, salt, rounds } = stretching;
  const width = hash.blockLen;
  const diversifier = new Uint8Array(width).fill(purpose);
  const mixed = concatBytes(repeated(salt, width), repeated(bmpString(password), width));
  const key = new Uint8Array(length);
  for (let offset = 0; offset < length; offset += hash.outputLen) {
    let digest: Uint8Array = hash(concatBytes(diversifier, mixed));
    for (let round = 1; round < rounds; round++) digest = hash(digest);
    key.set(digest.subarray(0, length - offset), offset);
    addToBlocks(mixed, digest, width);
  }
  return key;
}

/** RFC 8018 §5.2. No password is the empty one. */
export function pbkdf2Key(
  password: string | null,
  stretching: Stretching,
  length: number,
): Uint8Array {
  const { hash, salt, rounds } = stretching;
  // Text is taken as UTF-8.
  return pbkdf2(hash, password ?? '', salt, { c: rounds, dkLen: length });
}

export function keyedDigest(hash: Hash, key: Uint8Array, octets: Uint8Array): Uint8Array {
  return hmac(hash, key, octets);
}

/** As often as it takes to fill whole blocks; nothing stays nothing. */
function repeated(octets: Uint8Array, width: number): Uint8Array {
  const whole = new Uint8Array(Math.ceil(octets.length / width) * width);
  for (let index = 0; index < whole.length; index++)
    whole[index] = octets[index % octets.length] ?? 0;
  return whole;
}

/** Step 6.C: each block becomes itself plus the digest, repeated, plus one. */
function addToBlocks(mixed: Uint8Array, digest: Uint8Array, width: number): void {
  for (let start = 0; start < mixed.length; start += width) {
    let carry = 1;
    for (let index = width - 1; index >= 0; index--) {
      const sum = (mixed[start + index] ?? 0) + (digest[index % digest.length] ?? 0) + carry;
      mixed[start + index] = sum & 0xff;
      carry = sum >>> 8;
    }
  }
}

/** RFC 7292 App. B.1: two octets a character and two zero ones at the end; no password has no octets. */
function bmpString(password: string | null): Uint8Array {
  if (password === null) return new Uint8Array(0);
  const octets = new Uint8Array(password.length * 2 + 2);
  for (let index = 0; index < password.length; index++) {
    const unit = password.charCodeAt(index);
    octets[index * 2] = unit >>> 8;
    octets[index * 2 + 1] = unit & 0xff;
  }
  return octets;
}
