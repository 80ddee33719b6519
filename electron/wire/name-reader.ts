/** Reads names with compression pointers out of a message (RFC 1035 §4.1.4), bounded against loops and bombs. */
import { makeName, MAX_LABEL_OCTETS, MAX_NAME_OCTETS, type Name } from '../../shared/dns/name.ts';
import { WireError, WireLimitError } from './wire-error.ts';

/** Pointers in one name: a name of 255 octets has at most 127 labels, each reached by one pointer. */
export const MAX_POINTERS_PER_NAME = 126;
/** Pointers in one message: three for each of the 5461 smallest records that 64 KiB can hold. */
export const MAX_POINTERS_PER_MESSAGE = 16_384;
/** Octets of all names of a message written out: eight times the largest message; honest ones stay below one. */
export const MAX_NAME_OCTETS_PER_MESSAGE = 524_288;

export interface NameReader {
  /** The name at `offset` and the offset behind it; throws a WireError where it is not well formed. */
  read(offset: number): { readonly name: Name; readonly next: number };
}

const POINTER_BITS = 0xc0;

/** What a name is from some offset on. Each offset is read once, however many names lead to it. */
interface Suffix {
  readonly label: Uint8Array | null;
  /** Null behind the last label. */
  readonly rest: Suffix | null;
  /** As `Name.key`. */
  readonly key: string;
  /** Octets of its uncompressed form. */
  readonly octets: number;
  readonly pointers: number;
  /** Offset behind it in the message. */
  readonly next: number;
}

/** A label at an offset, or (null) a pointer. */
interface Step {
  readonly at: number;
  readonly label: Uint8Array | null;
}

export function createNameReader(message: Uint8Array): NameReader {
  const suffixes = new Map<number, Suffix>();
  const names = new Map<number, Name>();
  let pointersLeft = MAX_POINTERS_PER_MESSAGE;
  let octetsLeft = MAX_NAME_OCTETS_PER_MESSAGE;
  return {
    read(offset) {
      const suffix = readSuffix(message, offset, suffixes);
      pointersLeft -= suffix.pointers;
      if (pointersLeft < 0) throw new WireLimitError('MAX_POINTERS_PER_MESSAGE');
      octetsLeft -= suffix.octets;
      if (octetsLeft < 0) throw new WireLimitError('MAX_NAME_OCTETS_PER_MESSAGE');
      const name = names.get(offset) ?? toName(suffix);
      names.set(offset, name);
      return { name, next: suffix.next };
    },
  };
}

function readSuffix(message: Uint8Array, offset: number, known: Map<number, Suffix>): Suffix {
  const steps: Step[] = [];
  let position = offset;
  // A pointer must lead to before the place where its run of labels began: that ends every loop.
  let earliest = offset;
  let pointers = 0;
  let octets = 1;
  let end = known.get(position);
  while (end === undefined) {
    const length = message[position];
    if (length === undefined) throw new WireError('a name runs past the end');
    if (length === 0) {
      end = { label: null, rest: null, key: '.', octets: 1, pointers: 0, next: position + 1 };
      break;
    }
    if ((length & POINTER_BITS) === POINTER_BITS) {
      const target = pointerTarget(message, position, earliest);
      pointers += 1;
      if (pointers > MAX_POINTERS_PER_NAME) throw new WireLimitError('MAX_POINTERS_PER_NAME');
      steps.push({ at: position, label: null });
      earliest = target;
      position = target;
    } else {
      const label = readLabel(message, position, length);
      octets += 1 + length;
      if (octets > MAX_NAME_OCTETS) throw new WireError(TOO_LONG);
      steps.push({ at: position, label });
      position += 1 + length;
    }
    end = known.get(position);
  }
  return steps.reduceRight((rest, step) => {
    const suffix = step.label === null ? pointTo(rest, step.at) : prepend(step.label, rest);
    known.set(step.at, suffix);
    return suffix;
  }, end);
}

function pointerTarget(message: Uint8Array, position: number, earliest: number): number {
  const low = message[position + 1];
  if (low === undefined) throw new WireError('a compression pointer runs past the end');
  const target = (((message[position] ?? 0) & ~POINTER_BITS) << 8) | low;
  if (target >= earliest) throw new WireError('a compression pointer does not lead backwards');
  return target;
}

function readLabel(message: Uint8Array, position: number, length: number): Uint8Array {
  // RFC 1035 §4.1.4: 01 and 10 are reserved.
  if (length > MAX_LABEL_OCTETS) throw new WireError('a label is of a reserved kind');
  const end = position + 1 + length;
  if (end > message.length) throw new WireError('a label runs past the end');
  return message.slice(position + 1, end);
}

const TOO_LONG = 'a name is longer than 255 octets';

function pointTo(rest: Suffix, at: number): Suffix {
  const pointers = rest.pointers + 1;
  if (pointers > MAX_POINTERS_PER_NAME) throw new WireLimitError('MAX_POINTERS_PER_NAME');
  return { ...rest, pointers, next: at + 2 };
}

function prepend(label: Uint8Array, rest: Suffix): Suffix {
  const octets = rest.octets + 1 + label.length;
  if (octets > MAX_NAME_OCTETS) throw new WireError(TOO_LONG);
  const own = makeName([label]).key;
  const key = rest.octets === 1 ? own : `${own}.${rest.key}`;
  return { label, rest, key, octets, pointers: rest.pointers, next: rest.next };
}

function toName(suffix: Suffix): Name {
  const labels: Uint8Array[] = [];
  for (let part: Suffix | null = suffix; part !== null; part = part.rest) {
    if (part.label !== null) labels.push(part.label);
  }
  return { labels, key: suffix.key };
}
