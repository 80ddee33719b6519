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
import { sendersTable } from '../../shared/mail-software/senders.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { composeCore, composeLabCore, replay, type Core, type CoreOptions } from '../compose.ts';
import { asWished, compareWithRecorded, readCaseFiles } from './case-files.ts';
import { exitCodeOfCheck, type ExitCode } from './exit-code.ts';
import { UsageError } from './options.ts';
import { printReport } from './print-report.ts';
import { printSenders } from './print-senders.ts';
import { printNews, takeNews } from './print-news.ts';
import { SinceFile } from './since-file.ts';
import type { Terminal } from './terminal.ts';
import { prepareReportFiles, type Outcome } from './write-report.ts';

export interface CheckRequest {
  /** As typed. */
  readonly domains: readonly string[];
  readonly core: CoreOptions;
  readonly lab: boolean;
  readonly json: boolean;
  /** The table of senders too. */
  readonly senders?: boolean | undefined;
  readonly reportFiles: readonly string[];
  /** Recorded runs to be gone through again, instead of domains. */
  readonly caseFiles: readonly string[];
  readonly concurrency: number;
  /** Only what has changed is told. */
  readonly since?: Since | undefined;
}

export interface Since {
  /** Path of the file that holds what was known before. */
  readonly file: string;
  /** Days ahead in which something that ends is told. */
  readonly expiryDays: number;
}

export async function check(
  request: CheckRequest,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  if (request.since === undefined) return checkAll(request, terminal, signal, null);
  if (request.caseFiles.length > 0) {
    throw new UsageError('--since and --case exclude each other: a case never changes.');
  }
  const since = new SinceFile(request.since.file);
  try {
    return await checkAll(request, terminal, signal, since);
  } finally {
    since.release();
  }
}

async function checkAll(
  request: CheckRequest,
  terminal: Terminal,
  signal: AbortSignal,
  since: SinceFile | null,
): Promise<ExitCode> {
  const files = await prepareReportFiles(request.reportFiles);
  // Said at once, so that a person can stop; what is found out is printed all the same.
  for (const doubt of files.doubts) terminal.err(printable(doubt));
  const { tasks, refused } =
    request.caseFiles.length > 0
      ? await replayTasks(request, terminal, signal)
      : await inspectionTasks(request, files.needEvidence, terminal, signal);
  const print = printerOf(request, terminal, since);
  const { outcomes, faults } = await runAll(tasks, request, terminal, signal, print);
  const reports = outcomes.map(({ report }) => report);
  for (const message of unusedChains(request.core, reports)) terminal.err(message);
  const written = await files.write(outcomes);
  for (const message of written.messages) terminal.err(printable(message));
  const lost = since?.write() ?? null;
  if (lost !== null) terminal.err(printable(lost));
  if (faults.length > 0) throw faults[0];
  return exitCodeOfCheck(
    reports.map(({ outcome }) => outcome),
    refused || !written.allWritten || lost !== null || outcomes.some(({ differs }) => differs),
  );
}

interface Tasks {
  readonly tasks: readonly (() => Promise<CheckedDomain>)[];
  /** Some argument could not be used. */
  readonly refused: boolean;
}

interface CheckedDomain extends Outcome {
  /** A case whose evidence comes to something else than was recorded. */
  readonly differs: boolean;
}

async function inspectionTasks(
  request: CheckRequest,
  needEvidence: boolean,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Tasks> {
  const core = await compose(request);
  const typed =
    request.domains.length > 0 ? request.domains : core.labDomains.map(({ name }) => name);
  if (typed.length === 0)
    throw new UsageError('Name a domain to check, for example: check example.org');
  const { domains, refused } = readDomains(typed, terminal);
  const tasks = domains.map((domain) => async () => {
    if (!needEvidence) {
      const report = await follow(core.inspect(domain, signal), domain.key, terminal);
      return { report, run: null, differs: false };
    }
    const recording = core.record(domain, signal);
    const report = await follow(recording.events, domain.key, terminal);
    return { report, run: recording.run(), differs: false };
  });
  return { tasks, refused };
}

/** Cases bring everything with them, their own settings too. */
async function replayTasks(
  { caseFiles, domains, core, lab }: CheckRequest,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Tasks> {
  if (domains.length > 0) throw new UsageError('--case and domains exclude each other.');
  if (lab)
    throw new UsageError('--case and --lab exclude each other: a case brings its servers along.');
  const { runs, refusals } = await readCaseFiles(caseFiles);
  for (const refusal of refusals) terminal.err(printable(refusal));
  const tasks = runs.map((run) => async () => {
    const wished = asWished(run, core);
    const replayed = replay(wished, signal);
    if (!replayed.ok) throw new UsageError(replayed.message);
    const report = await follow(replayed.events, run.settings.domain, terminal);
    const { differs, sentences } = compareWithRecorded(run, wished, report);
    for (const sentence of sentences) terminal.err(printable(sentence));
    return { report, run, differs };
  });
  return { tasks, refused: refusals.length > 0 };
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

/** What stands on stdout about a report; null for nothing. */
type Print = (report: Report) => string | null;

function printerOf(request: CheckRequest, terminal: Terminal, file: SinceFile | null): Print {
  const { json, senders, since } = request;
  const more = (report: Report): object =>
    senders === true ? { senders: sendersTable(report) } : {};
  const table = (report: Report): string =>
    senders === true ? `\n\n${printSenders(report, terminal)}` : '';
  if (file !== null && since !== undefined) {
    return (report) => {
      const news = takeNews(report, file, since.expiryDays);
      if (news.length === 0) return null;
      if (json) return reportToJsonLine({ ...report, ...more(report), ...{ news } });
      return `${printNews(report, news, terminal)}${table(report)}`;
    };
  }
  return (report) =>
    json
      ? reportToJsonLine({ ...report, ...more(report) })
      : `${printReport(report, terminal)}${table(report)}`;
}

async function runAll(
  tasks: Tasks['tasks'],
  { concurrency, json, since }: CheckRequest,
  terminal: Terminal,
  signal: AbortSignal,
  print: Print,
): Promise<{ readonly outcomes: readonly CheckedDomain[]; readonly faults: readonly unknown[] }> {
  const limit = pLimit(concurrency);
  const outcomes: CheckedDomain[] = [];
  let isFirst = true;
  const tell = (outcome: CheckedDomain): void => {
    terminal.progress?.(null);
    const text = print(outcome.report);
    if (text !== null) {
      const separator = since === undefined ? SEPARATOR : '';
      terminal.out(json || isFirst ? text : `${separator}\n${text}`);
      isFirst = false;
    }
    outcomes.push(outcome);
  };
  // A fault of our own, or a person's stop, takes nothing along that is done or can still be done.
  const settled = await Promise.allSettled(
    tasks.map((task) =>
      limit(async () => {
        signal.throwIfAborted();
        tell(await task());
      }),
    ),
  );
  const faults: unknown[] = [];
  for (const result of settled) if (result.status === 'rejected') faults.push(result.reason);
  return { outcomes, faults };
}

const SEPARATOR = '\n────────\n';

async function follow(
  events: AsyncGenerator<InspectionEvent>,
  domain: string,
  terminal: Terminal,
): Promise<Report> {
  let report = emptyReport(domain);
  for await (const event of events) {
    report = gather(report, event);
    if (event.kind === 'progress') terminal.progress?.(printable(event.step));
  }
  return judge(report);
}
