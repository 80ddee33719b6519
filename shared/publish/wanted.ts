/** Which TLSA records to publish for what was dropped (RFC 7671 §5, RFC 7672 §3.1). */
import { formatTlsa, tlsaOwnerName, type Tlsa } from '../dane/tlsa.ts';
import { toHex } from '../dns/bytes.ts';
import type { Arranged } from '../material/arrange.ts';
import type { Digests } from './digests.ts';
import { sourcesOf, type Source } from './sources.ts';

/** Which kind of record: `3 1 1`. */
export interface RecordKind {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
}

/** What is served at the hosts. */
export interface Service {
  readonly ports: readonly number[];
  /** Seconds. */
  readonly ttl: number;
  /** Apex of the zone that holds the hosts, for tools that want to know it; null guesses it for each host. */
  readonly zone: string | null;
}

/** Where the records go: to each port of each host. */
export interface Place extends Service {
  /** Names in A-labels without a trailing dot; none leaves the name to the zone file's origin. */
  readonly hosts: readonly string[];
}

export interface WantedRecord {
  /** Without a trailing dot. */
  readonly owner: string;
  /** The host whose record it is; null where `owner` is relative to the zone file's origin. */
  readonly host: string | null;
  readonly ttl: number;
  readonly tlsa: Tlsa;
  /** What it was made of, in plain words. */
  readonly from: string;
  /** Lower-case hex of the SHA-256 of the certificate, or of a bare key: its fingerprint as material. */
  readonly source: string;
}

export interface Wanted {
  /** Those of one owner stand together. */
  readonly records: readonly WantedRecord[];
  /** One plain sentence for each record that cannot be made. */
  readonly problems: readonly string[];
}

/** RFC 7671 §5.1 and §5.2: the leaf's key, and the key of each issuer. */
export const ADVISED_LEAF: RecordKind = { usage: 3, selector: 1, matchingType: 1 };
export const ADVISED_ISSUER: RecordKind = { usage: 2, selector: 1, matchingType: 1 };

/** The advised kinds, as far as there is something to make them of. */
export function defaultKinds({ servers, issuers, keys }: Arranged): readonly RecordKind[] {
  return [
    ...(servers.length + keys.length > 0 ? [ADVISED_LEAF] : []),
    ...(issuers.length > 0 ? [ADVISED_ISSUER] : []),
  ];
}

/** All records at each of the hosts named; `kinds` null takes the advised ones; equal records come once. */
export function wantedRecords(
  arranged: Arranged,
  kinds: readonly RecordKind[] | null,
  place: Place,
  digests: Digests,
): Wanted {
  const hosts = place.hosts.length === 0 ? [null] : place.hosts;
  return makeRecords(arranged, kinds, place, digests, () => hosts);
}

/**
 * Where no host was named: a server's records at the first name that its certificate or request
 * carries, an issuer's at the hosts whose chains it stands in. What has no name stays relative.
 */
export function recordsAtOwnNames(
  arranged: Arranged,
  kinds: readonly RecordKind[] | null,
  service: Service,
  digests: Digests,
): Wanted {
  return makeRecords(arranged, kinds, service, digests, ({ ownHosts }) => ownHosts);
}

function makeRecords(
  arranged: Arranged,
  kinds: readonly RecordKind[] | null,
  service: Service,
  digests: Digests,
  hostsFor: (source: Source) => readonly (string | null)[],
): Wanted {
  const { servers, issuers, selfSigned } = sourcesOf(arranged);
  // Where nothing else could be the server's, who asks for usage 1 or 3 says that this is.
  const leaves = servers.length === 0 ? selfSigned : servers;
  const made: Made[] = [];
  const problems = new Set<string>();
  for (const kind of kinds ?? defaultKinds(arranged)) {
    const sources = isForIssuers(kind) ? issuers : leaves;
    const isAnything = servers.length + issuers.length > 0;
    if (sources.length === 0 && isAnything) problems.add(nothingFor(kind));
    for (const source of sources) {
      const data = associationData(source, kind, digests);
      if (data === null) {
        problems.add(`Selector 0 takes a whole certificate, and ${source.from} is a key only.`);
      } else made.push({ source, hosts: hostsFor(source), tlsa: { ...kind, data } });
    }
  }
  return { records: atTheirOwners(made, service, digests), problems: [...problems] };
}

interface Made {
  readonly source: Source;
  readonly hosts: readonly (string | null)[];
  readonly tlsa: Tlsa;
}

function atTheirOwners(
  made: readonly Made[],
  { ports, ttl }: Service,
  digests: Digests,
): readonly WantedRecord[] {
  const byOwner = new Map<string, Map<string, WantedRecord>>();
  for (const { source, hosts, tlsa } of made) {
    const key = formatTlsa(tlsa);
    const fingerprint = toHex(digests.sha256(source.certificate ?? source.spki));
    for (const host of hosts) {
      for (const port of ports) {
        const owner = tlsaOwnerName(host ?? '.', port);
        const records = byOwner.get(owner) ?? new Map<string, WantedRecord>();
        const record = { owner, host, ttl, tlsa, from: source.from, source: fingerprint };
        if (!records.has(key)) records.set(key, record);
        byOwner.set(owner, records);
      }
    }
  }
  return [...byOwner.values()].flatMap((records) => [...records.values()]);
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
