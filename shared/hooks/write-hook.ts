/** Writes the shell script that carries a key change out for an ACME client (RFC 7671 §8.1): see docs/hooks.md. */
import { printable, shellWord } from '../findings/safe-text.ts';
import certificate from './certificate.sh?raw';
import acmeSh from './client-acme-sh.sh?raw';
import certbot from './client-certbot.sh?raw';
import lego from './client-lego.sh?raw';
import cloudflare from './dns-cloudflare.sh?raw';
import nsupdate from './dns-nsupdate.sh?raw';
import head from './head.sh?raw';
import lock from './lock.sh?raw';
import look from './look.sh?raw';
import main from './main.sh?raw';
import server from './server.sh?raw';
import settingsReader from './settings.sh?raw';
import steps from './steps.sh?raw';
import store from './store.sh?raw';
import tell from './tell.sh?raw';

export const HOOK_CLIENTS = ['certbot', 'acme.sh', 'lego'] as const;
export type HookClient = (typeof HOOK_CLIENTS)[number];

export const HOOK_DNS = ['nsupdate', 'cloudflare'] as const;
export type HookDns = (typeof HOOK_DNS)[number];

export interface HookSettings {
  readonly client: HookClient;
  readonly dns: HookDns;
  /** Each has a TLSA record set of its own; all are served by the mail server of this machine. */
  readonly places: readonly { readonly host: string; readonly port: number }[];
  /** Null: found by asking for SOA records upwards from the host. */
  readonly zone: string | null;
  /** Seconds, for a first record; later ones take the TTL of those that stand. */
  readonly ttl: number;
  /** Where the mail server is to read key and certificate from. */
  readonly folder: string;
  /** The command after which the mail server has read its certificate again. */
  readonly reload: string;
  /** Addresses, `#port` after those that do not listen on 53. Null: every one that the zone's NS records name. */
  readonly nameServers: readonly string[] | null;
}

export function writeHook(settings: HookSettings): string {
  const dns = { nsupdate, cloudflare }[settings.dns];
  const client = { certbot, 'acme.sh': acmeSh, lego }[settings.client];
  const parts = [tell, settingsReader, certificate, look, server, store, lock, dns, client, steps];
  return [opening(settings), head, defaults(settings), ...parts, main].join('');
}

function opening({ client, dns, places }: HookSettings): string {
  const hosts = places.map(({ host, port }) => `${printable(host)}:${port}`).join(' ');
  return `#!/bin/sh
# dane-hook: keeps the TLSA records of ${hosts} in step with the certificates of ${client}, by way of ${DNS_WORDS[dns]}.
`;
}

const DNS_WORDS: Readonly<Record<HookDns, string>> = {
  nsupdate: 'nsupdate',
  cloudflare: 'the API of Cloudflare',
};

/** `take_setting` leaves alone what the environment has set. */
function defaults(settings: HookSettings): string {
  const places = settings.places.map(({ host, port }) => `${host}:${port}`);
  const lines = Object.entries({
    DANE_PLACES: places.join(' '),
    DANE_ZONE: settings.zone ?? '',
    DANE_TTL: String(settings.ttl),
    DANE_FOLDER: settings.folder,
    DANE_RELOAD: settings.reload,
    DANE_NAME_SERVERS: (settings.nameServers ?? []).join(' '),
    ...OTHER_DEFAULTS,
    ...DNS_DEFAULTS[settings.dns],
  }).map(([name, value]) => `    take_setting ${name} ${value === '' ? "''" : shellWord(value)}`);
  return `\n${MAY_HOLD_VARIABLES}\ndefault_settings() {\n${lines.join('\n')}\n}\n`;
}

/** For shellcheck: what the reload command has in it is for the shell that runs it. */
const MAY_HOLD_VARIABLES = '# shellcheck disable=SC2016';

/** Settings that the script has beside those asked for here; docs/hooks.md tells what they do. */
const OTHER_DEFAULTS = {
  DANE_CONNECT: '',
  DANE_STARTTLS: 'auto',
  DANE_ANY_NAME: 'no',
  DANE_KEY_GROUP: '',
  DANE_POLL_SECONDS: '60',
  DANE_VERIFY_SECONDS: '30',
  DANE_RETRY_SECONDS: '3600',
  DANE_LAG_SECONDS: '3600',
  DANE_DNS_SECONDS: '5',
  DANE_LOCK_SECONDS: '60',
} as const;

const DNS_DEFAULTS = {
  nsupdate: { DANE_NSUPDATE_SERVER: '', DANE_NSUPDATE_KEY: '' },
  cloudflare: {
    CF_API: 'https://api.cloudflare.com/client/v4',
    CF_API_TOKEN: '',
    CF_API_TOKEN_FILE: '',
    CF_ZONE_ID: '',
  },
} as const;
