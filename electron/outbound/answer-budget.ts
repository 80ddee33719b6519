/** How many datagrams are answered in full: whoever forges the address of a victim gains nothing by this server. */
import { networkOf } from '../../shared/lab/attribution.ts';
import { HEADER_OCTETS } from '../wire/message.ts';

/** Full answers a second to one network; a resolver under test asks some dozen, the rest it gets by TCP. */
const MAX_ANSWERS = 200;
/** The same to all of them. */
const MAX_ALL_ANSWERS = 2000;
const WINDOW_MS = 1000;

export function createAnswerBudget(monotonic: () => number): (address: string) => boolean {
  const answered = new Map<string, number>();
  let all = 0;
  let since = monotonic();
  return (address) => {
    const now = monotonic();
    if (now - since >= WINDOW_MS) {
      since = now;
      all = 0;
      answered.clear();
    }
    if (all >= MAX_ALL_ANSWERS) return false;
    const network = networkOf(address);
    const count = answered.get(network) ?? 0;
    if (count >= MAX_ANSWERS) return false;
    answered.set(network, count + 1);
    all += 1;
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
