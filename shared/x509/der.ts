/** Reads the DER encoding strictly (X.690 §10): definite, shortest lengths; never throws, never copies. */

export interface DerNode {
  /** Identifier octet; multi-octet tags are refused, since certificates have none. */
  readonly tag: number;
  /** The whole element, header included. */
  readonly der: Uint8Array;
  readonly content: Uint8Array;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The identifier octet of `[number]`. */
export function contextTag(number: number, constructed: boolean): number {
  return (constructed ? 0xa0 : 0x80) | number;
}

/** The element that begins at `offset`, or null when what is there is not DER. */
export function readNode(bytes: Uint8Array, offset = 0): DerNode | null {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined || (tag & MULTI_OCTET_TAG) === MULTI_OCTET_TAG) {
    return null;
  }
  let length = first;
  let start = offset + 2;
  if (first >= LONG_FORM) {
    const octets = first - LONG_FORM;
    if (octets === 0 || octets > MAX_LENGTH_OCTETS) return null;
    length = 0;
    for (let index = 0; index < octets; index++)
      length = length * 256 + (bytes[start + index] ?? 0);
    start += octets;
    const shortest = length < LONG_FORM ? 0 : length < 256 ? 1 : length < 65_536 ? 2 : 3;
    if (octets !== shortest) return null;
  }
  const end = start + length;
  if (end > bytes.length) return null;
  return { tag, der: bytes.subarray(offset, end), content: bytes.subarray(start, end) };
}

/** All elements of a constructed value, or null unless they fill it exactly. */
export function readNodes(content: Uint8Array): readonly DerNode[] | null {
  const nodes: DerNode[] = [];
  for (let offset = 0; offset < content.length;) {
    const node = readNode(content, offset);
    if (node === null) return null;
    nodes.push(node);
    offset += node.der.length;
  }
  return nodes;
}

/** The elements of a node with that tag; null for another tag, none, or wrong content. */
export function childrenOf(
  node: DerNode | null | undefined,
  tag: number,
): readonly DerNode[] | null {
  return node?.tag === tag ? readNodes(node.content) : null;
}

/** The one element that fills `bytes` exactly, or null. */
export function readWhole(bytes: Uint8Array): DerNode | null {
  const node = readNode(bytes);
  return node?.der.length === bytes.length ? node : null;
}

/** Dotted form, or null (X.690 §8.19). */
export function readOid(node: DerNode | undefined): string | null {
  if (node?.tag !== TAG.objectIdentifier || node.content.length === 0) return null;
  const arcs: number[] = [];
  let arc = 0;
  let fresh = true;
  for (const octet of node.content) {
    if (fresh && octet === LONG_FORM) return null;
    arc = arc * 128 + (octet & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER) return null;
    fresh = octet < LONG_FORM;
    if (!fresh) continue;
    arcs.push(arc);
    arc = 0;
  }
  if (!fresh) return null;
  const [first = 0, ...rest] = arcs;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...rest].join('.');
}

/** DER's TRUE is 0xff and FALSE 0x00 (X.690 §11.1); null for anything else. */
export function readBoolean(node: DerNode): boolean | null {
  const value = node.content[0];
  if (node.tag !== TAG.boolean || node.content.length !== 1) return null;
  return value === 0xff ? true : value === 0 ? false : null;
}

/** A small INTEGER that is not negative, or null. */
export function readSmallInteger(node: DerNode): number | null {
  const { content } = node;
  if (node.tag !== TAG.integer || content.length === 0 || content.length > MAX_LENGTH_OCTETS) {
    return null;
  }
  if ((content[0] ?? 0) >= 0x80) return null;
  return content.reduce((value, octet) => value * 256 + octet, 0);
}

/** The octets of a BIT STRING without unused bits, or null. */
export function readOctetBits(node: DerNode | undefined): Uint8Array | null {
  if (node?.tag !== TAG.bitString || node.content[0] !== 0) return null;
  return node.content.subarray(1);
}

const MULTI_OCTET_TAG = 0x1f;
const LONG_FORM = 0x80;
/** Three octets hold 16 MiB, far above what is ever read here. */
const MAX_LENGTH_OCTETS = 3;
