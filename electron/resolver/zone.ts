/** Zones as found by following referrals, and the closest one known above a name (RFC 1034 §4.3.2, §5.3.3). */
import {
  ancestorOf,
  isStrictSubdomainOf,
  selfAndAncestors,
  type Name,
} from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';

export interface Zone {
  readonly name: Name;
  /** The zone whose servers told of this one; null for the root. */
  readonly parent: Zone | null;
  /** Its name servers according to the parent, with the glue that came along. */
  readonly hosts: readonly NameServerHost[];
  /** Names of further servers that were left out (a limit). */
  readonly hostsLeftOut: number;
  /** Authority section of the referral: DS or the proof that there is none; null without a referral. */
  readonly referral: readonly ResourceRecord[] | null;
  /** Found by a signature, not by a referral: it shares its servers with its parent. */
  readonly hidden: boolean;
}

export interface NameServerHost {
  readonly name: Name;
  /** Glue: from the parent's servers, in bailiwick. */
  readonly addresses: readonly string[];
  /** Further addresses that were left out (a limit). */
  readonly addressesLeftOut?: number;
}

export interface ZoneMap {
  readonly root: () => Zone;
  /** The closest zone known that can answer for the name: for DS the parent side of a cut. */
  closest(name: Name, type: number): Zone;
  /** The zone of exactly that name, if known. */
  get(name: Name): Zone | null;
  /** Gives back the zone known under that name, if there is one already. */
  add(zone: Zone): Zone;
  /** A zone that shares the servers of `base`; it answers no questions by itself. */
  hiddenBelow(base: Zone, name: Name): Zone;
}

export function createZoneMap(root: () => Zone): ZoneMap {
  const zones = new Map<string, Zone>();
  const hidden = new Map<string, Zone>();
  return {
    root,
    closest(name, type) {
      // RFC 4035 §3.1.4.1: a DS RRset is found on the parent's side of the cut.
      const skip = type === TYPE.DS && name.labels.length > 0 ? 1 : 0;
      for (const candidate of selfAndAncestors(name).slice(skip)) {
        const zone = zones.get(candidate.key);
        if (zone !== undefined) return zone;
      }
      return root();
    },
    get: (name) => (name.labels.length === 0 ? root() : (zones.get(name.key) ?? null)),
    add(zone) {
      const known = zones.get(zone.name.key);
      if (known !== undefined) return known;
      zones.set(zone.name.key, zone);
      return zone;
    },
    hiddenBelow(base, name) {
      const known = zones.get(name.key);
      if (known !== undefined) return known;
      const key = `${base.name.key}/${name.key}`;
      const zone = hidden.get(key) ?? { ...base, name, parent: base, referral: null, hidden: true };
      hidden.set(key, zone);
      return zone;
    },
  };
}

/** The name one label below `zone` on the way to `name`. */
export function childTowards(zone: Zone, name: Name): Name {
  return ancestorOf(name, zone.name.labels.length + 1);
}

export function isBelow(name: Name, zone: Zone): boolean {
  return isStrictSubdomainOf(name, zone.name);
}
