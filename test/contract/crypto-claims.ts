/** What every runtime's cryptography has to do alike; free of any test runner, so that each can run it. */
import { createAssociationCrypto } from '../../electron/crypto/association-crypto.ts';
import { createDnssecCrypto } from '../../electron/crypto/dnssec-crypto.ts';
import { ZONE_CLAIMS } from './zone-claims.ts';
import { CERTIFICATE_TABLE, DNSSEC_TABLE, SIGNED_DATA } from './crypto-vectors/vectors.ts';

export interface Claim {
  readonly title: string;
  readonly expected: string;
  actual(): string;
}

export const data = fromHex(SIGNED_DATA);

export const DNSSEC_VECTORS = rowsOf(DNSSEC_TABLE).map(
  ([expected = '', algorithm = '', publicKey = '', signature = '', title = '']) => ({
    expected,
    algorithm: Number(algorithm),
    publicKey: fromHex(publicKey),
    signature: fromHex(signature),
    title,
  }),
);
const CERTIFICATE_VECTORS = rowsOf(CERTIFICATE_TABLE).map(
  ([expected = '', oid = '', parameters = '', spki = '', signature = '', title = '']) => ({
    expected,
    algorithm: { oid, parameters: parameters === '-' ? null : fromHex(parameters) },
    spki: fromHex(spki),
    signature: fromHex(signature),
    title,
  }),
);

const dnssec = createDnssecCrypto();
const association = createAssociationCrypto();

const dnssecClaims: readonly Claim[] = DNSSEC_VECTORS.flatMap((vector) => {
  const verify = (signed: Uint8Array) => () =>
    dnssec.verify(vector.algorithm, vector.publicKey, vector.signature, signed);
  const title = `DNSSEC algorithm ${vector.algorithm}: ${vector.title}`;
  const right: Claim = { title, expected: vector.expected, actual: verify(data) };
  if (vector.expected !== 'valid') return [right];
  const altered = `${title}, data altered`;
  return [right, { title: altered, expected: 'invalid', actual: verify(withBitFlipped(data)) }];
});

const certificateClaims: readonly Claim[] = CERTIFICATE_VECTORS.flatMap((vector) => {
  const verify = (tbs: Uint8Array) => () =>
    association.verifyCertificate(vector.spki, vector.algorithm, vector.signature, tbs);
  const title = `certificate: ${vector.title}`;
  const right: Claim = { title, expected: vector.expected, actual: verify(data) };
  if (vector.expected !== 'valid') return [right];
  const altered = `${title}, certificate altered`;
  return [right, { title: altered, expected: 'invalid', actual: verify(withBitFlipped(data)) }];
});

/** FIPS 180-4 examples of “abc”. */
const abc = Buffer.from('abc');
const SHA1_ABC = 'a9993e364706816aba3e25717850c26c9cd0d89d';
const SHA256_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const SHA384_ABC =
  'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7';
const SHA512_ABC =
  'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f';

const digestClaims: readonly Claim[] = [
  digest('DS digest type 1', SHA1_ABC, () => dnssec.digest(1, abc)),
  digest('DS digest type 2', SHA256_ABC, () => dnssec.digest(2, abc)),
  digest('DS digest type 4', SHA384_ABC, () => dnssec.digest(4, abc)),
  digest('DS digest type 3, which is not supported', '', () => dnssec.digest(3, abc)),
  digest('SHA-1 for NSEC3', SHA1_ABC, () => dnssec.sha1(abc)),
  digest('SHA-256 for TLSA', SHA256_ABC, () => association.sha256(abc)),
  digest('SHA-512 for TLSA', SHA512_ABC, () => association.sha512(abc)),
];

export const CRYPTO_CLAIMS: readonly Claim[] = [
  ...dnssecClaims,
  ...certificateClaims,
  ...digestClaims,
  ...ZONE_CLAIMS,
];

function digest(title: string, expected: string, make: () => Uint8Array | undefined): Claim {
  return { title, expected, actual: () => Buffer.from(make() ?? []).toString('hex') };
}

function withBitFlipped(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => (index === 7 ? byte ^ 1 : byte));
}

function rowsOf(table: string): readonly (readonly string[])[] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.split(';'));
}

function fromHex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}
