/** `rollover`: when to publish, install and remove what, for the certificate or key to come. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { nameFromText } from '../../shared/dns/name.ts';
import { printable } from '../../shared/findings/safe-text.ts';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { HostReport } from '../../shared/inspection/report.ts';
import { arrange } from '../../shared/material/arrange.ts';
import type { MaterialFile } from '../../shared/material/material.ts';
import { comingChains } from '../../shared/publish/coming.ts';
import { digests } from '../../shared/publish/digests.ts';
import type { ComingChain } from '../../shared/rollover/chain.ts';
import type { Scheme } from '../../shared/rollover/plan.ts';
import { progressOf } from '../../shared/rollover/progress.ts';
import { planFor, shownAnywhere } from '../../shared/rollover/question.ts';
import { wordsOfRefusal } from '../../shared/rollover/words.ts';
import type { Core } from '../compose.ts';
import { compose } from './check.ts';
import { USAGE_ERROR, type ExitCode } from './exit-code.ts';
import { readPassword } from './input-file.ts';
import {
  addSharedOptions,
  readInstant,
  toCoreOptions,
  UsageError,
  type SharedOptions,
} from './options.ts';
import { tellFile } from './print-materials.ts';
import { printRollover, type RolloverForm } from './print-rollover.ts';
import { readMaterials } from './read-materials.ts';
import type { Terminal } from './terminal.ts';
import { readHostName } from './tlsa.ts';

interface RolloverOptions extends SharedOptions {
  readonly host: string;
  readonly scheme: Scheme;
  readonly safety: number;
  readonly publishedSince: number | null;
  readonly passwordFile?: string;
  readonly check?: boolean;
  readonly format: 'text' | 'ics';
}

export function addRolloverCommand(
  program: Command,
  version: string,
  terminal: Terminal,
  signal: AbortSignal,
  end: (code: ExitCode) => void,
): void {
  addSharedOptions(
    program
      .command('rollover')
      .description('plan a key change: which records stand when, and how long to wait')
      .argument('<files...>', 'the certificate, chain or key to come'),
  )
    .option('--no-smtp', 'DNS only; do not ask the host which certificates it has now')
    .requiredOption('--host <name>', 'the mail host')
    .addOption(
      new Option('--scheme <name>', 'what stands in between changes')
        .choices(['current+next', 'current+issuer'])
        .default('current+next'),
    )
    .option('--safety <n>', 'TTLs to wait before the certificate is installed', readFactor, 2)
    .addOption(
      new Option(
        '--published-since <instant>',
        'you know that what is published has been so since then, e.g. 2026-11-24T12:00:00Z',
      )
        .argParser(readInstant)
        .default(null, 'not known'),
    )
    .option('--password-file <file>', 'opens PKCS #12 files with the first line of this file')
    .option('--check', 'say as well how far it has come, and what may be done now')
    .addOption(
      new Option('--format <name>', 'text, or a calendar').choices(['text', 'ics']).default('text'),
    )
    .action(async (files: string[], options: RolloverOptions) => {
      const core = await compose({
        core: await toCoreOptions(options, version),
        lab: options.lab === true,
      });
      end(await rollover(files, options, core, terminal, signal));
    });
}

async function rollover(
  paths: readonly string[],
  options: RolloverOptions,
  core: Core,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const name = readHostName('--host', options.host);
  const password = await readPassword('--password-file', options.passwordFile);
  const files = await readMaterials(paths, password);
  for (const file of files) tellFile(file, terminal);
  const now = options.at ?? Date.now();
  const host = await lookAt(core, name, options.smtpPort, terminal, signal);
  const coming = chainsToCome(files, options.scheme, host, now);
  const { scheme, safety, publishedSince } = options;
  const planned = planFor(host, coming, [], { scheme, safety, start: now, publishedSince });
  if (planned.kind === 'refused') throw new UsageError(wordsOfRefusal(planned.refusal));
  const { plan } = planned;
  const progress = options.check === true ? progressOf(plan, host, [], now) : null;
  terminal.out(printRollover({ plan, progress, host, now }, formOf(options)));
  return files.every(({ problems }) => problems.length === 0) ? 0 : USAGE_ERROR;
}

function formOf({ json, format }: RolloverOptions): RolloverForm {
  return json === true ? 'json' : format;
}

async function lookAt(
  core: Core,
  typed: string,
  port: number,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<HostReport> {
  const name = nameFromText(typed);
  if (!name.ok) throw new UsageError(`“${printable(typed)}” is too long for a host name.`);
  let report = emptyReport(name.value.key);
  for await (const event of core.lookAtHost(name.value, port, signal)) {
    report = gather(report, event);
    if (event.kind === 'progress') terminal.progress?.(event.step);
  }
  terminal.progress?.(null);
  const [host] = judge(report).hosts;
  if (host === undefined) throw new Error(`no report of ${name.value.key}`);
  return host;
}

function chainsToCome(
  files: readonly MaterialFile[],
  scheme: Scheme,
  host: HostReport,
  at: number,
): readonly ComingChain[] {
  const arranged = arrange(files.flatMap(({ items }) => items));
  if (arranged.servers.length + arranged.keys.length === 0) {
    throw new UsageError(
      'No certificate or key of a server was given; issuers alone make no key change.',
    );
  }
  if (scheme === 'current+issuer' && arranged.issuers.length === 0) {
    throw new UsageError(
      'The scheme current+issuer publishes a record of the issuer too, and no issuer’s certificate was given.',
    );
  }
  const target = { scheme, host: host.tlsa.baseDomain, published: shownAnywhere(host), at };
  return comingChains(arranged, target, digests);
}

/** More would outlast the certificate. */
const MAX_SAFETY = 20;

function readFactor(value: string): number {
  const factor = Number(value);
  if (value.trim() === '' || !(factor >= 1 && factor <= MAX_SAFETY)) {
    throw new InvalidArgumentError(`It takes a number from 1 to ${MAX_SAFETY}.`);
  }
  return factor;
}
