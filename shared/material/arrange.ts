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
  const issuers = certificates.filter((certificate) => isIssuer(certificate, certificates));
  const servers = certificates
    .filter((certificate) => !issuers.includes(certificate))
    .map((certificate) => ({ certificate, issuers: issuersOf(certificate, issuers) }));
  const certified = new Set(certificates.map(({ spki }) => bytesToHex(spki)));
  const keys = materials.filter((material): material is KeyMaterial => material.kind === 'key');
  const bare = keys.filter(({ spki }) => !certified.has(bytesToHex(spki)));
  return {
    servers,
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
 * A CA certificate, but for the self-signed one of a mail server: OpenSSL marks these as CAs too, and
 * they are told by the host name that they carry and by certifying nothing else here.
 */
function isIssuer(certificate: Certificate, all: readonly Certificate[]): boolean {
  if (!certificate.isCa) return false;
  if (!certificate.selfIssued || !certificate.names.some(isHostName)) return true;
  return all.some((other) => !other.selfIssued && other.issuerKey === certificate.subjectKey);
}

function isHostName(name: string): boolean {
  return /^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)+$/i.test(name);
}

/** By names alone: signatures are for whoever connects to check. */
function issuersOf(
  certificate: Certificate,
  issuers: readonly Certificate[],
): readonly Certificate[] {
  const path: Certificate[] = [];
  let last = certificate;
  for (;;) {
    const wanted = last.issuerKey;
    const next = issuers.find((each) => each.subjectKey === wanted && !path.includes(each));
    if (next === undefined || last.selfIssued) return path;
    path.push(next);
    last = next;
  }
}
