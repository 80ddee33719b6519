/** Findings about which TLSA records match what a host presents, which do not, and what those are (RFC 7672 §2.2, RFC 7671 §8). */
import { describeIdentity, isMistaken } from '../dane/identity-words.ts';
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding, Parameters } from '../findings/finding.ts';
import { probeStanding } from './address-standing.ts';
import type {
  AssociationReport,
  HostReport,
  ProbeReport,
  Report,
  TlsaRecordReport,
} from './report.ts';
import { formatRecord, linesOf } from './tlsa-parameters.ts';

export function matchingFindings(
  report: Report,
  host: HostReport,
  shared: Parameters,
): readonly Finding[] {
  const failing = judgedProbes(host).filter(
    // A session that did not come about is told by what ended it.
    ({ probe }) => probe.ok && probe.verdict === 'failed',
  );
  if (failing.length > 0) {
    return [...mismatchFindings(report, host, failing, shared), ...mistakes(host, shared, false)];
  }
  const matching = host.tlsa.records.filter((record) => record.matches);
  if (matching.length === 0) return [];
  const records = matching.map(formatRecord);
  return [
    makeFinding('tlsa-match', host.name, { records, count: records.length }),
    ...mistakes(host, shared, true),
    ...unmatchedFindings(host, shared),
  ];
}

interface Judged {
  readonly address: string;
  readonly probe: ProbeReport;
}

/** What a sender sees: the name is given, and the records were there to compare. */
function judgedProbes(host: HostReport): readonly Judged[] {
  return host.addresses.flatMap(({ address, probes }) =>
    probes
      .filter(({ offer, verdict }) => offer !== 'no-sni' && verdict !== null)
      .map((probe) => ({ address, probe })),
  );
}

function mismatchFindings(
  report: Report,
  host: HostReport,
  failing: readonly Judged[],
  shared: Parameters,
): readonly Finding[] {
  // RFC 7672 §2.2.1: behind an insecure MX only some senders look.
  const severity = shared['optional'] === true ? 'warning' : 'error';
  const probes = failing.map(({ probe }) => probe);
  const why = anchorFindings(report, host, probes, shared, severity);
  // Where the address' other key matches, `key-types-disagree` says it.
  const alone = failing.filter(({ address }) => !hasMatch(host, address));
  if (alone.length === 0) return why;
  const parameters = {
    ...shared,
    addresses: [...new Set(alone.map(({ address }) => address))],
    remove: host.tlsa.records.filter(({ role }) => role === 'next-or-stale').map(formatRecord),
    identified: host.tlsa.records.flatMap((record, index) => {
      const what = identified(record, host);
      if (what !== null) return [`${shorten(record)} is ${what}`];
      const why = pathFault(probes, index);
      return why === null ? [] : [`${shorten(record)} names an issuer, but ${why}`];
    }),
  };
  return [makeFinding('tlsa-mismatch', host.name, parameters, severity), ...why];
}

/** Why the chain does not lead to the issuer that the record names; other codes have findings of their own. */
function pathFault(probes: readonly ProbeReport[], index: number): string | null {
  const associations = probes.map((probe) => probe.associations[index]);
  return (
    associations.find((association) => association?.code === 'ta-path-invalid')?.reason ?? null
  );
}

function hasMatch(host: HostReport, address: string): boolean {
  const probes = host.addresses.find((candidate) => candidate.address === address)?.probes ?? [];
  return probes.some(
    (probe) => probe.offer !== 'no-sni' && probeStanding(probe, true) === 'authenticated',
  );
}

/** Why a usage 2 record did not authenticate a chain that nothing else authenticated either. */
function anchorFindings(
  report: Report,
  host: HostReport,
  failing: readonly ProbeReport[],
  shared: Parameters,
  severity: 'warning' | 'error',
): readonly Finding[] {
  const codes = {
    'ta-missing-from-chain': 'tlsa-ta-missing-from-chain',
    'ta-name-mismatch': 'tlsa-ta-name-mismatch',
    'ta-expired': 'tlsa-ta-expired',
  } as const;
  return (['ta-missing-from-chain', 'ta-name-mismatch', 'ta-expired'] as const).flatMap((code) => {
    for (const probe of failing) {
      const index = probe.associations.findIndex((association) => association.code === code);
      const record = host.tlsa.records[index];
      // What is no issuer's digest at all is not missing from the chain.
      if (record === undefined || mistake(record) !== null) continue;
      const parameters = {
        ...shared,
        record: formatRecord(record),
        names: probe.chain[0]?.names ?? [],
        notAfter: expiredDate(report, probe),
      };
      return [makeFinding(codes[code], host.name, parameters, severity)];
    }
    return [];
  });
}

