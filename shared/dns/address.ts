/** IPv4 and IPv6 addresses as text and as RDATA (RFC 1035 §3.4.1, RFC 3596, RFC 4291 §2.2, RFC 5952). */
import { readUint16 } from './bytes.ts';

/** Dotted decimal for 4 octets, RFC 5952 form for 16; null for any other number of octets. */
export function addressToText(bytes: Uint8Array): string | null {
  if (bytes.length === 4) return [...bytes].join('.');
  return bytes.length === 16 ? ipv6ToText(bytes) : null;
}

/** Four decimal octets without leading zeros. */
export function ipv4FromText(text: string): Uint8Array | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  if (!parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return null;
  return Uint8Array.from(parts.map(Number));
}

/** RFC 4291 §2.2 text, an embedded IPv4 address included; no zone identifier. */
export function ipv6FromText(text: string): Uint8Array | null {
  const tail = /(?:^|:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  if (tail !== undefined) {
    const ipv4 = ipv4FromText(tail);
    if (ipv4 === null) return null;
    const high = readUint16(ipv4, 0).toString(16);
    const low = readUint16(ipv4, 2).toString(16);
    return ipv6FromText(`${text.slice(0, -tail.length)}${high}:${low}`);
  }
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = '', rest] = halves;
  const left = head === '' ? [] : head.split(':');
  const right = rest === undefined || rest === '' ? [] : rest.split(':');
  const missing = 8 - left.length - right.length;
  if (rest === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [
    ...left,
    ...new Array<string>(rest === undefined ? 0 : missing).fill('0'),
    ...right,
  ];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return Uint8Array.from(
    groups.flatMap((group) => {
      const value = Number.parseInt(group, 16);
      return [value >> 8, value & 0xff];
    }),
  );
}

/** Either family; null when it is neither. */
export function addressFromText(text: string): Uint8Array | null {
  return text.includes(':') ? ipv6FromText(text) : ipv4FromText(text);
}

function ipv6ToText(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) => readUint16(bytes, index * 2));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${[...bytes.subarray(12)].join('.')}`;
  }
  const run = longestZeroRun(groups);
  const text = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  // RFC 5952 §4.2.2: a single zero group is not shortened.
  if (run.length < 2) return text(0, 8);
  return `${text(0, run.start)}::${text(run.start + run.length, 8)}`;
}

/** The first of the longest runs of zero groups (RFC 5952 §4.2.3). */
function longestZeroRun(groups: readonly number[]): {
  readonly start: number;
  readonly length: number;
} {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (let index = 0; index <= groups.length; index++) {
    if (groups[index] === 0) continue;
    if (index - start > best.length) best = { start, length: index - start };
    start = index + 1;
  }
  return best;
}
