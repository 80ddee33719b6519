/** Queries that are hard to forge an answer to, and the test of what comes back (RFC 5452, 0x20). */
import { readUint16 } from '../../shared/dns/bytes.ts';
import { lowerCase, makeName, type Name } from '../../shared/dns/name.ts';
import { RCODE } from '../../shared/dns/rcode.ts';
import { CLASS_IN } from '../../shared/dns/record.ts';
import { encodeMessage, questionOctets } from './encode.ts';
import { EDNS_UDP_OCTETS, HEADER_OCTETS, OPCODE_QUERY } from './message.ts';

/** Unpredictable bytes, as many as asked for. */
type RandomBytes = (count: number) => Uint8Array;

export interface QueryOptions {
  readonly name: Name;
  readonly type: number;
  /** EDNS(0) with DO, else a plain query of RFC 1035. */
  readonly edns: boolean;
  /** RD: ask a recursive resolver to do the work. */
  readonly recursionDesired: boolean;
  /** CD: give data even where it does not validate (RFC 4035 §3.2.2). */
  readonly checkingDisabled: boolean;
  /** Random case of the letters, which an honest server echoes. */
  readonly mixedCase: boolean;
}

export interface Query {
  readonly bytes: Uint8Array;
  /** The name as sent, its case mixed. */
  readonly name: Name;
  readonly type: number;
}

export type ReplyMatch = 'match' | 'case-differs' | 'no-question' | 'other';

export function makeQuery(options: QueryOptions, random: RandomBytes): Query {
  const name = options.mixedCase ? mixCase(options.name, random) : options.name;
  const { edns, type, recursionDesired, checkingDisabled } = options;
  const bytes = encodeMessage({
    id: readUint16(random(2), 0),
    flags: {
      response: false,
      opcode: OPCODE_QUERY,
      authoritative: false,
      truncated: false,
      recursionDesired,
      recursionAvailable: false,
      authenticData: false,
      checkingDisabled,
    },
    rcode: 0,
    questions: [{ name, type, class: CLASS_IN }],
    answers: [],
    authorities: [],
    additionals: [],
    edns: edns ? { udpSize: EDNS_UDP_OCTETS, version: 0, dnssecOk: true, options: [] } : null,
  });
  return { bytes, name, type };
}

/**
 * Whether a datagram answers the query: ID, QR, opcode and the question octet by octet, case included.
 * `case-differs` is the answer of a server that does not keep case, or of someone guessing; so is
 * `no-question`, which has the ID right and nothing else to know it by.
 */
export function matchReply(query: Query, reply: Uint8Array): ReplyMatch {
  if (reply.length < HEADER_OCTETS) return 'other';
  const word = readUint16(reply, 2);
  const isAnswer = (word & 0x8000) !== 0 && ((word >> 11) & 0x0f) === OPCODE_QUERY;
  if (!isAnswer || readUint16(reply, 0) !== readUint16(query.bytes, 0)) return 'other';
  const questionCount = readUint16(reply, 4);
  // Servers that cannot read EDNS may send back a bare header (RFC 6891 §7).
  if (questionCount === 0 && (word & 0x0f) === RCODE.FORMERR) return 'match';
  if (questionCount === 0) return 'no-question';
  const end = questionOctets(query.name);
  if (questionCount !== 1 || reply.length < end) return 'other';
  const sent = query.bytes.subarray(HEADER_OCTETS, end);
  const echoed = reply.subarray(HEADER_OCTETS, end);
  if (sent.every((octet, index) => octet === echoed[index])) return 'match';
  const [sentLower, echoedLower] = [lowerCase(sent), lowerCase(echoed)];
  const sameName = sentLower.every((octet, index) => octet === echoedLower[index]);
  const sameTypeAndClass = sent
    .slice(-4)
    .every((octet, index) => octet === echoed.slice(-4)[index]);
  return sameName && sameTypeAndClass ? 'case-differs' : 'other';
}

/** Each letter's case from one random bit (draft-vixie-dnsext-dns0x20). */
function mixCase(name: Name, random: RandomBytes): Name {
  return makeName(
    name.labels.map((label) => {
      const bits = random(label.length);
      return label.map((octet, index) => {
        const isLetter = (octet | 0x20) >= 0x61 && (octet | 0x20) <= 0x7a;
        return isLetter && ((bits[index] ?? 0) & 1) === 1 ? octet ^ 0x20 : octet;
      });
    }),
  );
}
