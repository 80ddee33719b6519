/** Tells what one DER value is: certificate, key, request (RFC 2986) or PKCS #7 bundle (RFC 2315 §9.1). */
import { readCertificate } from '../x509/certificate.ts';
import { TAG, childrenOf, contextTag, readNodes, readOid, readWhole } from '../x509/der.ts';
import { readDistinguishedName } from '../x509/distinguished-name.ts';
import { readExtensions } from '../x509/extensions.ts';
import { isPublicKeyInfo, keyTypeOf } from '../x509/key-type.ts';
import { writeKeyInfo, writeSequence } from './der-writer.ts';
import { certificateMaterial, keyMaterial } from './fingerprint.ts';
import type { KeyMaterial, Material } from './material.ts';
import { isEncryptedKey, publicHalf } from './private-key.ts';

export type DerReading =
  | { readonly ok: true; readonly items: readonly Material[]; readonly problems: readonly string[] }
  /** Plain words that follow “it”, e.g. `is a private key encrypted with a password`. */
  | { readonly ok: false; readonly reason: string };

export function readDer(der: Uint8Array): DerReading {
  const request = readRequest(der);
  if (request !== null) return found(request);
  if (isPublicKeyInfo(der)) return found(bareKey('public-key', der));
  const rsa = readRsaPublicKey(der);
  if (rsa !== null) return found(bareKey('public-key', rsa));
  const half = publicHalf(der);
  if (half !== null) return found(bareKey('private-key', half));
  if (isEncryptedKey(der)) return failed('is a private key encrypted with a password');
  if (isPkcs12(der)) return failed('is a PKCS #12 file, which is not read here');
  const bundle = readPkcs7(der);
  if (bundle !== null) return bundle;
  return readOneCertificate(der);
}

function readOneCertificate(der: Uint8Array): DerReading {
  const reading = readCertificate(der);
  if (!reading.ok) return failed(`is no certificate that can be read: ${reading.reason}`);
  return found(certificateMaterial(reading.certificate));
}

function found(...items: readonly Material[]): DerReading {
  return { ok: true, items, problems: [] };
}

function failed(reason: string): DerReading {
  return { ok: false, reason };
}

function bareKey(origin: 'public-key' | 'private-key', spki: Uint8Array): KeyMaterial {
  return keyMaterial({ origin, spki, keyType: keyTypeOf(spki), names: [], subject: null });
}

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

/** RFC 8017 §A.1.1: modulus and exponent, without an algorithm around them. */
function readRsaPublicKey(der: Uint8Array): Uint8Array | null {
  const parts = childrenOf(readWhole(der), TAG.sequence);
  if (parts?.length !== 2 || parts.some(({ tag }) => tag !== TAG.integer)) return null;
  return writeKeyInfo(RSA_ALGORITHM, der);
}

/** rsaEncryption with NULL parameters (RFC 3279 §2.3.1). */
const RSA_ALGORITHM = writeSequence(
  Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00),
);

/** RFC 7292 §4: version 3 and a ContentInfo. */
function isPkcs12(der: Uint8Array): boolean {
  const [version, content] = childrenOf(readWhole(der), TAG.sequence) ?? [];
  const [type] = childrenOf(content, TAG.sequence) ?? [];
  return version?.tag === TAG.integer && version.content[0] === 3 && readOid(type) !== null;
}

/** RFC 2315 §9.1: SignedData whose certificates are all that is wanted of it. */
function readPkcs7(der: Uint8Array): DerReading | null {
  const [type, holder] = childrenOf(readWhole(der), TAG.sequence) ?? [];
  if (readOid(type) !== SIGNED_DATA) return null;
  const [signed] = childrenOf(holder, contextTag(0, true)) ?? [];
  const parts = childrenOf(signed, TAG.sequence) ?? [];
  const list = parts.find(({ tag }) => tag === contextTag(0, true));
  const readings = (list === undefined ? [] : (readNodes(list.content) ?? [])).map((node) =>
    readOneCertificate(node.der),
  );
  if (readings.length === 0) return failed('is a PKCS #7 file without certificates');
  return {
    ok: true,
    items: readings.flatMap((reading) => (reading.ok ? reading.items : [])),
    problems: readings.flatMap((reading) => (reading.ok ? [] : `A part of it ${reading.reason}.`)),
  };
}

const SIGNED_DATA = '1.2.840.113549.1.7.2';
