/** Whether a resolver finds and trusts the test’s zone: concluded from its answers to three questions. */
import { RCODE } from '../dns/rcode.ts';
import { assertNever } from '../failure.ts';

export type ResolverReply =
  /** None in time, or none at all. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'answer';
      readonly rcode: number;
      /** AD (RFC 4035 §3.2.3): the resolver has validated it. */
      readonly authentic: boolean;
      /** A record of the type that was asked for. */
      readonly found: boolean;
    };

export interface ResolverReplies {
  /** To the question for the SOA record of the base. */
  readonly base: ResolverReply;
  /** For TLSA records whose signature is not valid; null where the test has none. */
  readonly forged: ResolverReply | null;
}

export type SelfCheckState =
  | 'ready'
  | 'no-answer'
  /** It does not ask the test’s name server. */
  | 'not-found'
  /** It asks, and what it gets is of no use to it. */
  | 'fails'
  /** It finds the zone, and validates nothing of it. */
  | 'not-trusted'
  /** It validates, and does not say so. */
  | 'bit-lost'
  /** It says that it validates, and hands out what is forged. */
  | 'takes-forged';

export interface SelfCheck {
  readonly state: SelfCheckState;
  /** What is so, and what that means. */
  readonly sentence: string;
  /** What to do; null where nothing is. */
  readonly advice: string | null;
}

export function judgeResolver(replies: ResolverReplies): SelfCheck {
  const state = stateOf(replies);
  // Silence is no refusal.
  if (state === 'ready' && replies.forged?.kind === 'none')
    return { state, sentence: UNTRIED, advice: null };
  return { state, ...wordsFor(state) };
}

const UNTRIED =
  'The resolver finds the test’s zone and trusts it, but gave no answer in time about what is forged: check again. A mail server that asks it can be tested.';

function stateOf({ base, forged }: ResolverReplies): SelfCheckState {
  if (base.kind === 'none') return 'no-answer';
  if (base.rcode === RCODE.SERVFAIL) return 'fails';
  if (!base.found) return 'not-found';
  const takesForged = forged?.kind === 'answer' && forged.found;
  if (base.authentic) return takesForged ? 'takes-forged' : 'ready';
  const refusesForged = forged?.kind === 'answer' && forged.rcode === RCODE.SERVFAIL;
  return refusesForged ? 'bit-lost' : 'not-trusted';
}

function wordsFor(state: SelfCheckState): Omit<SelfCheck, 'state'> {
  switch (state) {
    case 'ready':
      return {
        sentence:
          'The resolver finds the test’s zone, trusts it, and refuses what is forged. A mail server that asks it can be tested.',
        advice: null,
      };
    case 'no-answer':
      return {
        sentence: 'The resolver does not answer. A mail server that asks it delivers nothing.',
        advice: 'See that it runs, and that it answers at this address and port.',
      };
    case 'not-found':
      return {
        sentence:
          'The resolver does not know the test’s zone: it does not ask the test’s name server. Mail to the test would be returned as undeliverable.',
        advice: 'Give it the settings for the test’s zone, and restart it.',
      };
    case 'fails':
      return {
        sentence:
          'The resolver gets no answer of use for the test’s zone. Mail to the test would wait, whatever the records say.',
        advice:
          'Either it does not reach the test’s name server, or its trust anchor is that of an earlier test: compare the anchor, and see its log.',
      };
    case 'not-trusted':
      return {
        sentence:
          'The resolver finds the test’s zone but does not validate it. No mail server that asks it can use DANE here.',
        advice:
          'Give it the trust anchor, and see that it validates at all (“module-config” in Unbound, “dnssec-validation” in BIND).',
      };
    case 'bit-lost':
      return {
        sentence:
          'The resolver refuses what is forged, but does not say of right answers that they are authentic (AD). No mail server that asks it can use DANE.',
        advice:
          'Something between drops the AD bit, often a forwarder such as dnsmasq. Ask the resolver that validates directly.',
      };
    case 'takes-forged':
      return {
        sentence:
          'The resolver calls the zone authentic, and yet hands out a record whose signature is not valid. Its word is worth nothing.',
        advice:
          'See that it is not told to pass on what does not validate (“val-permissive-mode” in Unbound), and that no exception covers the zone.',
      };
    default:
      return assertNever(state);
  }
}
