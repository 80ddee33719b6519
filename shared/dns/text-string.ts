/** Character strings in presentation form (RFC 1035 §5.1). */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** In quotes, with `\"`, `\\` and `\DDD` for what is not printable ASCII. */
export function quoteText(bytes: Uint8Array): string {
  let text = '"';
  for (const byte of bytes) {
    if (byte === QUOTE || byte === BACKSLASH) text += `\\${String.fromCharCode(byte)}`;
    else if (byte < 0x20 || byte > 0x7e) text += `\\${String(byte).padStart(3, '0')}`;
    else text += String.fromCharCode(byte);
  }
  return `${text}"`;
}
