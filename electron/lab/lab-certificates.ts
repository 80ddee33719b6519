/** The lab's certificate authority and what its TLSA records say (RFC 5280, RFC 6698 §2.1). */
import { createHash, webcrypto } from 'node:crypto';
import { issueCertificate, type IssuedCertificate } from '../../shared/x509/issue.ts';
import type { TlsIdentity } from '../net/tls-accept.ts';

export interface LabAuthority {
  readonly root: IssuedCertificate;
  readonly issuing: IssuedCertificate;
  /** A certificate for one mail host, signed by the issuing authority. */
  issueFor(hostName: string): Promise<IssuedCertificate>;
}

const DAY_MS = 86_400_000;
const AUTHORITY_AGE_DAYS = 400;
const AUTHORITY_LEFT_DAYS = 3_000;
const LEAF_AGE_DAYS = 20;
const LEAF_LEFT_DAYS = 70;

/** `at` in milliseconds since the epoch: what is issued is valid then. */
export async function createLabAuthority(at: number): Promise<LabAuthority> {
  let serial = 0;
  const issue = (
    commonName: string,
    authority: boolean,
    issuer: IssuedCertificate | null,
  ): Promise<IssuedCertificate> => {
    serial += 1;
    return issueCertificate(
      {
        commonName,
        names: authority ? [] : [commonName],
        notBefore: at - (authority ? AUTHORITY_AGE_DAYS : LEAF_AGE_DAYS) * DAY_MS,
        notAfter: at + (authority ? AUTHORITY_LEFT_DAYS : LEAF_LEFT_DAYS) * DAY_MS,
        authority,
        keyType: 'ecdsa',
        serial: `1a${serial.toString(16).padStart(6, '0')}`,
        issuer,
        sameKeyAs: null,
      },
      webcrypto,
    );
  };
  const root = await issue('Lab Root CA', true, null);
  const issuing = await issue('Lab Issuing CA 1', true, root);
  return { root, issuing, issueFor: (hostName) => issue(hostName, false, issuing) };
}

/** What a well-kept mail server sends: its certificate and the issuing authority's. */
export function identityOf(leaf: IssuedCertificate, authority: LabAuthority): TlsIdentity {
  return {
    chain: [leaf.certificate, authority.issuing.certificate],
    privateKey: leaf.privateKey,
  };
}

/** TLSA data `usage 1 1 digest`: the SHA-256 of the public key. */
export function tlsaOfKey(usage: 2 | 3, certificate: IssuedCertificate): string {
  const digest = createHash('sha256').update(certificate.publicKeyInfo).digest('hex');
  return `${usage} 1 1 ${digest}`;
}
