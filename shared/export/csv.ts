/** Reports as CSV (RFC 4180): a heading, then one line a domain; columns are added at the end, never renamed. */
import type { Finding } from '../findings/finding.ts';
import type { HostReport, Report } from '../inspection/report.ts';
import { csvRow } from './escape-csv.ts';
import { worstFirst } from './finding-order.ts';
import { OWN_TRUST_MARK } from './own-trust.ts';

export function reportsToCsv(reports: readonly Report[]): string {
  const heading = csvRow(COLUMNS.map(([name]) => name));
  return (
    heading + reports.map((report) => csvRow(COLUMNS.map(([, cell]) => cell(report)))).join('')
  );
}

type Column = readonly [name: string, cell: (report: Report) => string | number];

/** Lists inside a cell are separated by spaces; none of their items holds one. */
const COLUMNS: readonly Column[] = [
  ['domain', ({ domain }) => domain],
  ['outcome', ({ outcome }) => outcome],
  ['summary', ({ summary }) => summary],
  ['first_to_mend', (report) => codesOf(report, 'error', 'warning')[0] ?? ''],
  ['errors', (report) => codesOf(report, 'error').length],
  ['warnings', (report) => codesOf(report, 'warning').length],
  ['notices', (report) => codesOf(report, 'notice').length],
  ['findings', (report) => [...new Set(codesOf(report, 'error', 'warning', 'notice'))].join(' ')],
  ['mx_security', ({ mx }) => mx.security],
  ['hosts', ({ hosts }) => hosts.length],
  ['hosts_authenticated', (report) => hostsThatAre(report, 'authenticated')],
  ['hosts_encrypted_only', (report) => hostsThatAre(report, 'encrypted-only')],
  ['hosts_without_dane', (report) => hostsThatAre(report, 'opportunistic')],
  ['hosts_deferred', (report) => hostsThatAre(report, 'deferred')],
  ['hosts_unreachable', (report) => hostsThatAre(report, 'unreachable')],
  ['host_names', ({ hosts }) => hosts.map(({ name }) => name).join(' ')],
  ['addresses', ({ hosts }) => sum(hosts, ({ addresses }) => addresses.length)],
  ['tlsa_records', ({ hosts }) => sum(hosts, ({ tlsa }) => tlsa.records.length)],
  ['certificate_expires', (report) => earliest(leafExpiries(report))],
  [
    'signature_expires',
    ({ zones }) => earliest(zones.flatMap((zone) => zone.signature?.expiration ?? [])),
  ],
  ['mta_sts', ({ policy }) => policyWord(policy.mtaSts, policy.mtaSts.policy?.mode ?? 'announced')],
  ['tls_rpt', ({ policy }) => policyWord(policy.tlsRpt, 'present')],
  ['judged_at', ({ at }) => at],
  ['asked_at', ({ startedAt }) => startedAt],
  ['duration_ms', ({ durationMs }) => durationMs],
  ['dns_queries', ({ queries }) => queries],
  ['resolver', ({ tool }) => tool.resolver + (tool.ownTrust === true ? OWN_TRUST_MARK : '')],
  ['smtp_port', ({ tool }) => (tool.smtp ? tool.smtpPort : '')],
  ['version', ({ tool }) => tool.version],
];

function codesOf(report: Report, ...severities: readonly Finding['severity'][]): readonly string[] {
  return worstFirst(report)
    .filter(({ severity }) => severities.includes(severity))
    .map(({ code }) => code);
}

function hostsThatAre({ hosts }: Report, outcome: HostReport['outcome']): number {
  return hosts.filter((host) => host.outcome === outcome).length;
}

function sum(hosts: readonly HostReport[], count: (host: HostReport) => number): number {
  return hosts.reduce((total, host) => total + count(host), 0);
}

function leafExpiries({ hosts }: Report): readonly string[] {
  const probes = hosts.flatMap(({ addresses }) => addresses.flatMap((address) => address.probes));
  return probes.flatMap(({ chain }) => chain[0]?.notAfter ?? []);
}

/** ISO 8601 UTC sorts as text. */
function earliest(instants: readonly string[]): string {
  return [...instants].sort()[0] ?? '';
}

function policyWord(
  {
    checked,
    record,
    problem,
  }: { readonly checked: boolean; readonly record: string | null; readonly problem: string | null },
  inOrder: string,
): string {
  if (!checked) return '';
  if (problem !== null) return 'unusable';
  return record === null ? 'none' : inOrder;
}
