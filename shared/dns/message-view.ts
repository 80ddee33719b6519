/** Names every field of a raw DNS message with the octets it takes (RFC 1035 §4.1, RFC 6891 §6.1). */
import { readUint16, readUint32 } from './bytes.ts';
import { viewOptions } from './message-view-edns.ts';
import { FieldList, type MessageField } from './message-view-fields.ts';
import { viewName } from './message-view-name.ts';
import { viewRdata } from './message-view-rdata.ts';
import { rcodeToText } from './rcode.ts';
import { TYPE, typeToText } from './record-type.ts';

/** Octets of the fixed header (RFC 1035 §4.1.1). */
const HEADER_OCTETS = 12;
/** QTYPE and QCLASS. */
const QUESTION_OCTETS = 4;
/** TYPE, CLASS, TTL and RDLENGTH. */
const FIXED_OCTETS = 10;

/**
 * Parents stand before their parts. Never throws: what cannot be read is a field with a `fault`, and
 * the last one says where reading stopped.
 */
export function viewMessage(bytes: Uint8Array): readonly MessageField[] {
  const list = new FieldList();
  const counts = viewHeader(list, bytes);
  let offset: number | null = counts === null ? null : HEADER_OCTETS;
  for (const [index, count] of (counts ?? []).entries()) {
    if (offset === null || count === 0) continue;
    offset = viewSection(list, bytes, offset, index, count);
  }
  if (offset !== null && offset < bytes.length) {
    list.fault('left-over', offset, bytes.length);
  }
  return list.fields;
}

/** The field that an octet belongs to most closely; where several share it, what they are parts of. */
export function fieldAt(fields: readonly MessageField[], octet: number): MessageField | null {
  const around = fields.filter(({ from, to }) => from <= octet && octet < to);
  const shortest = Math.min(...around.map(({ from, to }) => to - from));
  const closest = around.filter(({ from, to }) => to - from === shortest);
  const depth = Math.max(...closest.map((field) => field.depth));
  const [first, ...others] = closest.filter((field) => field.depth === depth);
  if (first === undefined) return null;
  return others.length === 0 || first.parent === null ? first : (fields[first.parent] ?? first);
}

/** The four counts; null when the header is cut off. */
function viewHeader(list: FieldList, bytes: Uint8Array): readonly number[] | null {
  const end = Math.min(bytes.length, HEADER_OCTETS);
  const header = list.open('header', 0);
  if (end >= 2) list.add('ID', hexNumber(readUint16(bytes, 0)), 0, 2);
  if (end >= 4) viewFlags(list, readUint16(bytes, 2));
  const counts = COUNTS.flatMap((label, index) => {
    const at = 4 + 2 * index;
    if (at + 2 > end) return [];
    const count = readUint16(bytes, at);
    list.add(label, String(count), at, at + 2);
    return [count];
  });
  list.close(header, '', end);
  if (end === HEADER_OCTETS) return counts;
  list.fault('header-cut', end - (end % 2), bytes.length);
  return null;
}

const COUNTS = ['QDCOUNT', 'ANCOUNT', 'NSCOUNT', 'ARCOUNT'] as const;

/** RFC 1035 §4.1.1; AD and CD of RFC 4035 §3.2. */
function viewFlags(list: FieldList, word: number): void {
  const bit = (at: number): number => (word >> at) & 1;
  const opcode = (word >> 11) & 0x0f;
  const flags = list.open('flags', 2);
  list.add('QR', `${bit(15)} (${bit(15) === 1 ? 'response' : 'query'})`, 2, 3);
  list.add('Opcode', named(opcode, OPCODES), 2, 3);
  list.add('AA', named(bit(10), ['', 'authoritative answer']), 2, 3);
  list.add('TC', named(bit(9), ['', 'truncated']), 2, 3);
  list.add('RD', named(bit(8), ['', 'recursion desired']), 2, 3);
  list.add('RA', named(bit(7), ['', 'recursion available']), 3, 4);
  list.add('Z', String(bit(6)), 3, 4);
  list.add('AD', named(bit(5), ['', 'authentic data']), 3, 4);
  list.add('CD', named(bit(4), ['', 'checking disabled']), 3, 4);
  list.add('RCODE', `${word & 0x0f} (${rcodeToText(word & 0x0f)})`, 3, 4);
  list.close(flags, hexNumber(word), 4);
}

/** IANA DNS OpCodes. */
const OPCODES = ['QUERY', 'IQUERY', 'STATUS', '', 'NOTIFY', 'UPDATE', 'DSO'] as const;

function named(value: number, names: readonly string[]): string {
  const name = names[value] ?? '';
  return name === '' ? String(value) : `${value} (${name})`;
}

