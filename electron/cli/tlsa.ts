/** `tlsa`: records to publish from certificate, key and request files. Nothing is asked of any network. */
import { domainToASCII } from 'node:url';
import { printable } from '../../shared/findings/safe-text.ts';
import { readDomainInput } from '../../shared/inspection/domain-input.ts';
import { arrange, type Arranged } from '../../shared/material/arrange.ts';
import { describeMaterials } from '../../shared/material/describe.ts';
import { adviseOn } from '../../shared/publish/advice.ts';
import { adviseOnSet } from '../../shared/publish/set-advice.ts';
import { formats, isFormatName, plainRecord } from '../../shared/publish/formats.ts';
import { digests } from '../../shared/publish/digests.ts';
import { namesOffered, wildcardsIn } from '../../shared/publish/host-names.ts';
import {
  defaultKinds,
  recordsAtOwnNames,
  wantedRecords,
  type RecordKind,
  type Service,
  type WantedRecord,
} from '../../shared/publish/wanted.ts';
import { zoneOf } from '../../shared/publish/zones.ts';
import { InvalidArgumentError, type Command } from 'commander';
import { USAGE_ERROR, type ExitCode } from './exit-code.ts';
import { readPassword } from './input-file.ts';
import { readPort, UsageError } from './options.ts';
import {
  plainDescription,
  plainFile,
  tellAdvice,
  tellFile,
  tellRemarks,
} from './print-materials.ts';
import { readMaterials } from './read-materials.ts';
import type { Terminal } from './terminal.ts';

export function addTlsaCommand(
  program: Command,
  terminal: Terminal,
  end: (code: ExitCode) => void,
): void {
  program
    .command('tlsa')
    .description('TLSA records to publish, from certificate, key and request files')
    .argument('<files...>', 'PEM or DER files, or folders of them; - reads standard input')
    .option('--format <name>', Object.keys(formats).join(', '), 'zone')
    .option(
      '--host <name>',
      'a mail host (repeatable; default: the first that each certificate names)',
      collect,
    )
    .option('--port <n>', 'a port of the service (repeatable; default: 25)', collectPort)
    .option('--ttl <seconds>', 'time to live', readTtl, DEFAULT_TTL)
    .option('--zone <name>', 'the zone that holds the host, for formats that name it')
    .option('--usage <n>', 'certificate usage, 0 to 3', readUpTo(3))
    .option('--selector <n>', '0 whole certificate, 1 public key', readUpTo(1))
    .option('--matching <n>', '0 full, 1 SHA-256, 2 SHA-512', readUpTo(2))
    .option(
      '--record <u,s,m>',
      'a kind of record (repeatable; default: 3,1,1, and 2,1,1 for each issuer given)',
      collect,
    )
    .option('--password-file <file>', 'opens PKCS #12 files with the first line of this file')
    .option('--json', 'print JSON, and nothing else, on stdout')
    .action(async (files: string[], options: TlsaOptions) => {
      end(await tlsa(files, options, terminal));
    });
}

function collectPort(port: string, before: readonly number[] = []): readonly number[] {
  return [...before, readPort(port)];
}

/** SMTP between servers. */
const DEFAULT_PORT = 25;

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Seconds: within what operators are advised to use. */
const DEFAULT_TTL = 3600;

interface TlsaOptions {
  readonly format: string;
  readonly usage?: number;
  readonly selector?: number;
  readonly matching?: number;
  readonly record?: readonly string[];
  readonly host?: readonly string[];
  readonly zone?: string;
  readonly port?: readonly number[];
  readonly ttl: number;
  readonly passwordFile?: string;
  readonly json?: boolean;
}

/** What can be read is used, whatever else was given; anything that cannot makes the exit code 3. */
async function tlsa(
  paths: readonly string[],
  options: TlsaOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (!isFormatName(options.format)) {
    const known = Object.keys(formats).join(', ');
    throw new UsageError(`There is no format ${options.format}; it is one of ${known}.`);
  }
  const kinds = kindsOf(options);
  const password = await readPassword('--password-file', options.passwordFile);
  const files = await readMaterials(paths, password);
  const description = describeMaterials(files, Date.now());
  const arranged = arrange(files.flatMap(({ items }) => items));
  const hosts = (options.host ?? []).map((host) => readHostName('--host', host));
  const service = serviceOf(options);
  const { records, problems } =
    hosts.length === 0
      ? recordsAtOwnNames(arranged, kinds, service, digests)
      : wantedRecords(arranged, kinds, { ...service, hosts }, digests);
  const chosen = kinds ?? defaultKinds(arranged);
  const circumstances = { arranged, chosen, ports: service.ports, hosts };
  const advice = chosen.map((kind) => adviseOn(kind, circumstances));
  for (const file of files) tellFile(file, terminal);
  tellRemarks(description, terminal);
  tellAdvice(advice, adviseOnSet(records), terminal);
  for (const problem of problems) terminal.err(printable(problem));
  if (options.json === true) {
    const document = {
      records: records.map(plainRecord),
      files: files.map(plainFile),
      problems,
      ...plainDescription(description),
      advice,
    };
    terminal.out(JSON.stringify(document));
  } else if (records.length > 0) {
    if (hosts.length === 0) tellNames(records, arranged, terminal);
    tellStrangers(records, service, terminal);
    if (formats[options.format].namesWholeSets === true) terminal.err(WHOLE_SET);
    terminal.out(formats[options.format].write(records, service));
  }
  const isWhole = problems.length === 0 && files.every((file) => file.problems.length === 0);
  return isWhole && records.length > 0 ? 0 : USAGE_ERROR;
}

