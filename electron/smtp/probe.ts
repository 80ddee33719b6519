/** Takes one mail server through greeting, EHLO and STARTTLS to its certificates (RFC 3207, RFC 7672 §2.2). */
import type {
  ProbeFailure,
  ProbeOffer,
  ProbeStage,
  TranscriptLine,
} from '../../shared/inspection/report.ts';
import type { Connection, KeyKind, Network, TlsSession } from '../net/network.ts';
import { IS_BORINGSSL } from '../net/tls-settings.ts';
import { attempt, type Attempt } from './attempt.ts';
import { takeLeave } from './farewell.ts';
import { startRecorder, type Recorder } from './recorder.ts';
import type { Slots } from './slots.ts';
import { takeTurn } from './turns.ts';

export type { KeyKind } from '../net/network.ts';

export interface ProbeRequest {
  readonly network: Network;
  /** IPv4 or IPv6 literal. */
  readonly address: string;
  readonly port: number;
  /** SNI: the TLSA base domain (RFC 7672 §3.2.2); null sends none. */
  readonly serverName: string | null;
  /** What we call ourselves; see `isEhloName`. */
  readonly ehloName: string;
  /** Milliseconds that each stage may take in total, however busily the server talks. */
  readonly stageTimeoutMs: number;
  /** Offer only these kinds of keys; null offers the usual ones. */
  readonly keyTypes: readonly KeyKind[] | null;
  /** Shared by all who may not have more than so many connections together. */
  readonly slots?: Slots;
  /** Our TLS library has fewer algorithms than those of senders; by default as the runtime is. */
  readonly libraryLacksAlgorithms?: boolean;
  readonly signal: AbortSignal;
}

export interface ProbeResult {
  readonly address: string;
  readonly offer: ProbeOffer;
  /** `file`: nobody was spoken to, the chain was given. */
  readonly source: 'network' | 'file';
  readonly serverName: string | null;
  /** The last stage reached; `done` when TLS 1.2 or better came about. */
  readonly stage: ProbeStage;
  /** What ended it, or null when TLS 1.2 or better came about. */
  readonly failure: ProbeFailure | null;
  /** TLS failed because the server did not take up what was offered, not for a fault of its own part. */
  readonly turnedDown?: boolean;
  /** Plain words for `failure`. */
  readonly error: string | null;
  readonly banner: string | null;
  readonly starttls: 'offered' | 'missing' | 'refused' | null;
  readonly injected: boolean;
  /** Also there, beside a failure, when only TLS 1.0 or 1.1 came about. */
  readonly session: TlsSession | null;
  readonly transcript: readonly TranscriptLine[];
  readonly stages: readonly { readonly stage: ProbeStage; readonly durationMs: number }[];
  /**
   * Settles when the connection is gone. Plain words when the server broke TLS off once it had
   * finished, for want of a certificate of ours (RFC 8446 §4.4.2.4): no sender gets any further.
   */
  readonly parting: Promise<string | null>;
}

/**
 * Rejects only with the signal's reason, and for an EHLO name that is none. One connection at a time
 * to an address of a network: a probe waits until the one before has taken its leave, which it does
 * after its result is out.
 */
export async function probe(request: ProbeRequest): Promise<ProbeResult> {
  const leave = await takePlace(request);
  let parting: Promise<string | null> = Promise.resolve(null);
  try {
    const recorder = startRecorder(request.network.clock, request.stageTimeoutMs);
    const { ended, open } = await converse(request, recorder);
    // Whoever asked does not wait for the server's goodbye; the next one to come does.
    parting = takeLeave(open, request.signal);
    // Unheard unless somebody asks: an abort is told to the asker by other ways.
    parting.catch(() => undefined);
    return toResult(request, ended, recorder, parting);
  } finally {
    void parting.then(leave, leave);
  }
}

/** The address to ourselves first, then a slot: nobody holds a slot while waiting for an address. */
async function takePlace({ network, address, slots, signal }: ProbeRequest): Promise<() => void> {
  const release = await takeTurn(network, address, signal);
  if (slots === undefined) return release;
  try {
    const giveBack = await slots.take(signal);
    return () => {
      giveBack();
      release();
    };
  } catch (reason) {
    release();
    throw reason;
  }
}

async function converse(
  request: ProbeRequest,
  recorder: Recorder,
): Promise<{ readonly ended: Attempt; readonly open: Connection | null }> {
  const first = await attempt(request, 'usual', recorder);
  if (!first.handshakeFailed || request.keyTypes !== null) {
    return { ended: first, open: first.open };
  }
  const second = await classify(request, recorder);
  if (isOld(second.session)) return { ended: onlyOld(first, second), open: second.open };
  const lacking = request.libraryLacksAlgorithms ?? IS_BORINGSSL;
  if (!lacking || first.alert !== HANDSHAKE_FAILURE || second.open !== null) {
    return { ended: first, open: second.open };
  }
  const { failure, error } = await examine(request, recorder);
  return {
    ended: failure === 'unsupported' ? { ...first, failure, error } : first,
    open: null,
  };
}

/** RFC 8446 §6.2: no algorithm in common. */
const HANDSHAKE_FAILURE = 40;

/** Whose lack is it? Where our library is the narrow one, the server must not be blamed for it. */
async function examine(request: ProbeRequest, first: Recorder): Promise<Attempt> {
  first.note('note', 'connecting once more, to see whether the server has TLS for other clients');
  const recorder = startRecorder(request.network.clock, request.stageTimeoutMs);
  const third = await attempt(request, 'examine', recorder);
  first.note('note', third.failure === 'unsupported' ? 'it has' : 'it has none');
  return third;
}

/** RFC 8996: TLS 1.0 and 1.1 must not be used; they are offered to say what such a server has. */
async function classify(request: ProbeRequest, first: Recorder): Promise<Attempt> {
  first.note('note', 'connecting once more, to see whether the server has TLS 1.0 or 1.1 only');
  const recorder = startRecorder(request.network.clock, request.stageTimeoutMs);
  const second = await attempt(request, 'old-versions', recorder);
  const said = isOld(second.session)
    ? `it agrees to ${second.session?.version ?? ''}`
    : 'it does not agree to these either';
  first.note('note', said);
  return second;
}

function isOld(session: TlsSession | null): boolean {
  return session?.version === 'TLSv1' || session?.version === 'TLSv1.1';
}

function onlyOld(first: Attempt, second: Attempt): Attempt {
  const version = second.session?.version === 'TLSv1' ? 'TLS 1.0' : 'TLS 1.1';
  return {
    ...first,
    session: second.session,
    error: `the server has nothing newer than ${version}, which senders do not use (RFC 8996)`,
  };
}

function toResult(
  request: ProbeRequest,
  last: Attempt,
  recorder: Recorder,
  parting: Promise<string | null>,
): ProbeResult {
  return {
    address: request.address,
    offer: offerOf(request),
    source: 'network',
    parting,
    serverName: request.serverName,
    failure: last.failure,
    turnedDown: last.turnedDown,
    error: last.error,
    banner: last.banner,
    starttls: last.starttls,
    injected: last.injected,
    session: last.session,
    ...recorder.take(),
  };
}

function offerOf({ keyTypes, serverName }: ProbeRequest): ProbeOffer {
  if (keyTypes === null) return serverName === null ? 'no-sni' : 'usual';
  return keyTypes[0] ?? 'usual';
}
