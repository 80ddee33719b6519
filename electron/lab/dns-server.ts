/** An authoritative name server as handlers: one datagram, or one stream of framed messages (RFC 7766). */
import type { Duplex } from 'node:stream';
import { concatBytes, readUint16, uint16Bytes } from '../../shared/dns/bytes.ts';
import { isSubdomainOf, type Name } from '../../shared/dns/name.ts';
import { RCODE } from '../../shared/dns/rcode.ts';
import { CLASS_IN } from '../../shared/dns/record.ts';
import { isMetaType, TYPE } from '../../shared/dns/record-type.ts';
import type { DatagramHandler, StreamHandler } from '../net/handler.ts';
import { decodeMessage } from '../wire/decode.ts';
import { encodeMessage, MAX_MESSAGE_OCTETS } from '../wire/encode.ts';
import {
  EDNS_UDP_OCTETS,
  HEADER_OCTETS,
  OPCODE_QUERY,
  PLAIN_UDP_OCTETS,
  type Message,
  type Question,
} from '../wire/message.ts';
import { answerFrom, type Answer } from './authority.ts';
import type { SignedZone } from './zone-signer.ts';

export interface NameServer {
  readonly datagrams: DatagramHandler;
  readonly streams: StreamHandler;
}

export interface NameServerOptions {
  readonly zones: readonly SignedZone[];
  /** May put another answer in place of the right one; null says nothing at all. */
  readonly tamper?: (question: Question, answer: Answer) => Answer | null;
}

export function createNameServer(options: NameServerOptions): NameServer {
  return {
    datagrams: (payload, reply) => {
      const response = respond(options, payload);
      if (response === null) return;
      reply(encodeMessage(response.message, response.datagramOctets));
    },
    streams: (stream) => serveStream(options, stream),
  };
}

interface Response {
  readonly message: Message;
  /** What the client takes in one datagram. */
  readonly datagramOctets: number;
}

/** Null for what deserves no answer: responses, and less than a header. */
function respond(options: NameServerOptions, bytes: Uint8Array): Response | null {
  if (bytes.length < HEADER_OCTETS || (readUint16(bytes, 2) & 0x8000) !== 0) return null;
  const decoded = decodeMessage(bytes);
  if (!decoded.ok) {
    const id = readUint16(bytes, 0);
    return {
      message: { ...EMPTY_RESPONSE, id, rcode: RCODE.FORMERR },
      datagramOctets: PLAIN_UDP_OCTETS,
    };
  }
  const query = decoded.value;
  const answer = answerQuery(options, query);
  if (answer === null) return null;
  const { edns } = query;
  return {
    message: {
      ...EMPTY_RESPONSE,
      ...answer,
      id: query.id,
      questions: query.questions,
      flags: {
        ...EMPTY_RESPONSE.flags,
        opcode: query.flags.opcode,
        authoritative: answer.authoritative,
        recursionDesired: query.flags.recursionDesired,
        checkingDisabled: query.flags.checkingDisabled,
      },
      edns: edns && { ...edns, udpSize: EDNS_UDP_OCTETS, version: 0, options: [] },
    },
    datagramOctets: edns
      ? Math.min(Math.max(edns.udpSize, PLAIN_UDP_OCTETS), EDNS_UDP_OCTETS)
      : PLAIN_UDP_OCTETS,
  };
}

const EMPTY_RESPONSE: Message = {
  id: 0,
  flags: {
    response: true,
    opcode: OPCODE_QUERY,
    authoritative: false,
    truncated: false,
    recursionDesired: false,
    recursionAvailable: false,
    authenticData: false,
    checkingDisabled: false,
  },
  rcode: RCODE.NOERROR,
  questions: [],
  answers: [],
  authorities: [],
  additionals: [],
  edns: null,
};

function answerQuery(options: NameServerOptions, query: Message): Answer | null {
  const [question] = query.questions;
  if (query.flags.opcode !== OPCODE_QUERY) return refusal(RCODE.NOTIMP);
  if (question === undefined || query.questions.length > 1) return refusal(RCODE.FORMERR);
  if (query.edns && query.edns.version !== 0) return refusal(RCODE.BADVERS);
  if (question.class !== CLASS_IN) return refusal(RCODE.REFUSED);
  if (isMetaType(question.type)) return refusal(RCODE.NOTIMP);
  const zone = zoneFor(options.zones, question.name, question.type);
  const answer = zone
    ? answerFrom(zone, question.name, question.type, query.edns?.dnssecOk ?? false)
    : refusal(RCODE.REFUSED);
  return options.tamper ? options.tamper(question, answer) : answer;
}

function refusal(rcode: number): Answer {
  return { rcode, authoritative: false, answers: [], authorities: [], additionals: [] };
}

/** The closest zone; for a DS the parent's, where this server has both (RFC 4035 §3.1.4.1). */
function zoneFor(zones: readonly SignedZone[], name: Name, type: number): SignedZone | null {
  const enclosing = zones
    .filter(({ zone }) => isSubdomainOf(name, zone.apex))
    .sort((a, b) => b.zone.apex.labels.length - a.zone.apex.labels.length);
  const [closest, parent] = enclosing;
  if (closest === undefined) return null;
  const atApex = type === TYPE.DS && closest.zone.apex.key === name.key;
  return atApex ? (parent ?? closest) : closest;
}

/** Each message behind its length in two octets (RFC 1035 §4.2.2). */
function serveStream(options: NameServerOptions, stream: Duplex): void {
  let pending: Uint8Array = new Uint8Array(0);
  stream.on('data', (chunk: Uint8Array) => {
    pending = concatBytes(pending, chunk);
    while (pending.length >= 2 && pending.length >= 2 + readUint16(pending, 0)) {
      const end = 2 + readUint16(pending, 0);
      const response = respond(options, pending.subarray(2, end));
      pending = pending.subarray(end);
      if (response === null) continue;
      const bytes = encodeMessage(response.message, MAX_MESSAGE_OCTETS);
      stream.write(concatBytes(uint16Bytes(bytes.length), bytes));
    }
  });
  stream.on('end', () => stream.end());
}
