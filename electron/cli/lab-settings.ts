/** `--settings NAME`: which texts a person wants to see, for the resolver and for the mail server. */
import { InvalidArgumentError } from 'commander';
import type { OutboundTest } from '../compose.ts';
import { isLoopback } from '../../shared/lab/place.ts';
import { resolverSettings, type ResolverSettings } from '../../shared/lab/resolver-settings.ts';
import {
  outboundTestSettings,
  type SenderSettings,
} from '../../shared/mail-software/outbound-test-settings.ts';

/** As they are typed, and the software’s own name. */
const RESOLVERS = {
  unbound: 'Unbound',
  bind: 'BIND',
  knot: 'Knot Resolver',
  'systemd-resolved': 'systemd-resolved',
} as const;
const MAIL_SERVERS = {
  postfix: 'Postfix',
  exim: 'Exim',
  halon: 'Halon',
  powermta: 'PowerMTA',
  kumomta: 'KumoMTA',
} as const;

export type SettingsName = keyof typeof RESOLVERS | keyof typeof MAIL_SERVERS;

export const RESOLVER_NAMES = Object.keys(RESOLVERS);
export const MAIL_SERVER_NAMES = Object.keys(MAIL_SERVERS);

export const SETTINGS_HELP = `what to paste into ${[...RESOLVER_NAMES, ...MAIL_SERVER_NAMES].join(', ')} (list)`;

const SOFTWARE: Readonly<Record<SettingsName, string>> = { ...RESOLVERS, ...MAIL_SERVERS };

/** Names with commas between them; the option may be repeated. */
export function takeSettings(
  value: string,
  before: readonly SettingsName[] = [],
): readonly SettingsName[] {
  const typed = value.split(',').map((name) => name.trim().toLowerCase());
  const known = typed.filter(isSettingsName);
  if (known.length < typed.length) {
    throw new InvalidArgumentError(
      `It takes ${[...RESOLVER_NAMES, ...MAIL_SERVER_NAMES].join(', ')}; several with commas between them.`,
    );
  }
  return [...new Set([...before, ...known])];
}

function isSettingsName(name: string): name is SettingsName {
  return Object.hasOwn(SOFTWARE, name);
}

export interface TestSettings {
  readonly resolvers: readonly ResolverSettings[];
  readonly mailServers: readonly SenderSettings[];
}

/** What the texts are for; `resolver` is the one that the mail server shall ask. */
export function testSettings(
  { base, nameServer, trustAnchor, hosts }: OutboundTest,
  { smtpPort, resolver }: { readonly smtpPort: number; readonly resolver: string },
): TestSettings {
  const loopback = hosts.some(({ address }) => isLoopback(address));
  return {
    resolvers: resolverSettings({ base, ...nameServer, trustAnchor }),
    mailServers: outboundTestSettings({ base, resolver, trustAnchor, loopback, smtpPort }),
  };
}

/** Those that were asked for, in the order of the menu. */
export function chosenSettings(
  { resolvers, mailServers }: TestSettings,
  names: readonly SettingsName[],
): TestSettings {
  const wanted = names.map((name) => SOFTWARE[name]);
  return {
    resolvers: resolvers.filter(({ software }) => wanted.includes(software)),
    mailServers: mailServers.filter(({ software }) => wanted.includes(software)),
  };
}
