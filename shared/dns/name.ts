/** Domain names as labels of bytes (RFC 1035 §3.1, RFC 4343), never as text with dots. */
import { fail, succeed, type Result } from '../failure.ts';
import { compareBytes } from './bytes.ts';

export interface Name {
  /** Left-most label first, without the root's empty label; case as received. */
  readonly labels: readonly Uint8Array[];
  /**
   * Lower-case presentation form without the trailing dot, `.` for the root; dots, backslashes and
   * bytes outside 0x21–0x7e inside a label are escaped (RFC 1035 §5.1), so equal keys are equal names.
   */
  readonly key: string;
}

/** Octets of one label (RFC 1035 §2.3.4). */
export const MAX_LABEL_OCTETS = 63;
/** Octets of a whole name on the wire, length octets and root included (RFC 1035 §2.3.4). */
export const MAX_NAME_OCTETS = 255;

const DOT = 0x2e;
const BACKSLASH = 0x5c;
const ASTERISK = 0x2a;

/** A name from labels known to be within the limits; throws a RangeError where they are not. */
export function makeName(labels: readonly Uint8Array[]): Name {
  if (labels.some((label) => label.length === 0 || label.length > MAX_LABEL_OCTETS)) {
    throw new RangeError('a label is empty or longer than 63 octets');
  }
  if (wireLength(labels) > MAX_NAME_OCTETS)
    throw new RangeError('a name is longer than 255 octets');
  return { labels, key: labels.length === 0 ? '.' : labels.map(labelKey).join('.') };
}

export const ROOT: Name = makeName([]);

/**
 * Reads presentation form, absolute with or without the trailing dot; `\.`, `\\` and `\DDD` are
 * understood (RFC 1035 §5.1). Fails as `malformed` for empty or overlong labels and non-ASCII text.
 */
export function nameFromText(text: string): Result<Name> {
  if (text === '.') return succeed(ROOT);
  const labels: Uint8Array[] = [];
  let label: number[] = [];
  let closed = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    closed = code === DOT;
    if (code > 0x7f) return malformedName(text, 'it holds a character outside ASCII');
    if (code === DOT) {
      if (label.length === 0) return malformedName(text, 'a label is empty');
      labels.push(Uint8Array.from(label));
      label = [];
    } else if (code === BACKSLASH) {
      const escape = readEscape(text, index);
      if (escape === null) return malformedName(text, 'a backslash escape is wrong');
      label.push(escape.byte);
      index += escape.length - 1;
    } else {
      label.push(code);
    }
  }
  if (!closed) {
    if (label.length === 0) return malformedName(text, 'it is empty');
    labels.push(Uint8Array.from(label));
  }
  if (labels.some((each) => each.length > MAX_LABEL_OCTETS)) {
    return malformedName(text, 'a label is longer than 63 octets');
  }
  if (wireLength(labels) > MAX_NAME_OCTETS) {
    return malformedName(text, 'it is longer than 255 octets');
  }
  return succeed(makeName(labels));
}

/** One escaped byte at `index` (a backslash): `\DDD` or `\X`; null when it is neither. */
export function readEscape(
  text: string,
  index: number,
): { readonly byte: number; readonly length: number } | null {
  const decimal = /^\d{3}/.exec(text.slice(index + 1, index + 4));
  if (decimal !== null) {
    const byte = Number(decimal[0]);
    return byte <= 255 ? { byte, length: 4 } : null;
  }
  const next = text.charCodeAt(index + 1);
  if (Number.isNaN(next) || next > 0x7f || (next >= 0x30 && next <= 0x39)) return null;
  return { byte: next, length: 2 };
}

/** Absolute presentation form with the trailing dot, lower-case. */
export function nameToText(name: Name): string {
  return name.labels.length === 0 ? '.' : `${name.key}.`;
}

/** The name without its left-most label; null for the root. */
export function parentOf(name: Name): Name | null {
  return name.labels.length === 0 ? null : makeName(name.labels.slice(1));
}

/** The ancestor (or the name itself) made of the right-most `count` labels. */
export function ancestorOf(name: Name, count: number): Name {
  return count >= name.labels.length
    ? name
    : makeName(name.labels.slice(name.labels.length - count));
}

/** The name itself first, then each ancestor, the root last. */
export function selfAndAncestors(name: Name): readonly Name[] {
  return Array.from({ length: name.labels.length + 1 }, (_, cut) =>
    makeName(name.labels.slice(cut)),
  );
}

