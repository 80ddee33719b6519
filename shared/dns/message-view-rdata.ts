/** The fields of RDATA in a raw message, named as the RFC of each type names them. */
import { readUint16, toHex } from './bytes.ts';
import type { FieldList, Span } from './message-view-fields.ts';
import { viewName } from './message-view-name.ts';
import { fieldToText } from './presentation.ts';
import { fixedOctets, isCounted, rdataFormat, type Field } from './rdata-format.ts';
import { rdataFieldNames } from './rdata-field-names.ts';
import { TYPE } from './record-type.ts';
import { securityAlgorithmToText } from './security-algorithm.ts';

/** What is malformed in it is a fault of its own; the record's length tells where to read on. */
export function viewRdata(list: FieldList, bytes: Uint8Array, type: number, span: Span): void {
  if (span.from === span.to) return;
  const rdata = list.open('RDATA', span.from);
  const format = rdataFormat(type);
  if (format === undefined) {
    list.close(rdata, toHex(bytes.subarray(span.from, span.to)), span.to);
    return;
  }
  const names = rdataFieldNames(type);
  let offset: number | null = span.from;
  for (const [index, field] of format.entries()) {
    if (offset === null) break;
    const label = names[index] ?? field;
    offset = viewField(list, bytes, { type, field, label, from: offset, end: span.to });
  }
  if (offset !== null && offset < span.to) list.fault('rdata-left-over', offset, span.to);
  list.close(rdata, '', span.to);
}

interface FieldPlace {
  readonly type: number;
  readonly field: Field;
  readonly label: string;
  readonly from: number;
  readonly end: number;
}

/** The offset behind it; null where the rest of the RDATA cannot be read. */
function viewField(list: FieldList, bytes: Uint8Array, place: FieldPlace): number | null {
  const { field, label, from, end } = place;
  if (field === 'name' || field === 'plain-name') {
    return viewName(list, bytes, { label, from, end })?.next ?? null;
  }
  if (field === 'strings') return viewStrings(list, bytes, place);
  const counted = isCounted(field);
  const octets = counted ? 1 + (bytes[from] ?? 0) : fixedOctets(field);
  const to = octets === 0 ? end : from + octets;
  if (to > end || (counted && from >= end)) {
    list.fault('rdata-cut', from, end);
    return null;
  }
  if (counted) {
    viewCounted(list, bytes, { ...place, end: to });
    return to;
  }
  const text = fieldToText(field, bytes.subarray(from, to));
  if (text === null && from < to) list.fault('rdata-malformed', from, to);
  else if (field === 'type')
    list.add(label, `${readUint16(bytes, from)} (${text ?? ''})`, from, to);
  else list.add(label, withMeaning(place, text ?? ''), from, to);
  return to;
}

/** A length octet and what it counts; `end` is behind both. */
function viewCounted(list: FieldList, bytes: Uint8Array, place: FieldPlace): void {
  const { field, label, from, end } = place;
  const group = list.open(label, from);
  list.add('length', String(end - from - 1), from, from + 1);
  const text = fieldToText(field, bytes.subarray(from + 1, end));
  if (text === null) list.fault('rdata-malformed', from + 1, end);
  else if (end > from + 1) list.add('octets', text, from + 1, end);
  list.close(group, text ?? '', end);
}

function viewStrings(list: FieldList, bytes: Uint8Array, place: FieldPlace): number | null {
  let offset = place.from;
  while (offset < place.end && !list.full) {
    const to = offset + 1 + (bytes[offset] ?? 0);
    if (to > place.end) {
      list.fault('rdata-cut', offset, place.end);
      return null;
    }
    viewCounted(list, bytes, { ...place, field: 'string', from: offset, end: to });
    offset = to;
  }
  return place.end;
}

/** A number with what it stands for, where its registry is of this room. */
function withMeaning({ type, label }: FieldPlace, text: string): string {
  const meaning = meaningOf(type, label, Number(text));
  return meaning === '' ? text : `${text} (${meaning})`;
}

const OF_NSEC3: readonly number[] = [TYPE.NSEC3, TYPE.NSEC3PARAM];
const ZONE_KEY_FLAG = 0x0100;
const REVOKED_FLAG = 0x0080;
const ENTRY_POINT_FLAG = 0x0001;

function meaningOf(type: number, label: string, value: number): string {
  switch (label) {
    case 'algorithm':
      return securityAlgorithmToText(value) ?? '';
    case 'hash algorithm':
      return value === 1 && OF_NSEC3.includes(type) ? 'SHA-1' : '';
    case 'flags':
      return type === TYPE.NSEC3
        ? flagWords(value, [[1, 'opt-out']])
        : flagWords(value, KEY_FLAGS[type] ?? []);
    default:
      return '';
  }
}

/** RFC 4034 §2.1.1, RFC 5011 §7. */
const OF_KEYS: readonly (readonly [number, string])[] = [
  [ZONE_KEY_FLAG, 'zone key'],
  [REVOKED_FLAG, 'revoked'],
  [ENTRY_POINT_FLAG, 'secure entry point'],
];
const KEY_FLAGS: Readonly<Record<number, typeof OF_KEYS>> = {
  [TYPE.DNSKEY]: OF_KEYS,
  [TYPE.CDNSKEY]: OF_KEYS,
};

function flagWords(value: number, flags: readonly (readonly [number, string])[]): string {
  return flags
    .filter(([bit]) => (value & bit) !== 0)
    .map(([, word]) => word)
    .join(', ');
}
