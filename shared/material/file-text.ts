/** The text of a file, in whichever of the usual encodings it was saved (Unicode §3.10). */

/** Characters that no armour has may come out wrong: they stand in comments only. */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return wideText(bytes.subarray(2), 0);
  if (first === 0xfe && second === 0xff) return wideText(bytes.subarray(2), 1);
  // Windows programs leave the mark out at times; no other text has a zero at every second octet.
  if (first !== 0 && second === 0 && bytes[3] === 0) return wideText(bytes, 0);
  if (first === 0 && second !== 0 && bytes[2] === 0) return wideText(bytes, 1);
  const isMarked = first === 0xef && second === 0xbb && bytes[2] === 0xbf;
  return narrowText(isMarked ? bytes.subarray(3) : bytes);
}

/** Two octets a character; the one at `low` tells what ASCII character it is. */
function wideText(bytes: Uint8Array, low: 0 | 1): string {
  const narrow = new Uint8Array(bytes.length >>> 1);
  for (let index = 0; index < narrow.length; index++) {
    const isAscii = bytes[index * 2 + 1 - low] === 0;
    narrow[index] = isAscii ? (bytes[index * 2 + low] ?? 0) : QUESTION_MARK;
  }
  return narrowText(narrow);
}

const QUESTION_MARK = 0x3f;

function narrowText(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += PIECE) {
    pieces.push(String.fromCharCode(...bytes.subarray(offset, offset + PIECE)));
  }
  return pieces.join('');
}

/** Arguments of one call: engines limit them. */
const PIECE = 8192;
