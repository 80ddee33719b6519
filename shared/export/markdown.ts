/** A report as Markdown, for a ticket or a mail to whoever has to mend something. */
import type { Finding } from '../findings/finding.ts';
import type {
  AddressReport,
  HostReport,
  MtaStsReport,
  ProbeReport,
  Report,
  TlsaRecordReport,
  TlsRptReport,
} from '../inspection/report.ts';
import {
  cellCode,
  code,
  fenced,
  joined,
  marked,
  sourceOf,
  type Markdown,
} from './escape-markdown.ts';
import { worstFirst } from './finding-order.ts';
import { blocks, EMPTY_LINE } from './markdown-blocks.ts';
import { outlookBlocks, sendersBlocks } from './markdown-senders.ts';
import { OWN_TRUST } from './own-trust.ts';

export function reportsToMarkdown(reports: readonly Report[]): string {
  return reports.map((report) => `${sourceOf(reportBlocks(report))}\n`).join('\n---\n\n');
}

function reportBlocks(report: Report): Markdown {
  const sorted = worstFirst(report);
  const told = sorted.filter(({ severity }) => severity !== 'ok');
  const good = sorted.filter(({ severity }) => severity === 'ok');
  return blocks([
    marked`# ${report.domain}: ${report.outcome}`,
    marked`${report.summary}`,
    circumstances(report),
    marked`MX: ${mxText(report)}`,
    ...policyBlocks(report),
    ...report.hosts.flatMap(hostBlocks),
    ...(told.length === 0 ? [] : [marked`## Findings`, ...told.flatMap(findingBlocks)]),
    ...sendersBlocks(report),
    ...outlookBlocks(report),
    ...(good.length === 0 ? [] : [marked`## In order`, joined(good.map(goodLine), '\n')]),
  ]);
}

function circumstances(report: Report): Markdown {
  const { startedAt, at, tool, queries, durationMs } = report;
  const seconds = (durationMs / 1000).toFixed(1);
  const mail = tool.smtp ? marked`SMTP port ${tool.smtpPort}` : marked`mail servers left out`;
  const proxy = tool.proxy === undefined ? EMPTY_LINE : marked`, by way of ${tool.proxy}`;
  return joined(
    [
      marked`Looked at on ${startedAt}, judged as of ${at}, with DANE Inspector ${tool.version}:`,
      marked`resolver ${tool.resolver}, ${mail}${proxy}; ${queries} DNS queries, ${seconds} s.`,
      ...(tool.ownTrust === true ? [marked`${OWN_TRUST}`] : []),
    ],
    '\n',
  );
}

function policyBlocks({ policy: { mtaSts, tlsRpt } }: Report): readonly Markdown[] {
  if (!mtaSts.checked && !tlsRpt.checked) return [];
  return [marked`MTA-STS: ${mtaStsText(mtaSts)}`, marked`TLS reports: ${tlsRptText(tlsRpt)}`];
}

function mtaStsText({ record, problem, policy, uncovered }: MtaStsReport): Markdown {
  if (problem !== null) return marked`not usable: ${problem}`;
  if (record === null) return marked`none`;
  if (policy === null) return marked`policy file not looked at`;
  const hosts = policy.mx.length === 0 ? marked`no hosts` : joined(policy.mx, ', ');
  const left =
    uncovered.length === 0 ? EMPTY_LINE : marked`; leaves out ${joined(uncovered, ', ')}`;
  return marked`${policy.mode}, ${hosts}, ${policy.maxAge} s${left}`;
}

function tlsRptText({ record, problem, rua }: TlsRptReport): Markdown {
  if (problem !== null) return marked`not usable: ${problem}`;
  return record === null ? marked`none` : joined(rua, ', ');
}

function mxText({ mx }: Report): Markdown {
  if (mx.null) return marked`${mx.security}; null MX, takes no mail`;
  if (mx.implicit) return marked`${mx.security}; none, the domain itself is the host`;
  if (mx.records.length === 0) return marked`${mx.security}`;
  const records = mx.records.map(({ preference, exchange }) => marked`${preference} ${exchange}`);
  return marked`${mx.security}; ${joined(records, ', ')}`;
}

function hostBlocks(host: HostReport): readonly Markdown[] {
  return [
    marked`## ${host.name} (${host.preference}): ${host.outcome}`,
    marked`${host.because}`,
    ...recordBlocks(host),
    ...(host.addresses.length === 0 ? [] : [joined(host.addresses.flatMap(addressLines), '\n')]),
  ];
}

function recordBlocks({ tlsa }: HostReport): readonly Markdown[] {
  if (tlsa.records.length === 0) return [];
  return [
    marked`TLSA at ${code(tlsa.name)}: ${tlsa.security ?? 'not looked up'}, TTL ${tlsa.ttl ?? 'unknown'}`,
    joined(
      [
        marked`| record | role | matches | depth |`,
        marked`| --- | --- | --- | --- |`,
        ...tlsa.records.map(recordLine),
      ],
      '\n',
    ),
  ];
}

function recordLine(record: TlsaRecordReport): Markdown {
  const { usage, selector, matchingType, data, role, matches, matchedDepth } = record;
  const text = cellCode(`${usage} ${selector} ${matchingType} ${data}`);
  return marked`| ${text} | ${role} | ${matches ? 'yes' : 'no'} | ${matchedDepth ?? ''} |`;
}

function addressLines({ address, probes }: AddressReport): readonly Markdown[] {
  if (probes.length === 0) return [marked`- ${code(address)}: not spoken to`];
  return probes.map((probe) => marked`- ${code(address)}: ${probeText(probe)}`);
}

function probeText(probe: ProbeReport): Markdown {
  if (!probe.ok) return marked`${probe.error ?? 'no TLS'}`;
  const [leaf] = probe.chain;
  const certificate =
    leaf === undefined
      ? EMPTY_LINE
      : marked`; ${leaf.subject}, until ${leaf.notAfter}, key SHA-256 ${code(leaf.spkiSha256)}`;
  const verdict = probe.verdict === null ? EMPTY_LINE : marked` (${probe.verdict})`;
  const { tlsVersion, keyType } = probe;
  return marked`${tlsVersion ?? 'TLS'}, ${keyType ?? 'unknown key'}${certificate}${verdict}`;
}

function findingBlocks(finding: Finding): readonly Markdown[] {
  const { severity, title, message, subject, code: name, reference, mends, remedy } = finding;
  return [
    marked`### ${severity}: ${title}`,
    marked`${message}`,
    marked`About ${code(subject)}; code ${code(name)}; ${reference}; to mend by: ${mends}.`,
    ...(remedy === '' ? [] : [fenced(remedy)]),
  ];
}

function goodLine({ title, reference }: Finding): Markdown {
  return marked`- ${title} (${reference})`;
}
