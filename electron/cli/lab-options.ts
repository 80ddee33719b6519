/** Turns the options of `lab --outbound` into what the test takes; every refusal is one sentence. */
import { domainToASCII } from 'node:url';
import { InvalidArgumentError } from 'commander';
import {
  ALGORITHM_NAMES,
  DEFAULT_ADDRESSES,
  DEFAULT_BASE,
  DEFAULT_NAME_SERVER,
  DEFAULT_SILENCE_SECONDS,
  DNS_PORT,
  isLoopback,
  MAX_SILENCE_SECONDS,
  readAddresses,
  readBase,
  readNameServer,
  SINGLE_LOOPBACK,
  SMTP_PORT,
  type AddressList,
  type AlgorithmNumber,
  type Endpoint,
  type Read,
} from '../../shared/lab/place.ts';
import type { AddressPair } from '../../shared/lab/address-mapping.ts';
import type { SettingsName } from './lab-settings.ts';
import { publishedPlaces, type WebChoice } from './lab-public.ts';
import { UsageError } from './options.ts';

/** As commander gives them. */
export interface LabOptions {
  readonly outbound?: boolean;
  readonly base?: string;
  readonly dns?: Endpoint;
  readonly addresses?: AddressList;
  readonly smtpPort?: number;
  readonly listenPort?: number;
  readonly algorithm?: AlgorithmNumber;
  readonly state?: string;
  readonly timeout?: number;
  readonly public?: string;
  readonly yesPublic?: boolean;
  readonly nat?: readonly AddressPair[];
  readonly web?: WebChoice;
  readonly kit?: string;
  readonly once?: boolean;
  readonly json?: boolean;
  readonly report?: readonly string[];
  readonly settings?: readonly SettingsName[];
  /** `true`: the resolvers of this machine. */
  readonly checkResolver?: Endpoint | true;
}

export interface OutboundRequest {
  readonly base: string;
  readonly dns: Endpoint;
  readonly addresses: AddressList;
  readonly smtpPort: number;
  readonly listenPort: number;
  /** Null: what was kept, or the usual one. */
  readonly algorithm: AlgorithmNumber | null;
  readonly statePath: string | null;
  readonly silentAfterMs: number;
  /** Whether strangers can reach it. */
  readonly open: boolean;
  /** Published addresses behind which the machine has others. */
  readonly nat: readonly AddressPair[];
  /** Of the visitors’ page, as it is published; null for none. */
  readonly web: Endpoint | null;
  readonly once: boolean;
  readonly json: boolean;
  /** Files; their names tell the format. */
  readonly reports: readonly string[];
  /** Texts that shall be printed. */
  readonly settings: readonly SettingsName[];
  /** Whether resolvers find and trust the zone is asked first; null: it is not. */
  readonly check: { readonly resolver: Endpoint | 'of this machine' } | null;
}

export function toOutboundRequest(
  options: LabOptions,
  platform = process.platform,
): OutboundRequest {
  refuseForKit(options);
  const single = platform === 'darwin';
  const isPublic = options.public !== undefined;
  if (isPublic && options.base !== undefined)
    throw new UsageError('--public names the domain already: leave --base out.');
  if (isPublic && options.addresses === undefined)
    throw new UsageError('--public needs --addresses: those of this machine that others reach.');
  const addresses =
    options.addresses ?? takeAddresses(single ? SINGLE_LOOPBACK : DEFAULT_ADDRESSES);
  const [first = SINGLE_LOOPBACK] = addresses.addresses;
  const dns =
    options.dns ??
    (isPublic
      ? { address: first, port: DNS_PORT }
      : { ...DEFAULT_NAME_SERVER, ...(single ? { address: SINGLE_LOOPBACK } : {}) });
  const { nat, web } = publishedPlaces(options, dns, addresses.addresses);
  if (web !== null) refuseForVisitors(options);
  const published = [dns.address, ...addresses.addresses, ...(web === null ? [] : [web.address])];
  const open = wantsStrangers(options, published);
  const smtpPort = options.smtpPort ?? SMTP_PORT;
  return {
    ...{ base: options.public ?? options.base ?? DEFAULT_BASE, dns, addresses, smtpPort, open },
    ...{ listenPort: options.listenPort ?? smtpPort, nat, web },
    algorithm: options.algorithm ?? null,
    statePath: options.state ?? null,
    silentAfterMs: (options.timeout ?? DEFAULT_SILENCE_SECONDS) * 1000,
    once: options.once === true,
    json: options.json === true,
    ...{ reports: options.report ?? [], settings: options.settings ?? [] },
    check: checkWish(options),
  };
}

