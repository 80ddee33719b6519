/** What each TLSA record is for, read from how it fared against the chains seen (RFC 7671 §8). */
import { isUnexplained } from '../dane/detective.ts';
import type {
  AssociationReport,
  HostReport,
  ProbeReport,
  TlsaRecordReport,
  TlsaReport,
} from './report.ts';
import { schemeOf } from './rollover-scheme.ts';

/** The TLSA report with `usable`, `matches`, `matchedDepth`, `role` and `rolloverScheme` worked out. */
export function assignRoles(host: HostReport): TlsaReport {
  const { records: published } = host.tlsa;
  const addresses = host.addresses.map(({ probes }) =>
    judgedAgainst(published.length, probes).map(({ associations }) => associations),
  );
  const records = published.map((record, index) =>
    assignRole(
      record,
      addresses.map((associations) => associations.flatMap((all) => all[index] ?? [])),
    ),
  );
  const probes = host.addresses.flatMap((address) =>
    judgedAgainst(published.length, address.probes),
  );
  return { ...host.tlsa, records, rolloverScheme: schemeOf(records, probes) };
}

/** Probes whose chain a sender would see, and that were held against these records. */
function judgedAgainst(count: number, probes: readonly ProbeReport[]): readonly ProbeReport[] {
  return probes.filter(
    // RFC 7672 §8.1: senders give the name, so what is presented without it is nobody's business.
    ({ offer, associations }) => offer !== 'no-sni' && count > 0 && associations.length === count,
  );
}

/** Records that none of the chains satisfies, and whose own verdict does not say why; none without a chain. */
export function unmatchedIndices(count: number, probes: readonly ProbeReport[]): readonly number[] {
  const judged = judgedAgainst(count, probes);
  if (judged.length === 0) return [];
  return Array.from({ length: count }, (_, index) => index).filter((index) =>
    judged.every(({ associations }) => isUnexplained(associations[index]?.code ?? '')),
  );
}

/** `addresses`: how the record fared with each key type of each address that answered. */
function assignRole(
  record: TlsaRecordReport,
  addresses: readonly (readonly AssociationReport[])[],
): TlsaRecordReport {
  const answered = addresses.filter((associations) => associations.length > 0);
  const all = answered.flat();
  const [first] = all;
  // Without a chain, what the record's own numbers say is all there is.
  if (first === undefined) return { ...record, role: 'next-or-stale' };
  const anywhere = all.find(({ matches }) => matches);
  return {
    ...record,
    usable: first.usable,
    // A server with two keys has a record for each: one of them is enough.
    matches: answered.every((associations) => associations.some(({ matches }) => matches)),
    matchedDepth: (anywhere ?? first).matchedDepth,
    role: anywhere === undefined ? 'next-or-stale' : record.usage === 2 ? 'issuer' : 'current',
  };
}
