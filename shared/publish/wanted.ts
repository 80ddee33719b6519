/** Which TLSA records to publish for what was dropped (RFC 7671 §5, RFC 7672 §3.1). */
import { formatTlsa, tlsaOwnerName, type Tlsa } from '../dane/tlsa.ts';
import type { Arranged } from '../material/arrange.ts';
import type { Certificate } from '../x509/certificate.ts';

/** Which kind of record: `3 1 1`. */
export interface RecordKind {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
}

/** Where the records go. */
export interface Place {
  /** The host's name in A-labels without a trailing dot; null leaves it to the zone file's origin. */
  readonly host: string | null;
  readonly port: number;
  /** Seconds. */
  readonly ttl: number;
  /** Apex of the zone that holds the host, for tools that want to know it. */
  readonly zone: string | null;
}

export interface WantedRecord {
  /** Without a trailing dot. */
  readonly owner: string;
  readonly ttl: number;
  readonly tlsa: Tlsa;
  /** What it was made of, in plain words. */
  readonly from: string;
}

export interface Wanted {
  readonly records: readonly WantedRecord[];
  /** One plain sentence for each record that cannot be made. */
  readonly problems: readonly string[];
}

export interface Digests {
  sha256(data: Uint8Array): Uint8Array;
  sha512(data: Uint8Array): Uint8Array;
}

/** RFC 7671 §5.1 and §5.2: the leaf's key, and the key of each issuer. */
export const ADVISED_LEAF: RecordKind = { usage: 3, selector: 1, matchingType: 1 };
export const ADVISED_ISSUER: RecordKind = { usage: 2, selector: 1, matchingType: 1 };

/** `kinds` null takes the advised ones; equal records come once. */
export function wantedRecords(
  arranged: Arranged,
  kinds: readonly RecordKind[] | null,
  place: Place,
  digests: Digests,
): Wanted {
  const { leaves, issuers } = sourcesOf(arranged);
  const records = new Map<string, WantedRecord>();
  const problems: string[] = [];
  const chosen = kinds ?? [
    ...(leaves.length > 0 ? [ADVISED_LEAF] : []),
    ...(issuers.length > 0 ? [ADVISED_ISSUER] : []),
  ];
  for (const kind of chosen) {
    const sources = isForIssuers(kind) ? issuers : leaves;
    if (sources.length === 0) problems.push(nothingFor(kind));
    for (const source of sources) {
      const data = associationData(source, kind, digests);
      if (data === null) {
        problems.push(`Selector 0 takes a whole certificate, and ${source.from} is a key only.`);
        continue;
      }
      const tlsa = { ...kind, data };
      const key = formatTlsa(tlsa);
      if (records.has(key)) continue;
      records.set(key, { owner: ownerOf(place), ttl: place.ttl, tlsa, from: source.from });
    }
  }
  return { records: [...records.values()], problems: [...new Set(problems)] };
}

interface Source {
  readonly from: string;
  readonly spki: Uint8Array;
  readonly certificate: Uint8Array | null;
}

function sourcesOf({ servers, issuers, keys }: Arranged): {
  readonly leaves: readonly Source[];
  readonly issuers: readonly Source[];
} {
  return {
    leaves: [
      ...servers.map(({ certificate }) => ofCertificate(certificate)),
      ...keys.map(({ spki, keyType, origin, subject }) => ({
        from: subject === null ? `the ${keyType} ${ORIGINS[origin]}` : `the request of ${subject}`,
        spki,
        certificate: null,
      })),
    ],
    issuers: issuers.map(ofCertificate),
  };
}

const ORIGINS = { 'public-key': 'key', 'private-key': 'private key', request: 'request' } as const;

function ofCertificate({ subject, spki, der }: Certificate): Source {
  return {
    from: `the certificate of ${subject === '' ? '(no subject)' : subject}`,
    spki,
    certificate: der,
  };
}

/** RFC 6698 §2.1.1: usages 0 and 2 name an authority, 1 and 3 the server itself. */
function isForIssuers({ usage }: RecordKind): boolean {
  return usage === 0 || usage === 2;
}

function nothingFor(kind: RecordKind): string {
  return isForIssuers(kind)
    ? `Usage ${kind.usage} names an issuer, and no issuer’s certificate was given.`
    : `Usage ${kind.usage} names the server’s own key, and only issuers were given.`;
}

/** RFC 6698 §2.1.2 to §2.1.4. */
function associationData(
  source: Source,
  { selector, matchingType }: RecordKind,
  digests: Digests,
): Uint8Array | null {
  const selected = selector === 0 ? source.certificate : source.spki;
  if (selected === null) return null;
  if (matchingType === 0) return selected;
  return matchingType === 1 ? digests.sha256(selected) : digests.sha512(selected);
}

function ownerOf({ host, port }: Place): string {
  return host === null ? tlsaOwnerName('.', port) : tlsaOwnerName(host, port);
}
