/** What RFC 5280 §6.1 asks of the certificates of a path, one question at a time; answers say why not. */
import type { Certificate } from '../x509/certificate.ts';
import { forbiddenName } from '../x509/name-constraints.ts';
import type { AssociationCrypto } from './association.ts';

/** RFC 5280 §4.1.2.5: from notBefore through notAfter, inclusive. */
export function dateFault(certificate: Certificate, at: number): string | null {
  const { notBefore, notAfter, subject } = certificate;
  if (notBefore === null || notAfter === null) return `the dates of ${subject} cannot be read`;
  if (at > notAfter) return `${subject} expired on ${isoTime(notAfter)}`;
  return at < notBefore ? `${subject} is not valid before ${isoTime(notBefore)}` : null;
}

function isoTime(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

/** Why `issuer` may not stand above `path` (RFC 5280 §6.1.4 (k) to (n)), or null. */
export function authorityFault(issuer: Certificate, path: readonly Certificate[]): string | null {
  const { subject, pathLength } = issuer;
  if (!issuer.isCa) return `${subject} is not a certificate authority`;
  if (issuer.keyUsage?.keyCertSign === false) return `${subject} may not sign certificates`;
  // RFC 5280 §4.2.1.9: intermediates that are not self-issued count; the leaf does not.
  const between = path.slice(1).filter((certificate) => !certificate.selfIssued).length;
  if (pathLength !== null && between > pathLength) {
    return `${subject} allows ${pathLength} authorities below it, there are ${between}`;
  }
  return commonFault(issuer);
}

/** Why the leaf cannot serve TLS, whoever vouches for it, or null. */
export function leafFault(leaf: Certificate): string | null {
  const { keyUsage, subject } = leaf;
  const usable = keyUsage === null || keyUsage.digitalSignature || keyUsage.keyEncipherment;
  // RFC 5280 §4.2.1.3: TLS signs, or takes an encrypted or an agreed key.
  if (!usable && !keyUsage.keyAgreement) return `the key of ${subject} is not meant for TLS`;
  return commonFault(leaf);
}

const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';

function commonFault(certificate: Certificate): string | null {
  const { subject, fault, unknownCritical, extendedKeyUsage } = certificate;
  if (fault !== null) return `${subject} is not in order: ${fault}`;
  const [unknown] = unknownCritical;
  // RFC 5280 §4.2: MUST reject a critical extension that is not recognised.
  if (unknown !== undefined)
    return `${subject} has a critical extension ${unknown}, not understood`;
  // RFC 5280 §4.2.1.12; OpenSSL, and so Postfix, asks it of every certificate of the path.
  if (extendedKeyUsage !== null && !extendedKeyUsage.includes(SERVER_AUTHENTICATION)) {
    return `${subject} is not meant for TLS servers`;
  }
  return null;
}

/** RFC 5280 §6.1.3 (b) and (c): not asked of self-issued intermediates. */
export function constraintFault(issuer: Certificate, path: readonly Certificate[]): string | null {
  if (issuer.nameConstraints === null) return null;
  for (const [depth, certificate] of path.entries()) {
    if (depth > 0 && certificate.selfIssued) continue;
    const name = forbiddenName(issuer.nameConstraints, certificate);
    if (name !== null) return `${issuer.subject} may not vouch for ${name}`;
  }
  return null;
}

/** MD2, MD5 and SHA-1 with RSA, SHA-1 with ECDSA and DSA: current TLS libraries refuse them. */
const BROKEN_SIGNATURES: readonly string[] = [
  '1.2.840.113549.1.1.2',
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10045.4.1',
  '1.2.840.10040.4.3',
];

/** Why the signature on `certificate` does not hold under that key, or null. */
export function signatureFault(
  certificate: Certificate,
  issuerSpki: Uint8Array,
  crypto: AssociationCrypto,
): string | null {
  const { subject, signatureAlgorithm, signature, tbs } = certificate;
  if (BROKEN_SIGNATURES.includes(signatureAlgorithm.oid)) {
    return `${subject} is signed with a broken algorithm (${signatureAlgorithm.oid})`;
  }
  switch (crypto.verifyCertificate(issuerSpki, signatureAlgorithm, signature, tbs)) {
    case 'valid':
      return null;
    case 'invalid':
      return `the signature on ${subject} was not made by its issuer’s key`;
    case 'unsupported':
      return `the signature on ${subject} uses an algorithm that is not supported (${signatureAlgorithm.oid})`;
  }
}
