/** Which zone a record goes into, and what its owner is called there. */
import type { Service, WantedRecord } from './wanted.ts';

export interface ZoneRecords {
  readonly zone: string;
  readonly records: readonly WantedRecord[];
}

/** The records of each zone, in the order in which zones and records come. */
export function byZone(
  records: readonly WantedRecord[],
  service: Pick<Service, 'zone'>,
): readonly ZoneRecords[] {
  return groups(records, (record) => zoneOf(record, service)).map(([zone, group]) => ({
    zone,
    records: group,
  }));
}

/** The records of each owner: what DNS takes as one set. */
export function byOwner(
  records: readonly WantedRecord[],
): readonly (readonly [string, readonly WantedRecord[]])[] {
  return groups(records, ({ owner }) => owner);
}

/** The zone that was named, as far as it can hold the host; else a guess: the host's parent, unless that is a whole TLD. */
export function zoneOf({ host }: WantedRecord, { zone }: Pick<Service, 'zone'>): string {
  if (zone !== null && (host === null || host === zone || host.endsWith(`.${zone}`))) return zone;
  if (host === null) return 'ZONE';
  const [, ...parent] = host.split('.');
  return parent.length > 1 ? parent.join('.') : host;
}

export function relativeTo(zone: string, owner: string): string {
  return owner.endsWith(`.${zone}`) ? owner.slice(0, -zone.length - 1) : owner;
}

/** For tools that know no origin: what the person has yet to fill in stands in capitals. */
export function wholeOwner({ owner, host }: WantedRecord): string {
  return host === null ? `${owner}.HOST` : owner;
}

function groups<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): readonly (readonly [string, readonly Value[]])[] {
  const byKey = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [value]);
    else group.push(value);
  }
  return [...byKey];
}
