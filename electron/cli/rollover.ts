/** `rollover`: when to publish, install and remove what, for the certificate or key to come. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { nameFromText, type Name } from '../../shared/dns/name.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { readTypedRecord } from '../../shared/dane/record-text.ts';
import { tlsaOwnerName, type Tlsa } from '../../shared/dane/tlsa.ts';
import { printable, zoneFileName } from '../../shared/findings/safe-text.ts';
import type { LookUpReport } from '../../shared/inspection/report.ts';
import { arrange } from '../../shared/material/arrange.ts';
import { digests } from '../../shared/publish/digests.ts';
import { wantedRecords } from '../../shared/publish/wanted.ts';
import { planCalendar } from '../../shared/rollover/calendar.ts';
import { planRollover, type RolloverPlan, type Scheme } from '../../shared/rollover/plan.ts';
import { planText, wordsOfStep } from '../../shared/rollover/words.ts';
import type { Core } from '../compose.ts';
import { compose } from './check.ts';
import { USAGE_ERROR, type ExitCode } from './exit-code.ts';
import { addSharedOptions, toCoreOptions, UsageError, type SharedOptions } from './options.ts';
import { tellFile } from './print-materials.ts';
import { readMaterials } from './read-materials.ts';
import type { Terminal } from './terminal.ts';
import { readHostName } from './tlsa.ts';

interface RolloverOptions extends SharedOptions {
  readonly host: string;
  readonly scheme: Scheme;
  readonly safety: number;
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
    .requiredOption('--host <name>', 'the mail host')
    .addOption(
      new Option('--scheme <name>', 'what stands in between changes')
        .choices(['current+next', 'current+issuer'])
        .default('current+next'),
    )
    .option('--safety <n>', 'TTLs to wait before the certificate is installed', readFactor, 2)
    .addOption(
      new Option('--format <name>', 'text, or a calendar').choices(['text', 'ics']).default('text'),
    )
    .action(async (files: string[], options: RolloverOptions) => {
      const core = await compose({
        core: await toCoreOptions({ ...options, smtp: false }, version),
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
  const host = readHostName('--host', options.host);
  const port = options.smtpPort;
  const files = await readMaterials(paths);
  for (const file of files) tellFile(file, terminal);
  const next = recordsToCome(files, options.scheme, host, port);
  const live = await lookAtZone(core, tlsaOwnerName(host, port), signal);
  const plan = planRollover({
    scheme: options.scheme,
    next,
    ...live,
    safety: options.safety,
    start: options.at ?? Date.now(),
  });
  terminal.out(written(plan, options, host, live.ttl));
  return files.every(({ problems }) => problems.length === 0) ? 0 : USAGE_ERROR;
}

function written(
  plan: RolloverPlan,
  { json, format, smtpPort }: RolloverOptions,
  host: string,
  ttl: number,
): string {
  const owner = tlsaOwnerName(host, smtpPort);
  if (json === true) {
    const steps = plan.steps.map((step) => ({
      ...step,
      earliest: new Date(step.earliest).toISOString(),
      ...wordsOfStep(step, plan.scheme),
    }));
    return JSON.stringify({ host, owner, ttl, ...plan, steps });
  }
  if (format === 'ics') return planCalendar(plan, host, Date.now()).trimEnd();
  return planText(plan, zoneFileName(owner), ttl);
}

/** RFC 7671 §8.1 and §8.4: the key's own record, and with an issuer its record too. */
function recordsToCome(
  files: Awaited<ReturnType<typeof readMaterials>>,
  scheme: Scheme,
  host: string,
  port: number,
): readonly Tlsa[] {
  const arranged = arrange(files.flatMap(({ items }) => items));
  const leaf = { usage: 3, selector: 1, matchingType: 1 };
  const kinds = scheme === 'current+next' ? [leaf] : [leaf, { ...leaf, usage: 2 }];
  const place = { hosts: [host], ports: [port], ttl: DEFAULT_TTL, zone: null };
  const { records, problems } = wantedRecords(arranged, kinds, place, digests);
  const [problem] = problems;
  if (problem !== undefined) throw new UsageError(problem);
  return records.map(({ tlsa }) => tlsa);
}

/** Seconds, where nothing is published yet. */
const DEFAULT_TTL = 3600;

interface Live {
  readonly published: readonly Tlsa[];
  readonly ttl: number;
  readonly negativeTtl: number;
  readonly refresh: number | null;
}

/** What stands now decides how long caches hold it; without an answer there is no safe plan. */
async function lookAtZone(core: Core, owner: string, signal: AbortSignal): Promise<Live> {
  const tlsa = await core.resolve(toName(owner), TYPE.TLSA, signal);
  if (tlsa.security !== 'secure') throw new UsageError(whyNoPlan(owner, tlsa));
  const zone = tlsa.chain.at(-1)?.zone ?? '.';
  const soa = (await core.resolve(toName(zone), TYPE.SOA, signal)).answers.at(-1);
  const [, , , refresh, , , minimum] = soa?.data.split(' ').map(Number) ?? [];
  const records = tlsa.answers.filter(({ type }) => type === 'TLSA');
  return {
    published: records.flatMap(({ data }) => readTypedRecord(data)?.record ?? []),
    ttl: records[0]?.ttl ?? DEFAULT_TTL,
    // RFC 2308 §5: the lesser of the SOA record's own TTL and its MINIMUM.
    negativeTtl: soa === undefined ? DEFAULT_TTL : Math.min(soa.ttl, minimum ?? soa.ttl),
    refresh: refresh ?? null,
  };
}

function whyNoPlan(owner: string, { security, reason }: LookUpReport): string {
  const why = reason === null ? '' : `: ${reason}`;
  return `No plan can be made: the look-up of ${owner} is ${security}${why}. DANE needs a signed zone.`;
}

function toName(text: string): Name {
  const name = nameFromText(text);
  if (!name.ok) throw new UsageError(`“${printable(text)}” is too long for a domain name.`);
  return name.value;
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
