/** What records are made of: servers' certificates and keys, and issuers' certificates (RFC 6698 §2.1.1). */
import type { Arranged } from '../material/arrange.ts';
import type { KeyMaterial } from '../material/material.ts';
import type { Certificate } from '../x509/certificate.ts';
import { firstHostName } from './host-names.ts';

export interface Source {
  /** In plain words, e.g. `the certificate of CN=mx.example.org`. */
  readonly from: string;
  readonly spki: Uint8Array;
  /** DER; null for a bare key. */
  readonly certificate: Uint8Array | null;
  /** The hosts that its own names, or those of the chains it stands in, tell; null where none does. */
  readonly ownHosts: readonly (string | null)[];
}

export interface Sources {
  readonly servers: readonly Source[];
  readonly issuers: readonly Source[];
  /** Of the issuers, those that nobody else certified. */
  readonly selfSigned: readonly Source[];
}

export function sourcesOf({ servers, issuers, keys }: Arranged): Sources {
  // By name: an issuer may have several certificates, of which a chain holds one.
  const hostsOfIssuer = new Map<string, Set<string | null>>();
  for (const { certificate, issuers: chain } of servers) {
    for (const issuer of chain) {
      const hosts = hostsOfIssuer.get(issuer.subjectKey) ?? new Set();
      hostsOfIssuer.set(issuer.subjectKey, hosts.add(firstHostName(certificate.names)));
    }
  }
  const ofIssuer = (issuer: Certificate): Source =>
    ofCertificate(issuer, [...(hostsOfIssuer.get(issuer.subjectKey) ?? [null])]);
  return {
    servers: [
      ...servers.map(({ certificate }) =>
        ofCertificate(certificate, [firstHostName(certificate.names)]),
      ),
      ...keys.map(ofKey),
    ],
    issuers: issuers.map(ofIssuer),
    selfSigned: issuers.filter(({ selfIssued }) => selfIssued).map(ofIssuer),
  };
}

function ofCertificate(
  { subject, spki, der }: Certificate,
  ownHosts: readonly (string | null)[],
): Source {
  const from = `the certificate of ${subject === '' ? '(no subject)' : subject}`;
  return { from, spki, certificate: der, ownHosts };
}

function ofKey({ spki, keyType, origin, subject, names }: KeyMaterial): Source {
  const from = subject === null ? `the ${keyType} ${ORIGINS[origin]}` : `the request of ${subject}`;
  return { from, spki, certificate: null, ownHosts: [firstHostName(names)] };
}

const ORIGINS = { 'public-key': 'key', 'private-key': 'private key', request: 'request' } as const;
