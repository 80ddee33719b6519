/** The lab's certificate authority and what its TLSA records say (RFC 5280, RFC 6698 §2.1). */
import { createHash, randomBytes } from 'node:crypto';
import type { KeyType } from '../../shared/x509/issue.ts';
import type { TlsIdentity } from '../net/tls-accept.ts';
import { issue, type IssuedCertificate } from './certificate-issuer.ts';

export interface LabAuthority {
  readonly root: IssuedCertificate;
  readonly issuing: IssuedCertificate;
  /**
   * A certificate for one mail host, signed by the issuing authority. An RSA key takes a tenth of a second to
   * make, so all RSA certificates are for the same one, as on many a mail farm.
   */
  issueFor(hostName: string, keyType?: KeyType): IssuedCertificate;
}

const DAY_MS = 86_400_000;
const AUTHORITY_AGE_DAYS = 400;
const AUTHORITY_LEFT_DAYS = 3_000;
const LEAF_AGE_DAYS = 20;
const LEAF_LEFT_DAYS = 70;

/** `at` in milliseconds since the epoch: what is issued is valid then. */
export function createLabAuthority(at: number): LabAuthority {
  let serial = 0;
  const make = (
    commonName: string,
    authority: boolean,
    issuer: IssuedCertificate | null,
    keyType: KeyType = 'ecdsa',
    sameKeyAs: IssuedCertificate | null = null,
  ): IssuedCertificate => {
    serial += 1;
    return issue({
      commonName,
      names: authority ? [] : [commonName],
      notBefore: at - (authority ? AUTHORITY_AGE_DAYS : LEAF_AGE_DAYS) * DAY_MS,
      notAfter: at + (authority ? AUTHORITY_LEFT_DAYS : LEAF_LEFT_DAYS) * DAY_MS,
      authority,
      keyType,
      serial,
      issuer,
      sameKeyAs,
    });
  };
  const root = make('Lab Root CA', true, null);
  const issuing = make('Lab Issuing CA 1', true, root);
  let rsa: IssuedCertificate | null = null;
  return {
    root,
    issuing,
    issueFor: (hostName, keyType = 'ecdsa') => {
      const issued = make(hostName, false, issuing, keyType, keyType === 'rsa' ? rsa : null);
      if (keyType === 'rsa') rsa = issued;
      return issued;
    },
  };
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

/** A key that no server presents, to come or gone by: nobody gets to see more of it than its digest. */
export function tlsaOfUnseenKey(): string {
  return `3 1 1 ${randomBytes(32).toString('hex')}`;
}
