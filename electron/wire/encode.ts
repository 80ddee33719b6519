/** Messages to bytes: queries, and the answers of a name server (RFC 1035 §4, RFC 6891 §6.1). */
import { concatBytes, uint16Bytes, uint32Bytes } from '../../shared/dns/bytes.ts';
import { ROOT, type Name } from '../../shared/dns/name.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { HEADER_OCTETS, type Edns, type Flags, type Message, type Question } from './message.ts';

/** Octets of the largest message TCP can carry (RFC 1035 §4.2.2). */
export const MAX_MESSAGE_OCTETS = 65_535;

/**
 * RDATA is written as it is, owner names are compressed. What does not fit into `mostOctets` is left
 * out, from whole sections at the end on, with TC set where an answer was due (RFC 2181 §9).
 */
export function encodeMessage(message: Message, mostOctets = MAX_MESSAGE_OCTETS): Uint8Array {
  const whole = encodeAll(message);
  if (whole.length <= mostOctets) return whole;
  // RFC 2181 §9: only records that were due make an answer truncated; glue may be left out in silence.
  const withoutGlue = encodeAll({ ...message, additionals: [] });
  if (withoutGlue.length <= mostOctets && message.answers.length > 0) return withoutGlue;
  return encodeAll({
    ...message,
    flags: { ...message.flags, truncated: true },
    answers: [],
    authorities: [],
    additionals: [],
  });
}

function encodeAll(message: Message): Uint8Array {
  const writer = createWriter();
  const sections = [message.answers, message.authorities, message.additionals];
  writer.push(uint16Bytes(message.id));
  writer.push(uint16Bytes(flagsWord(message.flags) | (message.rcode & 0x0f)));
  const optCount = message.edns === null ? 0 : 1;
  for (const count of [
    message.questions.length,
    message.answers.length,
    message.authorities.length,
    message.additionals.length + optCount,
  ]) {
    writer.push(uint16Bytes(count));
  }
  for (const question of message.questions) writeQuestion(writer, question);
  for (const record of sections.flat()) writeRecord(writer, record);
  if (message.edns !== null) writeRecord(writer, optRecord(message.edns, message.rcode));
  return writer.bytes();
}

interface Writer {
  push(bytes: Uint8Array): void;
  pushName(name: Name): void;
  bytes(): Uint8Array;
}

/** Offsets above this cannot be the target of a pointer (RFC 1035 §4.1.4). */
const MAX_POINTER_TARGET = 0x3fff;

function createWriter(): Writer {
  const parts: Uint8Array[] = [];
  const seen = new Map<string, number>();
  let length = 0;
  const push = (bytes: Uint8Array): void => {
    parts.push(bytes);
    length += bytes.length;
  };
  return {
    push,
    pushName(name) {
      for (const [index, label] of name.labels.entries()) {
        // Case is part of the key: compression must not change it.
        const suffix = name.labels
          .slice(index)
          .map((each) => each.join())
          .join('.');
        const target = seen.get(suffix);
        if (target !== undefined) {
          push(uint16Bytes(0xc000 | target));
          return;
        }
        if (length <= MAX_POINTER_TARGET) seen.set(suffix, length);
        push(Uint8Array.of(label.length));
        push(label);
      }
      push(Uint8Array.of(0));
    },
    bytes: () => concatBytes(...parts),
  };
}

function writeQuestion(writer: Writer, question: Question): void {
  writer.pushName(question.name);
  writer.push(uint16Bytes(question.type));
  writer.push(uint16Bytes(question.class));
}

function writeRecord(writer: Writer, record: ResourceRecord): void {
  writer.pushName(record.name);
  writer.push(uint16Bytes(record.type));
  writer.push(uint16Bytes(record.class));
  writer.push(uint32Bytes(record.ttl));
  writer.push(uint16Bytes(record.rdata.length));
  writer.push(record.rdata);
}

function optRecord(edns: Edns, rcode: number): ResourceRecord {
  const options = edns.options.map(({ code, data }) =>
    concatBytes(uint16Bytes(code), uint16Bytes(data.length), data),
  );
  return {
    name: ROOT,
    type: TYPE.OPT,
    class: edns.udpSize,
    ttl: (((rcode >> 4) & 0xff) << 24) | (edns.version << 16) | (edns.dnssecOk ? 0x8000 : 0),
    rdata: concatBytes(...options),
  };
}

function flagsWord(flags: Flags): number {
  return (
    (flags.response ? 0x8000 : 0) |
    ((flags.opcode & 0x0f) << 11) |
    (flags.authoritative ? 0x0400 : 0) |
    (flags.truncated ? 0x0200 : 0) |
    (flags.recursionDesired ? 0x0100 : 0) |
    (flags.recursionAvailable ? 0x0080 : 0) |
    (flags.authenticData ? 0x0020 : 0) |
    (flags.checkingDisabled ? 0x0010 : 0)
  );
}

/** Octets of the header and the question section of a message with one question. */
export function questionOctets(name: Name): number {
  return HEADER_OCTETS + name.labels.reduce((sum, label) => sum + 1 + label.length, 1) + 4;
}
