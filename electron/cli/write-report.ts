/** `--report FILE`: the format is told by the file's extension. */
import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { reportsToCsv } from '../../shared/export/csv.ts';
import { reportsToHtml } from '../../shared/export/html.ts';
import { reportsToJson } from '../../shared/export/json.ts';
import { reportsToMarkdown } from '../../shared/export/markdown.ts';
import { CASE_EXTENSION, writeCase } from '../../shared/export/case-file.ts';
import type { RecordedRun } from '../../shared/inspection/recorded-run.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { systemReason, UsageError } from './options.ts';

/** What one domain came to; `run` is there where a file is to hold the evidence too. */
export interface Outcome {
  readonly report: Report;
  readonly run: RecordedRun | null;
}

export interface ReportFiles {
  /** Some file holds the evidence, so it has to be kept. */
  readonly needEvidence: boolean;
  /** A sentence for each that cannot be written as things stand; told before anything is asked. */
  readonly doubts: readonly string[];
  /** `messages` are sentences for failures that were not foreseen. */
  write(outcomes: readonly Outcome[]): Promise<{
    readonly allWritten: boolean;
    readonly messages: readonly string[];
  }>;
}

/** A format that does not exist is refused; a path that cannot be written takes nothing else along. */
export async function prepareReportFiles(paths: readonly string[]): Promise<ReportFiles> {
  const files = paths.map((path) => ({ path, render: rendererFor(path) }));
  const doubts = await Promise.all(paths.map(doubtAbout));
  return {
    doubts: doubts.filter((doubt) => doubt !== null),
    needEvidence: files.some(({ render }) => render === renderCase),
    async write(outcomes) {
      if (outcomes.length === 0) return { allWritten: true, messages: [] };
      const failures = await Promise.all(
        files.map(({ path, render }) => writeOne(path, render(outcomes))),
      );
      const messages = failures.filter((failure, index) => failure !== null && !doubts[index]);
      return {
        allWritten: failures.every((failure) => failure === null),
        messages: messages.filter((message) => message !== null),
      };
    },
  };
}

/** Null: there is nothing to write that would be the whole of it. */
type Render = (outcomes: readonly Outcome[]) => string | Uint8Array | null;

const rendering =
  (render: (reports: readonly Report[]) => string): Render =>
  (outcomes) =>
    render(outcomes.map(({ report }) => report));

/** Without the evidence of a domain whose servers said more than is kept there is no case of it. */
const renderCase: Render = (outcomes) => {
  const runs = outcomes.flatMap(({ run }) => run ?? []);
  return runs.length < outcomes.length ? null : writeCase(runs);
};

function rendererFor(path: string): Render {
  switch (extname(path).toLowerCase()) {
    case '.html':
    case '.htm':
      return rendering(reportsToHtml);
    case '.json':
      return rendering(reportsToJson);
    case '.md':
      return rendering(reportsToMarkdown);
    case '.csv':
      return rendering(reportsToCsv);
    case CASE_EXTENSION:
      return renderCase;
    case '.pdf':
      throw new UsageError(
        `--report ${path}: PDF reports are made by the window, not by the command line.`,
      );
    default:
      throw new UsageError(
        `--report ${path}: the name must end in .html, .md, .csv, .json or .danecase, which tells the format.`,
      );
  }
}

/** A sentence where it cannot be written as things stand. */
export async function doubtAbout(path: string): Promise<string | null> {
  try {
    const there = await stat(path).catch(() => null);
    if (there?.isDirectory() === true)
      return `--report ${path} cannot be written (it is a folder).`;
    await access(there === null ? dirname(path) : path, constants.W_OK);
    return null;
  } catch (error) {
    return `--report ${path} cannot be written (${systemReason(error)}).`;
  }
}

async function writeOne(path: string, text: string | Uint8Array | null): Promise<string | null> {
  if (text === null) {
    return `--report ${path} was not written: there is more, of servers or of domains, than a case file holds.`;
  }
  try {
    await writeFile(path, text);
    return null;
  } catch (error) {
    return `--report ${path} could not be written (${systemReason(error)}).`;
  }
}
