/** By what material is told apart and found again: the SHA-256 of its bytes. */
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../dns/bytes.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { CertificateMaterial, KeyMaterial } from './material.ts';

export function certificateMaterial(certificate: Certificate): CertificateMaterial {
  return { kind: 'certificate', fingerprint: toHex(sha256(certificate.der)), certificate };
}

export function keyMaterial(about: Omit<KeyMaterial, 'kind' | 'fingerprint'>): KeyMaterial {
  return { kind: 'key', fingerprint: toHex(sha256(about.spki)), ...about };
}
