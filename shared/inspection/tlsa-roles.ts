/** What each TLSA record is for, read from how it fared against the chains seen (RFC 7671 §8). */
import type {
  AssociationReport,
  HostReport,
  RolloverScheme,
  TlsaRecordReport,
  TlsaReport,
} from './report.ts';

/** The TLSA report with `usable`, `matches`, `matchedDepth`, `role` and `rolloverScheme` worked out. */
export function assignRoles(host: HostReport): TlsaReport {
  const judged = associationsOf(host);
  const records = host.tlsa.records.map((record, index) =>
    assignRole(
      record,
      judged.flatMap((associations) => associations[index] ?? []),
    ),
  );
  return { ...host.tlsa, records, rolloverScheme: schemeOf(host.tlsa.records, records, judged) };
}

/** The associations of every probe that got a chain and was judged against these records. */
export function associationsOf(host: HostReport): readonly (readonly AssociationReport[])[] {
  const count = host.tlsa.records.length;
  if (count === 0) return [];
  return host.addresses
    .flatMap((address) => address.probes)
    .map((probe) => probe.associations)
    .filter((associations) => associations.length === count);
}

function assignRole(
  record: TlsaRecordReport,
  associations: readonly AssociationReport[],
): TlsaRecordReport {
  const first = associations[0];
  // Without a chain, what the records' own numbers say is all there is.
  if (first === undefined) return { ...record, role: 'next-or-stale' };
  const matches = associations.every((association) => association.matches);
  const anywhere = associations.find((association) => association.matches);
  return {
    ...record,
    usable: first.usable,
    matches,
    matchedDepth: (anywhere ?? first).matchedDepth,
    role: anywhere === undefined ? 'next-or-stale' : record.usage === 2 ? 'issuer' : 'current',
  };
}

/**
 * By meaning, not by counting: a further record of the key in use is no preparation for the next one,
 * and a digest that agility sets aside (RFC 7671 §9) is none either.
 */
function schemeOf(
  published: readonly TlsaRecordReport[],
  records: readonly TlsaRecordReport[],
  judged: readonly (readonly AssociationReport[])[],
): RolloverScheme {
  const current = records.some((record) => record.role === 'current');
  const issuer = records.some((record) => record.role === 'issuer');
  if (current && issuer) return 'current+issuer';
  if (issuer) return 'issuer-only';
  if (!current) return 'none';
  const next = published.some((record, index) => record.usage === 3 && isCandidate(judged, index));
  return next ? 'current+next' : 'single';
}

/** Usable, compared with every chain, and equal to nothing that is presented. */
function isCandidate(judged: readonly (readonly AssociationReport[])[], index: number): boolean {
  return judged.every(
    (associations) =>
      associations[index]?.code === 'no-match' && associations[index].matchedDepth === null,
  );
}
