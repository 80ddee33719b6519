/** Type bit maps of NSEC and NSEC3 (RFC 4034 §4.1.2, RFC 5155 §3.2.1). */

export type TypeBitmap = ReadonlySet<number>;

const MAX_WINDOW_OCTETS = 32;

/** Null when the windows are out of order, empty, too long or cut off. */
export function parseTypeBitmap(bytes: Uint8Array): TypeBitmap | null {
  const types = new Set<number>();
  let lastWindow = -1;
  let offset = 0;
  while (offset < bytes.length) {
    const window = bytes[offset];
    const length = bytes[offset + 1];
    if (window === undefined || length === undefined) return null;
    const end = offset + 2 + length;
    if (window <= lastWindow || length === 0 || length > MAX_WINDOW_OCTETS) return null;
    if (end > bytes.length) return null;
    addWindow(types, window, bytes.subarray(offset + 2, end));
    lastWindow = window;
    offset = end;
  }
  return types;
}

function addWindow(types: Set<number>, window: number, bits: Uint8Array): void {
  for (const [index, byte] of bits.entries()) {
    for (let bit = 0; bit < 8; bit++) {
      if ((byte & (0x80 >> bit)) !== 0) types.add(window * 256 + index * 8 + bit);
    }
  }
}
