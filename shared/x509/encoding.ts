/** Byte strings as certificates need them: comparing, hex and base64 (RFC 4648). */

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Lower-case hexadecimal. */
export function bytesToHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BITS_PER_DIGIT = 6;
const DIGITS_PER_GROUP = 4;

/** Padded base64 on one line. */
export function bytesToBase64(bytes: Uint8Array): string {
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += 3) {
    const [first = 0, second, third] = bytes.subarray(offset, offset + 3);
    const group = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += ALPHABET.charAt(group >>> 18) + ALPHABET.charAt((group >>> 12) & 63);
    text += second === undefined ? '=' : ALPHABET.charAt((group >>> 6) & 63);
    text += third === undefined ? '=' : ALPHABET.charAt(group & 63);
  }
  return text;
}

/** Padded base64; white space is ignored; null when it is anything else. */
export function base64ToBytes(text: string): Uint8Array | null {
  const packed = text.replace(/[\t\n\f\r ]+/g, '');
  const digits = packed.replace(/={1,2}$/, '');
  if (packed.length % DIGITS_PER_GROUP !== 0) return null;
  const bytes = new Uint8Array(Math.floor((digits.length * BITS_PER_DIGIT) / 8));
  let buffer = 0;
  let bits = 0;
  let length = 0;
  for (const digit of digits) {
    const value = ALPHABET.indexOf(digit);
    if (value < 0) return null;
    buffer = ((buffer << BITS_PER_DIGIT) | value) & 0xffff;
    bits += BITS_PER_DIGIT;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (buffer >>> bits) & 0xff;
  }
  // The bits left over hold no data and are zero in what an encoder writes.
  return (buffer & ((1 << bits) - 1)) === 0 ? bytes : null;
}
