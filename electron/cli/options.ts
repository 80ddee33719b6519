/** Turns the options that `check` and `resolve` share into what the core takes; every refusal is one sentence. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { addressFromText } from '../../shared/dns/address.ts';
import { DEFAULT_CORE_OPTIONS, type CoreOptions } from '../compose.ts';
import { MAX_EXPIRY_DAYS } from '../../shared/watch/limits.ts';
import { readChainFiles } from './chain-files.ts';
import { UsageError, readTextFile } from './input-file.ts';

export { UsageError, systemReason } from './input-file.ts';

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

/** Those of `check` about mail servers. */
export interface MailOptions {
  readonly ehlo?: string;
  readonly maxConnections: number;
  readonly withoutSni?: boolean;
  /** `HOST=FILE` each. */
  readonly chain: readonly string[];
}

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
    .option(
      '--proxy <url>',
      'reach mail servers through a proxy: socks5://[user:password@]host:port',
    );
}

/** `collect` gathers what may be given several times. */
export function addMailOptions(
  command: Command,
  collect: (value: string, before: readonly string[]) => readonly string[],
): Command {
  return command
    .option('--no-smtp', 'DNS only; speak to no mail server')
    .option(
      '--chain <host=file>',
      'judge this chain (PEM, or what openssl s_client -showcerts wrote) instead of asking the host (repeatable)',
      collect,
      [],
    )
    .option('--ehlo <name>', 'greet mail servers with this name (default: this machine’s)')
    .option(
      '--max-connections <n>',
      'mail-server connections at a time, one to an address',
      readConnections,
      DEFAULT_CORE_OPTIONS.maxConnections,
    )
    .option('--without-sni', 'ask each mail server once more without SNI, for comparison');
}

export async function toCoreOptions(
  options: SharedOptions & Partial<MailOptions>,
  version: string,
): Promise<CoreOptions> {
  if (options.proxy !== undefined && options.lab === true) {
    throw new UsageError('--proxy and --lab exclude each other: the lab is inside this program.');
  }
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
    ehloName: options.ehlo ?? null,
    proxy: options.proxy ?? null,
    maxConnections: options.maxConnections ?? DEFAULT_CORE_OPTIONS.maxConnections,
    withoutSni: options.withoutSni === true,
    chains: await readChainFiles(options.chain ?? []),
  };
}

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

function readConnections(value: string): number {
  return countUpTo(value, MAX_CONNECTIONS);
}

/** Open files of a process are few on some systems. */
const MAX_CONNECTIONS = 200;

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
  return countUpTo(value, MAX_CONCURRENCY);
}

/** Domains at once; more would only wait for the same sockets. */
const MAX_CONCURRENCY = 64;

export function readDays(value: string): number {
  return value === '0' ? 0 : countUpTo(value, MAX_EXPIRY_DAYS);
}

function countUpTo(value: string, most: number): number {
  const count = Number(value);
  if (!/^\d+$/.test(value) || count < 1 || count > most) {
    throw new InvalidArgumentError(`It takes a number from 1 to ${most}.`);
  }
  return count;
}
