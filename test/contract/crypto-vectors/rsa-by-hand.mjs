// RSA by plain arithmetic: keys and signatures of sizes and exponents that no library makes.
import crypto from 'node:crypto';
import { data, hex } from './signed-data.mjs';

export const DIGEST_INFO = {
  sha1: '3021300906052b0e03021a05000414',
  sha256: '3031300d060960864801650304020105000420',
  sha512: '3051300d060960864801650304020305000440',
};

/** RFC 3110: exponent length, exponent, modulus. */
export function rsaField(/** @type {bigint} */ n, /** @type {bigint} */ e) {
  const exponent = bytes(e);
  const length =
    exponent.length < 256 ? [exponent.length] : [0, exponent.length >> 8, exponent.length & 255];
  return Buffer.concat([Buffer.from(length), exponent, bytes(n)]);
}
export function bytes(/** @type {bigint} */ value) {
  const text = value.toString(16);
  return Buffer.from(text.length % 2 ? `0${text}` : text, 'hex');
}
function power(
  /** @type {bigint} */ base,
  /** @type {bigint} */ exponent,
  /** @type {bigint} */ modulus,
) {
  let result = 1n;
  for (let square = base % modulus, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
function inverse(/** @type {bigint} */ a, /** @type {bigint} */ m) {
  let [r0, r1, t0, t1] = [m, a % m, 0n, 1n];
  while (r1 > 0n) {
    const q = r0 / r1;
    [r0, r1, t0, t1] = [r1, r0 - q * r1, t1, t0 - q * t1];
  }
  return r0 === 1n ? ((t0 % m) + m) % m : null;
}
/** A key by arithmetic, for sizes and exponents that no library makes. */
export function rsaByHand(/** @type {number} */ bits, /** @type {bigint} */ e) {
  for (;;) {
    const half = bits >> 1;
    const p = crypto.generatePrimeSync(half, { bigint: true });
    const q = crypto.generatePrimeSync(bits - half, { bigint: true });
    const n = p * q;
    const d = inverse(e, (p - 1n) * (q - 1n));
    if (d !== null && p !== q && n.toString(2).length === bits) return { n, d };
  }
}
export function signByHand(
  /** @type {bigint} */ n,
  /** @type {bigint} */ d,
  /** @type {'sha1' | 'sha256' | 'sha512'} */ hash,
) {
  const length = bytes(n).length;
  const info = Buffer.concat([
    Buffer.from(DIGEST_INFO[hash], 'hex'),
    crypto.createHash(hash).update(data).digest(),
  ]);
  const message = Buffer.concat([
    Buffer.from([0, 1]),
    Buffer.alloc(length - info.length - 3, 255),
    Buffer.from([0]),
    info,
  ]);
  const signature = bytes(power(BigInt(`0x${hex(message)}`), d, n));
  return Buffer.concat([Buffer.alloc(length - signature.length), signature]);
}

/** The largest number whose cube is not above `value`. */
export function cubeRoot(/** @type {bigint} */ value) {
  let low = 0n;
  let high = 1n << 700n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** 3n <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}
