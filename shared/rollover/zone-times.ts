/** How long caches keep what a zone says, in seconds (RFC 2181 §5.2 and §8, RFC 2308 §5). */
import type { TlsaReport } from '../inspection/report.ts';

export interface ZoneTimes {
  /** Of the record set; what is usual where nothing is published. */
  readonly ttl: number;
  readonly negativeTtl: number;
  readonly refresh: number;
}

/** Where nothing is published: what operators are advised to publish at most. */
export const USUAL_TTL = 3600;
/** RFC 2308 §5: one to three hours are usual, more than a day is a fault; the longest of the usual counts where the SOA was not seen. */
const USUAL_NEGATIVE_TTL = 3 * 3600;
/** RFC 1912 §2.2: 1200 to 43200 seconds are usual; the longest counts where the SOA was not seen. */
const USUAL_REFRESH = 43_200;

/** `seen` tells of larger TTLs that caches may still go by, though they were lowered since. */
export function timesOf(tlsa: TlsaReport, seen: readonly { readonly ttl?: number }[]): ZoneTimes {
  const before = seen.map(({ ttl }) => ttl ?? 0);
  return {
    ttl: Math.max(cacheableTtl(tlsa) ?? USUAL_TTL, ...before),
    negativeTtl: tlsa.negativeTtl ?? USUAL_NEGATIVE_TTL,
    refresh: tlsa.soaRefresh ?? USUAL_REFRESH,
  };
}

/**
 * The largest TTL that any server gives the record set; null where nothing is published. A look-up through
 * a recursive resolver gives what is left of it only, the servers themselves give all of it.
 */
export function cacheableTtl({ ttl, servers }: TlsaReport): number | null {
  const ttls = [ttl, ...servers.map((server) => server.ttl ?? null)].filter(
    (each) => each !== null,
  );
  return ttls.length === 0 ? null : Math.max(...ttls);
}
