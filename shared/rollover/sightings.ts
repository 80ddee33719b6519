/** What is remembered between two looks at a host: since when all its name servers show a record (RFC 7671 §8.1). */
import type { HostReport, TlsaServerReport } from '../inspection/report.ts';
import { addressesToWaitFor, standingAt } from './servers.ts';
import { cacheableTtl } from './zone-times.ts';

/** Since when, without a break that was noticed, every authoritative server shows a record. */
export interface Sighting {
  /** Presentation form: `3 1 1 ab…`. */
  readonly record: string;
  /** ISO 8601 UTC; of the look that was first to find it everywhere. */
  readonly since: string;
  /** The last look that found some server without it; not set when none did, and it may be older than `since`. */
  readonly missedAt?: string;
  /** The last look at which it matched what some address presented; not set when none did. */
  readonly matchedAt?: string;
  /** Seconds: the largest TTL of the record set that caches may still go by. */
  readonly ttl?: number;
}

/** All times ISO 8601 UTC. */
export interface HostMemory {
  readonly lookedAt: string;
  /** Addresses (or names, where no address was found) that have to show a record. */
  readonly servers: readonly string[];
  readonly records: readonly RecordMemory[];
  readonly ttl: TtlMemory | null;
}

export interface RecordMemory {
  readonly record: string;
  readonly shownBy: readonly { readonly address: string; readonly since: string }[];
  readonly missedAt: string | null;
  readonly matchedAt: string | null;
}

export interface TtlMemory {
  readonly seconds: number;
  /** When it was seen last or, once it is `lowered`, when a lower one was seen first. */
  readonly at: string;
  readonly lowered: boolean;
}

/** Records of one host that are remembered; large senders fail at a dozen. */
export const MAX_REMEMBERED_RECORDS = 24;
/** Characters of a record: any digest fits; whole certificates are not remembered, and so never waited off. */
export const MAX_REMEMBERED_CHARACTERS = 200;
/** How many TTLs a larger TTL of before is remembered. */
const TTLS_REMEMBERED = 2;

/**
 * `at`, milliseconds since the epoch, is when the look ended. Null where nothing is to be remembered,
 * as in a zone that is not signed. A look that learnt nothing leaves what was known.
 */
export function remember(
  before: HostMemory | null,
  host: HostReport,
  at: number,
): HostMemory | null {
  const { tlsa } = host;
  if (tlsa.security === 'insecure') return null;
  const answered = tlsa.servers.filter(({ security }) => security === 'secure');
  if (answered.length === 0) return before;
  const now = new Date(at).toISOString();
  const shown = [...new Set(answered.flatMap(({ records }) => records))]
    .filter(({ length }) => length <= MAX_REMEMBERED_CHARACTERS)
    .slice(0, MAX_REMEMBERED_RECORDS);
  const matching = matchingNow(host);
  return {
    lookedAt: now,
    servers: addressesToWaitFor(tlsa),
    records: shown.map((record) => {
      const known = before?.records.find((each) => each.record === record);
      const next = rememberRecord(known, record, tlsa.servers, now, before?.lookedAt ?? null);
      return matching.has(record) ? { ...next, matchedAt: now } : next;
    }),
    ttl: rememberTtl(before?.ttl ?? null, cacheableTtl(tlsa), now),
  };
}

/** Of records that are known to be everywhere. */
export function sightingsOf({ servers, records, ttl }: HostMemory): readonly Sighting[] {
  return records.flatMap(({ record, shownBy, missedAt, matchedAt }) => {
    const since = servers.map(
      (server) => shownBy.find(({ address }) => address === server)?.since ?? null,
    );
    const known = since.filter((each) => each !== null).sort();
    const last = known.at(-1);
    if (last === undefined || known.length < since.length) return [];
    return [
      {
        record,
        since: last,
        ...(missedAt === null ? {} : { missedAt }),
        ...(matchedAt === null ? {} : { matchedAt }),
        ...(ttl === null ? {} : { ttl: ttl.seconds }),
      },
    ];
  });
}

function rememberRecord(
  known: RecordMemory | undefined,
  record: string,
  servers: readonly TlsaServerReport[],
  now: string,
  lookedBefore: string | null,
): RecordMemory {
  const addresses = [...new Set(servers.map(({ address }) => address))];
  const standing = addresses.map((address) => ({
    address,
    stands: standingAt(servers, address, record),
    since: known?.shownBy.find((each) => each.address === address)?.since ?? null,
  }));
  const shownBy = standing.flatMap(({ address, stands, since }) => {
    if (stands === 'lacks') return [];
    // A server that does not answer breaks nothing, but counts only if it showed the record before.
    if (stands === 'silent') return since === null ? [] : [{ address, since }];
    return [{ address, since: since ?? now }];
  });
  const lacking = standing.some(({ stands }) => stands === 'lacks');
  const missedAt = lacking ? now : known === undefined ? lookedBefore : known.missedAt;
  return { record, shownBy, missedAt, matchedAt: known?.matchedAt ?? null };
}

function matchingNow({ addresses, tlsa }: HostReport): ReadonlySet<string> {
  if (tlsa.security !== 'secure') return new Set();
  const probes = addresses.flatMap(({ probes: all }) => all);
  const texts = tlsa.records.map(
    ({ usage, selector, matchingType, data }) => `${usage} ${selector} ${matchingType} ${data}`,
  );
  return new Set(
    texts.filter((_text, index) =>
      probes.some(
        ({ offer, associations }) => offer !== 'no-sni' && associations[index]?.matches === true,
      ),
    ),
  );
}

/** A TTL that was lowered lately still rules the caches that took the set before. */
function rememberTtl(
  before: TtlMemory | null,
  seconds: number | null,
  now: string,
): TtlMemory | null {
  if (seconds === null) return before;
  if (before === null || seconds >= before.seconds) return { seconds, at: now, lowered: false };
  if (!before.lowered) return { ...before, at: now, lowered: true };
  const over = Date.parse(before.at) + TTLS_REMEMBERED * before.seconds * 1000;
  return Date.parse(now) >= over ? { seconds, at: now, lowered: false } : before;
}