function expiredDate(report: Report, probe: ProbeReport): string | null {
  const at = Date.parse(report.at);
  return probe.chain.find((certificate) => Date.parse(certificate.notAfter) < at)?.notAfter ?? null;
}

/** Records that cannot be right whatever the next key is, with what is right in their place. */
function mistakes(host: HostReport, shared: Parameters, harmless: boolean): readonly Finding[] {
  const published = new Set(host.tlsa.records.map(formatRecord));
  return host.tlsa.records.flatMap((record) => {
    const identity = mistake(record);
    // RFC 7672 §3.1.3: usages 0 and 1 are told as such, and are right nowhere in mail.
    if (identity === null || record.usage < 2) return [];
    const { record: right } = identity;
    const isNew = right !== null && !published.has(right);
    const parameters = {
      ...shared,
      record: formatRecord(record),
      numbers: numbersOf(record),
      meant: identity.meant,
      identified: identified(record, host),
      replacement: isNew ? linesOf(host, [right]) : [],
      harmless,
    };
    return [makeFinding('tlsa-record-mistaken', host.name, parameters)];
  });
}

function mistake(record: TlsaRecordReport): TlsaRecordReport['identity'] {
  const { identity } = record;
  return identity !== null && isMistaken(record, identity) ? identity : null;
}

function identified(record: TlsaRecordReport, host: HostReport): string | null {
  return record.identity === null ? null : describeIdentity(record, record.identity, host.name);
}

/** Only beside a record that matches: where none does, `tlsa-mismatch` says it. */
function unmatchedFindings(host: HostReport, shared: Parameters): readonly Finding[] {
  return host.tlsa.records.flatMap((record, index) => {
    const association = firstAssociation(host, index);
    if (!record.usable || record.role !== 'next-or-stale' || association === undefined) return [];
    if (association.code === 'superseded-digest') return [];
    const cannotBeNext = whyNotNext(record, association, host);
    const parameters = {
      ...shared,
      record: formatRecord(record),
      cannotBeNext,
      identified: cannotBeNext === null ? identified(record, host) : null,
    };
    const severity = cannotBeNext === null ? 'notice' : 'warning';
    return [makeFinding('tlsa-record-unmatched', host.name, parameters, severity)];
  });
}

/** It is something else by its very form, or stands in a place where it does not count: no next key. */
function whyNotNext(
  record: TlsaRecordReport,
  association: AssociationReport,
  host: HostReport,
): string | null {
  if (mistake(record) !== null) return `It is ${identified(record, host) ?? 'something else'}`;
  const what = record.selector === 1 ? 'key' : 'certificate';
  if (association.code === 'ta-matches-leaf-only') {
    return `It has usage 2 but is the ${what} of the server itself; usage 3 is meant`;
  }
  if (record.usage === 3 && (association.matchedDepth ?? 0) > 0) {
    return `It has usage 3 but is the ${what} of an issuer; usage 2 is meant`;
  }
  return null;
}

export function firstAssociation(host: HostReport, index: number): AssociationReport | undefined {
  return host.addresses
    .flatMap(({ probes }) => probes)
    .find(({ offer, associations }) => offer !== 'no-sni' && associations.length > 0)?.associations[
    index
  ];
}

function numbersOf({ usage, selector, matchingType }: TlsaRecordReport): string {
  return `${usage} ${selector} ${matchingType}`;
}

/** Hexadecimal digits shown of a record among others. */
const DIGITS_SHOWN = 8;

function shorten(record: TlsaRecordReport): string {
  const { data } = record;
  const shown = data.length > DIGITS_SHOWN ? `${data.slice(0, DIGITS_SHOWN)}…` : data;
  return `${numbersOf(record)} ${shown}`;
}
