// Vectors of certificate signatures (RFC 4055, RFC 5758, RFC 8410).
import crypto from 'node:crypto';
import { data, hex } from './signed-data.mjs';

/** @type {{ title: string, spki: string, oid: string, parameters: string | null, signature: string, expected: string }[]} */
export const certificates = [];

const OID = {
  sha1WithRSA: '1.2.840.113549.1.1.5',
  sha256WithRSA: '1.2.840.113549.1.1.11',
  sha384WithRSA: '1.2.840.113549.1.1.12',
  sha512WithRSA: '1.2.840.113549.1.1.13',
  md5WithRSA: '1.2.840.113549.1.1.4',
  pss: '1.2.840.113549.1.1.10',
  ecdsaSha1: '1.2.840.10045.4.1',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  ecdsaSha384: '1.2.840.10045.4.3.3',
  ecdsaSha512: '1.2.840.10045.4.3.4',
  ed25519: '1.3.101.112',
  ed448: '1.3.101.113',
};
const spkiOf = (/** @type {crypto.KeyObject} */ key) =>
  hex(key.export({ format: 'der', type: 'spki' }));
function certificate(
  /** @type {string} */ title,
  /** @type {crypto.KeyObject} */ key,
  /** @type {string} */ oid,
  /** @type {Uint8Array} */ signature,
  /** @type {string} */ expected,
  /** @type {string | null} */ parameters = null,
) {
  certificates.push({
    title,
    spki: spkiOf(key),
    oid,
    parameters,
    signature: hex(signature),
    expected,
  });
}
const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const NULL = '0500';
certificate(
  'RSA with SHA-1',
  rsa.publicKey,
  OID.sha1WithRSA,
  crypto.sign('sha1', data, rsa.privateKey),
  'valid',
  NULL,
);
certificate(
  'RSA with SHA-256',
  rsa.publicKey,
  OID.sha256WithRSA,
  crypto.sign('sha256', data, rsa.privateKey),
  'valid',
  NULL,
);
certificate(
  'RSA with SHA-384',
  rsa.publicKey,
  OID.sha384WithRSA,
  crypto.sign('sha384', data, rsa.privateKey),
  'valid',
  NULL,
);
certificate(
  'RSA with SHA-512',
  rsa.publicKey,
  OID.sha512WithRSA,
  crypto.sign('sha512', data, rsa.privateKey),
  'valid',
  NULL,
);
certificate(
  'RSA with SHA-256, said to be SHA-512',
  rsa.publicKey,
  OID.sha512WithRSA,
  crypto.sign('sha256', data, rsa.privateKey),
  'invalid',
  NULL,
);
certificate(
  'RSA with MD5',
  rsa.publicKey,
  OID.md5WithRSA,
  crypto.sign('md5', data, rsa.privateKey),
  'unsupported',
  NULL,
);

const PSS_SHA256 =
  '3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120';
const PSS_SHA256_MGF_SHA1 = '3016a00f300d06096086480165030402010500a203020120';
const pssSign = (
  /** @type {crypto.KeyObject} */ key,
  /** @type {string} */ hash,
  /** @type {number} */ saltLength,
) => crypto.sign(hash, data, { key, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength });
certificate(
  'RSA-PSS with SHA-256',
  rsa.publicKey,
  OID.pss,
  pssSign(rsa.privateKey, 'sha256', 32),
  'valid',
  PSS_SHA256,
);
certificate(
  'RSA-PSS with all parameters at their defaults',
  rsa.publicKey,
  OID.pss,
  pssSign(rsa.privateKey, 'sha1', 20),
  'valid',
  '3000',
);
certificate(
  'RSA-PSS with another salt length than stated',
  rsa.publicKey,
  OID.pss,
  pssSign(rsa.privateKey, 'sha256', 20),
  'invalid',
  PSS_SHA256,
);
certificate(
  'RSA-PSS without parameters',
  rsa.publicKey,
  OID.pss,
  pssSign(rsa.privateKey, 'sha256', 32),
  'invalid',
);
certificate(
  'RSA-PSS masked with another hash',
  rsa.publicKey,
  OID.pss,
  pssSign(rsa.privateKey, 'sha256', 32),
  'unsupported',
  PSS_SHA256_MGF_SHA1,
);
certificate(
  'RSA-PSS signature said to be PKCS #1',
  rsa.publicKey,
  OID.sha256WithRSA,
  pssSign(rsa.privateKey, 'sha256', 32),
  'invalid',
  NULL,
);
// The types say that the salt length is text; the function wants a number.
const pssOptions = /** @type {crypto.RSAPSSKeyPairKeyObjectOptions} */ (
  /** @type {unknown} */ ({
    modulusLength: 2048,
    hashAlgorithm: 'sha256',
    mgf1HashAlgorithm: 'sha256',
    saltLength: 32,
  })
);
const pssOnly = crypto.generateKeyPairSync('rsa-pss', pssOptions);
certificate(
  'a key for RSA-PSS only',
  pssOnly.publicKey,
  OID.pss,
  pssSign(pssOnly.privateKey, 'sha256', 32),
  'valid',
  PSS_SHA256,
);
certificate(
  'a key for RSA-PSS with SHA-256 only, used with the defaults',
  pssOnly.publicKey,
  OID.pss,
  pssSign(pssOnly.privateKey, 'sha256', 32),
  'invalid',
  '3000',
);
certificate(
  'a key for RSA-PSS only, used with PKCS #1',
  pssOnly.publicKey,
  OID.sha256WithRSA,
  pssSign(pssOnly.privateKey, 'sha256', 32),
  'invalid',
  NULL,
);

