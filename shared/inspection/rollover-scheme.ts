/** Which of the two rollover schemes a host's records follow, by meaning and not by counting (RFC 7671 §8.1 and §8.4). */
import type { AssociationReport, ProbeReport, RolloverScheme, TlsaRecordReport } from './report.ts';

/**
 * Per key type that the host offers: which of its records stands for the key now, and what will stand
 * for the next one. A second digest of the same key prepares nothing, nor does the other key type's record.
 */
export function schemeOf(
  records: readonly TlsaRecordReport[],
  probes: readonly ProbeReport[],
): RolloverScheme {
  const keyTypes = [...groupByKeyType(probes).values()].map((ofKeyType) => ({
    current: isMatched(records, ofKeyType, 3),
    issuer: isMatched(records, ofKeyType, 2),
  }));
  if (keyTypes.length === 0 || keyTypes.some(({ current, issuer }) => !current && !issuer)) {
    return 'none';
  }
  if (keyTypes.every(({ current }) => !current)) return 'issuer-only';
  const unprepared = keyTypes.filter(({ issuer }) => !issuer).length;
  if (unprepared === 0) return 'current+issuer';
  return candidates(records, probes) >= unprepared ? 'current+next' : 'single';
}

/** `RSA 2048` and `RSA 4096` are one type: a client that takes one takes the other. */
function groupByKeyType(
  probes: readonly ProbeReport[],
): ReadonlyMap<string, readonly ProbeReport[]> {
  const groups = new Map<string, readonly ProbeReport[]>();
  for (const probe of probes) {
    const [type = ''] = (probe.keyType ?? '').split(' ');
    groups.set(type, [...(groups.get(type) ?? []), probe]);
  }
  return groups;
}

function isMatched(
  records: readonly TlsaRecordReport[],
  probes: readonly ProbeReport[],
  usage: number,
): boolean {
  return records.some(
    (record, index) =>
      record.usage === usage && probes.some(({ associations }) => associations[index]?.matches),
  );
}

/** How many next keys the records may stand for: several digests of one key are told apart by their numbers. */
function candidates(records: readonly TlsaRecordReport[], probes: readonly ProbeReport[]): number {
  const counts = new Map<string, number>();
  for (const [index, record] of records.entries()) {
    const judged = probes.map(({ associations }) => associations[index]);
    if (record.usage !== 3 || !judged.every(isUnknownKey) || record.identity !== null) continue;
    const numbers = `${record.selector} ${record.matchingType}`;
    counts.set(numbers, (counts.get(numbers) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

/** Usable, compared with the chain, and equal to nothing in it. */
function isUnknownKey(association: AssociationReport | undefined): boolean {
  return association?.code === 'no-match' && association.matchedDepth === null;
}
