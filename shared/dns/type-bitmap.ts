/** The type bit maps of NSEC, NSEC3 and CSYNC (RFC 4034 §4.1.2). */

/** The types in ascending order; null when the windows are not well formed. */
export function readTypeBitmap(bytes: Uint8Array): readonly number[] | null {
  const types: number[] = [];
  let offset = 0;
  let previous = -1;
  while (offset < bytes.length) {
    const window = bytes[offset] ?? 0;
    const length = bytes[offset + 1] ?? 0;
    // RFC 4034 §4.1.2: windows ascend, and each holds 1 to 32 octets.
    if (window <= previous || length < 1 || length > 32) return null;
    if (offset + 2 + length > bytes.length) return null;
    for (let bit = 0; bit < length * 8; bit++) {
      const octet = bytes[offset + 2 + (bit >> 3)] ?? 0;
      if ((octet & (0x80 >> (bit & 7))) !== 0) types.push(window * 256 + bit);
    }
    previous = window;
    offset += 2 + length;
  }
  return types;
}

export function writeTypeBitmap(types: readonly number[]): Uint8Array {
  const sorted = [...new Set(types)].sort((a, b) => a - b);
  const bytes: number[] = [];
  for (const window of new Set(sorted.map((type) => type >> 8))) {
    const inWindow = sorted.filter((type) => type >> 8 === window).map((type) => type & 0xff);
    const octets = new Array<number>(((inWindow[inWindow.length - 1] ?? 0) >> 3) + 1).fill(0);
    for (const bit of inWindow) octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
    bytes.push(window, octets.length, ...octets);
  }
  return Uint8Array.from(bytes);
}
