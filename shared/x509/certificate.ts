/** What a certificate says, read strictly from its DER, with the exact bytes that matching needs (RFC 5280 §4). */
import {
  TAG,
  childrenOf,
  contextTag,
  readNode,
  readNodes,
  readOctetBits,
  readOid,
  type DerNode,
} from './der.ts';
import { readDistinguishedName } from './distinguished-name.ts';
import { bytesToHex, sameBytes } from './encoding.ts';
import { NO_EXTENSIONS, readExtensions, type Extensions } from './extensions.ts';
import { keyTypeOf } from './key-type.ts';
import { MAX_CHAIN_OCTETS } from './limits.ts';
import type { NameConstraints } from './name-constraints.ts';
import { escapeControls } from './text.ts';
import { readTime } from './time.ts';

export interface Certificate {
  /** Cut at the length the outer SEQUENCE tells; bytes behind it are not part of the certificate. */
  readonly der: Uint8Array;
  /** Octets that followed the certificate in the input. */
  readonly trailing: number;
  /** SubjectPublicKeyInfo, exactly as it stands in the certificate. */
  readonly spki: Uint8Array;
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** Lower-case hex of the INTEGER's octets. */
  readonly serial: string;
  /** RFC 4514 order and escapes; control characters escaped. */
  readonly subject: string;
  readonly issuer: string;
  /** Equal keys are equal names (RFC 5280 §7.1: case and repeated blanks do not count). */
  readonly subjectKey: string;
  readonly issuerKey: string;
  /** Milliseconds since the epoch; null when the date cannot be read. */
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  /** dNSNames of the subjectAltName; the common names of the subject only when it has none at all. */
  readonly names: readonly string[];
  readonly namesFrom: 'subjectAltName' | 'commonName';
  /** Context tags of alternative names that are not dNSNames. */
  readonly otherNameTags: readonly number[];
  /** E.g. `RSA 2048`, `ECDSA P-256`, `Ed25519`. */
  readonly keyType: string;
  /** basicConstraints says CA. */
  readonly isCa: boolean;
  readonly pathLength: number | null;
  /** null when there is no keyUsage extension: every use is allowed (RFC 5280 §4.2.1.3). */
  readonly keyUsage: KeyUsage | null;
  /** OIDs; null when there is no extKeyUsage extension. */
  readonly extendedKeyUsage: readonly string[] | null;
  readonly nameConstraints: NameConstraints | null;
  /** Lower-case hex of the key identifiers (RFC 5280 §4.2.1.1 and §4.2.1.2); null when there is none. */
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
  /** OIDs of critical extensions that are not understood (RFC 5280 §4.2). */
  readonly unknownCritical: readonly string[];
  /** Why it cannot be trusted on a path though its bytes can be compared; null when in order. */
  readonly fault: string | null;
  /** Subject equals issuer; says nothing about the signature. */
  readonly selfIssued: boolean;
}

export interface AlgorithmIdentifier {
  readonly oid: string;
  /** DER of the parameters; null when absent. */
  readonly parameters: Uint8Array | null;
}

export interface KeyUsage {
  readonly digitalSignature: boolean;
  readonly keyEncipherment: boolean;
  readonly keyAgreement: boolean;
  readonly keyCertSign: boolean;
}

export type CertificateReading =
  | { readonly ok: true; readonly certificate: Certificate }
  | { readonly ok: false; readonly reason: string };

/** Never throws; a reading that fails says why in plain words. */
export function readCertificate(input: Uint8Array): CertificateReading {
  if (input.length > MAX_CHAIN_OCTETS)
    return unreadable(`it is longer than ${MAX_CHAIN_OCTETS} octets`);
  const outer = readNode(input);
  if (outer?.tag !== TAG.sequence) return unreadable('its bytes are not a DER sequence');
  const [tbsNode, algorithmNode, signatureNode, ...superfluous] = readNodes(outer.content) ?? [];
  const algorithm = readAlgorithm(algorithmNode);
  const signature = readOctetBits(signatureNode);
  if (algorithm === null || signature === null || superfluous.length > 0) {
    return unreadable('it is not made of a body, an algorithm and a signature');
  }
  const body = readBody(tbsNode);
  if (typeof body === 'string') return unreadable(body);
  return {
    ok: true,
    certificate: {
      der: outer.der,
      trailing: input.length - outer.der.length,
      tbs: body.tbs,
      signatureAlgorithm: algorithm,
      signature,
      ...body.facts,
      fault: body.facts.fault ?? algorithmFault(body.innerAlgorithm, algorithmNode),
    },
  };
}

type BodyFacts = Omit<Certificate, 'der' | 'trailing' | 'tbs' | 'signatureAlgorithm' | 'signature'>;

interface Body {
  readonly tbs: Uint8Array;
  readonly innerAlgorithm: DerNode;
  readonly facts: BodyFacts;
}

