// Vectors of the DNSSEC algorithms, in wire form (RFC 3110, RFC 6605, RFC 8080).
import crypto from 'node:crypto';
import { DIGEST_INFO, bytes, cubeRoot, rsaByHand, rsaField, signByHand } from './rsa-by-hand.mjs';
import { data, hex } from './signed-data.mjs';

/** @type {{ title: string, algorithm: number, publicKey: string, signature: string, expected: string }[]} */
export const dnssec = [];

const HASH = /** @type {const} */ ({ 5: 'sha1', 7: 'sha1', 8: 'sha256', 10: 'sha512' });

for (const [algorithm, bits, e, expected] of /** @type {const} */ ([
  [5, 512, 3n, 'valid'],
  [5, 1024, 65537n, 'valid'],
  [7, 2048, 65537n, 'valid'],
  [8, 512, 65537n, 'valid'],
  [8, 1023, 65537n, 'valid'],
  [8, 2048, 3n, 'valid'],
  [8, 2048, 4294967297n, 'valid'],
  [8, 4096, 65537n, 'valid'],
  [10, 1024, 65537n, 'valid'],
  [10, 2048, 65537n, 'valid'],
  [8, 504, 65537n, 'unusable'],
  [8, 4104, 65537n, 'unusable'],
  [8, 2048, 4294967299n, 'unusable'],
  [8, 2048, 1n, 'unusable'],
])) {
  const { n, d } = rsaByHand(bits, e);
  const signature = signByHand(n, d, HASH[algorithm]);
  dnssec.push({
    title: `RSA ${bits} bits, exponent ${e}`,
    algorithm,
    publicKey: hex(rsaField(n, e)),
    signature: hex(signature),
    expected,
  });
  if (bits === 1023) {
    dnssec.push({
      title: 'RSA, a signature plus its modulus, which is congruent to it',
      algorithm,
      publicKey: hex(rsaField(n, e)),
      signature: hex(bytes(BigInt(`0x${hex(signature)}`) + n)).padStart(256, '0'),
      expected: 'invalid',
    });
  }
  if (bits === 2048 && e === 3n) {
    dnssec.push({
      title: 'RSA, exponent length in two octets',
      algorithm,
      publicKey: `000001${hex(rsaField(n, e)).slice(2)}`,
      signature: hex(signature),
      expected,
    });
    dnssec.push({
      title: 'RSA, signature one octet short',
      algorithm,
      publicKey: hex(rsaField(n, e)),
      signature: hex(signature.subarray(1)),
      expected: 'invalid',
    });
    dnssec.push({
      title: 'RSA, signature not below the modulus',
      algorithm,
      publicKey: hex(rsaField(n, e)),
      signature: 'ff'.repeat(256),
      expected: 'invalid',
    });
    const padding = Buffer.concat([
      Buffer.from('0001ffffffffffffffff00' + DIGEST_INFO.sha256, 'hex'),
      crypto.createHash('sha256').update(data).digest(),
    ]);
    const forged = Buffer.concat([padding, Buffer.alloc(256 - padding.length)]);
    const root = cubeRoot(BigInt(`0x${hex(forged)}`)) + 1n;
    dnssec.push({
      title: 'RSA exponent 3, forged by a cube root behind short padding',
      algorithm,
      publicKey: hex(rsaField(n, e)),
      signature: hex(bytes(root)).padStart(512, '0'),
      expected: 'invalid',
    });
  }
}
dnssec.push({
  title: 'RSA, field of nothing but a length',
  algorithm: 8,
  publicKey: '03',
  signature: '00',
  expected: 'unusable',
});
dnssec.push({
  title: 'RSA, exponent length beyond the field',
  algorithm: 8,
  publicKey: '00ffff010001',
  signature: '00',
  expected: 'unusable',
});

for (const [algorithm, curve, hash, size] of /** @type {const} */ ([
  [13, 'P-256', 'sha256', 32],
  [14, 'P-384', 'sha384', 48],
])) {
  const pair = crypto.generateKeyPairSync('ec', { namedCurve: curve });
  const point = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-2 * size);
  const signature = crypto.sign(hash, data, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' });
  const off = Buffer.from(point);
  off[5] = (off[5] ?? 0) ^ 1;
  const add = (
    /** @type {string} */ title,
    /** @type {Buffer} */ key,
    /** @type {Buffer} */ sig,
    /** @type {string} */ expected,
  ) =>
    dnssec.push({
      title: `${curve}${title}`,
      algorithm,
      publicKey: hex(key),
      signature: hex(sig),
      expected,
    });
  add('', point, signature, 'valid');
  add(', not a point of the curve', off, signature, 'unusable');
  add(', key one octet short', point.subarray(1), signature, 'unusable');
  add(', signature one octet short', point, signature.subarray(1), 'unusable');
  add(', signature in DER', point, crypto.sign(hash, data, pair.privateKey), 'unusable');
  add(', signature of zeros', point, Buffer.alloc(2 * size), 'invalid');
}
for (const [algorithm, kind] of /** @type {const} */ ([
  [15, 'ed25519'],
  [16, 'ed448'],
])) {
  const pair =
    kind === 'ed25519'
      ? crypto.generateKeyPairSync('ed25519')
      : crypto.generateKeyPairSync('ed448');
  const octets = kind === 'ed25519' ? 32 : 57;
  const point = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-octets);
  const signature = crypto.sign(null, data, pair.privateKey);
  dnssec.push({
    title: kind,
    algorithm,
    publicKey: hex(point),
    signature: hex(signature),
    expected: 'valid',
  });
  dnssec.push({
    title: `${kind}, key one octet short`,
    algorithm,
    publicKey: hex(point.subarray(1)),
    signature: hex(signature),
    expected: 'unusable',
  });
  dnssec.push({
    title: `${kind}, signature one octet long`,
    algorithm,
    publicKey: hex(point),
    signature: hex(signature) + '00',
    expected: 'unusable',
  });
  dnssec.push({
    title: `${kind}, key of another pair`,
    algorithm,
    publicKey: 'ff'.repeat(octets),
    signature: hex(signature),
    expected: 'invalid',
  });
}
for (const algorithm of [0, 1, 3, 6, 12, 17, 253]) {
  dnssec.push({
    title: `algorithm ${algorithm}`,
    algorithm,
    publicKey: '03010001',
    signature: '00',
    expected: 'unsupported',
  });
}
