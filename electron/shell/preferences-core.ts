/** What the core asks with: the command line's options over what is set in the Settings. */
import { readFileSync } from 'node:fs';
import { addressFromText } from '../../shared/dns/address.ts';
import type {
  FixedPreference,
  Preferences,
  PreferenceField,
} from '../../shared/ipc/preferences.ts';
import { DEFAULT_CORE_OPTIONS, type CoreOptions } from '../compose.ts';
import { hasOptions, type Arguments, type Options } from './arguments.ts';
import { readReason } from './system-reason.ts';

/** The command line as the core takes it. Files are read once: a run is not to change under a person's hands. */
export interface StartOptions {
  readonly core: Partial<CoreOptions>;
  readonly fixed: readonly FixedPreference[];
  /** Options that no setting stands for, as given. */
  readonly others: readonly string[];
  /** What of it cannot be used, in plain words; null when all can. */
  readonly problem: string | null;
}

export function readStartOptions(given: Arguments): StartOptions {
  const { options } = given;
  const problems = given.problem === null ? [] : [given.problem];
  const file = (option: string, path: string): string => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      problems.push(`${option}: ${path} cannot be read (${readReason(error)}).`);
      return '';
    }
  };
  const resolver = options.resolver === null ? null : readResolver(options.resolver);
  if (resolver === 'unfit') {
    problems.push('--resolver takes "iterative" or an IP address, with #PORT if it is not 53.');
  }
  const { rootHints, trustAnchor, timeoutSeconds } = options;
  const core: Partial<CoreOptions> = {
    ...(rootHints === null ? {} : { rootHints: file('--root-hints', rootHints) }),
    ...(trustAnchor === null ? {} : { trustAnchors: file('--trust-anchor', trustAnchor) }),
    ...(options.resolver === null ? {} : { resolver: resolver === 'unfit' ? null : resolver }),
    ...(options.dnsPort === null ? {} : { dnsPort: options.dnsPort }),
    ...(options.smtpPort === null ? {} : { smtpPort: options.smtpPort }),
    ...(timeoutSeconds === null ? {} : { timeoutMs: timeoutSeconds * MS_PER_SECOND }),
    ...(options.proxy === null ? {} : { proxy: options.proxy }),
    ...(options.ehloName === null ? {} : { ehloName: options.ehloName }),
    ...(options.maxConnections === null ? {} : { maxConnections: options.maxConnections }),
    ...(options.allowPrivate ? { allowPrivate: true } : {}),
    ...(options.noSmtp ? { smtp: false } : {}),
    ...(options.ipv4 || options.ipv6 ? { families: [options.ipv4 ? 4 : 6] } : {}),
  };
  return {
    core,
    fixed: fixedBy(options),
    others: hasOptions(given) ? othersOf(given) : [],
    problem: problems.length === 0 ? null : problems.join(' '),
  };
}

/** The command line wins. */
export function coreOptions(
  start: StartOptions,
  preferences: Preferences,
  version: string,
): CoreOptions {
  return { ...DEFAULT_CORE_OPTIONS, version, ...ofPreferences(preferences), ...start.core };
}

/** Of preferences that were found fit; of others what can be used. */
export function ofPreferences(preferences: Preferences): Partial<CoreOptions> {
  const { resolver: typed, families } = preferences;
  const resolver = typed === '' ? null : readResolver(typed);
  return {
    resolver: resolver === 'unfit' ? null : resolver,
    rootHints: orNull(preferences.rootHints),
    trustAnchors: orNull(preferences.trustAnchors),
    proxy: orNull(preferences.proxy),
    ehloName: orNull(preferences.ehloName),
    timeoutMs: preferences.timeoutSeconds * MS_PER_SECOND,
    families: families === 'both' ? [4, 6] : [families === 'ipv4' ? 4 : 6],
    smtp: preferences.smtp,
    allowPrivate: preferences.allowPrivate,
    maxConnections: preferences.maxConnections,
  };
}

const MS_PER_SECOND = 1000;
const DNS_PORT = 53;
const MAX_PORT = 65_535;

export function readResolver(value: string): CoreOptions['resolver'] | 'unfit' {
  if (value === 'iterative') return null;
  const [address = '', portText = String(DNS_PORT), ...more] = value.split('#');
  const port = Number(portText);
  const isPort = /^\d+$/.test(portText) && port >= 1 && port <= MAX_PORT;
  return addressFromText(address) !== null && isPort && more.length === 0
    ? { address, port }
    : 'unfit';
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text;
}

function fixedBy(options: Options): readonly FixedPreference[] {
  const given: readonly (readonly [PreferenceField, string, string | number | boolean | null])[] = [
    ['resolver', '--resolver', options.resolver],
    ['rootHints', '--root-hints', options.rootHints],
    ['trustAnchors', '--trust-anchor', options.trustAnchor],
    ['timeoutSeconds', '--timeout', options.timeoutSeconds],
    // It may hold a password.
    ['proxy', '--proxy', options.proxy !== null],
    ['ehloName', '--ehlo', options.ehloName],
    ['maxConnections', '--max-connections', options.maxConnections],
    ['allowPrivate', '--allow-private', options.allowPrivate],
    ['smtp', '--no-smtp', options.noSmtp],
    ['families', '--ipv4', options.ipv4],
    ['families', '--ipv6', options.ipv6],
  ];
  return given.flatMap(([field, option, value]) => {
    if (value === null || value === false) return [];
    return [{ field, option: value === true ? option : `${option} ${value}` }];
  });
}

function othersOf({ lab, options: { dnsPort, smtpPort } }: Arguments): readonly string[] {
  return [
    ...(lab ? ['--lab'] : []),
    ...(dnsPort === null ? [] : [`--dns-port ${dnsPort}`]),
    ...(smtpPort === null ? [] : [`--smtp-port ${smtpPort}`]),
  ];
}
