// The words in which `server-faults.ts` says what a faulty name server does: when, and what it does then (RFC 1035 §4.1, RFC 4035 §3.1).
import type { Behind, Query, Reaction, Rule } from './altering-proxy.ts';
import {
  bareAnswer,
  RCODE,
  TYPE,
  without,
  withRcode,
  writeMessage,
  type DnsMessage,
} from './dns-message.ts';

type Condition = Rule['when'];

export const always: Condition = () => true;

/** `_tcp.…`: an empty non-terminal wherever it is above a TLSA record (RFC 8020 §2). */
export const atAncestor: Condition = ({ name }) => name.startsWith('_tcp.');

/** `mx` is what every mail host of these zones is called. */
export const ofHost: Condition = ({ name }) => name.startsWith('mx.');

export const withEdns: Condition = ({ edns }) => edns;

export const overTcp: Condition = ({ transport }) => transport === 'tcp';

export function forType(type: number): Condition {
  return (query) => query.type === type;
}

export function both(one: Condition, other: Condition): Condition {
  return (query) => one(query) && other(query);
}

/** What a server that knows nothing of DNSSEC never sends. */
export const unsignedTypes: readonly number[] = [TYPE.RRSIG, TYPE.NSEC, TYPE.NSEC3];

/** The question and this RCODE, nothing else. */
export function rcode(name: keyof typeof RCODE): Reaction {
  return async ({ message }) => bareAnswer(message, RCODE[name]);
}

export const silence: Reaction = async () => 'silence';

export const real: Reaction = ({ message }, behind) => behind.real(message);

export const fromVariant: Reaction = ({ message }, behind) => behind.variant(message);

/** Whatever the variant says, under an RCODE that says the name exists. */
export const fromVariantAsNoError: Reaction = async ({ message }, behind) => {
  const answer = await behind.variant(message);
  return answer === null ? null : withRcode(answer, RCODE.NOERROR);
};

/** Another RCODE over an answer without records. */
export function emptyBecomes(name: keyof typeof RCODE): Reaction {
  return changed((answer) =>
    answer.answer.length === 0 && (answer.flags & 0x0f) === RCODE.NOERROR
      ? withRcode(answer, RCODE[name])
      : answer,
  );
}

/** The answer without the records of these types, except where one of them is what was asked for. */
export function stripped(types: readonly number[], reaction: Reaction = real): Reaction {
  return (query, behind) =>
    altered(query, behind, reaction, (answer) =>
      without(
        answer,
        types.filter((type) => type !== query.type),
      ),
    );
}

/** The real answer, changed. */
export function changed(change: (answer: DnsMessage) => DnsMessage): Reaction {
  return (query, behind) => altered(query, behind, real, change);
}

/** An empty answer whose authority section is that of an answer about the zone's apex. */
export function denialOfApex(type: number): Reaction {
  return async (query, behind) => {
    const answer = await behind.real(query.message);
    const soa = answer?.authority.find((record) => record.type === TYPE.SOA);
    if (answer === null || soa === undefined) return answer;
    const question = { ...query.message.question, wire: soa.owner, type };
    const other = await behind.real({ ...query.message, question });
    return other === null ? null : { ...answer, authority: other.authority };
  };
}

/** As to a query without EDNS: the OPT record and all that it asks for are passed over (RFC 6891 §6.1.1). */
export const withoutEdns: Reaction = ({ message }, behind) =>
  behind.real(without(message, [TYPE.OPT]));

/** What TCP would bring, in one datagram. */
export const whole: Reaction = ({ message }, behind) => behind.real(message, 'tcp');

/** Header and question are right, so that the client takes it for its answer; the count promises a record that is not there. */
export const badAnswer: Reaction = async ({ message }) => {
  const bytes = writeMessage(bareAnswer(message, RCODE.NOERROR));
  bytes.writeUInt16BE(1, ANSWER_COUNT);
  return bytes;
};

/** Offset of ANCOUNT (RFC 1035 §4.1.1). */
const ANSWER_COUNT = 6;

async function altered(
  query: Query,
  behind: Behind,
  reaction: Reaction,
  change: (answer: DnsMessage) => DnsMessage,
): ReturnType<Reaction> {
  const answer = await reaction(query, behind);
  return answer === null || typeof answer === 'string' || Buffer.isBuffer(answer)
    ? answer
    : change(answer);
}
