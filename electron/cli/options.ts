/** Turns the options that `check` and `resolve` share into what the core takes; every refusal is one sentence. */
import { readFile } from 'node:fs/promises';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { addressFromText } from '../../shared/dns/address.ts';
import { DEFAULT_CORE_OPTIONS, type CoreOptions } from '../compose.ts';

/** As commander gives them. */
export interface SharedOptions {
  readonly rootHints?: string;
  readonly trustAnchor?: string;
  readonly resolver: CoreOptions['resolver'];
  readonly dnsPort: number;
  readonly smtpPort: number;
  readonly timeout: number;
  readonly at: number | null;
  readonly ipv4?: boolean;
  readonly ipv6?: boolean;
  readonly smtp: boolean;
  readonly allowPrivate?: boolean;
  readonly lab?: boolean;
  readonly json?: boolean;
  readonly proxy?: string;
}

/** A refusal that is shown as it is, without a stack. */
export class UsageError extends Error {}

export function addSharedOptions(command: Command): Command {
  const { dnsPort, smtpPort, timeoutMs } = DEFAULT_CORE_OPTIONS;
  return command
    .option(
      '--root-hints <file>',
      'zone file with NS and addresses of the root (default: built in)',
    )
    .option(
      '--trust-anchor <file>',
      'zone file with DS or DNSKEY records (default: the root’s keys)',
    )
    .addOption(
      new Option(
        '--resolver <ip#port>',
        '"iterative", or a recursive resolver, whose answers are validated here',
      )
        .argParser(readResolver)
        .default(null, 'iterative'),
    )
    .option('--dns-port <n>', 'port of name servers', readPort, dnsPort)
    .option('--smtp-port <n>', 'port of mail servers; the TLSA name follows it', readPort, smtpPort)
    .option(
      '--timeout <seconds>',
      'for one DNS exchange; three times that for a mail stage',
      readSeconds,
      timeoutMs / 1000,
    )
    .addOption(
      new Option('--at <instant>', 'judge as of then, e.g. 2026-11-24T12:00:00Z')
        .argParser(readInstant)
        .default(null, 'now'),
    )
    .option('--ipv4', 'use IPv4 only')
    .option('--ipv6', 'use IPv6 only')
    .option('--allow-private', 'connect to private and other special addresses too')
    .option('--lab', 'ask the built-in lab instead of the internet')
    .option('--json', 'print JSON, and nothing else, on stdout')
    .addOption(new Option('--proxy <url>').hideHelp());
}

export async function toCoreOptions(options: SharedOptions, version: string): Promise<CoreOptions> {
  if (options.proxy !== undefined) throw new UsageError('--proxy is not built into this version.');
  if (options.ipv4 === true && options.ipv6 === true) {
    throw new UsageError('--ipv4 and --ipv6 exclude each other.');
  }
  return {
    version,
    rootHints: await readTextFile('--root-hints', options.rootHints),
    trustAnchors: await readTextFile('--trust-anchor', options.trustAnchor),
    resolver: options.resolver,
    dnsPort: options.dnsPort,
    smtpPort: options.smtpPort,
    timeoutMs: options.timeout * 1000,
    at: options.at,
    families: options.ipv4 === true ? [4] : options.ipv6 === true ? [6] : [4, 6],
    smtp: options.smtp,
    allowPrivate: options.allowPrivate === true,
  };
}

/** The file's text; null when no file was named. */
export async function readTextFile(
  option: string,
  path: string | undefined,
): Promise<string | null> {
  if (path === undefined) return null;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${option}: ${path} cannot be read (${systemReason(error)}).`, {
      cause: error,
    });
  }
}

/** The system's own word for what went wrong with a file. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS.get(code) ?? (code === '' ? 'unknown reason' : code);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'it does not exist'],
  ['EACCES', 'permission denied'],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'a part of its path is not a folder'],
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'the disk is read-only'],
]);

function readResolver(value: string): CoreOptions['resolver'] {
  if (value === 'iterative') return null;
  const [address = '', port = '53', ...more] = value.split('#');
  if (addressFromText(address) === null || more.length > 0) {
    throw new InvalidArgumentError(
      'It takes "iterative" or an IP address, with #PORT if it is not 53.',
    );
  }
  return { address, port: readPort(port) };
}

const MAX_PORT = 65_535;

export function readPort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > MAX_PORT) {
    throw new InvalidArgumentError(`It takes a port, 1 to ${MAX_PORT}.`);
  }
  return port;
}

/** Seconds; longer than any answer is worth waiting for. */
const MAX_TIMEOUT = 60;

function readSeconds(value: string): number {
  const seconds = Number(value);
  if (value.trim() === '' || !(seconds > 0 && seconds <= MAX_TIMEOUT)) {
    throw new InvalidArgumentError(`It takes seconds, more than 0 and at most ${MAX_TIMEOUT}.`);
  }
  return seconds;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/;

export function readInstant(value: string): number {
  const at = INSTANT.test(value) ? Date.parse(value) : Number.NaN;
  // Date.parse takes 31 February for a day in March.
  if (Number.isNaN(at) || new Date(at).getUTCDate() !== Number(value.slice(8, 10))) {
    throw new InvalidArgumentError('It takes an instant in UTC, such as 2026-11-24T12:00:00Z.');
  }
  return at;
}

export function readCount(value: string): number {
  const count = Number(value);
  if (!/^\d+$/.test(value) || count < 1 || count > MAX_CONCURRENCY) {
    throw new InvalidArgumentError(`It takes a number from 1 to ${MAX_CONCURRENCY}.`);
  }
  return count;
}

/** Domains at once; more would only wait for the same sockets. */
const MAX_CONCURRENCY = 64;
