/** What a certificate says, read strictly from its DER, with the exact bytes that matching needs (RFC 5280 §4). */
import type { NameConstraints } from './name-constraints.ts';

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
  /** OIDs of critical extensions that are not understood (RFC 5280 §4.2). */
  readonly unknownCritical: readonly string[];
  /** Why the certificate cannot be trusted on a path though its bytes can be compared; null when in order. */
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
  return { ok: false, reason: `not built yet (${input.length} octets)` };
}
