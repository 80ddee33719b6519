/** The public key field of a DNSKEY as a key that can verify (RFC 3110, RFC 6605 §4, RFC 8080 §3). */
import type { KeyObject } from 'node:crypto';
import { MAX_RSA_MODULUS_BITS } from '../../shared/dnssec/limits.ts';
import { importRsaKey, importSpki, type RsaHash, type RsaKey } from './rsa.ts';

export type VerifyingKey =
  | { readonly kind: 'rsa'; readonly rsa: RsaKey; readonly hash: RsaHash }
  | { readonly kind: 'ecdsa'; readonly key: KeyObject; readonly hash: 'sha256' | 'sha384' }
  | { readonly kind: 'ed25519'; readonly key: KeyObject }
  | { readonly kind: 'ed448'; readonly point: Uint8Array };

/** Octets (RFC 8080 §3). */
const ED25519_KEY_OCTETS = 32;
const ED448_KEY_OCTETS = 57;

/** SPKI up to the point, which is given uncompressed (RFC 5480 §2; RFC 8410 §4). */
const SPKI_PREFIX = {
  p256: '3059301306072a8648ce3d020106082a8648ce3d03010703420004',
  p384: '3076301006072a8648ce3d020106052b8104002203620004',
  ed25519: '302a300506032b6570032100',
} as const;

/** Null when the field is not well formed, not a point of the curve, or outside our limits. */
export function importPublicKey(algorithm: number, field: Uint8Array): VerifyingKey | null {
  switch (algorithm) {
    case 5:
    case 7:
      return rsaKey(field, 'sha1');
    case 8:
      return rsaKey(field, 'sha256');
    case 10:
      return rsaKey(field, 'sha512');
    case 13:
      return ecdsaKey(field, 'p256', 'sha256');
    case 14:
      return ecdsaKey(field, 'p384', 'sha384');
    case 15:
      return ed25519Key(field);
    case 16:
      return field.length === ED448_KEY_OCTETS ? { kind: 'ed448', point: field } : null;
    default:
      return null;
  }
}

function rsaKey(field: Uint8Array, hash: RsaHash): VerifyingKey | null {
  // RFC 3110 §2: one octet of exponent length, or a zero and two octets.
  const long = field[0] === 0;
  const length = long ? (field[1] ?? 0) * 256 + (field[2] ?? 0) : (field[0] ?? 0);
  const start = long ? 3 : 1;
  if (start + length >= field.length) return null;
  const rsa = importRsaKey(
    { exponent: field.slice(start, start + length), modulus: field.slice(start + length) },
    MAX_RSA_MODULUS_BITS,
  );
  return rsa === null ? null : { kind: 'rsa', rsa, hash };
}

function ecdsaKey(
  field: Uint8Array,
  curve: 'p256' | 'p384',
  hash: 'sha256' | 'sha384',
): VerifyingKey | null {
  // RFC 6605 §4: x | y, each as long as the field of the curve.
  if (field.length !== (curve === 'p256' ? 64 : 96)) return null;
  const key = importSpki(Buffer.concat([Buffer.from(SPKI_PREFIX[curve], 'hex'), field]));
  return key === null ? null : { kind: 'ecdsa', key, hash };
}

function ed25519Key(field: Uint8Array): VerifyingKey | null {
  if (field.length !== ED25519_KEY_OCTETS) return null;
  const key = importSpki(Buffer.concat([Buffer.from(SPKI_PREFIX.ed25519, 'hex'), field]));
  return key === null ? null : { kind: 'ed25519', key };
}