function hexNumber(value: number): string {
  return `0x${value.toString(16).padStart(4, '0')}`;
}

const SECTIONS = ['question', 'answer', 'authority', 'additional'] as const;

function viewSection(
  list: FieldList,
  bytes: Uint8Array,
  start: number,
  index: number,
  count: number,
): number | null {
  const section = list.open(SECTIONS[index] ?? 'section', start);
  let offset: number | null = start;
  let last = start;
  for (let left = count; left > 0 && offset !== null; left--) {
    if (list.full) {
      list.close(section, '', offset);
      list.fault('limit', offset, bytes.length);
      return null;
    }
    offset = index === 0 ? viewQuestion(list, bytes, offset) : viewRecord(list, bytes, offset);
    last = offset ?? bytes.length;
  }
  list.close(section, String(count), last);
  return offset;
}

function viewQuestion(list: FieldList, bytes: Uint8Array, start: number): number | null {
  const question = list.open('question', start);
  const name = viewName(list, bytes, { label: 'QNAME', from: start, end: bytes.length });
  const end = name === null ? 0 : name.next + QUESTION_OCTETS;
  if (name === null || end > bytes.length) {
    if (name !== null) list.fault('record-cut', name.next, bytes.length);
    list.close(question, name?.text ?? '', bytes.length);
    return null;
  }
  const type = readUint16(bytes, name.next);
  list.add('QTYPE', numbered(type, typeToText(type)), name.next, name.next + 2);
  const ofClass = readUint16(bytes, name.next + 2);
  list.add('QCLASS', numbered(ofClass, classToText(ofClass)), name.next + 2, end);
  list.close(question, `${name.text} ${typeToText(type)}`, end);
  return end;
}

/** The offset behind it; null where reading stops. RDATA that is malformed is passed over by its length. */
function viewRecord(list: FieldList, bytes: Uint8Array, start: number): number | null {
  const record = list.open('record', start);
  const name = viewName(list, bytes, { label: 'NAME', from: start, end: bytes.length });
  if (name === null || name.next + FIXED_OCTETS > bytes.length) {
    if (name !== null) list.fault('record-cut', name.next, bytes.length);
    list.close(record, name?.text ?? '', bytes.length);
    return null;
  }
  const at = name.next;
  const type = readUint16(bytes, at);
  list.add('TYPE', numbered(type, typeToText(type)), at, at + 2);
  if (type === TYPE.OPT) viewOptFixed(list, bytes, at);
  else viewFixed(list, bytes, at);
  const length = readUint16(bytes, at + 8);
  list.add('RDLENGTH', String(length), at + 8, at + 10);
  const from = at + FIXED_OCTETS;
  const summary = type === TYPE.OPT ? 'OPT' : `${name.text} ${typeToText(type)}`;
  if (from + length > bytes.length) {
    list.fault('record-cut', from, bytes.length);
    list.close(record, summary, bytes.length);
    return null;
  }
  const span = { from, to: from + length };
  if (type === TYPE.OPT) viewOptions(list, bytes, span);
  else viewRdata(list, bytes, type, span);
  list.close(record, summary, span.to);
  return span.to;
}

function viewFixed(list: FieldList, bytes: Uint8Array, at: number): void {
  const ofClass = readUint16(bytes, at + 2);
  list.add('CLASS', numbered(ofClass, classToText(ofClass)), at + 2, at + 4);
  list.add('TTL', String(readUint32(bytes, at + 4)), at + 4, at + 8);
}

/** RFC 6891 §6.1.2 and §6.1.3: CLASS and TTL hold something else here. */
function viewOptFixed(list: FieldList, bytes: Uint8Array, at: number): void {
  list.add('UDP payload size', String(readUint16(bytes, at + 2)), at + 2, at + 4);
  list.add('extended RCODE', String(bytes[at + 4] ?? 0), at + 4, at + 5);
  list.add('version', String(bytes[at + 5] ?? 0), at + 5, at + 6);
  const word = readUint16(bytes, at + 6);
  const flags = list.open('flags', at + 6);
  list.add('DO', named(word >> 15, ['', 'DNSSEC answers OK']), at + 6, at + 7);
  list.add('Z', hexNumber(word & 0x7fff), at + 6, at + 8);
  list.close(flags, hexNumber(word), at + 8);
}

function numbered(value: number, name: string): string {
  return `${value} (${name})`;
}

/** IANA DNS CLASSes; RFC 3597 §5 for the rest. */
function classToText(value: number): string {
  const known: Readonly<Record<number, string>> = {
    1: 'IN',
    3: 'CH',
    4: 'HS',
    254: 'NONE',
    255: 'ANY',
  };
  return known[value] ?? `CLASS${value}`;
}
