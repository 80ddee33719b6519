/** RSASSA-PSS-params (RFC 4055 §3.1). */
import { oidToText, readElements, readSequence, TAG, type Element } from './der.ts';
import type { RsaHash } from './rsa.ts';

export interface PssParameters {
  readonly hash: RsaHash;
  readonly maskHash: RsaHash;
  readonly saltOctets: number;
}

const HASHES: ReadonlyMap<string, RsaHash> = new Map<string, RsaHash>([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);
const MGF1 = '1.2.840.113549.1.1.8';
/** Octets; the default of the ASN.1. */
const DEFAULT_SALT_OCTETS = 20;

/** DER of the parameters field; absent fields have the defaults (SHA-1, MGF1 with SHA-1, 20, 1). */
export function readPssParameters(der: Uint8Array): PssParameters | 'malformed' | 'unsupported' {
  const fields = readSequence(der);
  if (fields === null) return 'malformed';
  let hash: RsaHash | 'malformed' | 'unsupported' = 'sha1';
  let maskHash: RsaHash | 'malformed' | 'unsupported' = 'sha1';
  let saltOctets: number | null = DEFAULT_SALT_OCTETS;
  let trailer: number | null = 1;
  let last = -1;
  for (const field of fields) {
    const index = field.tag - 0xa0;
    const [inner, ...more] = readElements(field.content) ?? [];
    if (inner === undefined || more.length > 0 || index <= last) return 'malformed';
    last = index;
    if (index === 0) hash = readHash(inner.whole);
    else if (index === 1) maskHash = readMask(inner.whole);
    else if (index === 2) saltOctets = readSmall(inner);
    else if (index === 3) trailer = readSmall(inner);
    else return 'malformed';
  }
  if (saltOctets === null || trailer !== 1) return 'malformed';
  if (hash === 'malformed' || maskHash === 'malformed') return 'malformed';
  if (hash === 'unsupported' || maskHash === 'unsupported') return 'unsupported';
  return { hash, maskHash, saltOctets };
}

function readMask(der: Uint8Array): RsaHash | 'malformed' | 'unsupported' {
  const [identifier, parameters] = readSequence(der) ?? [];
  if (identifier?.tag !== TAG.OBJECT_IDENTIFIER || parameters === undefined) return 'malformed';
  return oidToText(identifier.content) === MGF1 ? readHash(parameters.whole) : 'unsupported';
}

function readHash(der: Uint8Array): RsaHash | 'malformed' | 'unsupported' {
  const [identifier] = readSequence(der) ?? [];
  if (identifier?.tag !== TAG.OBJECT_IDENTIFIER) return 'malformed';
  return HASHES.get(oidToText(identifier.content) ?? '') ?? 'unsupported';
}

/** A small non-negative INTEGER. */
function readSmall(element: Element): number | null {
  if (element.tag !== TAG.INTEGER) return null;
  const [first, second, ...more] = element.content;
  if (first === undefined || more.length > 0 || first >= 0x80) return null;
  return second === undefined ? first : first * 256 + second;
}