/** The same RSA key under id-RSASSA-PSS, which binds it to that use (RFC 4055 §1.2), and to parameters. */
function pssSpki(/** @type {string} */ parameters) {
  const bits = spkiOf(rsa.publicKey).slice(2 * (4 + 15));
  const algorithm = `06092a864886f70d01010a${parameters}`;
  const content = `30${byteLength(algorithm, 2)}${algorithm}${bits}`;
  return `3082${byteLength(content, 4)}${content}`;
}
function byteLength(/** @type {string} */ text, /** @type {number} */ digits) {
  return (text.length / 2).toString(16).padStart(digits, '0');
}
const PSS_SHA256_SALT_20 = PSS_SHA256.replace(/20$/, '14');
for (const [title, binding, oid, signature, expected, parameters] of /** @type {const} */ ([
  [
    'a key bound to RSA-PSS',
    '',
    OID.pss,
    pssSign(rsa.privateKey, 'sha256', 32),
    'valid',
    PSS_SHA256,
  ],
  [
    'a key bound to RSA-PSS, used rightly with PKCS #1',
    '',
    OID.sha256WithRSA,
    crypto.sign('sha256', data, rsa.privateKey),
    'invalid',
    NULL,
  ],
  [
    'a key bound to SHA-256, used rightly with SHA-1',
    PSS_SHA256,
    OID.pss,
    pssSign(rsa.privateKey, 'sha1', 20),
    'invalid',
    '3000',
  ],
  [
    'a key bound to a salt of 32, used rightly with one of 20',
    PSS_SHA256,
    OID.pss,
    pssSign(rsa.privateKey, 'sha256', 20),
    'invalid',
    PSS_SHA256_SALT_20,
  ],
  [
    'a key bound to a salt of 20, used with one of 32',
    PSS_SHA256_SALT_20,
    OID.pss,
    pssSign(rsa.privateKey, 'sha256', 32),
    'valid',
    PSS_SHA256,
  ],
])) {
  certificates.push({
    title,
    spki: pssSpki(binding),
    oid,
    parameters,
    signature: hex(signature),
    expected,
  });
}

for (const [curve, oid, hash, expected] of /** @type {const} */ ([
  ['P-256', OID.ecdsaSha256, 'sha256', 'valid'],
  ['P-256', OID.ecdsaSha1, 'sha1', 'valid'],
  ['P-384', OID.ecdsaSha384, 'sha384', 'valid'],
  ['P-521', OID.ecdsaSha512, 'sha512', 'valid'],
  ['P-384', OID.ecdsaSha256, 'sha256', 'valid'],
  ['secp256k1', OID.ecdsaSha256, 'sha256', 'unsupported'],
  ['brainpoolP256r1', OID.ecdsaSha256, 'sha256', 'unsupported'],
])) {
  const pair = crypto.generateKeyPairSync('ec', { namedCurve: curve });
  certificate(
    `${curve} with ${hash}`,
    pair.publicKey,
    oid,
    crypto.sign(hash, data, pair.privateKey),
    expected,
  );
  if (curve === 'P-256' && hash === 'sha256') {
    certificate(
      'P-256, signature not in DER',
      pair.publicKey,
      oid,
      crypto.sign(hash, data, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }),
      'invalid',
    );
    certificate(
      'P-256 key, said to be RSA',
      pair.publicKey,
      OID.sha256WithRSA,
      crypto.sign(hash, data, pair.privateKey),
      'invalid',
      NULL,
    );
    certificate(
      'P-256 key, said to be Ed25519',
      pair.publicKey,
      OID.ed25519,
      crypto.sign(hash, data, pair.privateKey),
      'invalid',
    );
  }
}
// The types do not know paramEncoding.
const byNumbers = /** @type {crypto.ECKeyPairKeyObjectOptions} */ (
  /** @type {unknown} */ ({ namedCurve: 'P-256', paramEncoding: 'explicit' })
);
const explicit = crypto.generateKeyPairSync('ec', byNumbers);
certificate(
  'a curve given by its numbers',
  explicit.publicKey,
  OID.ecdsaSha256,
  crypto.sign('sha256', data, explicit.privateKey),
  'unsupported',
);
const ed25519 = crypto.generateKeyPairSync('ed25519');
certificate(
  'Ed25519',
  ed25519.publicKey,
  OID.ed25519,
  crypto.sign(null, data, ed25519.privateKey),
  'valid',
);
const ed448 = crypto.generateKeyPairSync('ed448');
certificate(
  'Ed448',
  ed448.publicKey,
  OID.ed448,
  crypto.sign(null, data, ed448.privateKey),
  'valid',
);
const dsa = crypto.generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
certificate(
  'DSA',
  dsa.publicKey,
  '1.2.840.10040.4.3',
  crypto.sign('sha1', data, dsa.privateKey),
  'unsupported',
);
certificates.push({
  title: 'no key at all',
  spki: '',
  oid: OID.sha256WithRSA,
  parameters: NULL,
  signature: '00',
  expected: 'invalid',
});
certificates.push({
  title: 'a key that is cut off',
  spki: spkiOf(rsa.publicKey).slice(0, 100),
  oid: OID.sha256WithRSA,
  parameters: NULL,
  signature: '00',
  expected: 'invalid',
});
