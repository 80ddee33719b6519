/** Tells what one DER value is: certificate, key, request (RFC 2986), or a container of these. */
import {
  TAG,
  childrenOf,
  contextTag,
  readNode,
  readNodes,
  readOid,
  readWhole,
  type DerNode,
} from '../x509/der.ts';
import { readDistinguishedName } from '../x509/distinguished-name.ts';
import { readExtensions } from '../x509/extensions.ts';
import { MAX_CHAIN_OCTETS } from '../x509/limits.ts';
import { isPublicKeyInfo, keyTypeOf } from '../x509/key-type.ts';
import { writeKeyInfo, writeSequence } from './der-writer.ts';
import {
  ENCRYPTED_KEY,
  REVOCATION_LIST,
  UNKNOWN_KEY,
  bareKey,
  failed,
  found,
  readOneCertificate,
  type DerReading,
} from './der-reading.ts';
import { keyMaterial } from './fingerprint.ts';
import type { KeyMaterial } from './material.ts';
import { readPkcs12 } from './pkcs12.ts';
import { readPkcs7 } from './pkcs7.ts';
import { isEncryptedKey, isPrivateKey, publicHalf } from './private-key.ts';

export function readDer(der: Uint8Array, password: string | null): DerReading {
  if (der.length > MAX_CHAIN_OCTETS) {
    return readPkcs12(der, password) ?? readPkcs7(der) ?? whatElse(der) ?? failed(TOO_LONG);
  }
  if (isVersionedCertificate(der)) return readOneCertificate(der);
  const request = readRequest(der);
  if (request !== null) return found(request);
  if (isPublicKeyInfo(der)) return found(bareKey('public-key', der));
  const rsa = readRsaPublicKey(der);
  if (rsa !== null) return found(bareKey('public-key', rsa));
  const half = publicHalf(der);
  if (half !== null) return found(bareKey('private-key', half));
  if (isEncryptedKey(der)) return failed(ENCRYPTED_KEY);
  if (isPrivateKey(der)) return failed(UNKNOWN_KEY);
  return readPkcs12(der, password) ?? readPkcs7(der) ?? whatElse(der) ?? readOneCertificate(der);
}

const TOO_LONG = `is no container of certificates, and for a single one it is too long: more than ${MAX_CHAIN_OCTETS.toLocaleString('en')} octets`;

/** RFC 5280 §4.1: the version comes first, in a tag of its own, as in nothing else that is read here. */
function isVersionedCertificate(der: Uint8Array): boolean {
  const body = readNode(readNode(der)?.content ?? EMPTY);
  return body?.tag === TAG.sequence && body.content[0] === contextTag(0, true);
}

const EMPTY = new Uint8Array(0);

/** RFC 2986 §4.1: version, subject, key, attributes. */
function readRequest(der: Uint8Array): KeyMaterial | null {
  const [info] = childrenOf(readWhole(der), TAG.sequence) ?? [];
  const [version, subject, spki, attributes] = childrenOf(info, TAG.sequence) ?? [];
  if (version?.tag !== TAG.integer || spki === undefined || !isPublicKeyInfo(spki.der)) return null;
  const name = readDistinguishedName(subject);
  if (name === null) return null;
  const asked = attributes?.tag === contextTag(0, true) ? requestedNames(attributes.content) : [];
  return keyMaterial({
    origin: 'request',
    spki: spki.der,
    keyType: keyTypeOf(spki.der),
    names: asked.length > 0 ? asked : name.commonNames,
    subject: name.text,
  });
}

/** RFC 2985 §5.4.2: the extensions that the certificate is asked to have. */
function requestedNames(attributes: Uint8Array): readonly string[] {
  for (const attribute of readNodes(attributes) ?? []) {
    const [type, values] = childrenOf(attribute, TAG.sequence) ?? [];
    if (readOid(type) !== EXTENSION_REQUEST) continue;
    const [extensions] = childrenOf(values, TAG.set) ?? [];
    if (extensions !== undefined)
      return readExtensions(extensions).alternativeNames?.dnsNames ?? [];
  }
  return [];
}

const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';

/**
 * RFC 8017 §A.1.1: modulus and exponent, without an algorithm around them. Parameters of Diffie-Hellman
 * and signatures are two numbers as well: of these the second is even, or the first too short.
 */
function readRsaPublicKey(der: Uint8Array): Uint8Array | null {
  const parts = childrenOf(readWhole(der), TAG.sequence);
  const [modulus, exponent] = parts ?? [];
  if (parts?.length !== 2 || parts.some(({ tag }) => tag !== TAG.integer)) return null;
  if (!isOdd(modulus) || !isOdd(exponent)) return null;
  return (modulus?.content.length ?? 0) < LEAST_MODULUS_OCTETS
    ? null
    : writeKeyInfo(RSA_ALGORITHM, der);
}

function isOdd(number: DerNode | undefined): boolean {
  return ((number?.content.at(-1) ?? 0) & 1) === 1;
}

/** 768 bits: more than any number of an ECDSA signature has, less than any RSA key in use. */
const LEAST_MODULUS_OCTETS = 96;

/** rsaEncryption with NULL parameters (RFC 3279 §2.3.1). */
const RSA_ALGORITHM = writeSequence(
  Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00),
);

/** Things that lie beside certificates, and are none; null for what could be one. */
function whatElse(der: Uint8Array): DerReading | null {
  const [body] = childrenOf(readWhole(der), TAG.sequence) ?? [];
  if (body?.tag === ENUMERATED) return failed('is an OCSP response, of which no record is made');
  const parts = childrenOf(body, TAG.sequence) ?? [];
  const times = parts.filter(({ tag }) => tag === UTC_TIME || tag === GENERALIZED_TIME);
  // RFC 5280 §5.1: only a list of revoked certificates has its dates so far outside.
  return times.length > 0 ? failed(REVOCATION_LIST) : null;
}

const ENUMERATED = 0x0a;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
