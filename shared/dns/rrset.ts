/** Records gathered into RRsets: one name, class and type, no duplicates (RFC 2181 §5). */
import { compareBytes } from './bytes.ts';
import { canonicalRdata } from './canonical.ts';
import type { ResourceRecord, RRset } from './record.ts';

/** RRsets in the order in which each first appears; the smallest TTL counts (RFC 2181 §5.2). */
export function groupRRsets(records: readonly ResourceRecord[]): readonly RRset[] {
  const groups = new Map<string, ResourceRecord[]>();
  for (const record of records) {
    const key = `${record.class}/${record.type}/${record.name.key}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return [...groups.values()].flatMap((group) => {
    const rrset = makeRRset(group);
    return rrset === null ? [] : [rrset];
  });
}

/** One RRset of records that share name, class and type; null when there are none. */
export function makeRRset(records: readonly ResourceRecord[]): RRset | null {
  const [first] = records;
  if (first === undefined) return null;
  return {
    name: first.name,
    type: first.type,
    class: first.class,
    ttl: records.reduce((least, record) => Math.min(least, record.ttl), first.ttl),
    records: withoutDuplicates(records),
  };
}

/** Equal RDATA in canonical form is one record, however often it is sent (RFC 4034 §6.3). */
function withoutDuplicates(records: readonly ResourceRecord[]): readonly ResourceRecord[] {
  if (records.length === 1) return records;
  const sorted = records
    .map((record, index) => ({ record, index, form: canonicalRdata(record.type, record.rdata) }))
    .sort((a, b) => compareBytes(a.form, b.form) || a.index - b.index);
  return sorted
    .filter((entry, position) => {
      const before = sorted[position - 1];
      return before === undefined || compareBytes(before.form, entry.form) !== 0;
    })
    .sort((a, b) => a.index - b.index)
    .map((entry) => entry.record);
}
