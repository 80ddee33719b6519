/** A report as text for a person: the verdict, the chain host by host, then what was found and how to mend it. */
import { OWN_TRUST_MARK } from '../../shared/export/own-trust.ts';
import { printable } from '../../shared/findings/safe-text.ts';
import type { Finding, Severity } from '../../shared/findings/finding.ts';
import type {
  DomainOutcome,
  HostOutcome,
  HostReport,
  Report,
} from '../../shared/inspection/report.ts';
import { printHostChain } from './print-host.ts';
import type { Terminal, Tone } from './terminal.ts';
import { indentLines, wrap } from './wrap.ts';

export function printReport(report: Report, terminal: Terminal): string {
  const { paint, width } = terminal;
  return [
    `${paint('strong', printable(report.domain))}  ${paint(DOMAIN_TONES[report.outcome], DOMAIN_WORDS[report.outcome])}`,
    wrap(printable(report.summary), width, ''),
    paint('quiet', wrap(circumstances(report), width, '')),
    '',
    `${printable(report.domain)}  ${mxLine(report)}`,
    ...report.hosts.flatMap((host) => ['', printHost(host, terminal)]),
    ...printFindings(report.findings, terminal),
  ].join('\n');
}

const DOMAIN_WORDS: Readonly<Record<DomainOutcome, string>> = {
  pending: 'not finished',
  secure: 'secure',
  partial: 'partly secure',
  insecure: 'without DANE',
  degraded: 'degraded',
  broken: 'broken',
  unknown: 'could not tell',
  'no-mail': 'takes no mail',
};

const DOMAIN_TONES: Readonly<Record<DomainOutcome, Tone>> = {
  pending: 'quiet',
  secure: 'good',
  partial: 'warning',
  insecure: 'quiet',
  degraded: 'bad',
  broken: 'bad',
  unknown: 'warning',
  'no-mail': 'quiet',
};

const HOST_WORDS: Readonly<Record<HostOutcome, string>> = {
  pending: 'not finished',
  authenticated: 'authenticated',
  'encrypted-only': 'encrypted only',
  opportunistic: 'without DANE',
  deferred: 'mail deferred',
  unreachable: 'not reached',
  gone: 'no address',
};

const HOST_TONES: Readonly<Record<HostOutcome, Tone>> = {
  pending: 'quiet',
  authenticated: 'good',
  'encrypted-only': 'warning',
  opportunistic: 'quiet',
  deferred: 'bad',
  unreachable: 'warning',
  gone: 'warning',
};

function circumstances({ at, durationMs, queries, tool }: Report): string {
  const how =
    tool.resolver === 'iterative' ? 'from the root' : `by way of ${printable(tool.resolver)}`;
  const smtp = tool.smtp ? '' : ', mail servers left out';
  const trust = tool.ownTrust === true ? OWN_TRUST_MARK : '';
  return `As of ${at}, ${how}${trust}${smtp}: ${queries} DNS queries, ${(durationMs / 1000).toFixed(1)} s`;
}

function mxLine({ mx, domain }: Report): string {
  if (mx.failed)
    return `MX ${mx.security === 'bogus' ? 'does not validate' : 'cannot be looked up'}`;
  if (mx.nonexistent) return 'does not exist';
  if (mx.null) return `null MX (${mx.security})`;
  return mx.implicit ? `no MX (${mx.security}); ${printable(domain)} itself` : `MX ${mx.security}`;
}

function printHost(host: HostReport, terminal: Terminal): string {
  const { paint, width } = terminal;
  const outcome = paint(HOST_TONES[host.outcome], HOST_WORDS[host.outcome]);
  const heading = `${String(host.preference).padStart(4)} ${paint('strong', printable(host.name))}  ${outcome}`;
  return [
    heading,
    ...(host.because === '' ? [] : [wrap(printable(host.because), width, HOST_INDENT)]),
    ...printHostChain(host, terminal),
  ].join('\n');
}

const HOST_INDENT = '     ';

const MARKS: Readonly<Record<Severity, readonly [string, Tone]>> = {
  error: ['✗', 'bad'],
  warning: ['!', 'warning'],
  notice: ['·', 'quiet'],
  ok: ['✓', 'good'],
};

function printFindings(findings: readonly Finding[], terminal: Terminal): readonly string[] {
  const told = findings.filter(({ severity }) => severity !== 'ok');
  const good = findings.filter(({ severity }) => severity === 'ok');
  return [
    ...told.flatMap((finding) => ['', printFinding(finding, terminal)]),
    ...(good.length === 0 ? [] : ['']),
    ...good.map(({ title }) => `${terminal.paint('good', '✓')} ${printable(title)}`),
  ];
}

function printFinding(finding: Finding, { paint, width }: Terminal): string {
  const [mark, tone] = MARKS[finding.severity];
  const source = paint('quiet', `${finding.code}, ${finding.reference}`);
  return [
    `${paint(tone, `${mark} ${finding.severity}`)}  ${paint('strong', printable(finding.title))}  ${source}`,
    wrap(printable(finding.message), width, '  '),
    // Pasted whole, so it is not wrapped.
    ...(finding.remedy === '' ? [] : [indentLines(safeLines(finding.remedy), '    ')]),
  ].join('\n');
}

function safeLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
