/** `check DOMAIN…`: the whole inspection of each, told as text or JSON, and as an exit code. */
import { domainToASCII } from 'node:url';
import pLimit from 'p-limit';
import { printable } from '../../shared/findings/safe-text.ts';
import { reportToJsonLine } from '../../shared/export/json.ts';
import type { Name } from '../../shared/dns/name.ts';
import { readDomainInput } from '../../shared/inspection/domain-input.ts';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { readGivenChains } from '../../shared/inspection/given-chains.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { composeCore, composeLabCore, type Core, type CoreOptions } from '../compose.ts';
import { exitCodeOfCheck, type ExitCode } from './exit-code.ts';
import { UsageError } from './options.ts';
import { printReport } from './print-report.ts';
import type { Terminal } from './terminal.ts';
import { prepareReportFiles } from './write-report.ts';

export interface CheckRequest {
  /** As typed. */
  readonly domains: readonly string[];
  readonly core: CoreOptions;
  readonly lab: boolean;
  readonly json: boolean;
  readonly reportFiles: readonly string[];
  readonly concurrency: number;
}

export async function check(
  request: CheckRequest,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const files = await prepareReportFiles(request.reportFiles);
  // Said at once, so that a person can stop; what is found out is printed all the same.
  for (const doubt of files.doubts) terminal.err(printable(doubt));
  const core = await compose(request);
  const typed =
    request.domains.length > 0 ? request.domains : core.labDomains.map(({ name }) => name);
  if (typed.length === 0)
    throw new UsageError('Name a domain to check, for example: check example.org');
  const { domains, refused } = readDomains(typed, terminal);
  const { reports, faults } = await inspectAll(core, domains, request, terminal, signal);
  for (const message of unusedChains(request.core, reports)) terminal.err(message);
  const written = await files.write(reports);
  for (const message of written.messages) terminal.err(printable(message));
  if (faults.length > 0) throw faults[0];
  return exitCodeOfCheck(
    reports.map(({ outcome }) => outcome),
    refused || !written.allWritten,
  );
}

export async function compose({ core, lab }: Pick<CheckRequest, 'core' | 'lab'>): Promise<Core> {
  const composed = lab ? await composeLabCore(core, false) : composeCore(core);
  if (!composed.ok) throw new UsageError(composed.message);
  return composed.core;
}

/** A mistyped host name must not pass for a chain that was judged. */
function unusedChains({ chains }: CoreOptions, reports: readonly Report[]): readonly string[] {
  const hosts = new Set(reports.flatMap((report) => report.hosts.map(({ name }) => name)));
  const given = readGivenChains(chains);
  const unused = given.ok ? [...given.chains.keys()].filter((host) => !hosts.has(host)) : [];
  return unused.map((host) => `${printable(host)} is no MX host here: its chain was not judged.`);
}

/** One that cannot be used is told and does not stop the others. */
function readDomains(
  typed: readonly string[],
  terminal: Terminal,
): { readonly domains: readonly Name[]; readonly refused: boolean } {
  const domains = new Map<string, Name>();
  let refused = false;
  for (const text of typed) {
    const input = readDomainInput(text, domainToASCII);
    if (input.ok) domains.set(input.domain.key, input.domain);
    else {
      refused = true;
      terminal.err(input.message);
    }
  }
  return { domains: [...domains.values()], refused };
}

async function inspectAll(
  core: Core,
  domains: readonly Name[],
  { concurrency, json }: CheckRequest,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<{ readonly reports: readonly Report[]; readonly faults: readonly unknown[] }> {
  const limit = pLimit(concurrency);
  const reports: Report[] = [];
  const tell = (report: Report): void => {
    terminal.progress?.(null);
    if (json) terminal.out(reportToJsonLine(report));
    else terminal.out(`${reports.length === 0 ? '' : SEPARATOR}${printReport(report, terminal)}`);
    reports.push(report);
  };
  // A fault of our own, or a person's stop, takes nothing along that is done or can still be done.
  const settled = await Promise.allSettled(
    domains.map((domain) =>
      limit(async () => {
        signal.throwIfAborted();
        tell(await inspectOne(core, domain, terminal, signal));
      }),
    ),
  );
  const faults: unknown[] = [];
  for (const result of settled) if (result.status === 'rejected') faults.push(result.reason);
  return { reports, faults };
}

const SEPARATOR = '\n────────\n\n';

async function inspectOne(
  core: Core,
  domain: Name,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Report> {
  let report = emptyReport(domain.key);
  for await (const event of core.inspect(domain, signal)) {
    report = gather(report, event);
    if (event.kind === 'progress') terminal.progress?.(printable(event.step));
  }
  return judge(report);
}
