/** Findings about the certificate a host presents: dates, names, key, chain (RFC 5280, RFC 7672 §3). */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding, Parameters } from '../findings/finding.ts';
import type { HostStanding } from './host-standing.ts';
import type {
  AddressReport,
  CertificateReport,
  HostReport,
  ProbeReport,
  Report,
} from './report.ts';
import { targetParameters } from './tlsa-parameters.ts';

export function certificateFindings(
  report: Report,
  host: HostReport,
  standing: HostStanding,
): readonly Finding[] {
  const seen = new Set<string>();
  return host.addresses.flatMap((address) =>
    address.probes.flatMap((probe) => {
      const leaf = probe.chain[0];
      // The same certificate at several addresses is one certificate.
      if (leaf === undefined || seen.has(leaf.certSha256)) return [];
      seen.add(leaf.certSha256);
      return leafFindings({ report, host, standing, address, probe, leaf });
    }),
  );
}

interface Presented {
  readonly report: Report;
  readonly host: HostReport;
  readonly standing: HostStanding;
  readonly address: AddressReport;
  readonly probe: ProbeReport;
  readonly leaf: CertificateReport;
}

function leafFindings(presented: Presented): readonly Finding[] {
  const { report, host, address, leaf } = presented;
  const shared = {
    ...targetParameters(report, host, address),
    notAfter: leaf.notAfter,
    names: leaf.names,
    keyType: leaf.keyType,
    issuer: leaf.issuer,
  };
  return [
    ...dateFindings(presented, shared),
    ...nameFindings(presented, shared),
    ...(isWeak(leaf.keyType) ? [makeFinding('certificate-key-weak', address.address, shared)] : []),
    ...chainFindings(presented, shared),
  ];
}

function dateFindings(presented: Presented, shared: Parameters): readonly Finding[] {
  const { report, host, address, leaf } = presented;
  const at = Date.parse(report.at);
  const end = Date.parse(leaf.notAfter);
  const start = Date.parse(leaf.notBefore);
  if (Number.isNaN(end) || Number.isNaN(at)) return [];
  if (end < at) {
    // RFC 7672 §3.1.1: under usage 3 the date is ignored.
    if (matchedByUsage(presented, 3)) return [makeFinding('tlsa-ee-expired', host.name, shared)];
    // Under usage 2 `tlsa-ta-expired` says it.
    if (isAnchorExpired(presented)) return [];
    return [makeFinding('certificate-expired', address.address, shared)];
  }
  const warning = Math.min(EXPIRY_WARNING_MS, (end - start) / 4);
  if (end - at >= warning) return [];
  const counts = matchedByUsage(presented, 2) && !matchedByUsage(presented, 3);
  const severity = counts ? 'warning' : 'notice';
  return [makeFinding('certificate-expiring', address.address, { ...shared, counts }, severity)];
}

/** 14 days: renewals usually run a month ahead, so one that has not run by then has failed. */
const EXPIRY_WARNING_MS = 14 * 24 * 3600 * 1000;

/** RFC 7672 §3.1.1: names do not matter under usage 3; under usage 2 `tlsa-ta-name-mismatch` says it. */
function nameFindings(presented: Presented, shared: Parameters): readonly Finding[] {
  const { host, address, leaf, standing } = presented;
  if (standing.dane !== 'none' || leaf.names.some((name) => covers(name, host.name))) return [];
  return [makeFinding('certificate-name-mismatch', address.address, shared)];
}

/** A wildcard stands for the whole left-most label (RFC 9525 §6.3). */
function covers(pattern: string, host: string): boolean {
  const lower = pattern.toLowerCase().replace(/\.$/, '');
  if (lower === host) return true;
  if (!lower.startsWith('*.')) return false;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === lower.slice(1) && lower.slice(2).includes('.');
}

/** RSA below this many bits is refused by common TLS libraries (RFC 9325 §4.2). */
const LEAST_RSA_BITS = 2048;

function isWeak(keyType: string): boolean {
  const bits = /^RSA (\d+)$/.exec(keyType)?.[1];
  return bits !== undefined && Number(bits) < LEAST_RSA_BITS;
}

/** Usage 2 cannot work while the issuer is not sent; where usage 3 matches it does not matter. */
function chainFindings(presented: Presented, shared: Parameters): readonly Finding[] {
  const { host, address, probe, leaf } = presented;
  const wantsIssuer = host.tlsa.records.some((record) => record.usage === 2);
  if (!wantsIssuer || leaf.selfSigned || matchedByUsage(presented, 3)) return [];
  if (probe.verdict === 'authenticated') return [];
  if (probe.chain.slice(1).some((certificate) => certificate.subject === leaf.issuer)) return [];
  return [makeFinding('chain-incomplete', address.address, shared)];
}

function matchedByUsage({ host, probe }: Presented, usage: number): boolean {
  return probe.associations.some(
    (association, index) => association.matches && host.tlsa.records[index]?.usage === usage,
  );
}

function isAnchorExpired({ probe }: Presented): boolean {
  return probe.associations.some((association) => association.code === 'ta-expired');
}
