/** Findings about single TLSA records and how they fare against what the host presents (RFC 7671, RFC 7672 §3). */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding, Parameters } from '../findings/finding.ts';
import type { HostStanding } from './host-standing.ts';
import type {
  AssociationReport,
  HostReport,
  ProbeReport,
  Report,
  TlsaRecordReport,
} from './report.ts';
import {
  formatRecord,
  probesOf,
  recordLines,
  tlsaParameters,
  TTL_ADVISED,
} from './tlsa-parameters.ts';

/** Above this many records a large sender is known to fail. */
const MOST_RECORDS = 12;

export function tlsaRecordFindings(
  report: Report,
  host: HostReport,
  standing: HostStanding,
): readonly Finding[] {
  const { tlsa } = host;
  if (!tlsa.applies || tlsa.security !== 'secure' || tlsa.failed || tlsa.records.length === 0)
    return [];
  const shared = tlsaParameters(report, host, standing);
  return [
    ...matchFindings(report, host, shared),
    ...unusableFindings(host, shared),
    ...unmatchedFindings(host, shared),
    ...shapeFindings(host, shared),
    ...timingFindings(report, host, shared),
    ...rolloverFindings(host, shared),
  ];
}

function matchFindings(report: Report, host: HostReport, shared: Parameters): readonly Finding[] {
  const judged = judgedProbes(host);
  // A session that did not come about is told by what ended it.
  const failing = judged.filter(({ probe }) => probe.ok && probe.verdict === 'failed');
  if (failing.length > 0) {
    // RFC 7672 §2.2.1: behind an insecure MX only some senders look.
    const severity = shared['optional'] === true ? 'warning' : 'error';
    const remove = host.tlsa.records
      .filter((record) => record.role === 'next-or-stale')
      .map(formatRecord);
    const addresses = [...new Set(failing.map(({ address }) => address))];
    return [
      makeFinding('tlsa-mismatch', host.name, { ...shared, addresses, remove }, severity),
      ...anchorFindings(
        report,
        host,
        failing.map(({ probe }) => probe),
        shared,
        severity,
      ),
    ];
  }
  const matching = host.tlsa.records.filter((record) => record.matches);
  if (matching.length === 0) return [];
  const records = matching.map(formatRecord);
  return [makeFinding('tlsa-match', host.name, { records, count: records.length })];
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
      if (record === undefined) continue;
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

function unusableFindings(host: HostReport, shared: Parameters): readonly Finding[] {
  const { records } = host.tlsa;
  const remove = records.filter((record) => !record.usable).map(formatRecord);
  const single = records.flatMap((record, index) => {
    const parameters = { ...shared, record: formatRecord(record), remove };
    // RFC 7672 §3.1.3.
    if (record.usage === 0 || record.usage === 1) {
      return [
        makeFinding('tlsa-unusable-usage', host.name, { ...parameters, usage: record.usage }),
      ];
    }
    if (record.usable || associationAt(host, index)?.code === 'superseded-digest') return [];
    const reason = associationAt(host, index)?.reason ?? null;
    return [makeFinding('tlsa-malformed', host.name, { ...parameters, reason })];
  });
  const none = records.every((record) => !record.usable);
  return none
    ? [...single, makeFinding('tlsa-all-unusable', host.name, { ...shared, remove })]
    : single;
}

/** Only beside a record that matches: where none does, `tlsa-mismatch` says it. */
function unmatchedFindings(host: HostReport, shared: Parameters): readonly Finding[] {
  if (!host.tlsa.records.some((record) => record.matches)) return [];
  return host.tlsa.records.flatMap((record, index) => {
    const association = associationAt(host, index);
    if (!record.usable || record.role !== 'next-or-stale' || association === undefined) return [];
    if (association.code === 'superseded-digest') return [];
    const cannotBeNext = whyNotNext(record, association);
    const parameters = { ...shared, record: formatRecord(record), cannotBeNext };
    const severity = cannotBeNext === null ? 'notice' : 'warning';
    return [makeFinding('tlsa-record-unmatched', host.name, parameters, severity)];
  });
}

/** It equals something presented, but in a place where it does not count: no next key either. */
function whyNotNext(record: TlsaRecordReport, association: AssociationReport): string | null {
  const what = record.selector === 1 ? 'key' : 'certificate';
  if (association.code === 'ta-matches-leaf-only') {
    return `It has usage 2 but is the ${what} of the server itself; usage 3 is meant`;
  }
  if (record.usage === 3 && (association.matchedDepth ?? 0) > 0) {
    return `It has usage 3 but is the ${what} of an issuer; usage 2 is meant`;
  }
  return null;
}

function shapeFindings(host: HostReport, shared: Parameters): readonly Finding[] {
  const usable = host.tlsa.records.filter((record) => record.usable);
  const about = (
    code: 'tlsa-full-certificate' | 'tlsa-no-digest',
    which: (record: TlsaRecordReport) => boolean,
  ) => {
    const records = usable.filter(which).map(formatRecord);
    const parameters = { ...shared, record: records[0] ?? '', records, remove: records };
    return records.length > 0 ? [makeFinding(code, host.name, parameters)] : [];
  };
  const digests = usable.filter((record) => record.matchingType !== 0);
  const sha512Only = digests.length > 0 && usable.every((record) => record.matchingType === 2);
  const count = host.tlsa.records.length;
  const unmatched = host.tlsa.records
    .filter((record) => record.role === 'next-or-stale')
    .map(formatRecord);
  return [
    ...about('tlsa-full-certificate', (record) => record.selector === 0),
    ...about('tlsa-no-digest', (record) => record.matchingType === 0),
    ...(sha512Only ? [makeFinding('tlsa-sha512-only', host.name, { ...shared, remove: [] })] : []),
    ...(count > MOST_RECORDS
      ? [makeFinding('tlsa-too-many', host.name, { ...shared, count, unmatched })]
      : []),
  ];
}

function timingFindings(report: Report, host: HostReport, shared: Parameters): readonly Finding[] {
  const { ttl, zone, soaRefresh } = host.tlsa;
  if (ttl === null) return [];
  // A recursive resolver counts TTLs down: a small one then says nothing about the zone.
  const authoritative = report.tool.resolver === 'iterative';
  const short = authoritative && ttl < TTL_ADVISED.least;
  const advised = recordLines(host, TTL_ADVISED.most);
  return [
    ...(short || ttl > TTL_ADVISED.most
      ? [makeFinding('tlsa-ttl', host.name, { ...shared, ttl, records: advised })]
      : []),
    ...(authoritative && zone !== null && soaRefresh !== null && soaRefresh > ttl
      ? [
          makeFinding('soa-refresh', zone, {
            tlsaName: host.tlsa.name,
            zone,
            refresh: soaRefresh,
            ttl,
          }),
        ]
      : []),
  ];
}

function rolloverFindings(host: HostReport, shared: Parameters): readonly Finding[] {
  const { rolloverScheme: scheme } = host.tlsa;
  switch (scheme) {
    case 'current+next':
    case 'current+issuer':
      return [makeFinding('rollover-ready', host.name, { scheme })];
    case 'single':
      return [makeFinding('rollover-single', host.name, shared)];
    case 'issuer-only':
    case 'none':
      return [];
  }
}

function judgedProbes(
  host: HostReport,
): readonly { readonly address: string; readonly probe: ProbeReport }[] {
  return host.addresses.flatMap(({ address, probes }) =>
    probes.filter((probe) => probe.verdict !== null).map((probe) => ({ address, probe })),
  );
}

function associationAt(host: HostReport, index: number): AssociationReport | undefined {
  return probesOf(host).find((probe) => probe.associations.length > 0)?.associations[index];
}
