/** How many datagrams are answered in full: whoever forges the address of a victim gains nothing by this server. */
import { HEADER_OCTETS } from '../wire/message.ts';

/** Full answers a second to one address; a resolver under test asks some dozen. */
const MAX_ANSWERS = 200;
const WINDOW_MS = 1000;
/** Addresses of one second; beyond that nobody new is answered in full. */
const MAX_ADDRESSES = 10_000;

export function createAnswerBudget(monotonic: () => number): (address: string) => boolean {
  const answered = new Map<string, number>();
  let since = monotonic();
  return (address) => {
    const now = monotonic();
    if (now - since >= WINDOW_MS) {
      since = now;
      answered.clear();
    }
    const count = answered.get(address) ?? 0;
    if (count >= MAX_ANSWERS || (count === 0 && answered.size >= MAX_ADDRESSES)) return false;
    answered.set(address, count + 1);
    return true;
  };
}

const FLAGS_OCTET = 2;
const RESPONSE = 0x80;
const TRUNCATED = 0x02;

/**
 * The question itself, marked as an answer that was cut off (RFC 1035 §4.1.1): no longer than what came, and a
 * real resolver asks again over TCP, where its address is proven. Null for what deserves no answer.
 */
export function truncatedReply(question: Uint8Array): Uint8Array | null {
  const flags = question[FLAGS_OCTET] ?? 0;
  if (question.length < HEADER_OCTETS || (flags & RESPONSE) !== 0) return null;
  const reply = Uint8Array.from(question);
  reply[FLAGS_OCTET] = flags | RESPONSE | TRUNCATED;
  return reply;
}
