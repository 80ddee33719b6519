// Says at which loopback address and port everything of the universe listens (127/8 and its use: RFC 1122 §3.2.1.3).
import { SERVER_FAULTS, type ServerFault } from './server-faults.ts';

/** One port for every name server: a delegation carries no port, so all levels must share it. */
export const DNS_PORT = 5300;

/** One port for every mail server; the owner name of a TLSA record follows it (RFC 6698 §3). */
export const SMTP_PORT = 2525;

/** Each running universe takes one block 127.<block>.0.0/16, so that several can run side by side. */
export const BLOCKS: readonly number[] = [80, 81, 82, 83, 84, 85, 86, 87];

/** Third and fourth octet of every name server, each level of the tree on addresses of its own. */
const SERVER_OCTETS = {
  'root-a': '0.1',
  'root-b': '0.2',
  'tld-a': '1.1',
  'tld-b': '1.2',
  'tld-optout': '1.3',
  'host-a': '2.1',
  'host-b': '2.2',
  variant: '2.3',
  stranger: '2.8',
  nobody: '2.9',
  recursive: '0.53',
  validating: '0.54',
  minimising: '0.55',
} as const;

type FixedKey = keyof typeof SERVER_OCTETS;

/** A faulty server: `-a` stands before `host-a`, `-b` before `host-b`. */
export type FaultyKey = `${ServerFault}-${'a' | 'b'}`;

/** `six` is the one name server that speaks IPv6 only. */
export type ServerKey = FixedKey | FaultyKey | 'six';

/** The servers that always run; `nobody` is an address at which nothing listens. */
export const FIXED_KEYS: readonly FixedKey[] = Object.keys(SERVER_OCTETS).filter(isFixedKey);

/** In the order of their addresses. */
export const FAULTY_KEYS: readonly FaultyKey[] = Object.keys(SERVER_FAULTS)
  .filter(isFault)
  .flatMap((fault) => [`${fault}-a`, `${fault}-b`] as const);

export function serverAddress(block: number, key: ServerKey): string {
  if (key === 'six') return `fd53:${block}:53::1`;
  return `127.${block}.${isFixedKey(key) ? SERVER_OCTETS[key] : `3.${FAULTY_KEYS.indexOf(key) + 1}`}`;
}

/** The address of the mail listener with this running number. */
export function mailAddress(block: number, index: number): string {
  return `127.${block}.10.${index + 1}`;
}

/** A unique local address (RFC 4193) for listeners that also speak IPv6. */
export function mailAddress6(block: number, index: number): string {
  return `fd53:${block}::${(index + 1).toString(16)}`;
}

function isFixedKey(key: string): key is FixedKey {
  return key in SERVER_OCTETS;
}

function isFault(key: string): key is ServerFault {
  return key in SERVER_FAULTS;
}
