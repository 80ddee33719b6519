/** Turns the options of `lab --outbound` into what the test takes; every refusal is one sentence. */
import { domainToASCII } from 'node:url';
import { InvalidArgumentError } from 'commander';
import { addressFromText, addressToText, ipv4FromText } from '../../shared/dns/address.ts';
import { readPort, UsageError } from './options.ts';

/** As commander gives them. */
export interface LabOptions {
  readonly outbound?: boolean;
  readonly base?: string;
  readonly dns?: Endpoint;
  readonly addresses?: AddressList;
  readonly smtpPort?: number;
  readonly listenPort?: number;
  readonly algorithm?: 8 | 13 | 14 | 15;
  readonly state?: string;
  readonly timeout?: number;
  readonly public?: string;
  readonly yesPublic?: boolean;
  readonly once?: boolean;
  readonly json?: boolean;
}

interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface AddressList {
  /** As it was given. */
  readonly text: string;
  readonly addresses: readonly string[];
}

export interface OutboundRequest {
  readonly base: string;
  readonly dns: Endpoint;
  readonly addresses: AddressList;
  readonly smtpPort: number;
  readonly listenPort: number;
  /** Null: what was kept, or the usual one. */
  readonly algorithm: 8 | 13 | 14 | 15 | null;
  readonly statePath: string | null;
  readonly silentAfterMs: number;
  /** Whether strangers can reach it. */
  readonly open: boolean;
  readonly once: boolean;
  readonly json: boolean;
}

const DEFAULT_BASE = 'havedane.test';
const SMTP_PORT = 25;
const DNS_PORT = 53;
/** Beyond 1024, so that nobody needs to be an administrator; resolvers can be told of any port. */
const DEFAULT_DNS: Endpoint = { address: '127.25.0.53', port: 5300 };
const DEFAULT_ADDRESSES = '127.25.0.1-127.25.0.20';
/** macOS has one address of its loopback unless it is given more. */
const SINGLE_LOOPBACK = '127.0.0.1';
const DEFAULT_SILENCE_SECONDS = 600;
/** Seconds: half of the day after which everything is deleted. */
const MAX_SILENCE_SECONDS = 43_200;

export function toOutboundRequest(
  options: LabOptions,
  platform = process.platform,
): OutboundRequest {
  const single = platform === 'darwin';
  const isPublic = options.public !== undefined;
  if (isPublic && options.base !== undefined)
    throw new UsageError('--public names the domain already: leave --base out.');
  if (isPublic && options.addresses === undefined)
    throw new UsageError('--public needs --addresses: those of this machine that others reach.');
  const addresses =
    options.addresses ?? readAddresses(single ? SINGLE_LOOPBACK : DEFAULT_ADDRESSES);
  const [first = SINGLE_LOOPBACK] = addresses.addresses;
  const dns =
    options.dns ??
    (isPublic
      ? { address: first, port: DNS_PORT }
      : { ...DEFAULT_DNS, ...(single ? { address: SINGLE_LOOPBACK } : {}) });
  const open = wantsStrangers(options, [dns.address, ...addresses.addresses]);
  const smtpPort = options.smtpPort ?? SMTP_PORT;
  return {
    ...{ base: options.public ?? options.base ?? DEFAULT_BASE, dns, addresses, smtpPort, open },
    listenPort: options.listenPort ?? smtpPort,
    algorithm: options.algorithm ?? null,
    statePath: options.state ?? null,
    silentAfterMs: (options.timeout ?? DEFAULT_SILENCE_SECONDS) * 1000,
    once: options.once === true,
    json: options.json === true,
  };
}