/** True for the ancestor itself too. */
export function isSubdomainOf(name: Name, ancestor: Name): boolean {
  if (ancestor.labels.length === 0 || name.key === ancestor.key) return true;
  if (name.labels.length <= ancestor.labels.length) return false;
  return ancestorOf(name, ancestor.labels.length).key === ancestor.key;
}

export function isStrictSubdomainOf(name: Name, ancestor: Name): boolean {
  return name.labels.length > ancestor.labels.length && isSubdomainOf(name, ancestor);
}

/** The longest name that both are at or below. */
export function commonAncestor(a: Name, b: Name): Name {
  let shared = 0;
  const most = Math.min(a.labels.length, b.labels.length);
  while (shared < most && ancestorOf(a, shared + 1).key === ancestorOf(b, shared + 1).key) shared++;
  return ancestorOf(a, shared);
}

/** `label.name`, or null when that is no valid name. */
export function prependLabel(label: Uint8Array, name: Name): Name | null {
  const labels = [label, ...name.labels];
  if (label.length === 0 || label.length > MAX_LABEL_OCTETS) return null;
  return wireLength(labels) > MAX_NAME_OCTETS ? null : makeName(labels);
}

/** The name with its suffix `from` replaced by `to` (DNAME, RFC 6672 §2.2); null when too long. */
export function replaceSuffix(name: Name, from: Name, to: Name): Name | null {
  const labels = [...name.labels.slice(0, name.labels.length - from.labels.length), ...to.labels];
  return wireLength(labels) > MAX_NAME_OCTETS ? null : makeName(labels);
}

/** Whether the left-most label is a single asterisk (RFC 4592 §2.1.1). */
export function isWildcard(name: Name): boolean {
  const first = name.labels[0];
  return first !== undefined && first.length === 1 && first[0] === ASTERISK;
}

/** `*.name`; null when too long. */
export function wildcardOf(name: Name): Name | null {
  return prependLabel(Uint8Array.of(ASTERISK), name);
}

/** Canonical DNS name order (RFC 4034 §6.1): negative when `a` sorts first. */
export function compareCanonical(a: Name, b: Name): number {
  const most = Math.min(a.labels.length, b.labels.length);
  for (let index = 1; index <= most; index++) {
    const left = a.labels[a.labels.length - index];
    const right = b.labels[b.labels.length - index];
    if (left === undefined || right === undefined) break;
    const difference = compareBytes(lowerCase(left), lowerCase(right));
    if (difference !== 0) return difference;
  }
  return a.labels.length - b.labels.length;
}

/** Uncompressed wire form in lower case (RFC 4034 §6.2, RFC 4343). */
export function canonicalWire(name: Name): Uint8Array {
  return wireOf(name.labels.map(lowerCase));
}

/** Uncompressed wire form, case as it is. */
export function nameToWire(name: Name): Uint8Array {
  return wireOf(name.labels);
}

/**
 * Reads an uncompressed name at `offset`; null when it runs out of bytes, is too long or holds a
 * compression pointer. `next` is the offset behind it.
 */
export function nameFromWire(
  bytes: Uint8Array,
  offset: number,
): { readonly name: Name; readonly next: number } | null {
  const labels: Uint8Array[] = [];
  let position = offset;
  for (;;) {
    const length = bytes[position];
    if (length === undefined || length > MAX_LABEL_OCTETS) return null;
    position += 1;
    if (length === 0) break;
    if (position + length > bytes.length) return null;
    labels.push(bytes.slice(position, position + length));
    position += length;
    if (position - offset >= MAX_NAME_OCTETS) return null;
  }
  return { name: makeName(labels), next: position };
}

/** ASCII letters only (RFC 4343 §3). */
export function lowerCase(label: Uint8Array): Uint8Array {
  return label.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));
}

function wireOf(labels: readonly Uint8Array[]): Uint8Array {
  const wire = new Uint8Array(wireLength(labels));
  let offset = 0;
  for (const label of labels) {
    wire[offset] = label.length;
    wire.set(label, offset + 1);
    offset += 1 + label.length;
  }
  return wire;
}

function wireLength(labels: readonly Uint8Array[]): number {
  return labels.reduce((length, label) => length + 1 + label.length, 1);
}

function labelKey(label: Uint8Array): string {
  let text = '';
  for (const byte of lowerCase(label)) {
    if (byte === DOT || byte === BACKSLASH) text += `\\${String.fromCharCode(byte)}`;
    else if (byte < 0x21 || byte > 0x7e) text += `\\${String(byte).padStart(3, '0')}`;
    else text += String.fromCharCode(byte);
  }
  return text;
}

function malformedName(text: string, why: string): Result<Name> {
  return fail({ kind: 'malformed', detail: `“${text}” is not a domain name: ${why}` });
}
