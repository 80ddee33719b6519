/** `--report FILE`: the format is told by the file's extension. */
import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { reportsToCsv } from '../../shared/export/csv.ts';
import { reportsToHtml } from '../../shared/export/html.ts';
import { reportsToJson } from '../../shared/export/json.ts';
import { reportsToMarkdown } from '../../shared/export/markdown.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { systemReason, UsageError } from './options.ts';

export interface ReportFiles {
  /** A sentence for each that cannot be written as things stand; told before anything is asked. */
  readonly doubts: readonly string[];
  /** `messages` are sentences for failures that were not foreseen. */
  write(reports: readonly Report[]): Promise<{
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
    async write(reports) {
      if (reports.length === 0) return { allWritten: true, messages: [] };
      const failures = await Promise.all(
        files.map(({ path, render }) => writeOne(path, render(reports))),
      );
      const messages = failures.filter((failure, index) => failure !== null && !doubts[index]);
      return {
        allWritten: failures.every((failure) => failure === null),
        messages: messages.filter((message) => message !== null),
      };
    },
  };
}

type Render = (reports: readonly Report[]) => string;

function rendererFor(path: string): Render {
  switch (extname(path).toLowerCase()) {
    case '.html':
    case '.htm':
      return reportsToHtml;
    case '.json':
      return reportsToJson;
    case '.md':
      return reportsToMarkdown;
    case '.csv':
      return reportsToCsv;
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

async function doubtAbout(path: string): Promise<string | null> {
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

async function writeOne(path: string, text: string): Promise<string | null> {
  try {
    await writeFile(path, text);
    return null;
  } catch (error) {
    return `--report ${path} could not be written (${systemReason(error)}).`;
  }
}
