/** Keys that sign the lab's zones (RFC 3110, RFC 6605, RFC 8080). */
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
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
  /** The signature field of an RRSIG. */
  sign(data: Uint8Array): Uint8Array;
}

const ZONE_FLAG = 0x0100;
const SECURE_ENTRY_POINT_FLAG = 0x0001;
const DNSSEC_PROTOCOL = 3;
const RSA_BITS = 2048;

export function generateZoneKey(algorithm: SigningAlgorithm, secureEntryPoint: boolean): ZoneKey {
  const { publicKeyField, privateKey } = generate(algorithm);
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

interface Generated {
  /** The public key field of the DNSKEY record. */
  readonly publicKeyField: Uint8Array;
  readonly privateKey: KeyObject;
}

function generate(algorithm: SigningAlgorithm): Generated {
  switch (algorithm) {
    case 8:
      return rsaKey();
    case 13:
      return pointKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }), 64);
    case 14:
      return pointKey(generateKeyPairSync('ec', { namedCurve: 'P-384' }), 96);
    case 15:
      return pointKey(generateKeyPairSync('ed25519'), 32);
  }
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** A SubjectPublicKeyInfo of these kinds ends in the very bytes that DNSKEY wants. */
function pointKey({ publicKey, privateKey }: KeyPair, octets: number): Generated {
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return { publicKeyField: new Uint8Array(spki.subarray(-octets)), privateKey };
}

/** RFC 3110 §2: length of the exponent, exponent, modulus. */
function rsaKey(): Generated {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: RSA_BITS });
  const { e, n } = publicKey.export({ format: 'jwk' });
  const exponent = Buffer.from(e ?? '', 'base64url');
  const modulus = Buffer.from(n ?? '', 'base64url');
  return {
    publicKeyField: concatBytes(Uint8Array.of(exponent.length), exponent, modulus),
    privateKey,
  };
}
