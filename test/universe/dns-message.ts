// Takes a DNS message apart into records and puts one together again, for the servers that alter what BIND says (RFC 1035 §4.1).

export interface DnsMessage {
  readonly id: number;
  readonly flags: number;
  readonly question: Question;
  readonly answer: readonly WireRecord[];
  readonly authority: readonly WireRecord[];
  readonly additional: readonly WireRecord[];
}

export interface Question {
  /** As it stands in the message, in the case that the client chose. */
  readonly wire: Buffer;
  /** In lower case, without the trailing dot. */
  readonly name: string;
  readonly type: number;
}

/** Names in it are written out, so that it means the same in any message. */
export interface WireRecord {
  readonly owner: Buffer;
  readonly type: number;
  readonly class: number;
  readonly ttl: number;
  readonly rdata: Buffer;
}

export const TYPE = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  OPT: 41,
  DS: 43,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  TLSA: 52,
} as const;

export const RCODE = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
} as const;

export const FLAG = { response: 0x8000, authoritative: 0x0400, recursionDesired: 0x0100 } as const;

const HEADER_BYTES = 12;
const POINTER = 0xc0;

/** Null for what is not a message with one question, or ends too early. */
export function readMessage(bytes: Buffer): DnsMessage | null {
  try {
    return read(bytes);
  } catch {
    // Reading behind the end: Buffer's own bounds are checked, and nothing else can throw here.
    return null;
  }
}

export function writeMessage(message: DnsMessage): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  const sections = [message.answer, message.authority, message.additional];
  [message.id, message.flags, 1, ...sections.map(({ length }) => length)].forEach((value, index) =>
    header.writeUInt16BE(value, index * 2),
  );
  const question = Buffer.alloc(4);
  question.writeUInt16BE(message.question.type, 0);
  question.writeUInt16BE(1, 2);
  const parts = [header, message.question.wire, question];
  const places = new Map<string, number>();
  notePlaces(places, message.question.wire, HEADER_BYTES);
  let length = HEADER_BYTES + message.question.wire.length + question.length;
  for (const record of sections.flat()) {
    const bytes = writeRecord(record, places, length);
    parts.push(bytes);
    length += bytes.length;
  }
  return Buffer.concat(parts);
}

/** The question sent back with this RCODE and nothing else, EDNS neither. */
export function bareAnswer(query: DnsMessage, rcode: number): DnsMessage {
  return {
    ...query,
    flags: FLAG.response | (query.flags & FLAG.recursionDesired) | rcode,
    answer: [],
    authority: [],
    additional: [],
  };
}

export function withRcode(message: DnsMessage, rcode: number): DnsMessage {
  return { ...message, flags: (message.flags & ~0x0f) | rcode };
}

export function hasOpt(message: DnsMessage): boolean {
  return message.additional.some(({ type }) => type === TYPE.OPT);
}

/** The message without all records of these types. */
export function without(message: DnsMessage, types: readonly number[]): DnsMessage {
  const keep = ({ type }: WireRecord): boolean => !types.includes(type);
  return {
    ...message,
    answer: message.answer.filter(keep),
    authority: message.authority.filter(keep),
    additional: message.additional.filter(keep),
  };
}

function read(bytes: Buffer): DnsMessage | null {
  if (bytes.readUInt16BE(4) !== 1) return null;
  const { wire, end } = readName(bytes, HEADER_BYTES);
  const question = { wire, name: shown(wire), type: bytes.readUInt16BE(end) };
  let at = end + 4;
  const [answer = [], authority = [], additional = []] = [6, 8, 10].map((count) =>
    Array.from({ length: bytes.readUInt16BE(count) }, () => {
      const { record, next } = readRecord(bytes, at);
      at = next;
      return record;
    }),
  );
  const [id, flags] = [bytes.readUInt16BE(0), bytes.readUInt16BE(2)];
  return { id, flags, question, answer, authority, additional };
}