function checkWish({ checkResolver }: LabOptions): OutboundRequest['check'] {
  if (checkResolver === undefined) return null;
  return { resolver: checkResolver === true ? 'of this machine' : checkResolver };
}

/** A kit starts nothing: what asks for a test, or for words about one that starts, would be passed over in silence. */
function refuseForKit({ kit, once, report, settings, checkResolver }: LabOptions): void {
  if (kit === undefined) return;
  const wished = { '--once': once, '--report': report, '--settings': settings };
  const all = Object.entries({ ...wished, '--check-resolver': checkResolver });
  const option = all.find(([, value]) => value !== undefined)?.[0];
  if (option === undefined) return;
  throw new UsageError(`--kit writes its files and starts no test: leave ${option} out.`);
}

/** With a page each visitor begins a test: there is none that could have the last word here. */
function refuseForVisitors({ once, report }: LabOptions): void {
  const [option, does] =
    once === true ? ['--once', 'ends with'] : report !== undefined ? ['--report', 'is of'] : [];
  if (option === undefined) return;
  throw new UsageError(
    `${option} ${does} one test, and on a page for visitors everybody begins their own. Leave the page out (--web none), or leave out ${option}.`,
  );
}

/** An address that others reach is asked for twice. */
function wantsStrangers(
  { public: name, yesPublic, kit }: LabOptions,
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
  // A kit opens no port.
  if (yesPublic !== true && kit === undefined) {
    throw new UsageError(
      `With --public ${name} strangers can reach a name server and mail servers on this machine. They take mail for the test’s own addresses alone, and pass none on. If that is what you want, say --yes-public too.`,
    );
  }
  return true;
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
    ['nat', '--nat'],
    ['web', '--web'],
    ['kit', '--kit'],
    ['once', '--once'],
    ['report', '--report'],
    ['settings', '--settings'],
    ['checkResolver', '--check-resolver'],
  ];
  return names.find(([key]) => options[key] !== undefined)?.[1] ?? null;
}

/** For commander, which puts the sentence behind the option that it refuses. */
function taken<T>(read: Read<T>): T {
  if (!read.ok) throw new InvalidArgumentError(read.message);
  return read.value;
}

export function takeBase(value: string): string {
  return taken(readBase(value, domainToASCII));
}

export function takeNameServer(value: string): Endpoint {
  return taken(readNameServer(value));
}

export function takeAddresses(value: string): AddressList {
  return taken(readAddresses(value));
}

export const ALGORITHM_CHOICES = Object.values(ALGORITHM_NAMES)
  .map((name) => (name === ALGORITHM_NAMES[13] ? `${name} (default)` : name))
  .join(', ');

/** Mnemonics or numbers of the IANA registry. */
export function readAlgorithm(value: string): AlgorithmNumber {
  const numbers = [8, 13, 14, 15] as const;
  const found = numbers.find(
    (number) => value === `${number}` || value.toUpperCase() === ALGORITHM_NAMES[number],
  );
  if (found === undefined)
    throw new InvalidArgumentError(`It takes one of ${Object.values(ALGORITHM_NAMES).join(', ')}.`);
  return found;
}

export function readSilence(value: string): number {
  const seconds = Number(value);
  if (!/^\d+$/.test(value) || seconds < 1 || seconds > MAX_SILENCE_SECONDS) {
    throw new InvalidArgumentError(`It takes seconds, 1 to ${MAX_SILENCE_SECONDS}.`);
  }
  return seconds;
}
