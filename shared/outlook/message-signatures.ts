/** Reads the signatures out of a raw DNS message (RFC 1035 §4.1, RFC 4034 §3); all else is passed over. */
import { readUint16 } from '../dns/bytes.ts';
import { makeName, MAX_LABEL_OCTETS, MAX_NAME_OCTETS } from '../dns/name.ts';
import { TYPE } from '../dns/record-type.ts';
import { parseRrsig, type Rrsig } from '../dnssec/rrsig.ts';

export interface MessageSignature {
  /** Owner, as `Name.key`. */
  readonly owner: string;
  readonly rrsig: Rrsig;
}

/** Signatures taken from one message: an RRset with those of two algorithms and three keys has six. */
const MAX_SIGNATURES = 64;
/** Records looked at in one message; what mail needs has some dozens. */
const MAX_RECORDS = 512;
const HEADER_OCTETS = 12;
/** QTYPE and QCLASS. */
const QUESTION_OCTETS = 4;
/** TYPE, CLASS, TTL and RDLENGTH. */
const FIXED_OCTETS = 10;
const POINTER_BITS = 0xc0;

/** Those of the answer and authority sections; what comes behind something malformed is left out. */
export function messageSignatures(message: Uint8Array): readonly MessageSignature[] {
  if (message.length < HEADER_OCTETS) return [];
  let offset: number | null = HEADER_OCTETS;
  for (let left = readUint16(message, 4); left > 0 && offset !== null; left--) {
    const question: { readonly next: number } | null = nameAt(message, offset);
    offset = question === null ? null : question.next + QUESTION_OCTETS;
  }
  const found: MessageSignature[] = [];
  const count = Math.min(readUint16(message, 6) + readUint16(message, 8), MAX_RECORDS);
  for (let left = count; left > 0 && offset !== null; left--) {
    const record: RecordReading | null = recordAt(message, offset);
    if (record?.signature !== undefined) found.push(record.signature);
    if (found.length === MAX_SIGNATURES) return found;
    offset = record?.next ?? null;
  }
  return found;
}

interface RecordReading {
  readonly signature?: MessageSignature;
  readonly next: number;
}

function recordAt(message: Uint8Array, offset: number): RecordReading | null {
  const owner = nameAt(message, offset);
  if (owner === null || owner.next + FIXED_OCTETS > message.length) return null;
  const data = owner.next + FIXED_OCTETS;
  const next = data + readUint16(message, owner.next + 8);
  if (next > message.length) return null;
  if (readUint16(message, owner.next) !== TYPE.RRSIG) return { next };
  const rrsig = parseRrsig(message.subarray(data, next));
  return rrsig === null ? { next } : { next, signature: { owner: owner.key, rrsig } };
}

/** RFC 1035 §4.1.4; a pointer that does not lead further back than all before it ends the reading. */
function nameAt(
  message: Uint8Array,
  offset: number,
): { readonly key: string; readonly next: number } | null {
  const labels: Uint8Array[] = [];
  let octets = 1;
  let position = offset;
  let earliest = offset;
  let next: number | null = null;
  for (;;) {
    const length = message[position];
    if (length === undefined) return null;
    if (length === 0) return { key: makeName(labels).key, next: next ?? position + 1 };
    if ((length & POINTER_BITS) === POINTER_BITS) {
      if (position + 2 > message.length) return null;
      next ??= position + 2;
      position = readUint16(message, position) & 0x3fff;
      if (position >= earliest) return null;
      earliest = position;
      continue;
    }
    octets += 1 + length;
    if (length > MAX_LABEL_OCTETS || octets > MAX_NAME_OCTETS) return null;
    if (position + 1 + length > message.length) return null;
    labels.push(message.subarray(position + 1, position + 1 + length));
    position += 1 + length;
  }
}
