/** The character strings of X.509 as text that is safe to show (RFC 5280 §4.1.2.4, X.690 §8.23). */
import { bytesToHex } from './encoding.ts';
import type { DerNode } from './der.ts';

const UTF8_STRING = 0x0c;
const UNIVERSAL_STRING = 0x1c;
const BMP_STRING = 0x1e;
/** Numeric, printable, teletex (read as Latin-1, as everyone does), IA5 and visible strings. */
const ONE_OCTET_STRINGS: readonly number[] = [0x12, 0x13, 0x14, 0x16, 0x1a];

/** The characters as they stand; null when it is no string type or its octets are wrong. */
export function readString(node: DerNode): string | null {
  if (ONE_OCTET_STRINGS.includes(node.tag)) return latin1(node.content);
  if (node.tag === UTF8_STRING) return utf8(node.content);
  if (node.tag === BMP_STRING) return fixedWidth(node.content, 2);
  if (node.tag === UNIVERSAL_STRING) return fixedWidth(node.content, 4);
  return null;
}

/** Text for a person: characters that would move the cursor, hide or reorder text are spelt out. */
export function escapeControls(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex -- control characters are what it is about
    /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Any element as `#` and its octets (RFC 4514 §2.4). */
export function hexForm(node: DerNode): string {
  return `#${bytesToHex(node.der)}`;
}

export function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function fixedWidth(bytes: Uint8Array, width: number): string | null {
  if (bytes.length % width !== 0) return null;
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += width) {
    const point = bytes
      .subarray(offset, offset + width)
      .reduce((value, octet) => value * 256 + octet, 0);
    if (point > LAST_CODE_POINT) return null;
    text += String.fromCodePoint(point);
  }
  return text;
}

const LAST_CODE_POINT = 0x10ffff;
/** First octet's upper bound, its payload, octets that follow, smallest code point (RFC 3629 §3). */
const UTF8_FORMS = [
  { below: 0x80, mask: 0x7f, more: 0, least: 0 },
  { below: 0xc0, mask: 0, more: -1, least: 0 },
  { below: 0xe0, mask: 0x1f, more: 1, least: 0x80 },
  { below: 0xf0, mask: 0x0f, more: 2, least: 0x800 },
  { below: 0xf8, mask: 0x07, more: 3, least: 0x10000 },
] as const;

function utf8(bytes: Uint8Array): string | null {
  let text = '';
  for (let offset = 0; offset < bytes.length; offset++) {
    const first = bytes[offset] ?? 0;
    const form = UTF8_FORMS.find((candidate) => first < candidate.below);
    if (form === undefined || form.more < 0) return null;
    let point = first & form.mask;
    for (let index = 0; index < form.more; index++) {
      const octet = bytes[++offset] ?? 0;
      if ((octet & 0xc0) !== 0x80) return null;
      point = (point << 6) | (octet & 0x3f);
    }
    if (point < form.least || point > LAST_CODE_POINT) return null;
    if (point >= 0xd800 && point <= 0xdfff) return null;
    text += String.fromCodePoint(point);
  }
  return text;
}