function readRecord(
  bytes: Buffer,
  at: number,
): { readonly record: WireRecord; readonly next: number } {
  const { wire: owner, end } = readName(bytes, at);
  const start = end + 10;
  const next = start + bytes.readUInt16BE(end + 8);
  if (next > bytes.length) throw new RangeError('the record ends behind the message');
  const type = bytes.readUInt16BE(end);
  const record = {
    owner,
    type,
    class: bytes.readUInt16BE(end + 2),
    ttl: bytes.readUInt32BE(end + 4),
    rdata: readRdata(bytes, type, start, next),
  };
  return { record, next };
}

/** RFC 3597 §4: only names in RDATA of the types of RFC 1035 may be compressed. */
function readRdata(bytes: Buffer, type: number, start: number, end: number): Buffer {
  if (type === TYPE.NS || type === TYPE.CNAME) return readName(bytes, start).wire;
  if (type === TYPE.MX) {
    return Buffer.concat([bytes.subarray(start, start + 2), readName(bytes, start + 2).wire]);
  }
  if (type === TYPE.SOA) {
    const primary = readName(bytes, start);
    const mailbox = readName(bytes, primary.end);
    return Buffer.concat([primary.wire, mailbox.wire, bytes.subarray(mailbox.end, end)]);
  }
  return bytes.subarray(start, end);
}

function readName(bytes: Buffer, from: number): { readonly wire: Buffer; readonly end: number } {
  const labels: Buffer[] = [];
  let at = from;
  let end = 0;
  for (;;) {
    const length = bytes.readUInt8(at);
    if (length >= POINTER) {
      end ||= at + 2;
      const target = bytes.readUInt16BE(at) & 0x3fff;
      // Pointers go backwards, so that they end (RFC 1035 §4.1.4: a prior occurrence).
      if (target >= at) throw new RangeError('a pointer that does not go backwards');
      at = target;
      continue;
    }
    labels.push(bytes.subarray(at, at + 1 + length));
    at += 1 + length;
    if (length === 0) return { wire: Buffer.concat(labels), end: end || at };
  }
}

function shown(wire: Buffer): string {
  const labels = labelStarts(wire).map((at) =>
    wire.toString('latin1', at + 1, at + 1 + wire.readUInt8(at)),
  );
  return labels.join('.').toLowerCase();
}

/** Owner names are compressed, as BIND's are: an answer must not outgrow a datagram for being altered. */
function writeRecord(record: WireRecord, places: Map<string, number>, start: number): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(record.type, 0);
  fixed.writeUInt16BE(record.class, 2);
  fixed.writeUInt32BE(record.ttl, 4);
  fixed.writeUInt16BE(record.rdata.length, 8);
  const owner = compressed(record.owner, places);
  notePlaces(places, record.owner, start);
  return Buffer.concat([owner, fixed, record.rdata]);
}

/** The labels of the name, up to a suffix that stands somewhere already: a pointer to it (RFC 1035 §4.1.4). */
function compressed(name: Buffer, places: ReadonlyMap<string, number>): Buffer {
  for (const at of labelStarts(name)) {
    const place = places.get(name.toString('latin1', at));
    if (place === undefined) continue;
    const pointer = Buffer.alloc(2);
    pointer.writeUInt16BE((POINTER << 8) | place);
    return Buffer.concat([name.subarray(0, at), pointer]);
  }
  return name;
}

/** Where each suffix of a name that stands at `start` can be pointed to; the first place is kept. */
function notePlaces(places: Map<string, number>, name: Buffer, start: number): void {
  for (const at of labelStarts(name)) {
    const suffix = name.toString('latin1', at);
    if (places.has(suffix)) return;
    if (start + at < MAX_PLACE) places.set(suffix, start + at);
  }
}

/** A pointer has 14 bits. */
const MAX_PLACE = 0x4000;

/** Of every label but the root's. */
function labelStarts(name: Buffer): readonly number[] {
  const starts: number[] = [];
  for (let at = 0; name.readUInt8(at) !== 0; at += 1 + name.readUInt8(at)) starts.push(at);
  return starts;
}
