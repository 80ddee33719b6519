/** Findings about a host's TLSA records: how they match, which are unusable, their form, their timing (RFC 7671, RFC 7672 §3). */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding, Parameters } from '../findings/finding.ts';
import { formFindings } from './findings-of-tlsa-form.ts';
import { firstAssociation, matchingFindings } from './findings-of-tlsa-matching.ts';
import type { HostStanding } from './host-standing.ts';
import type { HostReport, Report } from './report.ts';
import { formatRecord, recordLines, tlsaParameters, TTL_ADVISED } from './tlsa-parameters.ts';

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
    ...matchingFindings(report, host, shared),
    ...unusableFindings(host, shared),
    ...formFindings(host, shared),
    ...timingFindings(report, host, shared),
    ...rolloverFindings(host, shared),
  ];
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
    if (record.usable) return [];
    const reason = firstAssociation(host, index)?.reason ?? null;
    return [makeFinding('tlsa-malformed', host.name, { ...parameters, reason })];
  });
  const none = records.every((record) => !record.usable);
  return none
    ? [...single, makeFinding('tlsa-all-unusable', host.name, { ...shared, remove })]
    : single;
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
