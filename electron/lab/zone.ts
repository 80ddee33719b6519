/** The data of one zone and what its names are: nodes, empty non-terminals, delegations (RFC 1034 §4.2). */
import {
  ancestorOf,
  compareCanonical,
  isStrictSubdomainOf,
  isSubdomainOf,
  type Name,
} from '../../shared/dns/name.ts';
import type { ResourceRecord, RRset } from '../../shared/dns/record.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { groupRRsets } from '../../shared/dns/rrset.ts';

export interface Zone {
  readonly apex: Name;
  /** All of it, glue included. */
  readonly rrsets: readonly RRset[];
  rrset(name: Name, type: number): RRset | null;
  /** Types at a name, ascending; empty for a name without records. */
  typesAt(name: Name): readonly number[];
  /** Owner names at or above the delegations, in canonical order: what the zone speaks for. */
  readonly names: readonly Name[];
  /** Names without records above those that have some (RFC 4592 §2.2.2), in canonical order. */
  readonly emptyNonTerminals: readonly Name[];
  /** The delegation at or above a name; null where the zone itself is authoritative. */
  delegationOf(name: Name): Name | null;
}

export function buildZone(apex: Name, records: readonly ResourceRecord[]): Zone {
  const rrsets = groupRRsets(records);
  const outside = rrsets.find((rrset) => !isSubdomainOf(rrset.name, apex));
  if (outside) throw new Error(`${outside.name.key} does not lie in the zone ${apex.key}`);
  const byName = new Map<string, Map<number, RRset>>();
  for (const rrset of rrsets) {
    const node = byName.get(rrset.name.key) ?? new Map<number, RRset>();
    byName.set(rrset.name.key, node.set(rrset.type, rrset));
  }
  const isCut = (name: Name): boolean =>
    name.key !== apex.key && (byName.get(name.key)?.has(TYPE.NS) ?? false);
  const delegationOf = (name: Name): Name | null =>
    namesDownTo(apex, name).find((step) => isCut(step)) ?? null;
  const owners = uniqueSorted(rrsets.map((rrset) => rrset.name));
  const names = owners.filter((name) => {
    const cut = delegationOf(name);
    return cut === null || cut.key === name.key;
  });
  return {
    apex,
    rrsets,
    rrset: (name, type) => byName.get(name.key)?.get(type) ?? null,
    typesAt: (name) => [...(byName.get(name.key)?.keys() ?? [])].sort((a, b) => a - b),
    names,
    emptyNonTerminals: emptyNonTerminalsAbove(apex, names),
    delegationOf,
  };
}

/** Names without records of their own between the apex and the given ones. */
export function emptyNonTerminalsAbove(apex: Name, names: readonly Name[]): readonly Name[] {
  const owners = new Set(names.map((name) => name.key));
  return uniqueSorted(
    names.flatMap((name) => namesDownTo(apex, name)).filter((name) => !owners.has(name.key)),
  );
}

/** The names from just below the apex down to the name itself. */
function namesDownTo(apex: Name, name: Name): readonly Name[] {
  if (!isStrictSubdomainOf(name, apex)) return [];
  const first = apex.labels.length + 1;
  return Array.from({ length: name.labels.length - first + 1 }, (_, index) =>
    ancestorOf(name, first + index),
  );
}

function uniqueSorted(names: readonly Name[]): readonly Name[] {
  return [...new Map(names.map((name) => [name.key, name])).values()].sort(compareCanonical);
}
