/** Trust anchors: DS or DNSKEY records believed without proof, for any zone (RFC 4033 §2, RFC 4035 §5). */
import { isStrictSubdomainOf, isSubdomainOf, type Name } from '../dns/name.ts';
import { TYPE } from '../dns/record-type.ts';
import type { ResourceRecord } from '../dns/record.ts';
import { parseDnskey, type Dnskey } from './dnskey.ts';
import { parseDs, type Ds } from './ds.ts';

/** What vouches for a zone's keys: a parent's validated DS RRset, or a trust anchor. */
export interface EntryPoints {
  readonly ds: readonly Ds[];
  /** Whole keys; empty for a delegation. */
  readonly dnskeys: readonly Dnskey[];
}

export interface TrustAnchor extends EntryPoints {
  readonly zone: Name;
}

/** Anchors of all owners among the records; other types and unreadable RDATA are left out. */
export function trustAnchors(records: readonly ResourceRecord[]): readonly TrustAnchor[] {
  const anchors = new Map<string, { zone: Name; ds: Ds[]; dnskeys: Dnskey[] }>();
  for (const record of records) {
    const ds = record.type === TYPE.DS ? parseDs(record.rdata) : null;
    const dnskey = record.type === TYPE.DNSKEY ? parseDnskey(record.rdata) : null;
    if (ds === null && dnskey === null) continue;
    const anchor = anchors.get(record.name.key) ?? { zone: record.name, ds: [], dnskeys: [] };
    if (ds !== null) anchor.ds.push(ds);
    if (dnskey !== null) anchor.dnskeys.push(dnskey);
    anchors.set(record.name.key, anchor);
  }
  return [...anchors.values()];
}

/**
 * The closest anchor at or above the name, null when there is none. A DS RRset is the parent's data,
 * so an anchor at its own name does not count for it (RFC 4035 §2.4), except at the root.
 */
export function closestAnchor(
  anchors: readonly TrustAnchor[],
  name: Name,
  type: number,
): TrustAnchor | null {
  const above = anchors.filter((anchor) =>
    type === TYPE.DS && name.labels.length > 0
      ? isStrictSubdomainOf(name, anchor.zone)
      : isSubdomainOf(name, anchor.zone),
  );
  return above.reduce<TrustAnchor | null>(
    (closest, anchor) =>
      closest === null || anchor.zone.labels.length > closest.zone.labels.length ? anchor : closest,
    null,
  );
}
