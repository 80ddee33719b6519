/** Where an outbound test lives, as a person types it: its domain, its name server, its mail servers. */
import { addressFromText, addressToText, ipv4FromText } from '../dns/address.ts';

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  /** One plain sentence: what it takes. */
  | { readonly ok: false; readonly message: string };

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface AddressList {
  /** As it was given, without blanks. */
  readonly text: string;
  readonly addresses: readonly string[];
}

export const SMTP_PORT = 25;
export const DNS_PORT = 53;
export const HTTP_PORT = 80;
export const DEFAULT_BASE = 'havedane.test';
/** Beyond 1024, so that nobody needs to be an administrator; resolvers can be told of any port. */
export const DEFAULT_NAME_SERVER: Endpoint = { address: '127.25.0.53', port: 5300 };
export const DEFAULT_ADDRESSES = '127.25.0.1-127.25.0.20';
/** macOS has one address of its loopback unless it is given more. */
export const SINGLE_LOOPBACK = '127.0.0.1';
export const DEFAULT_SILENCE_SECONDS = 600;
/** Seconds: half of the day after which everything is deleted. */
export const MAX_SILENCE_SECONDS = 43_200;

/** Characters: below it go the names of the situations, and all must be a name (RFC 1035 §2.3.4). */
const MAX_BASE_CHARACTERS = 180;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** `toAscii` turns an internationalised name into A-labels, and gives an empty text when it cannot (UTS #46). */
export function readBase(typed: string, toAscii: (name: string) => string): Read<string> {
  const name = toAscii(typed.trim().replace(/\.$/, '')).toLowerCase();
  const labels = name.split('.');
  if (
    name.length > MAX_BASE_CHARACTERS ||
    labels.length < 2 ||
    !labels.every((label) => LABEL.test(label)) ||
    addressFromText(name) !== null
  ) {
    return refuse(
      `It takes a domain of two labels or more and at most ${MAX_BASE_CHARACTERS} characters, such as ${DEFAULT_BASE}.`,
    );
  }
  return { ok: true, value: name };
}

/** `ADDRESS` or `ADDRESS#PORT`. */
export function readNameServer(typed: string): Read<Endpoint> {
  return readEndpoint(typed, DNS_PORT);
}

/** `ADDRESS` or `ADDRESS#PORT`, of a web page. */
export function readWebPlace(typed: string): Read<Endpoint> {
  return readEndpoint(typed, HTTP_PORT);
}

function readEndpoint(typed: string, usual: number): Read<Endpoint> {
  const [address = '', port = `${usual}`, ...more] = typed.trim().split('#');
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  const one = oneOf(address);
  if (more.length > 0 || one === null)
    return refuse(`It takes one IP address, with #PORT if it is not ${usual}.`);
  if (number < 1 || number > MAX_PORT)
    return refuse(`“#PORT” takes a number from 1 to ${MAX_PORT}.`);
  return { ok: true, value: { address: one, port: number } };
}

const MAX_PORT = 65_535;

/** Of an own address for each mail server, and some to spare. */
const MAX_ADDRESSES = 64;

/** Addresses with commas between them, and ranges `FIRST-LAST` of IPv4. */
export function readAddresses(typed: string): Read<AddressList> {
  const addresses: string[] = [];
  for (const part of typed.split(',')) {
    const range = readRange(part.trim());
    if (range === null)
      return refuse(
        'It takes IP addresses with commas between them, and ranges such as 127.25.0.1-127.25.0.20.',
      );
    addresses.push(...range);
    if (addresses.length > MAX_ADDRESSES)
      return refuse(`It takes at most ${MAX_ADDRESSES} addresses.`);
  }
  const list = { text: typed.replace(/\s/g, ''), addresses: [...new Set(addresses)] };
  return { ok: true, value: list };
}

function refuse<T>(message: string): Read<T> {
  return { ok: false, message };
}

function readRange(part: string): readonly string[] | null {
  const [first = '', last, ...more] = part.split('-');
  if (last === undefined) {
    const one = oneOf(first);
    return one === null ? null : [one];
  }
  const from = numberOf(first);
  const to = numberOf(last);
  if (from === null || to === null || to < from || more.length > 0) return null;
  // One more than is allowed is enough to refuse it.
  const count = Math.min(to - from, MAX_ADDRESSES) + 1;
  return Array.from({ length: count }, (_, index) => ipv4Text(from + index)).filter(
    (address) => oneOf(address) !== null,
  );
}

/**
 * The one way to write an address that stands for one machine (RFC 5952), so that none is taken twice or for another;
 * null for the unspecified one, one of many, and what is none.
 */
function oneOf(typed: string): string | null {
  const octets = addressFromText(typed);
  if (octets === null || octets.every((octet) => octet === 0)) return null;
  const [first = 0] = octets;
  const isOne =
    octets.length === 4 ? first > 0 && first < MULTICAST_IPV4 : first !== MULTICAST_IPV6;
  return isOne ? addressToText(octets) : null;
}

/** RFC 1112 §4 and what is beyond, RFC 4291 §2.7. */
const MULTICAST_IPV4 = 224;
const MULTICAST_IPV6 = 0xff;

const OCTET = 256;

function numberOf(text: string): number | null {
  return ipv4FromText(text)?.reduce((sum, octet) => sum * OCTET + octet, 0) ?? null;
}

function ipv4Text(number: number): string {
  const octets = [3, 2, 1, 0].map((place) => Math.floor(number / OCTET ** place) % OCTET);
  return addressToText(Uint8Array.from(octets)) ?? '';
}

/** Others than this machine cannot reach it (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

export type AlgorithmNumber = 8 | 13 | 14 | 15;

/** IANA, DNS Security Algorithm Numbers. */
export const ALGORITHM_NAMES: Readonly<Record<AlgorithmNumber, string>> = {
  8: 'RSASHA256',
  13: 'ECDSAP256SHA256',
  14: 'ECDSAP384SHA384',
  15: 'ED25519',
};
