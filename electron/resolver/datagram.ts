/** One question over UDP: the first readable answer to it, or the unreadable one when no better comes (RFC 5452 §9). */
import { fail, succeed, type Failure, type Result } from '../../shared/failure.ts';
import { decodeMessage } from '../wire/decode.ts';
import type { Message } from '../wire/message.ts';
import { matchReply, type Query } from '../wire/query.ts';
import { followSignal } from './context.ts';
import type { Attempt } from './exchange.ts';
import { MAX_UNREADABLE_DATAGRAMS, UNREADABLE_GRACE_MS } from './limits.ts';

export interface Heard {
  readonly raw: Uint8Array;
  /** Fails for what cannot be read. */
  readonly message: Result<Message>;
  /** TC, which is in the header whatever follows. */
  readonly truncated: boolean;
  /** The server does not echo the case of the question. */
  readonly caseDiffers: boolean;
}

/** Whoever guesses an answer that cannot be read must not keep us from the true one behind it. */
export async function hearDatagram(attempt: Attempt, query: Query): Promise<Result<Heard>> {
  const { run, server, manner, context } = attempt;
  const { clock } = run.network;
  const { controller, release } = followSignal(context.signal);
  const found: { good: Heard | null; poor: Heard | null } = { good: null, poor: null };
  let unreadable = 0;
  let cancelGrace: () => void = () => undefined;
  let graceOver: () => void = () => undefined;
  const grace = new Promise<Result<never>>((resolve) => {
    graceOver = () => resolve(fail({ kind: 'timeout', afterMs: UNREADABLE_GRACE_MS }));
  });
  const accept = (raw: Uint8Array): boolean => {
    const heard = read(query, raw);
    if (heard === null) return false;
    if (heard.message.ok || heard.truncated) {
      found.good = heard;
      return true;
    }
    unreadable += 1;
    if (found.poor === null) cancelGrace = clock.setTimer(UNREADABLE_GRACE_MS, graceOver);
    found.poor ??= heard;
    return unreadable >= MAX_UNREADABLE_DATAGRAMS;
  };
  const to = { address: server.address, port: manner.port };
  try {
    const silence = await Promise.race([
      run.network.exchangeDatagram(to, query.bytes, accept, run.timeoutMs, controller.signal),
      grace,
    ]);
    const heard = found.good ?? found.poor;
    if (heard !== null) return succeed(heard);
    return silence.ok ? fail({ kind: 'timeout', afterMs: run.timeoutMs }) : silence;
  } finally {
    cancelGrace();
    release();
    controller.abort(new Error('the answer is there'));
  }
}

/** Null for what is no answer to the query. */
function read(query: Query, raw: Uint8Array): Heard | null {
  const match = matchReply(query, raw);
  if (match === 'other') return null;
  const truncated = ((raw[2] ?? 0) & 0x02) !== 0;
  const message = match === 'no-question' ? fail(NO_QUESTION) : decodeMessage(raw);
  return { raw, message, truncated, caseDiffers: match === 'case-differs' };
}

/** RFC 1035 §4.1.2: the question is part of the answer; without it anybody's would do. */
export const NO_QUESTION: Failure = {
  kind: 'malformed',
  detail: 'the answer does not repeat the question',
};
