/** Bytes from the network to a message, strictly and within bounds (RFC 1035 §4, RFC 6891 §6.1). */
import { concatBytes, readUint16, readUint32 } from '../../shared/dns/bytes.ts';
import { nameToWire } from '../../shared/dns/name.ts';
import { fixedOctets, isCounted, rdataFormat } from '../../shared/dns/rdata-format.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { fail, succeed, type Result } from '../../shared/failure.ts';
import {
  HEADER_OCTETS,
  type Edns,
  type EdnsOption,
  type Flags,
  type Message,
  type Question,
} from './message.ts';
import { createNameReader, type NameReader } from './name-reader.ts';
import { WireError, WireLimitError } from './wire-error.ts';

/** Fails as `malformed` for anything that is not one whole message and nothing more, as `limit` for bombs. */
export function decodeMessage(bytes: Uint8Array): Result<Message> {
  try {
    return succeed(readMessage(bytes));
  } catch (error) {
    if (error instanceof WireLimitError) return fail({ kind: 'limit', limit: error.limit });
    if (error instanceof WireError) return fail({ kind: 'malformed', detail: error.message });
    throw error;
  }
}

/** Reads on from where it stands; every step is checked against the end. */
interface Cursor {
  readonly bytes: Uint8Array;
  readonly names: NameReader;
  offset: number;
}

function readMessage(bytes: Uint8Array): Message {
  if (bytes.length < HEADER_OCTETS) throw new WireError('the header is cut off');
  const cursor: Cursor = { bytes, names: createNameReader(bytes), offset: HEADER_OCTETS };
  const [questionCount = 0, ...recordCounts] = [4, 6, 8, 10].map((at) => readUint16(bytes, at));
  const questions = repeat(questionCount, () => readQuestion(cursor));
  const [answers = [], authorities = [], additionals = []] = recordCounts.map((count) =>
    repeat(count, () => readRecord(cursor)),
  );
  if (cursor.offset !== bytes.length) throw new WireError('octets are left over at the end');
  if ([...answers, ...authorities].some(isOpt)) {
    throw new WireError('an OPT record stands outside the additional section');
  }
  const options = additionals.filter(isOpt);
  // RFC 6891 §6.1.1: more than one OPT is a format error.
  if (options.length > 1) throw new WireError('there is more than one OPT record');
  const [opt] = options;
  const word = readUint16(bytes, 2);
  const extendedRcode = opt === undefined ? 0 : (opt.ttlField >>> 24) << 4;
  return {
    id: readUint16(bytes, 0),
    flags: readFlags(word),
    rcode: extendedRcode | (word & 0x0f),
    questions,
    answers: answers.map(({ record }) => record),
    authorities: authorities.map(({ record }) => record),
    additionals: additionals.filter((each) => !isOpt(each)).map(({ record }) => record),
    edns: opt === undefined ? null : readEdns(opt),
  };
}

function repeat<T>(count: number, read: () => T): readonly T[] {
  const list: T[] = [];
  for (let index = 0; index < count; index++) list.push(read());
  return list;
}

function readFlags(word: number): Flags {
  return {
    response: (word & 0x8000) !== 0,
    opcode: (word >> 11) & 0x0f,
    authoritative: (word & 0x0400) !== 0,
    truncated: (word & 0x0200) !== 0,
    recursionDesired: (word & 0x0100) !== 0,
    recursionAvailable: (word & 0x0080) !== 0,
    authenticData: (word & 0x0020) !== 0,
    checkingDisabled: (word & 0x0010) !== 0,
  };
}

function readQuestion(cursor: Cursor): Question {
  const { name, next } = cursor.names.read(cursor.offset);
  need(cursor, next, 4);
  cursor.offset = next + 4;
  const { bytes } = cursor;
  return { name, type: readUint16(bytes, next), class: readUint16(bytes, next + 2) };
}

interface RawRecord {
  readonly record: ResourceRecord;
  /** The TTL field as sent, which is no TTL in an OPT record. */
  readonly ttlField: number;
}

function isOpt(raw: RawRecord): boolean {
  return raw.record.type === TYPE.OPT;
}

function readRecord(cursor: Cursor): RawRecord {
  const { bytes } = cursor;
  const { name, next } = cursor.names.read(cursor.offset);
  need(cursor, next, 10);
  const type = readUint16(bytes, next);
  const ttlField = readUint32(bytes, next + 4);
  const start = next + 10;
  const length = readUint16(bytes, next + 8);
  need(cursor, start, length);
  cursor.offset = start + length;
  const record: ResourceRecord = {
    name,
    type,
    class: readUint16(bytes, next + 2),
    // RFC 2181 §8: a TTL with the most significant bit set is to be taken as zero.
    ttl: ttlField > 0x7fffffff ? 0 : ttlField,
    rdata: readRdata(cursor, type, start, start + length),
  };
  return { record, ttlField };
}

/** RDATA with its compressed names written out; as it is where the type's format is not known. */
function readRdata(cursor: Cursor, type: number, start: number, end: number): Uint8Array {
  const { bytes, names } = cursor;
  const format = rdataFormat(type);
  // RFC 2136 §2.4: updates and empty answers of some servers carry no RDATA at all.
  if (format?.includes('name') !== true || start === end) return bytes.slice(start, end);
  const parts: Uint8Array[] = [];
  let offset = start;
  for (const field of format) {
    if (field === 'name') {
      const read = names.read(offset);
      if (read.next > end) throw new WireError('a name runs past the end of its RDATA');
      parts.push(nameToWire(read.name));
      offset = read.next;
      continue;
    }
    const octets = isCounted(field) ? 1 + (bytes[offset] ?? 0) : fixedOctets(field);
    const fieldEnd = octets === 0 ? end : offset + octets;
    if (fieldEnd > end) throw new WireError('RDATA is shorter than its type needs');
    parts.push(bytes.subarray(offset, fieldEnd));
    offset = fieldEnd;
  }
  if (offset !== end) throw new WireError('RDATA is longer than its type allows');
  return concatBytes(...parts);
}

function readEdns({ record: opt, ttlField }: RawRecord): Edns {
  if (opt.name.labels.length > 0) throw new WireError('the OPT record is not at the root');
  const options: EdnsOption[] = [];
  let offset = 0;
  while (offset < opt.rdata.length) {
    const end = offset + 4 + readUint16(opt.rdata, offset + 2);
    if (offset + 4 > opt.rdata.length || end > opt.rdata.length) {
      throw new WireError('an EDNS option is cut off');
    }
    options.push({
      code: readUint16(opt.rdata, offset),
      data: opt.rdata.subarray(offset + 4, end),
    });
    offset = end;
  }
  return {
    udpSize: opt.class,
    version: (ttlField >>> 16) & 0xff,
    dnssecOk: (ttlField & 0x8000) !== 0,
    options,
  };
}

function need(cursor: Cursor, offset: number, octets: number): void {
  if (offset + octets > cursor.bytes.length) throw new WireError('a record is cut off');
}
