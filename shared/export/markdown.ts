/** A report as Markdown, for a ticket or a mail to whoever has to mend something. */
import type { Finding } from '../findings/finding.ts';
import { printable } from '../findings/safe-text.ts';
import type { AddressReport, HostReport, ProbeReport, Report } from '../inspection/report.ts';

export function reportsToMarkdown(reports: readonly Report[]): string {
  return reports.map(reportToMarkdown).join('\n---\n\n');
}

function reportToMarkdown(report: Report): string {
  const findings = report.findings.filter(({ severity }) => severity !== 'ok');
  const good = report.findings.filter(({ severity }) => severity === 'ok');
  return lines(
    `# ${escape(report.domain)}: ${report.outcome}`,
    '',
    escape(report.summary),
    '',
    `Looked at on ${report.startedAt} (judged as of ${report.at}) with DANE Inspector ${escape(report.tool.version)}, ` +
      `resolver ${escape(report.tool.resolver)}, SMTP port ${report.tool.smtpPort}${report.tool.smtp ? '' : ' (mail servers left out)'}; ` +
      `${report.queries} DNS queries, ${(report.durationMs / 1000).toFixed(1)} s.`,
    '',
    `MX: ${mxText(report)}`,
    '',
    ...policyLines(report),
    ...report.hosts.flatMap(hostLines),
    ...(findings.length === 0 ? [] : ['## Findings', '', ...findings.flatMap(findingLines)]),
    ...(good.length === 0
      ? []
      : [
          '## In order',
          '',
          ...good.map(({ title, reference }) => `- ${escape(title)} (${reference})`),
          '',
        ]),
  );
}

function policyLines({ policy: { mtaSts, tlsRpt } }: Report): readonly string[] {
  if (!mtaSts.checked && !tlsRpt.checked) return [];
  const { policy, uncovered } = mtaSts;
  const rules =
    policy === null
      ? 'policy file not looked at'
      : `${policy.mode}, ${policy.mx.map(escape).join(', ') || 'no hosts'}, ${policy.maxAge} s` +
        (uncovered.length === 0 ? '' : `; leaves out ${uncovered.map(escape).join(', ')}`);
  const addresses = tlsRpt.rua.map(escape).join(', ');
  return [
    `MTA-STS: ${policyText(mtaSts, rules)}`,
    '',
    `TLS reports: ${policyText(tlsRpt, addresses)}`,
    '',
  ];
}

function policyText(
  { record, problem }: { readonly record: string | null; readonly problem: string | null },
  inOrder: string,
): string {
  if (problem !== null) return `not usable: ${escape(problem)}`;
  return record === null ? 'none' : inOrder;
}

function mxText(report: Report): string {
  const { mx } = report;
  if (mx.null) return `${mx.security}; null MX, takes no mail`;
  if (mx.implicit) return `${mx.security}; none, the domain itself is the host`;
  const records = mx.records.map(({ preference, exchange }) => `${preference} ${escape(exchange)}`);
  return `${mx.security}${records.length === 0 ? '' : `; ${records.join(', ')}`}`;
}

function hostLines(host: HostReport): readonly string[] {
  const { tlsa } = host;
  return [
    `## ${escape(host.name)} (${host.preference}): ${host.outcome}`,
    '',
    escape(host.because),
    '',
    ...(tlsa.records.length === 0
      ? []
      : [
          `TLSA at ${code(tlsa.name)}: ${tlsa.security ?? 'not looked up'}, TTL ${tlsa.ttl ?? 'unknown'}`,
          '',
          '| record | role | matches | depth |',
          '| --- | --- | --- | --- |',
          ...tlsa.records.map(
            (record) =>
              `| ${code(`${record.usage} ${record.selector} ${record.matchingType} ${record.data}`)} | ${record.role} | ${record.matches ? 'yes' : 'no'} | ${record.matchedDepth ?? ''} |`,
          ),
          '',
        ]),
    ...host.addresses.flatMap(addressLines),
    ...(host.addresses.length === 0 ? [] : ['']),
  ];
}

function addressLines({ address, probes }: AddressReport): readonly string[] {
  if (probes.length === 0) return [`- ${code(address)}: not spoken to`];
  return probes.map((probe) => `- ${code(address)}: ${probeText(probe)}`);
}

function probeText(probe: ProbeReport): string {
  if (!probe.ok) return escape(probe.error ?? 'no TLS');
  const leaf = probe.chain[0];
  const certificate =
    leaf === undefined
      ? ''
      : `; ${escape(leaf.subject)}, until ${leaf.notAfter}, key SHA-256 ${code(leaf.spkiSha256)}`;
  return `${escape(probe.tlsVersion ?? 'TLS')}, ${escape(probe.keyType ?? 'unknown key')}${certificate}${probe.verdict === null ? '' : ` (${probe.verdict})`}`;
}

function findingLines(finding: Finding): readonly string[] {
  return [
    `### ${finding.severity}: ${escape(finding.title)}`,
    '',
    escape(finding.message),
    '',
    `About ${code(finding.subject)}; code ${code(finding.code)}; ${finding.reference}; to mend by: ${finding.mends}.`,
    '',
    ...(finding.remedy === '' ? [] : fenced(finding.remedy)),
  ];
}

/** A fence longer than any run of backticks inside cannot be closed from inside. */
function fenced(text: string): readonly string[] {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return [`${fence}text`, ...text.split('\n').map(printable), fence, ''];
}

function code(text: string): string {
  return `\`${printable(text).replaceAll('`', "'")}\``;
}

/** Names and banners come from the network: nothing in them may become markup. */
function escape(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>#|!~&]/g, (character) => `\\${character}`);
}

function lines(...parts: readonly string[]): string {
  return `${parts
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}
