/** The extensions that decide what a certificate may do (RFC 5280 §4.2). */
import {
  TAG,
  childrenOf,
  contextTag,
  readBoolean,
  readNodes,
  readOid,
  readSmallInteger,
  readWhole,
  type DerNode,
} from './der.ts';
import { bytesToHex } from './encoding.ts';
import type { KeyUsage } from './certificate.ts';
import { GENERAL_NAME, readNameConstraints, type NameConstraints } from './name-constraints.ts';
import { escapeControls, latin1 } from './text.ts';

export interface Extensions {
  readonly isCa: boolean;
  readonly pathLength: number | null;
  readonly keyUsage: KeyUsage | null;
  readonly extendedKeyUsage: readonly string[] | null;
  /** null when there is no subjectAltName. */
  readonly alternativeNames: AlternativeNames | null;
  readonly nameConstraints: NameConstraints | null;
  /** Lower-case hex; null when absent or unreadable, since they only help to choose between issuers. */
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
  readonly unknownCritical: readonly string[];
  /** The first thing wrong with them, or null. */
  readonly fault: string | null;
}

export interface AlternativeNames {
  readonly dnsNames: readonly string[];
  /** Context tags of the other names in it. */
  readonly otherTags: readonly number[];
}

export const NO_EXTENSIONS: Extensions = {
  isCa: false,
  pathLength: null,
  keyUsage: null,
  extendedKeyUsage: null,
  alternativeNames: null,
  nameConstraints: null,
  subjectKeyId: null,
  authorityKeyId: null,
  unknownCritical: [],
  fault: null,
};

/** Reads `Extensions`; what cannot be read grants nothing and is told as `fault`. */
export function readExtensions(node: DerNode): Extensions {
  const nodes = childrenOf(node, TAG.sequence);
  if (nodes === null || nodes.length === 0) return withFault(NO_EXTENSIONS, 'extensions');
  const seen = new Set<string>();
  let extensions = NO_EXTENSIONS;
  for (const element of nodes) {
    const extension = readExtension(element);
    if (extension === null) return withFault(extensions, 'an extension');
    const { oid } = extension;
    // RFC 5280 §4.2: "A certificate MUST NOT include more than one instance of a particular extension."
    if (seen.has(oid)) return { ...extensions, fault: `extension ${oid} stands there twice` };
    seen.add(oid);
    extensions = addExtension(extensions, extension);
  }
  return extensions;
}

interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

const OID = {
  subjectKeyId: '2.5.29.14',
  authorityKeyId: '2.5.29.35',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  extendedKeyUsage: '2.5.29.37',
} as const;

/**
 * Understood, though they change nothing here: no policy is asked for and no revocation list read.
 * CRL distribution points, policies, policy mappings, policy constraints, inhibitAnyPolicy.
 */
const HARMLESS: readonly string[] = [
  '2.5.29.31',
  '2.5.29.32',
  '2.5.29.33',
  '2.5.29.36',
  '2.5.29.54',
];

function readExtension(node: DerNode): Extension | null {
  const parts = childrenOf(node, TAG.sequence) ?? [];
  const [type, second] = parts;
  const oid = readOid(type);
  const critical = second?.tag === TAG.boolean ? readBoolean(second) : false;
  const value = parts[second?.tag === TAG.boolean ? 2 : 1];
  const length = second?.tag === TAG.boolean ? 3 : 2;
  if (oid === null || critical === null || value?.tag !== TAG.octetString) return null;
  return parts.length === length ? { oid, critical, value: value.content } : null;
}

