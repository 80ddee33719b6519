// Says at which loopback address and port everything of the universe listens (127/8 and its use: RFC 1122 §3.2.1.3).

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
  'nxdomain-a': '3.1',
  'nxdomain-b': '3.2',
  'denying-a': '3.3',
  'denying-b': '3.4',
  'servfail-a': '3.5',
  'servfail-b': '3.6',
  recursive: '0.53',
  validating: '0.54',
} as const;

/** `six` is the one name server that speaks IPv6 only. */
export type ServerKey = keyof typeof SERVER_OCTETS | 'six';

/** The servers that always run; `nobody` is an address at which nothing listens. */
export const SERVER_KEYS: readonly ServerKey[] = Object.keys(SERVER_OCTETS).filter(isServerKey);

export function serverAddress(block: number, key: ServerKey): string {
  return key === 'six' ? `fd53:${block}:53::1` : `127.${block}.${SERVER_OCTETS[key]}`;
}

/** The address of the mail listener with this running number. */
export function mailAddress(block: number, index: number): string {
  return `127.${block}.10.${index + 1}`;
}

/** A unique local address (RFC 4193) for listeners that also speak IPv6. */
export function mailAddress6(block: number, index: number): string {
  return `fd53:${block}::${(index + 1).toString(16)}`;
}

function isServerKey(key: string): key is keyof typeof SERVER_OCTETS {
  return key in SERVER_OCTETS;
}
