/** What a file holds that TLSA records can be made of: certificates and public keys. */
import type { Certificate } from '../x509/certificate.ts';

export type Material = CertificateMaterial | KeyMaterial;

/** Lower-case hex of the SHA-256 of the certificate, or of a bare key's SubjectPublicKeyInfo. */
export type Fingerprint = string;

export interface CertificateMaterial {
  readonly kind: 'certificate';
  readonly fingerprint: Fingerprint;
  readonly certificate: Certificate;
}

/** A public key without a certificate: `origin` says what it was taken from. */
export interface KeyMaterial {
  readonly kind: 'key';
  readonly fingerprint: Fingerprint;
  readonly origin: 'public-key' | 'private-key' | 'request';
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  /** E.g. `RSA 2048`, `ECDSA P-256`, `Ed25519`. */
  readonly keyType: string;
  /** Of a request: what it is for; empty and null for bare keys. */
  readonly names: readonly string[];
  readonly subject: string | null;
}

export interface MaterialFile {
  /** As the person knows it: path or file name. */
  readonly name: string;
  readonly items: readonly Material[];
  /** One plain sentence for each part that could not be used; the rest of the file still counts. */
  readonly problems: readonly string[];
  /** A container that opens with a password only; `problems` says so in words. */
  readonly locked: 'password-needed' | 'password-wrong' | null;
}
