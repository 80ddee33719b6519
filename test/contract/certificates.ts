/** Certificates that tests make for themselves. */
import 'reflect-metadata';
import type { TlsIdentity } from '../../electron/net/tls-accept.ts';
import {
  issueCertificate,
  type CertificateRequest,
  type IssuedCertificate,
} from '../../shared/x509/issue.ts';

let serial = 0;

export function issue(request: Partial<CertificateRequest>): Promise<IssuedCertificate> {
  serial += 1;
  return issueCertificate(
    {
      commonName: 'mx.example',
      names: ['mx.example'],
      notBefore: Date.UTC(2026, 0, 1),
      notAfter: Date.UTC(2027, 0, 1),
      authority: false,
      keyType: 'ecdsa',
      serial: serial.toString(16).padStart(4, '0'),
      issuer: null,
      sameKeyAs: null,
      ...request,
    },
    globalThis.crypto,
  );
}

export function identity(
  leaf: IssuedCertificate,
  ...others: readonly IssuedCertificate[]
): TlsIdentity {
  return {
    chain: [leaf, ...others].map((certificate) => certificate.certificate),
    privateKey: leaf.privateKey,
  };
}
