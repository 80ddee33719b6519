/** `--report FILE`: the format is told by the file's extension. */
import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { reportsToJson } from '../../shared/export/json.ts';
import { reportsToMarkdown } from '../../shared/export/markdown.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { systemReason, UsageError } from './options.ts';

export interface ReportFiles {
  /** Writes each; gives back a sentence for each that could not be written. */
  write(reports: readonly Report[]): Promise<readonly string[]>;
}

/** Refuses what cannot work before anything is asked of any server. */
export async function prepareReportFiles(paths: readonly string[]): Promise<ReportFiles> {
  const files = paths.map((path) => ({ path, render: rendererFor(path) }));
  for (const { path } of files) await mustBeWritable(path);
  return {
    async write(reports) {
      if (reports.length === 0) return [];
      const outcomes = await Promise.all(
        files.map(({ path, render }) => writeOne(path, render(reports))),
      );
      return outcomes.filter((message) => message !== null);
    },
  };
}

type Render = (reports: readonly Report[]) => string;

function rendererFor(path: string): Render {
  switch (extname(path).toLowerCase()) {
    case '.json':
      return reportsToJson;
    case '.md':
      return reportsToMarkdown;
    case '.pdf':
      throw new UsageError(
        `--report ${path}: PDF reports are made by the window, not by the command line.`,
      );
    case '.html':
    case '.csv':
      throw new UsageError(`--report ${path}: this version writes .json and .md reports only.`);
    default:
      throw new UsageError(
        `--report ${path}: the name must end in .json or .md, which tells the format.`,
      );
  }
}

async function mustBeWritable(path: string): Promise<void> {
  try {
    const there = await stat(path).catch(() => null);
    if (there?.isDirectory() === true) throw new UsageError(`--report ${path}: it is a folder.`);
    await access(there === null ? dirname(path) : path, constants.W_OK);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--report ${path} cannot be written (${systemReason(error)}).`, {
      cause: error,
    });
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