function unreadable(reason: string): CertificateReading {
  return { ok: false, reason };
}

/** RFC 5280 §4.1.2: TBSCertificate; a string says what cannot be read. */
function readBody(node: DerNode | undefined): Body | string {
  const parts = childrenOf(node, TAG.sequence);
  if (node === undefined || parts === null) return 'its body is not a DER sequence';
  const versioned = parts[0]?.tag === contextTag(0, true) ? 1 : 0;
  const [serial, innerAlgorithm, issuer, validity, subject, spki, ...optional] =
    parts.slice(versioned);
  if (serial?.tag !== TAG.integer) return 'its serial number cannot be read';
  if (innerAlgorithm === undefined) return 'its algorithm cannot be read';
  const issuerName = readDistinguishedName(issuer);
  const subjectName = readDistinguishedName(subject);
  if (issuerName === null) return 'its issuer cannot be read';
  if (subjectName === null) return 'its subject cannot be read';
  if (spki?.tag !== TAG.sequence) return 'its public key cannot be read';
  const [notBefore, notAfter] = childrenOf(validity, TAG.sequence) ?? [];
  const extensions = readOptional(optional, versioned === 1 ? parts[0] : undefined);
  return {
    tbs: node.der,
    innerAlgorithm,
    facts: {
      spki: spki.der,
      serial: bytesToHex(serial.content),
      subject: subjectName.text,
      issuer: issuerName.text,
      subjectKey: subjectName.key,
      issuerKey: issuerName.key,
      notBefore: readTime(notBefore),
      notAfter: readTime(notAfter),
      keyType: keyTypeOf(spki.der),
      selfIssued: subjectName.key === issuerName.key,
      ...namesOf(extensions, subjectName.commonNames),
      isCa: extensions.isCa,
      pathLength: extensions.pathLength,
      keyUsage: extensions.keyUsage,
      extendedKeyUsage: extensions.extendedKeyUsage,
      nameConstraints: extensions.nameConstraints,
      subjectKeyId: extensions.subjectKeyId,
      authorityKeyId: extensions.authorityKeyId,
      unknownCritical: extensions.unknownCritical,
      fault: extensions.fault,
    },
  };
}

/** RFC 6125 §6.4.4: the common name counts only where there is no dNSName at all. */
function namesOf(
  { alternativeNames, fault }: Extensions,
  commonNames: readonly string[],
): Pick<Certificate, 'names' | 'namesFrom' | 'otherNameTags'> {
  const otherNameTags = alternativeNames?.otherTags ?? [];
  const dnsNames = alternativeNames?.dnsNames ?? [];
  if (dnsNames.length > 0 || fault !== null) {
    return { names: dnsNames, namesFrom: 'subjectAltName', otherNameTags };
  }
  return { names: commonNames.map(escapeControls), namesFrom: 'commonName', otherNameTags };
}

const ISSUER_UNIQUE_ID = 1;
const SUBJECT_UNIQUE_ID = 2;
const EXTENSIONS = 3;
const VERSION_3 = 2;

/** What may follow the public key: two unique identifiers, then the extensions of version 3. */
function readOptional(nodes: readonly DerNode[], version: DerNode | undefined): Extensions {
  const rest = [...nodes];
  for (const number of [ISSUER_UNIQUE_ID, SUBJECT_UNIQUE_ID]) {
    if (rest[0]?.tag === contextTag(number, false)) rest.shift();
  }
  const [holder, ...superfluous] = rest;
  if (holder === undefined) return NO_EXTENSIONS;
  const [extensions, ...more] = childrenOf(holder, contextTag(EXTENSIONS, true)) ?? [];
  if (extensions === undefined || more.length > 0 || superfluous.length > 0) {
    return { ...NO_EXTENSIONS, fault: 'what follows the public key cannot be read' };
  }
  const read = readExtensions(extensions);
  const isVersion3 = version?.content.length === 3 && version.content[2] === VERSION_3;
  // RFC 5280 §4.1.2.9: extensions appear only in version 3.
  return isVersion3 ? read : { ...read, fault: 'it has extensions but is not of version 3' };
}

function readAlgorithm(node: DerNode | undefined): AlgorithmIdentifier | null {
  const [type, parameters, ...superfluous] = childrenOf(node, TAG.sequence) ?? [];
  const oid = readOid(type);
  if (oid === null || superfluous.length > 0) return null;
  return { oid, parameters: parameters?.der ?? null };
}

/** RFC 5280 §4.1.1.2: the algorithm inside what is signed MUST be the one outside. */
function algorithmFault(inner: DerNode, outer: DerNode | undefined): string | null {
  if (outer !== undefined && sameBytes(inner.der, outer.der)) return null;
  return 'it names two different signature algorithms';
}