const WHOLE_SET =
  'This format stands for all TLSA records at a name: add those that are in use, or they are taken away.';

function kindsOf({ record, usage, selector, matching }: TlsaOptions): readonly RecordKind[] | null {
  const single = [usage, selector, matching].some((value) => value !== undefined);
  const kinds = (record ?? []).map(readKind);
  if (single)
    kinds.push({ usage: usage ?? 3, selector: selector ?? 1, matchingType: matching ?? 1 });
  return kinds.length === 0 ? null : kinds;
}

function readKind(text: string): RecordKind {
  const [, usage, selector, matchingType] =
    /^([0-3])[ ,]([01])[ ,]([0-2])$/.exec(text.trim()) ?? [];
  if (matchingType === undefined) {
    throw new UsageError(`--record takes usage, selector and matching type, such as 3,1,1.`);
  }
  return { usage: Number(usage), selector: Number(selector), matchingType: Number(matchingType) };
}

function serviceOf({ zone, port, ttl }: TlsaOptions): Service {
  const named = zone === undefined ? null : readHostName('--zone', zone);
  return { zone: named, ports: [...new Set(port ?? [DEFAULT_PORT])], ttl };
}

/** Without --host: which names were taken, and which others could have been meant. */
function tellNames(records: readonly WantedRecord[], arranged: Arranged, terminal: Terminal): void {
  const taken = new Set(records.map(({ host }) => host));
  if (taken.has(null)) {
    terminal.err('No --host was given, and no certificate names one: the name is relative.');
  }
  const others = [
    ...namesOffered(arranged).filter((name) => !taken.has(name)),
    ...wildcardsIn(arranged),
  ];
  if (others.length === 0) return;
  const shown = others.slice(0, MAX_NAMES_TOLD).join(', ');
  const more = others.length > MAX_NAMES_TOLD ? `, and ${others.length - MAX_NAMES_TOLD} more` : '';
  terminal.err(printable(`Name the host with --host if it is another: ${shown}${more}.`));
}

/** Hosts outside the zone that was named: their records go elsewhere, or the zone was mistyped. */
function tellStrangers(
  records: readonly WantedRecord[],
  service: Service,
  terminal: Terminal,
): void {
  if (service.zone === null) return;
  const strangers = new Map(
    records.flatMap((record) => {
      const zone = zoneOf(record, service);
      return record.host === null || zone === service.zone ? [] : [[record.host, zone]];
    }),
  );
  for (const [host, zone] of strangers) {
    terminal.err(
      printable(`${host} does not lie in ${service.zone}; its zone is taken to be ${zone}.`),
    );
  }
}

/** Enough to recognise one’s own. */
const MAX_NAMES_TOLD = 8;

export function readHostName(option: string, text: string): string {
  const input = readDomainInput(text, domainToASCII);
  if (!input.ok) throw new UsageError(`${option}: ${input.message}`);
  const { key } = input.domain;
  const host = /^_\d+\._(?:tcp|udp|sctp)\.(.+)$/.exec(key)?.[1];
  if (host !== undefined) {
    throw new UsageError(`${option}: port and protocol are added here; name the host, ${host}.`);
  }
  return key;
}

/** RFC 2181 §8: 31 bits. */
const MAX_TTL = 2_147_483_647;

function readTtl(value: string): number {
  const ttl = Number(value);
  if (!/^\d+$/.test(value) || ttl > MAX_TTL) {
    throw new InvalidArgumentError(`It takes seconds, 0 to ${MAX_TTL}.`);
  }
  return ttl;
}

function readUpTo(most: number): (value: string) => number {
  return (value) => {
    if (!/^\d$/.test(value) || Number(value) > most) {
      throw new InvalidArgumentError(`It takes a number from 0 to ${most}.`);
    }
    return Number(value);
  };
}
