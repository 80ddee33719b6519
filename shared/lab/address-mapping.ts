/** Published addresses and those of the machine behind them, where a network translates one to one (RFC 3022 §2.1). */
import { addressFromText, addressToText } from '../dns/address.ts';
import { readAddresses, type Read } from './place.ts';

export interface AddressPair {
  /** What the world knows. */
  readonly published: string;
  /** What the machine has. */
  readonly own: string;
}

const EXPECTED =
  'It takes pairs PUBLIC=OWN with commas between them, each an address or ranges of equal length.';

/** `PUBLIC=OWN[,PUBLIC=OWN…]`, each side an address or a range. */
export function readMapping(typed: string): Read<readonly AddressPair[]> {
  const pairs: AddressPair[] = [];
  for (const part of typed.split(',')) {
    const [left = '', right = '', ...more] = part.split('=');
    const published = readAddresses(left);
    const own = readAddresses(right);
    if (!published.ok || !own.ok || more.length > 0) return { ok: false, message: EXPECTED };
    const owns = own.value.addresses;
    if (published.value.addresses.length !== owns.length) return { ok: false, message: EXPECTED };
    published.value.addresses.forEach((address, index) => {
      pairs.push({ published: address, own: owns[index] ?? '' });
    });
  }
  const odd = pairs.find(({ published, own }) => isIpv6(published) !== isIpv6(own));
  if (odd !== undefined) {
    return { ok: false, message: `${odd.published} and ${odd.own} are not of one kind.` };
  }
  return { ok: true, value: pairs };
}

/** One sentence: why the pairs cannot be used with these published addresses; null when they can. */
export function doubtAboutMapping(
  pairs: readonly AddressPair[],
  published: readonly string[],
): string | null {
  const known = new Set(published.map(sameText));
  const stranger = pairs.find((pair) => !known.has(sameText(pair.published)));
  if (stranger !== undefined) {
    return `--nat names ${stranger.published}, which is not published: name it in --addresses too.`;
  }
  const twice = firstTwice(pairs.map((pair) => sameText(pair.published)));
  if (twice !== null) return `--nat says twice what is behind ${twice}.`;
  const owns = [...known].map((address) => sameText(ownAddress(pairs, address)));
  const shared = firstTwice(owns);
  return shared === null
    ? null
    : `Two published addresses lead to ${shared}. Each needs an address of its own: the test could not tell them apart.`;
}

/** Of the machine; what is not translated is its own. */
export function ownAddress(pairs: readonly AddressPair[], published: string): string {
  const wanted = sameText(published);
  return pairs.find((pair) => sameText(pair.published) === wanted)?.own ?? published;
}

function isIpv6(address: string): boolean {
  return address.includes(':');
}

/** An IPv6 address can be written in many ways. */
function sameText(address: string): string {
  const octets = addressFromText(address);
  return (octets === null ? null : addressToText(octets)) ?? address;
}

function firstTwice(texts: readonly string[]): string | null {
  return texts.find((text, index) => texts.indexOf(text) !== index) ?? null;
}
