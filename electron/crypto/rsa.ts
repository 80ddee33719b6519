/** RSA public keys within bounds, and PKCS #1 v1.5 signatures with them (RFC 8017 §8.2.2). */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { MAX_RSA_EXPONENT } from '../../shared/dnssec/limits.ts';
import { TAG, withoutLeadingZeros, writeElement, writeUnsigned } from './der.ts';

export interface RsaNumbers {
  /** Big-endian, without leading zeros. */
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

export interface RsaKey extends RsaNumbers {
  readonly key: KeyObject;
}

export type RsaHash = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

/** Bits; shorter moduli are refused by BoringSSL, and RFC 5702 §2.1 does not allow them either. */
const MIN_MODULUS_BITS = 512;
const MIN_EXPONENT = 3n;

/** rsaEncryption with NULL parameters (RFC 3279 §2.3.1). */
const RSA_ENCRYPTION = writeElement(
  TAG.SEQUENCE,
  Buffer.from('06092a864886f70d010101', 'hex'),
  Buffer.from('0500', 'hex'),
);

/** DigestInfo up to the digest itself (RFC 8017 §9.2, note 1; RFC 4055 for SHA-224). */
const DIGEST_INFO: Readonly<Record<RsaHash, string>> = {
  sha1: '3021300906052b0e03021a05000414',
  sha224: '302d300d06096086480165030402040500041c',
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

/** Null when the numbers are out of bounds or the runtime does not take them. */
export function importRsaKey(numbers: RsaNumbers, maxModulusBits: number): RsaKey | null {
  const modulus = withoutLeadingZeros(numbers.modulus);
  const exponent = withoutLeadingZeros(numbers.exponent);
  const bits = modulus.length * 8 - (Math.clz32(modulus[0] ?? 0) - 24);
  if (bits < MIN_MODULUS_BITS || bits > maxModulusBits) return null;
  if (exponent.length === 0 || exponent.length > 5) return null;
  const value = toBigInt(exponent);
  if (value < MIN_EXPONENT || value > BigInt(MAX_RSA_EXPONENT)) return null;
  const spki = writeElement(
    TAG.SEQUENCE,
    RSA_ENCRYPTION,
    writeElement(
      TAG.BIT_STRING,
      Uint8Array.of(0),
      writeElement(TAG.SEQUENCE, writeUnsigned(modulus), writeUnsigned(exponent)),
    ),
  );
  const key = importSpki(spki);
  return key === null ? null : { key, modulus, exponent };
}

/** The library says by throwing that it does not take a key; null then. */
export function importSpki(spki: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

/** RFC 8017 §8.2.2. */
export function verifyPkcs1(
  rsa: RsaKey,
  hash: RsaHash,
  signature: Uint8Array,
  data: Uint8Array,
): boolean {
  // RFC 8017 §8.2.2 step 1: as long as the modulus, or invalid.
  if (signature.length !== rsa.modulus.length) return false;
  try {
    return verify(hash, data, rsa.key, signature);
  } catch {
    // A system policy (as Red Hat's against SHA-1) or the runtime's own refuses this hash or size.
    return verifyByNumbers(rsa, hash, signature, data);
  }
}

/** The same without the library: RSAVP1, then comparison of the whole encoded message (RFC 8017 §8.2.2). */
export function verifyByNumbers(
  rsa: RsaNumbers,
  hash: RsaHash,
  signature: Uint8Array,
  data: Uint8Array,
): boolean {
  const length = rsa.modulus.length;
  const info = Buffer.concat([
    Buffer.from(DIGEST_INFO[hash], 'hex'),
    createHash(hash).update(data).digest(),
  ]);
  // RFC 8017 §9.2 step 3: at least eight octets of padding.
  if (signature.length !== length || length < info.length + 11) return false;
  const padding = Buffer.alloc(length - info.length - 3, 0xff);
  const expected = Buffer.concat([Buffer.from([0, 1]), padding, Buffer.from([0]), info]);
  const modulus = toBigInt(rsa.modulus);
  const representative = toBigInt(signature);
  if (representative >= modulus) return false;
  return power(representative, toBigInt(rsa.exponent), modulus) === toBigInt(expected);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function toBigInt(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
