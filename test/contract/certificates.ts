/** Certificates that tests make for themselves. */
import {
  issue as issueCertificate,
  type CertificateRequest,
  type IssuedCertificate,
} from '../../electron/lab/certificate-issuer.ts';
import type { TlsIdentity } from '../../electron/net/tls-accept.ts';

let serial = 0;

export function issue(request: Partial<CertificateRequest>): IssuedCertificate {
  serial += 1;
  return issueCertificate({
    commonName: 'mx.example',
    names: ['mx.example'],
    notBefore: Date.UTC(2026, 0, 1),
    notAfter: Date.UTC(2027, 0, 1),
    authority: false,
    keyType: 'ecdsa',
    serial,
    issuer: null,
    sameKeyAs: null,
    ...request,
  });
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
