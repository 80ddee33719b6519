/** The crypto port in this Node's OpenSSL; crypto-electron.test.ts makes the same claims of BoringSSL. */
import { describe, expect, it } from 'vitest';
import { importRsaKey, verifyByNumbers } from '../../electron/crypto/rsa.ts';
import { createDnssecCrypto } from '../../electron/crypto/dnssec-crypto.ts';
import { CRYPTO_CLAIMS, data, DNSSEC_VECTORS } from './crypto-claims.ts';

it.each(CRYPTO_CLAIMS.map((claim) => [claim.title, claim.expected, claim] as const))(
  '%s: %s',
  (_, expected, claim) => {
    expect(claim.actual()).toBe(expected);
  },
);

it('supports the algorithms that it verifies, and no others', () => {
  const { supportsAlgorithm } = createDnssecCrypto();
  const supported = Array.from({ length: 256 }, (_, index) => index).filter(supportsAlgorithm);
  expect(supported).toEqual([5, 7, 8, 10, 13, 14, 15, 16]);
});

describe('RSA by plain numbers, for runtimes whose policy refuses a hash or a size', () => {
  const hashes = { 5: 'sha1', 7: 'sha1', 8: 'sha256', 10: 'sha512' } as const;
  const cases = DNSSEC_VECTORS.flatMap((vector) => {
    const { algorithm, expected } = vector;
    const isRsa = algorithm === 5 || algorithm === 7 || algorithm === 8 || algorithm === 10;
    return isRsa && (expected === 'valid' || expected === 'invalid')
      ? [[vector.title, expected, hashes[algorithm], vector] as const]
      : [];
  });
  it.each(cases)('%s: %s with %s, as the library says', (_, expected, hash, vector) => {
    const field = vector.publicKey;
    const long = field[0] === 0;
    const start = long ? 3 : 1;
    const end = start + (long ? field.readUInt16BE(1) : (field[0] ?? 0));
    const key = importRsaKey(
      { exponent: field.subarray(start, end), modulus: field.subarray(end) },
      4096,
    );
    if (key === null) throw new Error('not imported');
    expect(verifyByNumbers(key, hash, vector.signature, data)).toBe(expected === 'valid');
    expect(verifyByNumbers(key, hash, vector.signature, Buffer.from('other data'))).toBe(false);
  });
});
