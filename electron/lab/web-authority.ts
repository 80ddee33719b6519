/** The lab's own Web PKI: a root that only the lab's policies are checked against, and certificates under it. */
import { writePem } from '../../shared/x509/pem.ts';
import type { TlsIdentity } from '../net/tls-accept.ts';
import { issue } from './certificate-issuer.ts';

export interface WebAuthority {
  /** In PEM. */
  readonly root: string;
  issueFor(hostName: string): TlsIdentity;
}

/**
 * Good whatever the lab's clock says: TLS checks dates against the machine's own, and cannot be told
 * of another.
 */
const VALIDITY = { notBefore: Date.UTC(2020, 0, 1), notAfter: Date.UTC(2049, 0, 1) };

export function createWebAuthority(): WebAuthority {
  const content = { ...VALIDITY, keyType: 'ecdsa', sameKeyAs: null } as const;
  const root = issue({
    ...content,
    commonName: 'Lab Web Root CA',
    names: [],
    authority: true,
    serial: 1,
    issuer: null,
  });
  let serial = 1;
  return {
    root: writePem(root.certificate),
    issueFor: (hostName) => {
      serial += 1;
      const leaf = issue({
        ...content,
        commonName: hostName,
        names: [hostName],
        authority: false,
        serial,
        issuer: root,
      });
      return { chain: [leaf.certificate], privateKey: leaf.privateKey };
    },
  };
}
