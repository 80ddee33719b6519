/** How long caches keep what a zone says, in seconds (RFC 2181 §5.2 and §8, RFC 2308 §5). */
import type { TlsaReport } from '../inspection/report.ts';

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
