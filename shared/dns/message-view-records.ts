/** The records of a raw message with their TTL, in presentation form; what is malformed is left out. */
import { concatBytes, readUint16, readUint32 } from './bytes.ts';
import type { MessageField } from './message-view-fields.ts';
import { viewMessage } from './message-view.ts';
import { nameFromText, nameToText, nameToWire } from './name.ts';
import { rdataToText } from './presentation.ts';
import { rdataFormat } from './rdata-format.ts';
import { TYPE, typeToText } from './record-type.ts';

export interface MessageRecord {
  readonly section: 'answer' | 'authority' | 'additional';
  /** Absolute, lower-case. */
  readonly owner: string;
  readonly type: string;
  /** Seconds (RFC 2181 §8). */
  readonly ttl: number;
  /** RDATA in presentation form. */
  readonly data: string;
}

/** RFC 2181 §8: a TTL with the most significant bit set is to be taken as zero. */
const MAX_TTL = 0x7fffffff;

/** Never throws; without the OPT record. */
export function messageRecords(message: Uint8Array): readonly MessageRecord[] {
  const fields = viewMessage(message);
  const parts = new Map<number, MessageField[]>();
  for (const field of fields) {
    if (field.parent === null) continue;
    const siblings = parts.get(field.parent);
    if (siblings === undefined) parts.set(field.parent, [field]);
    else siblings.push(field);
  }
  const partsOf = (field: MessageField | undefined): readonly MessageField[] =>
    field === undefined ? [] : (parts.get(field.id) ?? []);
  return SECTIONS.flatMap((section) =>
    fields
      .filter(({ label, depth }) => depth === 0 && label === section)
      .flatMap(partsOf)
      .flatMap((record) => readRecord(message, section, partsOf(record), partsOf) ?? []),
  );
}

const SECTIONS = ['answer', 'authority', 'additional'] as const;

function readRecord(
  message: Uint8Array,
  section: MessageRecord['section'],
  parts: readonly MessageField[],
  partsOf: (field: MessageField | undefined) => readonly MessageField[],
): MessageRecord | null {
  const part = (wanted: string): MessageField | undefined =>
    parts.find(({ label }) => label === wanted);
  const owner = nameFromText(part('NAME')?.value ?? '');
  const typeField = part('TYPE');
  const ttlField = part('TTL');
  const isWhole = parts.every(({ fault }) => fault === null);
  if (!owner.ok || typeField === undefined || ttlField === undefined || !isWhole) return null;
  const type = readUint16(message, typeField.from);
  const rdata = part('RDATA');
  const octets =
    rdata === undefined ? new Uint8Array(0) : uncompressed(message, type, rdata, partsOf(rdata));
  if (octets === null || type === TYPE.OPT) return null;
  const ttl = readUint32(message, ttlField.from);
  return {
    section,
    owner: nameToText(owner.value),
    type: typeToText(type),
    ttl: ttl > MAX_TTL ? 0 : ttl,
    data: rdataToText(type, octets),
  };
}

/** RDATA with the names written out that were compressed; null where one cannot be. */
function uncompressed(
  message: Uint8Array,
  type: number,
  rdata: MessageField,
  parts: readonly MessageField[],
): Uint8Array | null {
  if (parts.some(({ fault }) => fault !== null)) return null;
  const format = rdataFormat(type);
  if (format?.includes('name') !== true) return message.subarray(rdata.from, rdata.to);
  const octets: Uint8Array[] = [];
  for (const [index, part] of parts.entries()) {
    if (format[index] !== 'name') {
      octets.push(message.subarray(part.from, part.to));
      continue;
    }
    const name = nameFromText(part.value);
    if (!name.ok) return null;
    octets.push(nameToWire(name.value));
  }
  return concatBytes(...octets);
}
