/** Keys that sign the lab's zones (RFC 3110, RFC 6605, RFC 8080). */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { concatBytes, uint16Bytes } from '../../shared/dns/bytes.ts';
import { canonicalWire, type Name } from '../../shared/dns/name.ts';
import { DIGEST_TYPE } from '../../shared/dnssec/algorithm.ts';
import { keyTagOf } from '../../shared/dnssec/dnskey.ts';

/** RSASHA256, ECDSAP256SHA256, ECDSAP384SHA384, ED25519. */
export type SigningAlgorithm = 8 | 13 | 14 | 15;

export interface ZoneKey {
  readonly algorithm: SigningAlgorithm;
  readonly keyTag: number;
  /** Signs the DNSKEY RRset and stands behind the DS (RFC 4034 §2.1.1). */
  readonly secureEntryPoint: boolean;
  /** The DNSKEY record's RDATA. */
  readonly dnskey: Uint8Array;
  /** PKCS #8, DER. */
  readonly privateKey: Uint8Array;
  /** The signature field of an RRSIG. */
  sign(data: Uint8Array): Uint8Array;
}

const ZONE_FLAG = 0x0100;
const SECURE_ENTRY_POINT_FLAG = 0x0001;
const DNSSEC_PROTOCOL = 3;
const RSA_BITS = 2048;

export function generateZoneKey(algorithm: SigningAlgorithm, secureEntryPoint: boolean): ZoneKey {
  return zoneKeyOf(algorithm, secureEntryPoint, generate(algorithm));
}

/** The same key again, from its `privateKey`; throws when that is none of this algorithm. */
export function restoreZoneKey(
  algorithm: SigningAlgorithm,
  secureEntryPoint: boolean,
  pkcs8: Uint8Array,
): ZoneKey {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const { type, curve } = KEY_KIND[algorithm];
  if (key.asymmetricKeyType !== type || key.asymmetricKeyDetails?.namedCurve !== curve)
    throw new Error(`not a key for algorithm ${algorithm}`);
  return zoneKeyOf(algorithm, secureEntryPoint, key);
}

/** OpenSSL's names. */
const KEY_KIND: Readonly<
  Record<SigningAlgorithm, { readonly type: string; readonly curve: string | undefined }>
> = {
  8: { type: 'rsa', curve: undefined },
  13: { type: 'ec', curve: 'prime256v1' },
  14: { type: 'ec', curve: 'secp384r1' },
  15: { type: 'ed25519', curve: undefined },
};

function zoneKeyOf(
  algorithm: SigningAlgorithm,
  secureEntryPoint: boolean,
  privateKey: KeyObject,
): ZoneKey {
  const publicKeyField = publicKeyFieldOf(algorithm, createPublicKey(privateKey));
  const flags = ZONE_FLAG | (secureEntryPoint ? SECURE_ENTRY_POINT_FLAG : 0);
  const dnskey = concatBytes(
    uint16Bytes(flags),
    Uint8Array.of(DNSSEC_PROTOCOL, algorithm),
    publicKeyField,
  );
  return {
    algorithm,
    keyTag: keyTagOf(dnskey),
    secureEntryPoint,
    dnskey,
    privateKey: new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })),
    sign: (data) => signWith(algorithm, privateKey, data),
  };
}

/** The RDATA of the SHA-256 DS that a parent publishes for the key (RFC 4509 §2). */
export function delegationSignerOf(zone: Name, key: ZoneKey): Uint8Array {
  const digest = createHash('sha256').update(canonicalWire(zone)).update(key.dnskey).digest();
  return concatBytes(
    uint16Bytes(key.keyTag),
    Uint8Array.of(key.algorithm, DIGEST_TYPE.SHA256),
    new Uint8Array(digest),
  );
}

function signWith(
  algorithm: SigningAlgorithm,
  privateKey: KeyObject,
  data: Uint8Array,
): Uint8Array {
  switch (algorithm) {
    case 8:
      return new Uint8Array(sign('sha256', data, privateKey));
    case 13:
      return signEcdsa('sha256', privateKey, data);
    case 14:
      return signEcdsa('sha384', privateKey, data);
    case 15:
      return new Uint8Array(sign(null, data, privateKey));
  }
}

/** RFC 6605 §4: r and s side by side, not the ASN.1 that Node makes by default. */
function signEcdsa(hash: string, key: KeyObject, data: Uint8Array): Uint8Array {
  return new Uint8Array(sign(hash, data, { key, dsaEncoding: 'ieee-p1363' }));
}

function generate(algorithm: SigningAlgorithm): KeyObject {
  switch (algorithm) {
    case 8:
      return generateKeyPairSync('rsa', { modulusLength: RSA_BITS }).privateKey;
    case 13:
      return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    case 14:
      return generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    case 15:
      return generateKeyPairSync('ed25519').privateKey;
  }
}

/** As a DNSKEY record has it. */
function publicKeyFieldOf(algorithm: SigningAlgorithm, key: KeyObject): Uint8Array {
  switch (algorithm) {
    case 8:
      return rsaField(key);
    case 13:
      return pointField(key, 64);
    case 14:
      return pointField(key, 96);
    case 15:
      return pointField(key, 32);
  }
}

/** A SubjectPublicKeyInfo of these kinds ends in the very bytes that DNSKEY wants. */
function pointField(key: KeyObject, octets: number): Uint8Array {
  const spki = key.export({ format: 'der', type: 'spki' });
  return new Uint8Array(spki.subarray(-octets));
}

/** RFC 3110 §2: length of the exponent, exponent, modulus. */
function rsaField(key: KeyObject): Uint8Array {
  const { e, n } = key.export({ format: 'jwk' });
  const exponent = Buffer.from(e ?? '', 'base64url');
  const modulus = Buffer.from(n ?? '', 'base64url');
  return concatBytes(Uint8Array.of(exponent.length), exponent, modulus);
}
