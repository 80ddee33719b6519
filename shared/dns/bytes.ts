/** Byte strings: joining, comparing (RFC 4034 §6.3) and the text encodings of RFC 4648. */

/** All parts in one new array. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Left-justified unsigned order (RFC 4034 §6.3): negative, zero or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && compareBytes(a, b) === 0;
}

/** Big-endian unsigned 16 bits; bytes past the end read as zero. */
export function readUint16(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}

/** Big-endian unsigned 32 bits; bytes past the end read as zero. */
export function readUint32(bytes: Uint8Array, offset: number): number {
  return readUint16(bytes, offset) * 0x10000 + readUint16(bytes, offset + 2);
}

export function uint16Bytes(value: number): Uint8Array {
  return Uint8Array.of((value >>> 8) & 0xff, value & 0xff);
}

export function uint32Bytes(value: number): Uint8Array {
  return Uint8Array.of(
    (value >>> 24) & 0xff,
    (value >>> 16) & 0xff,
    (value >>> 8) & 0xff,
    value & 0xff,
  );
}

/** Lower-case hexadecimal (RFC 4648 §8). */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Either case; null when it is not an even number of hexadecimal digits. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** RFC 4648 §7: sorts as the bytes do, which NSEC3 owner names need (RFC 5155 §3.3). */
const BASE32HEX = '0123456789abcdefghijklmnopqrstuv';

/** Padded base64 (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  const digits = toDigits(bytes, 6, BASE64);
  return digits.padEnd(Math.ceil(digits.length / 4) * 4, '=');
}

/** Padded base64 without white space; null when it is not that. */
export function fromBase64(text: string): Uint8Array | null {
  const digits = text.replace(/={1,2}$/, '');
  if (text.length % 4 !== 0) return null;
  return fromDigits(digits, 6, BASE64);
}

/** Lower-case, unpadded (RFC 5155 §3.3). */
export function toBase32Hex(bytes: Uint8Array): string {
  return toDigits(bytes, 5, BASE32HEX);
}

/** Either case, unpadded; null when it is not that. */
export function fromBase32Hex(text: string): Uint8Array | null {
  return fromDigits(text.toLowerCase(), 5, BASE32HEX);
}

function toDigits(bytes: Uint8Array, bitsPerDigit: number, alphabet: string): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= bitsPerDigit) {
      bits -= bitsPerDigit;
      text += alphabet.charAt((buffer >>> bits) & ((1 << bitsPerDigit) - 1));
    }
  }
  if (bits > 0)
    text += alphabet.charAt((buffer << (bitsPerDigit - bits)) & ((1 << bitsPerDigit) - 1));
  return text;
}

function fromDigits(text: string, bitsPerDigit: number, alphabet: string): Uint8Array | null {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const digit of text) {
    const value = alphabet.indexOf(digit);
    if (value < 0) return null;
    buffer = ((buffer << bitsPerDigit) | value) & 0xffff;
    bits += bitsPerDigit;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >>> bits) & 0xff);
    }
  }
  // Left-over bits hold no data: a whole spare digit, or bits that are set, is not this encoding.
  if (bits >= bitsPerDigit || (buffer & ((1 << bits) - 1)) !== 0) return null;
  return Uint8Array.from(bytes);
}
