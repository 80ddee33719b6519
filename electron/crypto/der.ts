/** The little of DER (X.690) that public keys and signature parameters need: strict reading, and writing. */

export const TAG = {
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  NULL: 0x05,
  OBJECT_IDENTIFIER: 0x06,
  SEQUENCE: 0x30,
} as const;

export interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
}

/** Octets of a length field that we follow: four reach far beyond any key. */
const MAX_LENGTH_OCTETS = 4;

/** All elements in a row; null when the bytes are not exactly that, in definite and shortest form. */
export function readElements(bytes: Uint8Array): readonly Element[] | null {
  const elements: Element[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const element = readElement(bytes, offset);
    if (element === null) return null;
    elements.push(element);
    offset += element.whole.length;
  }
  return elements;
}

/** The content elements of a single SEQUENCE that fills the bytes; null when they are not that. */
export function readSequence(bytes: Uint8Array): readonly Element[] | null {
  const elements = readElements(bytes);
  const [sequence] = elements ?? [];
  if (elements?.length !== 1 || sequence?.tag !== TAG.SEQUENCE) return null;
  return readElements(sequence.content);
}

export function writeElement(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOctets(content.length)]), content]);
}

/** A non-negative INTEGER from big-endian bytes. */
export function writeUnsigned(bytes: Uint8Array): Buffer {
  const significant = withoutLeadingZeros(bytes);
  const padded = (significant[0] ?? 0) >= 0x80 || significant.length === 0;
  return writeElement(TAG.INTEGER, padded ? Uint8Array.of(0) : new Uint8Array(), significant);
}

export function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? bytes.subarray(bytes.length) : bytes.subarray(first);
}

/** Dotted decimal of an OBJECT IDENTIFIER's content; null when it is not well formed. */
export function oidToText(content: Uint8Array): string | null {
  const arcs: number[] = [];
  let arc = 0;
  for (const [index, byte] of content.entries()) {
    arc = arc * 128 + (byte & 0x7f);
    if (!Number.isSafeInteger(arc)) return null;
    if ((byte & 0x80) !== 0) {
      if (index === content.length - 1) return null;
      continue;
    }
    if (arcs.length === 0) {
      const root = Math.min(2, Math.floor(arc / 40));
      arcs.push(root, arc - root * 40);
    } else {
      arcs.push(arc);
    }
    arc = 0;
  }
  return arcs.length === 0 ? null : arcs.join('.');
}

function readElement(bytes: Uint8Array, start: number): Element | null {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined) return null;
  let length = first;
  let offset = start + 2;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0 || octets > MAX_LENGTH_OCTETS) return null;
    length = 0;
    for (let index = 0; index < octets; index++) length = length * 256 + (bytes[offset++] ?? 0);
    // X.690 §10.1: the shortest form of the length.
    if (length < 0x80 || lengthOctets(length).length !== octets + 1) return null;
  }
  const end = offset + length;
  if (end > bytes.length) return null;
  return { tag, content: bytes.subarray(offset, end), whole: bytes.subarray(start, end) };
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}
