/** `lab --outbound --report FILE`: the format is told by the file's extension, and a file is written whole or not at all. */
import { stat, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { writeTestReport, type TestReportFormat } from '../../shared/export/outbound.ts';
import { printable } from '../../shared/findings/safe-text.ts';
import { testReport, type TestReport } from '../../shared/lab/test-report.ts';
import type { TestRun } from '../../shared/lab/test-run.ts';
import type { OutboundTest } from '../compose.ts';
import type { OutboundRequest } from './lab-options.ts';
import { systemReason, UsageError } from './options.ts';
import type { OutboundTeller } from './print-outbound.ts';
import type { Terminal } from './terminal.ts';
import { doubtAbout } from './write-report.ts';

export interface TestReportFiles {
  /** A sentence for each that cannot be written as things stand; told before anything is opened. */
  readonly doubts: readonly string[];
  readonly count: number;
  /** A sentence for each that was not written. */
  write(report: TestReport): Promise<readonly string[]>;
}

/** A format that does not exist is refused before anything starts. */
export async function prepareTestReports(
  paths: readonly string[],
  version: string,
): Promise<TestReportFiles> {
  const files = paths.map((path) => ({ path, format: formatOf(path) }));
  const doubts = await Promise.all(paths.map(doubtAbout));
  return {
    doubts: doubts.filter((doubt) => doubt !== null),
    count: files.length,
    async write(report) {
      const failures = await Promise.all(
        files.map(({ path, format }) =>
          writeOne(path, writeTestReport(report, format, { version })),
        ),
      );
      return failures.filter((failure) => failure !== null);
    },
  };
}

export interface Reporter {
  /** As the test stands now; whether all were written. */
  save(): Promise<boolean>;
}

export interface ReporterParts {
  readonly test: OutboundTest;
  readonly run: TestRun;
  readonly request: Pick<OutboundRequest, 'smtpPort' | 'open'>;
  readonly files: TestReportFiles;
  readonly terminal: Terminal;
}

export function createReporter({ test, run, request, files, terminal }: ReporterParts): Reporter {
  const { base, nameServer, trustAnchor, leftOut } = test;
  const { smtpPort, open } = request;
  const facts = { base, nameServer, trustAnchor, smtpPort, open, leftOut };
  let saving: Promise<unknown> = Promise.resolve();
  const told = new Set<string>();
  const save = async (): Promise<boolean> => {
    const standings = test.standings(run.alias);
    const seen = test.seen(run.alias);
    const isKept = standings !== null && seen !== null;
    const failures = isKept
      ? await files.write(testReport(facts, run, standings, seen, test.now()))
      : [files.count > 0 ? TOO_OLD : null].filter((message) => message !== null);
    for (const failure of failures.filter((each) => !told.has(each))) {
      told.add(failure);
      terminal.err(printable(failure));
    }
    return failures.length === 0;
  };
  return {
    save() {
      // One after the other: the last state is the one that stays.
      const saved = saving.then(save);
      saving = saved;
      return saved;
    },
  };
}

const TOO_OLD = 'No report was written: the test is so old that nothing of it is kept any more.';

/** What is final is written at once: whoever waits for it need not stop the test. */
export function savingWithVerdict(teller: OutboundTeller, reporter: Reporter): OutboundTeller {
  return {
    ...teller,
    verdict: (verdict, standings, isLast) => {
      teller.verdict(verdict, standings, isLast);
      if (isLast) void reporter.save();
    },
  };
}

function formatOf(path: string): TestReportFormat {
  switch (extname(path).toLowerCase()) {
    case '.html':
    case '.htm':
      return 'html';
    case '.md':
      return 'markdown';
    case '.csv':
      return 'csv';
    case '.json':
      return 'json';
    case '.pdf':
      throw new UsageError(
        `--report ${path}: PDF reports are made by the window, not by the command line.`,
      );
    default:
      throw new UsageError(
        `--report ${path}: the name must end in .html, .md, .csv or .json, which tells the format.`,
      );
  }
}

async function writeOne(path: string, text: string): Promise<string | null> {
  try {
    const there = await stat(path).catch(() => null);
    // A device or a pipe is written into; a file put in its place would end it.
    const isPlain = there === null || there.isFile();
    await (isPlain ? writeFileAtomic(path, text) : writeFile(path, text));
    return null;
  } catch (error) {
    return `--report ${path} could not be written (${systemReason(error)}).`;
  }
}
