/** Sorts what was dropped into servers' own certificates and keys, and issuers (RFC 5280 §6.1). */
import type { Certificate } from '../x509/certificate.ts';
import { bytesToHex } from '../x509/encoding.ts';
import type { CertificateMaterial, KeyMaterial, Material } from './material.ts';

export interface Arranged {
  /** End-entity certificates, each with the issuers found for it, nearest first. */
  readonly servers: readonly {
    readonly certificate: Certificate;
    readonly issuers: readonly Certificate[];
  }[];
  /** CA certificates, each once. */
  readonly issuers: readonly Certificate[];
  /** Keys that belong to none of the certificates. */
  readonly keys: readonly KeyMaterial[];
}

export function arrange(materials: readonly Material[]): Arranged {
  const certificates = unique(materials.filter(isCertificate)).map(
    ({ certificate }) => certificate,
  );
  const certifiers = new Set(
    certificates.filter(({ selfIssued }) => !selfIssued).map(({ issuerKey }) => issuerKey),
  );
  const keys = materials.filter((material): material is KeyMaterial => material.kind === 'key');
  const own = new Set(
    keys.flatMap(({ origin, spki }) => (origin === 'private-key' ? bytesToHex(spki) : [])),
  );
  const issuers = certificates.filter((certificate) => isIssuer(certificate, certifiers, own));
  const isOne = new Set(issuers);
  const bySubject = groupBySubject(issuers);
  const certified = new Set(certificates.map(({ spki }) => bytesToHex(spki)));
  const bare = keys.filter(({ spki }) => !certified.has(bytesToHex(spki)));
  return {
    servers: certificates
      .filter((certificate) => !isOne.has(certificate))
      .map((certificate) => ({ certificate, issuers: issuersOf(certificate, bySubject) })),
    issuers,
    keys: [...new Map(bare.map((key) => [key.fingerprint, key])).values()],
  };
}

function isCertificate(material: Material): material is CertificateMaterial {
  return material.kind === 'certificate';
}

function unique(materials: readonly CertificateMaterial[]): readonly CertificateMaterial[] {
  return [...new Map(materials.map((each) => [each.fingerprint, each])).values()];
}

/**
 * A CA certificate, but for the self-signed one of a mail server: OpenSSL marks these as CAs too, and they
 * are told by the host name that they carry, or by their private key beside them (`own`, in hex), and by
 * certifying nothing else here.
 */
function isIssuer(
  certificate: Certificate,
  certifiers: ReadonlySet<string>,
  own: ReadonlySet<string>,
): boolean {
  if (!certificate.isCa) return false;
  if (!certificate.selfIssued || certifiers.has(certificate.subjectKey)) return true;
  return !certificate.names.some(isHostName) && !own.has(bytesToHex(certificate.spki));
}

function isHostName(name: string): boolean {
  return /^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)+$/i.test(name);
}

type BySubject = ReadonlyMap<string, readonly Certificate[]>;

function groupBySubject(issuers: readonly Certificate[]): BySubject {
  const bySubject = new Map<string, Certificate[]>();
  for (const issuer of issuers) {
    const namesakes = bySubject.get(issuer.subjectKey) ?? [];
    namesakes.push(issuer);
    bySubject.set(issuer.subjectKey, namesakes);
  }
  return bySubject;
}

/** By names and key identifiers alone: signatures are for whoever connects to check. */
function issuersOf(certificate: Certificate, bySubject: BySubject): readonly Certificate[] {
  const path: Certificate[] = [];
  let last = certificate;
  while (!last.selfIssued && path.length < MAX_PATH) {
    const next = issuerOf(last, bySubject.get(last.issuerKey) ?? [], path);
    if (next === null) break;
    path.push(next);
    last = next;
  }
  return path;
}

/** RFC 5280 §4.2.1.1: of several with that name, the one whose key is meant. */
function issuerOf(
  { authorityKeyId }: Certificate,
  namesakes: readonly Certificate[],
  path: readonly Certificate[],
): Certificate | null {
  const free = namesakes.filter((each) => !path.includes(each));
  const meant = free.find(
    ({ subjectKeyId }) => authorityKeyId !== null && subjectKeyId === authorityKeyId,
  );
  return meant ?? free[0] ?? null;
}

/** Issuers above one certificate: as many as senders are known to follow. */
const MAX_PATH = 9;
