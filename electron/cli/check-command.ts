/** The options of `check`, and what they ask for. */
import type { Command } from 'commander';
import { DEFAULT_WATCH_SETTINGS } from '../../shared/watch/watched.ts';
import { check, type Since } from './check.ts';
import type { ExitCode } from './exit-code.ts';
import {
  addMailOptions,
  addSharedOptions,
  readCount,
  readDays,
  toCoreOptions,
  UsageError,
  type MailOptions,
  type SharedOptions,
} from './options.ts';
import type { Terminal } from './terminal.ts';

const DEFAULT_CONCURRENCY = 4;

export function addCheckCommand(
  program: Command,
  version: string,
  terminal: Terminal,
  signal: AbortSignal,
  end: (code: ExitCode) => void,
): void {
  const checking = program
    .command('check')
    .description('inspect domains')
    .argument(
      '[domains...]',
      'domains, mail addresses or URLs; with --lab none means all of the lab',
    );
  addMailOptions(addSharedOptions(checking), collect)
    .option('--concurrency <n>', 'domains at once', readCount, DEFAULT_CONCURRENCY)
    .option('--senders', 'tell what Postfix, Exim and other senders do with the mail, too')
    .option(
      '--report <file>',
      'write a report too; .html, .md, .csv, .json or .danecase (repeatable)',
      collect,
      [],
    )
    .option(
      '--case <file>',
      'go through a .danecase file again, without a network (repeatable)',
      collect,
      [],
    )
    .option(
      '--since <file>',
      'print only what has changed since FILE was written by the run before, or ends soon',
    )
    .option('--expiry-days <n>', 'with --since: days ahead in which an end is told', readDays)
    .action(async (domains: string[], options: CheckOptions) => {
      const core = await toCoreOptions(options, version);
      const { lab, json, report, concurrency } = options;
      const request = {
        domains,
        core,
        lab: lab === true,
        json: json === true,
        senders: options.senders === true,
        reportFiles: report,
        caseFiles: options.case,
        concurrency,
        since: readSince(options),
      };
      end(await check(request, terminal, signal));
    });
}

interface CheckOptions extends SharedOptions, MailOptions {
  readonly senders?: boolean;
  readonly report: readonly string[];
  readonly case: readonly string[];
  readonly concurrency: number;
  readonly since?: string;
  readonly expiryDays?: number;
}

function readSince({ since, expiryDays }: CheckOptions): Since | undefined {
  if (since !== undefined) {
    return { file: since, expiryDays: expiryDays ?? DEFAULT_WATCH_SETTINGS.expiryDays };
  }
  if (expiryDays === undefined) return undefined;
  throw new UsageError('--expiry-days goes with --since FILE.');
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
