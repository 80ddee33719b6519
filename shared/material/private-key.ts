/** Takes the public half out of a private key, and nothing else (RFC 5208, 5915, 5958, 8017 §A.1.2, 8410 §7). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { ed448 } from '@noble/curves/ed448.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { concatBytes } from '../dns/bytes.ts';
import {
  TAG,
  childrenOf,
  contextTag,
  readNodes,
  readOctetBits,
  readOid,
  readSmallInteger,
  readWhole,
  type DerNode,
} from '../x509/der.ts';
import { write, writeKeyInfo, writeSequence } from './der-writer.ts';

/** SubjectPublicKeyInfo of the key in `der`; null when it is no private key in a form that we know. */
export function publicHalf(der: Uint8Array): Uint8Array | null {
  const parts = childrenOf(readWhole(der), TAG.sequence);
  if (parts === null) return null;
  return fromPkcs8(parts) ?? fromRsa(parts) ?? fromEc(parts, null);
}

/** Encrypted with a password (RFC 5208 §6): nothing can be taken from it. */
export function isEncryptedKey(der: Uint8Array): boolean {
  const parts = childrenOf(readWhole(der), TAG.sequence);
  const [algorithm] = childrenOf(parts?.[0], TAG.sequence) ?? [];
  const oid = readOid(algorithm) ?? '';
  return parts?.length === 2 && parts[1]?.tag === TAG.octetString && PASSWORD_SCHEMES.test(oid);
}

/** RFC 5208 §5, RFC 5915 §3: a private key of some kind, whether or not its public half can be taken out. */
export function isPrivateKey(der: Uint8Array): boolean {
  const parts = childrenOf(readWhole(der), TAG.sequence) ?? [];
  const [version, second, third] = parts;
  if (version === undefined || (readSmallInteger(version) ?? 2) > 1) return false;
  const [type] = childrenOf(second, TAG.sequence) ?? [];
  const isPkcs8 = readOid(type) !== null && third?.tag === TAG.octetString;
  return isPkcs8 || (second?.tag === TAG.octetString && third?.tag === contextTag(0, true));
}

/** PKCS #5 and PKCS #12 password-based encryption. */
const PASSWORD_SCHEMES = /^1\.2\.840\.113549\.1\.(5|12\.1)\./;

/** RFC 5208 §5: version, algorithm, the key in a form of its own. */
function fromPkcs8(parts: readonly DerNode[]): Uint8Array | null {
  const [version, algorithm, key] = parts;
  const [type, parameters] = childrenOf(algorithm, TAG.sequence) ?? [];
  const oid = readOid(type);
  if (version?.tag !== TAG.integer || key?.tag !== TAG.octetString || algorithm === undefined) {
    return null;
  }
  const inner = readWhole(key.content);
  if (oid === RSA || oid === RSA_PSS) {
    const rsa = rsaKey(childrenOf(inner, TAG.sequence) ?? []);
    // Some programs leave the NULL out; certificates have it.
    const written = oid === RSA ? RSA_ALGORITHM : algorithm.der;
    return rsa === null ? null : writeKeyInfo(written, rsa);
  }
  if (oid === EC) return fromEc(childrenOf(inner, TAG.sequence) ?? [], parameters ?? null);
  const edwards = oid === ED25519 ? ed25519 : oid === ED448 ? ed448 : null;
  if (edwards === null || inner?.tag !== TAG.octetString) return null;
  const point = attempt(() => edwards.getPublicKey(inner.content));
  return point === null ? null : writeKeyInfo(algorithm.der, point);
}

/** RFC 8017 §A.1.2: version, modulus, public exponent, the secret numbers, and perhaps more primes. */
function fromRsa(parts: readonly DerNode[]): Uint8Array | null {
  const key = rsaKey(parts);
  return key === null ? null : writeKeyInfo(RSA_ALGORITHM, key);
}

function rsaKey(parts: readonly DerNode[]): Uint8Array | null {
  const [version, modulus, exponent, ...secrets] = parts;
  const numbers = [version, modulus, exponent, ...secrets.slice(0, RSA_SECRETS)];
  const isWhole =
    secrets.length >= RSA_SECRETS && numbers.every((number) => number?.tag === TAG.integer);
  if (modulus === undefined || exponent === undefined || !isWhole) return null;
  return writeSequence(modulus.der, exponent.der);
}

/** Private exponent, two primes, two exponents, one coefficient. */
const RSA_SECRETS = 6;

/** RFC 5915 §3; `curve` stands in the PKCS #8 around it, or in the key itself. */
function fromEc(parts: readonly DerNode[], curve: DerNode | null): Uint8Array | null {
  const [version, scalar, ...optional] = parts;
  if (version === undefined || readSmallInteger(version) !== 1) return null;
  if (scalar?.tag !== TAG.octetString) return null;
  const inside = (number: number): DerNode | null => {
    const holder = optional.find(({ tag }) => tag === contextTag(number, true));
    return holder === undefined ? null : (readNodes(holder.content)?.[0] ?? null);
  };
  const parameters = curve ?? inside(0);
  const oid = readOid(parameters ?? undefined);
  if (parameters === null || oid === null) return null;
  // The stored point may be stale or wrong; where the curve is known the scalar decides.
  const known = CURVES[oid];
  const stored = readOctetBits(inside(1) ?? undefined);
  const isCompressed = COMPRESSED.includes(stored?.[0] ?? 0);
  const point =
    known === undefined
      ? stored
      : attempt(() => known.getPublicKey(inWidth(scalar.content, known), isCompressed));
  if (point === null) return null;
  return writeKeyInfo(writeSequence(EC_TYPE, parameters.der), point);
}

/** Some programs write a scalar with leading zeros left out, or with one too many; OpenSSL takes both. */
function inWidth(scalar: Uint8Array, { lengths }: typeof p256): Uint8Array {
  const width = lengths.secretKey ?? scalar.length;
  const first = scalar.findIndex((octet) => octet !== 0);
  const digits = first < 0 ? scalar.subarray(0, 0) : scalar.subarray(first);
  return digits.length > width
    ? scalar
    : concatBytes(new Uint8Array(width - digits.length), digits);
}

/** SEC 1 §2.3.3: what a point of one coordinate begins with; a certificate of the key holds it likewise. */
const COMPRESSED: readonly number[] = [0x02, 0x03];

/** A scalar that is none makes the library throw. */
function attempt(work: () => Uint8Array): Uint8Array | null {
  try {
    return work();
  } catch {
    return null;
  }
}

const RSA = '1.2.840.113549.1.1.1';
const RSA_PSS = '1.2.840.113549.1.1.10';
const EC = '1.2.840.10045.2.1';
const ED25519 = '1.3.101.112';
const ED448 = '1.3.101.113';

/** RFC 5480 §2.1.1.1. */
const CURVES: Readonly<Record<string, typeof p256>> = {
  '1.2.840.10045.3.1.7': p256,
  '1.3.132.0.34': p384,
  '1.3.132.0.35': p521,
};

const NULL = Uint8Array.of(0x05, 0x00);
const RSA_TYPE = write(
  TAG.objectIdentifier,
  Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01),
);
/** RFC 3279 §2.3.1: the parameters are NULL. */
const RSA_ALGORITHM = writeSequence(RSA_TYPE, NULL);
const EC_TYPE = write(
  TAG.objectIdentifier,
  Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01),
);
