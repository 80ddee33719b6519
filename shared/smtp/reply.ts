/** Reads SMTP replies from bytes as they arrive (RFC 5321 §4.2 and §4.2.1). */
import { MAX_LINE_OCTETS, MAX_REPLY_LINES, MAX_REPLY_OCTETS } from './limits.ts';

export interface Reply {
  readonly code: number;
  /** Text of each line, without code and separator, safe to show. */
  readonly lines: readonly string[];
}

/** What has arrived of a reply so far; immutable, so that it can be tested step by step. */
export interface PartialReply {
  readonly pending: Uint8Array;
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly octets: number;
}

export const NO_REPLY_YET: PartialReply = {
  pending: new Uint8Array(0),
  code: null,
  lines: [],
  octets: 0,
};

export type ReplyStep =
  | { readonly kind: 'more'; readonly partial: PartialReply }
  /** `rest` are the bytes behind the reply. */
  | { readonly kind: 'reply'; readonly reply: Reply; readonly rest: Uint8Array }
  /** No SMTP; `line` is the offending one, safe to show. */
  | { readonly kind: 'garbage'; readonly line: string }
  /** One of the bounds is exceeded; `limit` is its name. */
  | { readonly kind: 'limit'; readonly limit: string };

/** Takes the next bytes; a line may end in LF alone. */
export function readReply(partial: PartialReply, bytes: Uint8Array): ReplyStep {
  let { code, lines, octets } = partial;
  let pending = join(partial.pending, bytes);
  for (;;) {
    const end = pending.indexOf(LINE_FEED);
    const length = end < 0 ? pending.length : end + 1;
    if (length > MAX_LINE_OCTETS) return { kind: 'limit', limit: 'MAX_LINE_OCTETS' };
    if (octets + length > MAX_REPLY_OCTETS) return { kind: 'limit', limit: 'MAX_REPLY_OCTETS' };
    if (end < 0) return { kind: 'more', partial: { pending, code, lines, octets } };
    octets += length;
    const text = showLine(pending.subarray(0, end));
    const line = parseLine(text);
    // RFC 5321 §4.2.1: the reply code of all lines of a reply is the same.
    if (line === null || (code !== null && code !== line.code)) {
      return { kind: 'garbage', line: text };
    }
    pending = pending.subarray(length);
    code = line.code;
    lines = [...lines, line.text];
    if (!line.continues) return { kind: 'reply', reply: { code, lines }, rest: pending };
    if (lines.length >= MAX_REPLY_LINES) return { kind: 'limit', limit: 'MAX_REPLY_LINES' };
  }
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** RFC 5321 §4.2: three digits, then a hyphen when lines follow, a blank, or nothing. */
const REPLY_LINE = /^([2-5]\d\d)(?:([ -])(.*))?$/s;

function parseLine(
  line: string,
): { readonly code: number; readonly continues: boolean; readonly text: string } | null {
  const match = REPLY_LINE.exec(line);
  if (match === null) return null;
  return { code: Number(match[1]), continues: match[2] === '-', text: match[3] ?? '' };
}

/** ASCII as it stands; every other octet spelt out, so that nothing a server says can fool a reader. */
export function showLine(octets: Uint8Array): string {
  const whole = octets.at(-1) === CARRIAGE_RETURN ? octets.subarray(0, -1) : octets;
  return Array.from(whole, showOctet).join('');
}

function showOctet(octet: number): string {
  if (octet >= 0x20 && octet < 0x7f) return String.fromCharCode(octet);
  return `\\x${octet.toString(16).padStart(2, '0')}`;
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