/** An address that others reach is asked for twice. */
function wantsStrangers(
  { public: name, yesPublic }: LabOptions,
  addresses: readonly string[],
): boolean {
  const outside = addresses.find((address) => !isLoopback(address));
  if (outside === undefined) {
    if (yesPublic === true || name !== undefined)
      throw new UsageError(
        '--public needs addresses that others reach; these are of this machine alone.',
      );
    return false;
  }
  if (name === undefined) {
    throw new UsageError(
      `Other machines could reach ${outside}. The test stays on this one unless that is asked for twice: with --public NAME, a domain of yours that leads here, and with --yes-public.`,
    );
  }
  if (yesPublic !== true) {
    throw new UsageError(
      `With --public ${name} strangers can reach a name server and mail servers on this machine. They take mail for the test’s own addresses alone, and pass none on. If that is what you want, say --yes-public too.`,
    );
  }
  return true;
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

/** The first option that means nothing to the list of domains. */
export function onlyWithOutbound(options: LabOptions): string | null {
  const names: readonly (readonly [keyof LabOptions, string])[] = [
    ['base', '--base'],
    ['dns', '--dns'],
    ['addresses', '--addresses'],
    ['smtpPort', '--smtp-port'],
    ['listenPort', '--listen-port'],
    ['algorithm', '--algorithm'],
    ['state', '--state'],
    ['timeout', '--timeout'],
    ['public', '--public'],
    ['yesPublic', '--yes-public'],
    ['once', '--once'],
  ];
  return names.find(([key]) => options[key] !== undefined)?.[1] ?? null;
}

/** Characters: below it go the names of the situations, and all must be a name (RFC 1035 §2.3.4). */
const MAX_BASE_CHARACTERS = 180;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export function readBase(value: string): string {
  const name = domainToASCII(value.replace(/\.$/, ''));
  const labels = name.split('.');
  if (
    name.length > MAX_BASE_CHARACTERS ||
    labels.length < 2 ||
    !labels.every((label) => LABEL.test(label)) ||
    addressFromText(name) !== null
  ) {
    throw new InvalidArgumentError(
      `It takes a domain of two labels or more and at most ${MAX_BASE_CHARACTERS} characters, such as ${DEFAULT_BASE}.`,
    );
  }
  return name;
}

export function readDnsEndpoint(value: string): Endpoint {
  const [address = '', port = `${DNS_PORT}`, ...more] = value.split('#');
  if (more.length > 0 || !isOne(address)) {
    throw new InvalidArgumentError('It takes one IP address, with #PORT if it is not 53.');
  }
  return { address, port: readPort(port) };
}

/** Of an own address for each mail server, and some to spare. */
const MAX_ADDRESSES = 64;

export function readAddresses(value: string): AddressList {
  const addresses = value.split(',').flatMap((part) => readRange(part.trim()));
  if (addresses.length > MAX_ADDRESSES)
    throw new InvalidArgumentError(`It takes at most ${MAX_ADDRESSES} addresses.`);
  return { text: value.replace(/\s/g, ''), addresses: [...new Set(addresses)] };
}

function readRange(part: string): readonly string[] {
  const [first = '', last, ...more] = part.split('-');
  if (last === undefined && isOne(first)) return [first];
  const from = numberOf(first);
  const to = numberOf(last ?? '');
  if (from === null || to === null || to < from || more.length > 0) {
    throw new InvalidArgumentError(
      'It takes IP addresses with commas between them, and ranges such as 127.25.0.1-127.25.0.20.',
    );
  }
  // One more than is allowed is enough to refuse it.
  const count = Math.min(to - from, MAX_ADDRESSES) + 1;
  return Array.from({ length: count }, (_, index) => ipv4Text(from + index)).filter(isOne);
}

/** One address that stands for one machine: not the unspecified one, nor one of many. */
function isOne(address: string): boolean {
  const octets = addressFromText(address);
  if (octets === null || octets.every((octet) => octet === 0)) return false;
  const [first = 0] = octets;
  return octets.length === 4 ? first > 0 && first < MULTICAST_IPV4 : first !== MULTICAST_IPV6;
}

/** RFC 1112 §4 and what is beyond, RFC 4291 §2.7. */
const MULTICAST_IPV4 = 224;
const MULTICAST_IPV6 = 0xff;

function numberOf(text: string): number | null {
  const octets = ipv4FromText(text);
  return octets === null ? null : Buffer.from(octets).readUInt32BE();
}

function ipv4Text(number: number): string {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(number);
  return addressToText(octets) ?? '';
}

const ALGORITHMS = { 8: 'RSASHA256', 13: 'ECDSAP256SHA256', 14: 'ECDSAP384SHA384', 15: 'ED25519' };
export const ALGORITHM_CHOICES = 'RSASHA256, ECDSAP256SHA256 (default), ECDSAP384SHA384, ED25519';

/** Mnemonics or numbers of the IANA registry. */
export function readAlgorithm(value: string): 8 | 13 | 14 | 15 {
  const numbers = [8, 13, 14, 15] as const;
  const found = numbers.find(
    (number) => value === `${number}` || value.toUpperCase() === ALGORITHMS[number],
  );
  if (found === undefined)
    throw new InvalidArgumentError(`It takes one of ${Object.values(ALGORITHMS).join(', ')}.`);
  return found;
}

export function readSilence(value: string): number {
  const seconds = Number(value);
  if (!/^\d+$/.test(value) || seconds < 1 || seconds > MAX_SILENCE_SECONDS) {
    throw new InvalidArgumentError(`It takes seconds, 1 to ${MAX_SILENCE_SECONDS}.`);
  }
  return seconds;
}
