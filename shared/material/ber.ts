/** Reads the outer layers of PKCS #7 and #12 as leniently as they are written (X.690 §8: indefinite and long lengths). */

export interface BerNode {
  readonly tag: number;
  readonly content: Uint8Array;
  /** The whole element as it stands. */
  readonly ber: Uint8Array;
}

/** The element that begins the bytes; what follows it does not count. Null for anything that is not BER. */
export function readBer(bytes: Uint8Array): BerNode | null {
  return readAt(bytes, 0, 0);
}

/** The elements inside a node with that tag; empty for any other, and for what cannot be read. */
export function partsOf(node: BerNode | null | undefined, tag: number): readonly BerNode[] {
  return node?.tag === tag ? (readAll(node.content) ?? []) : [];
}

/**
 * The octets of an OCTET STRING in one piece or in several (X.690 §8.7), also where a context tag
 * stands for its own; null when it is none.
 */
export function octetsOf(node: BerNode | null | undefined): Uint8Array | null {
  if (node === null || node === undefined) return null;
  const pieces: Uint8Array[] = [];
  return gather(node, pieces, 0) ? joined(pieces) : null;
}

function gather(node: BerNode, pieces: Uint8Array[], depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if ((node.tag & CONSTRUCTED) === 0) {
    pieces.push(node.content);
    return true;
  }
  const parts = readAll(node.content);
  return parts?.every((part) => isOctetString(part) && gather(part, pieces, depth + 1)) ?? false;
}

function isOctetString({ tag }: BerNode): boolean {
  return (tag & ~CONSTRUCTED) === OCTET_STRING;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

function readAll(content: Uint8Array): readonly BerNode[] | null {
  const nodes: BerNode[] = [];
  for (let offset = 0; offset < content.length;) {
    const node = readAt(content, offset, 0);
    if (node === null || nodes.length >= MAX_PARTS) return null;
    nodes.push(node);
    offset += node.ber.length;
  }
  return nodes;
}

function readAt(bytes: Uint8Array, offset: number, depth: number): BerNode | null {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined || (tag & MULTI_OCTET_TAG) === MULTI_OCTET_TAG) {
    return null;
  }
  if (first === INDEFINITE) {
    const end = endOfContents(bytes, offset + 2, depth);
    if ((tag & CONSTRUCTED) === 0 || end === null) return null;
    return {
      tag,
      content: bytes.subarray(offset + 2, end),
      ber: bytes.subarray(offset, end + END_OF_CONTENTS_OCTETS),
    };
  }
  const octets = first < INDEFINITE ? 0 : first - INDEFINITE;
  if (octets > MAX_LENGTH_OCTETS) return null;
  let length = octets === 0 ? first : 0;
  for (const octet of bytes.subarray(offset + 2, offset + 2 + octets))
    length = length * 256 + octet;
  const start = offset + 2 + octets;
  const end = start + length;
  if (end > bytes.length) return null;
  return { tag, content: bytes.subarray(start, end), ber: bytes.subarray(offset, end) };
}

/** X.690 §8.1.5: where the two zero octets stand that end an indefinite length. */
function endOfContents(bytes: Uint8Array, start: number, depth: number): number | null {
  if (depth >= MAX_DEPTH) return null;
  for (let offset = start; offset < bytes.length;) {
    if (bytes[offset] === 0 && bytes[offset + 1] === 0) return offset;
    const node = readAt(bytes, offset, depth + 1);
    if (node === null) return null;
    offset += node.ber.length;
  }
  return null;
}

const OCTET_STRING = 0x04;
const CONSTRUCTED = 0x20;
const MULTI_OCTET_TAG = 0x1f;
const INDEFINITE = 0x80;
const END_OF_CONTENTS_OCTETS = 2;
/** Elements beside each other; a store written in pieces of a kilobyte has a thousand. */
const MAX_PARTS = 20_000;
/** Four octets hold more than any file that is read. */
const MAX_LENGTH_OCTETS = 4;
/** Elements in each other; a PKCS #12 file has about ten. Each level may be walked once more for each above it. */
const MAX_DEPTH = 32;
