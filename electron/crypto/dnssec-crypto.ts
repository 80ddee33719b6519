/** The crypto port of DNSSEC validation over node:crypto, alike in Node's OpenSSL and Electron's BoringSSL. */
import { createHash, verify } from 'node:crypto';
import { ed448 } from '@noble/curves/ed448.js';
import { assertNever } from '../../shared/failure.ts';
import type { CryptoPort } from '../../shared/dnssec/crypto-port.ts';
import { importPublicKey, type VerifyingKey } from './public-key.ts';
import { verifyPkcs1 } from './rsa.ts';

/** Keys kept imported: an inspection meets some ten zones of two or three keys; the oldest goes first. */
const MAX_CACHED_KEYS = 256;

const SUPPORTED_ALGORITHMS: ReadonlySet<number> = new Set([5, 7, 8, 10, 13, 14, 15, 16]);

/** RFC 4034 §A.2, RFC 4509 §2, RFC 6605 §2. */
const DIGESTS: ReadonlyMap<number, string> = new Map([
  [1, 'sha1'],
  [2, 'sha256'],
  [4, 'sha384'],
]);

/** Octets of signatures of fixed length (RFC 6605 §4, RFC 8080 §4). */
const SIGNATURE_OCTETS: ReadonlyMap<number, number> = new Map([
  [13, 64],
  [14, 96],
  [15, 64],
  [16, 114],
]);

export function createDnssecCrypto(): CryptoPort {
  const cached = new Map<string, VerifyingKey | null>();
  function keyOf(algorithm: number, publicKey: Uint8Array): VerifyingKey | null {
    const id = `${algorithm}/${Buffer.from(publicKey).toString('base64')}`;
    const known = cached.get(id);
    if (known !== undefined) return known;
    const key = importPublicKey(algorithm, publicKey.slice());
    const [oldest] = cached.keys();
    if (cached.size >= MAX_CACHED_KEYS && oldest !== undefined) cached.delete(oldest);
    cached.set(id, key);
    return key;
  }
  return {
    verify(algorithm, publicKey, signature, data) {
      if (!SUPPORTED_ALGORITHMS.has(algorithm)) return 'unsupported';
      const octets = SIGNATURE_OCTETS.get(algorithm);
      if (octets !== undefined && signature.length !== octets) return 'unusable';
      const key = keyOf(algorithm, publicKey);
      if (key === null) return 'unusable';
      return verifyWith(key, signature, data) ? 'valid' : 'invalid';
    },
    supportsAlgorithm: (algorithm) => SUPPORTED_ALGORITHMS.has(algorithm),
    digest(digestType, data) {
      const hash = DIGESTS.get(digestType);
      return hash === undefined ? undefined : createHash(hash).update(data).digest();
    },
    sha1: (data) => createHash('sha1').update(data).digest(),
  };
}

function verifyWith(key: VerifyingKey, signature: Uint8Array, data: Uint8Array): boolean {
  switch (key.kind) {
    case 'rsa':
      return verifyPkcs1(key.rsa, key.hash, signature, data);
    case 'ecdsa':
      // RFC 6605 §4: r | s, not the DER of X.509.
      return verify(key.hash, data, { key: key.key, dsaEncoding: 'ieee-p1363' }, signature);
    case 'ed25519':
      return verify(null, data, key.key, signature);
    case 'ed448':
      return verifyEd448(key.point, signature, data);
    default:
      return assertNever(key);
  }
}

/** BoringSSL has no Ed448, so both runtimes use the same library. RFC 8032 §5.2. */
export function verifyEd448(point: Uint8Array, signature: Uint8Array, data: Uint8Array): boolean {
  try {
    return ed448.verify(signature, data, point, { zip215: false });
  } catch {
    // The library throws for lengths and points it does not take.
    return false;
  }
}