function addExtension(so: Extensions, { oid, critical, value }: Extension): Extensions {
  const node = readWhole(value);
  switch (oid) {
    case OID.basicConstraints:
      return addBasicConstraints(so, node);
    case OID.keyUsage: {
      const keyUsage = readKeyUsage(node);
      return keyUsage === null ? withFault(so, 'keyUsage') : { ...so, keyUsage };
    }
    case OID.extendedKeyUsage: {
      const extendedKeyUsage = readOids(node);
      return extendedKeyUsage === null ? withFault(so, 'extKeyUsage') : { ...so, extendedKeyUsage };
    }
    case OID.subjectAltName: {
      const alternativeNames = readAlternativeNames(node);
      // Unreadable names are no names: the common name does not come in their place.
      if (alternativeNames !== null) return { ...so, alternativeNames };
      return withFault({ ...so, alternativeNames: UNREADABLE_NAMES }, 'subjectAltName');
    }
    case OID.nameConstraints: {
      const nameConstraints = readNameConstraints(node);
      return nameConstraints === null
        ? withFault(so, 'nameConstraints')
        : { ...so, nameConstraints };
    }
    case OID.subjectKeyId:
      return {
        ...so,
        subjectKeyId: node?.tag === TAG.octetString ? bytesToHex(node.content) : null,
      };
    case OID.authorityKeyId:
      return { ...so, authorityKeyId: readAuthorityKeyId(node) };
    default:
      return critical && !HARMLESS.includes(oid)
        ? { ...so, unknownCritical: [...so.unknownCritical, oid] }
        : so;
  }
}

/** RFC 5280 §4.2.1.1. */
function readAuthorityKeyId(node: DerNode | null): string | null {
  const keyId = childrenOf(node, TAG.sequence)?.find(({ tag }) => tag === contextTag(0, false));
  return keyId === undefined ? null : bytesToHex(keyId.content);
}

const UNREADABLE_NAMES: AlternativeNames = { dnsNames: [], otherTags: [] };

function withFault(extensions: Extensions, what: string): Extensions {
  return { ...extensions, fault: extensions.fault ?? `${what} cannot be read` };
}

/** RFC 5280 §4.2.1.9. */
function addBasicConstraints(so: Extensions, node: DerNode | null): Extensions {
  const parts = childrenOf(node, TAG.sequence);
  if (parts === null) return withFault(so, 'basicConstraints');
  const [first] = parts;
  const flag = first?.tag === TAG.boolean ? readBoolean(first) : false;
  const rest = first?.tag === TAG.boolean ? parts.slice(1) : parts;
  const [length, ...superfluous] = rest;
  const pathLength = length === undefined ? null : readSmallInteger(length);
  const unreadable = flag === null || (length !== undefined && pathLength === null);
  if (unreadable || superfluous.length > 0) return withFault(so, 'basicConstraints');
  return { ...so, isCa: flag, pathLength };
}

/** RFC 5280 §4.2.1.3: bit 0 is the highest bit of the first octet. */
function readKeyUsage(node: DerNode | null): KeyUsage | null {
  if (node?.tag !== TAG.bitString || node.content.length < 2) return null;
  const bits = node.content[1] ?? 0;
  return {
    digitalSignature: (bits & 0x80) !== 0,
    keyEncipherment: (bits & 0x20) !== 0,
    keyAgreement: (bits & 0x08) !== 0,
    keyCertSign: (bits & 0x04) !== 0,
  };
}

function readOids(node: DerNode | null): readonly string[] | null {
  const oids = childrenOf(node, TAG.sequence)?.map(readOid) ?? [];
  const whole = oids.filter((oid) => oid !== null);
  return whole.length > 0 && whole.length === oids.length ? whole : null;
}

/** RFC 5280 §4.2.1.6. */
function readAlternativeNames(node: DerNode | null): AlternativeNames | null {
  const names = node?.tag === TAG.sequence ? readNodes(node.content) : null;
  if (names === null) return null;
  const dnsTag = contextTag(GENERAL_NAME.dnsName, false);
  return {
    dnsNames: names
      .filter((name) => name.tag === dnsTag)
      .map((name) => escapeControls(latin1(name.content))),
    otherTags: names.filter((name) => name.tag !== dnsTag).map((name) => name.tag & TAG_NUMBER),
  };
}

const TAG_NUMBER = 0x1f;
