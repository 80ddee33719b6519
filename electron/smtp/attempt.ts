/** One connection to a mail server: drives the dialogue of `shared/smtp` over it and takes it into TLS (RFC 3207). */
import type { Failure } from '../../shared/failure.ts';
import type { ProbeFailure } from '../../shared/inspection/report.ts';
import {
  BEGINNING,
  QUIT,
  advance,
  type DialogueAction,
  type DialogueInput,
} from '../../shared/smtp/dialogue.ts';
import { MAX_CHAIN_OCTETS } from '../../shared/x509/limits.ts';
import { takesUp, widestClientHello } from '../net/client-hello.ts';
import type { Connection, TlsConnection, TlsSession } from '../net/network.ts';
import { describeFailure } from './failure-words.ts';
import type { ProbeRequest } from './probe.ts';
import type { Recorder } from './recorder.ts';

export interface Attempt {
  readonly failure: ProbeFailure | null;
  readonly error: string | null;
  /** TLS did not come about though both sides tried: other versions might do. */
  readonly handshakeFailed: boolean;
  /** The server did not take up what was offered. */
  readonly turnedDown: boolean;
  /** Number of the alert that the server ended the handshake with. */
  readonly alert: number | null;
  readonly banner: string | null;
  readonly starttls: 'offered' | 'missing' | 'refused' | null;
  readonly injected: boolean;
  readonly session: TlsSession | null;
  /** Still open, for QUIT; null when there is nobody left to take leave of. */
  readonly open: Connection | null;
}

/**
 * `old-versions` offers TLS 1.0 and 1.1 too. `examine` only looks whether the server takes up an offer
 * that is wider than our library's.
 */
export type Manner = 'usual' | 'old-versions' | 'examine';

/** On abort it rejects with the signal's reason and nothing is left open. */
export async function attempt(
  request: ProbeRequest,
  manner: Manner,
  recorder: Recorder,
): Promise<Attempt> {
  const { network, address, port, stageTimeoutMs, signal } = request;
  const connected = await network.connect({ address, port }, stageTimeoutMs, signal);
  if (!connected.ok) return broken(NOTHING_YET, connected.failure, recorder);
  const connection = connected.value;
  let open: Connection | null = null;
  try {
    recorder.note('note', `connected to ${address} port ${port}`);
    const result = await converse(request, manner, recorder, connection);
    open = result.open;
    return result;
  } finally {
    if (open === null) connection.close();
  }
}

type Heard = Pick<Attempt, 'banner' | 'starttls' | 'injected'>;

const NOTHING_YET: Heard = { banner: null, starttls: null, injected: false };

async function converse(
  request: ProbeRequest,
  manner: Manner,
  recorder: Recorder,
  connection: Connection,
): Promise<Attempt> {
  let state = BEGINNING;
  let heard = NOTHING_YET;
  recorder.enter('greeting');
  for (;;) {
    const input = await listen(connection, recorder, request.signal);
    if (!('kind' in input)) return broken(heard, input.failure, recorder);
    const step = advance(state, input, request.ehloName);
    state = step.state;
    for (const action of step.actions) {
      heard = note(heard, action, recorder);
      if (action.kind === 'send') {
        const failure = await say(connection, action.command, recorder, request.signal);
        // A QUIT that does not get through changes nothing about why it was said.
        if (failure !== null && action.command !== QUIT) return broken(heard, failure, recorder);
      }
      if (action.kind === 'stop') {
        const open = action.failure === 'closed' ? null : connection;
        return ended(heard, action.failure, action.reason, recorder, open);
      }
      if (action.kind === 'upgrade') {
        const injected = action.injected.length > 0 || connection.drain().length > 0;
        return secure(request, manner, recorder, connection, { ...heard, injected });
      }
    }
  }
}

/** The stage's time is a total: a server that keeps talking cannot stretch it. */
async function listen(
  connection: Connection,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<DialogueInput | { readonly failure: Failure }> {
  const left = recorder.remainingMs();
  if (left <= 0) return { failure: { kind: 'timeout', afterMs: 0 } };
  const read = await connection.read(left, signal);
  if (!read.ok) return { failure: read.failure };
  return read.value === null ? { kind: 'ended' } : { kind: 'bytes', bytes: read.value };
}

async function say(
  connection: Connection,
  command: string,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<Failure | null> {
  recorder.note('client', command.trimEnd());
  const bytes = Uint8Array.from(command, (character) => character.charCodeAt(0));
  const written = await connection.write(bytes, recorder.remainingMs(), signal);
  return written.ok ? null : written.failure;
}

function note(heard: Heard, action: DialogueAction, recorder: Recorder): Heard {
  switch (action.kind) {
    case 'heard':
      recorder.note('server', action.line);
      return heard;
    case 'greeted':
      return { ...heard, banner: action.banner };
    case 'offered':
      return { ...heard, starttls: action.starttls ? 'offered' : 'missing' };
    case 'send':
      if (action.command.startsWith('EHLO')) recorder.enter('ehlo');
      if (action.command.startsWith('STARTTLS')) recorder.enter('starttls');
      return heard;
    case 'stop':
      return action.failure === 'starttls-refused' ? { ...heard, starttls: 'refused' } : heard;
    case 'upgrade':
      return heard;
  }
}

/** Certificates are never checked here: judging is the task of `shared/dane`. */
async function secure(
  request: ProbeRequest,
  manner: Manner,
  recorder: Recorder,
  connection: Connection,
  heard: Heard,
): Promise<Attempt> {
  const { serverName, keyTypes, signal } = request;
  if (heard.injected) {
    // RFC 3207 §6: what came before TLS must not be taken for what comes within.
    recorder.note('note', 'plaintext behind the 220 to STARTTLS was thrown away');
  }
  recorder.enter('tls');
  if (manner === 'examine') return examine(request, recorder, connection, heard);
  const options = { serverName, allowOldVersions: manner === 'old-versions', keyTypes };
  const upgraded = await connection.upgradeToTls(options, recorder.remainingMs(), signal);
  if (!upgraded.ok) {
    const { failure } = upgraded;
    const handshakeFailed = failure.kind === 'tls';
    const alert = failure.kind === 'tls' ? (failure.alert ?? null) : null;
    const turnedDown = failure.kind === 'tls' && failure.turnedDown === true;
    return { ...broken(heard, failure, recorder), handshakeFailed, turnedDown, alert };
  }
  return withSession(upgraded.value, heard, recorder);
}

/** The server's first message tells whether it has something in common with other clients. */
async function examine(
  request: ProbeRequest,
  recorder: Recorder,
  connection: Connection,
  heard: Heard,
): Promise<Attempt> {
  const { serverName, signal } = request;
  const hello = widestClientHello(serverName);
  const written = await connection.write(hello, recorder.remainingMs(), signal);
  if (!written.ok) return broken(heard, written.failure, recorder);
  const read = await connection.read(recorder.remainingMs(), signal);
  if (!read.ok) return broken(heard, read.failure, recorder);
  if (read.value === null || !takesUp(read.value)) {
    return ended(heard, 'tls-failed', 'it takes up no offer', recorder, null);
  }
  return ended(heard, 'unsupported', BEYOND_OUR_LIBRARY, recorder, null);
}

const BEYOND_OUR_LIBRARY =
  'the server has TLS for other clients, but no algorithm in common with this program’s library, which lacks Ed448, RSASSA-PSS keys and classic Diffie-Hellman';

function withSession(connection: TlsConnection, heard: Heard, recorder: Recorder): Attempt {
  const { session } = connection;
  recorder.note('note', `${session.version} agreed, ${session.cipher}`);
  const octets = session.presented.reduce((sum, der) => sum + der.length, 0);
  if (octets > MAX_CHAIN_OCTETS) {
    const reason = `the server sent ${octets} octets of certificates, more than senders take`;
    return ended(heard, 'limit', reason, recorder, connection);
  }
  recorder.enter('done');
  return {
    ...heard,
    failure: null,
    error: null,
    handshakeFailed: false,
    turnedDown: false,
    alert: null,
    session,
    open: connection,
  };
}

function broken(heard: Heard, failure: Failure, recorder: Recorder): Attempt {
  const { kind, words } = describeFailure(failure, recorder.stage());
  return ended(heard, kind, words, recorder, null);
}

function ended(
  heard: Heard,
  failure: ProbeFailure,
  error: string,
  recorder: Recorder,
  open: Connection | null,
): Attempt {
  recorder.note('note', error);
  return {
    ...heard,
    failure,
    error,
    handshakeFailed: false,
    turnedDown: false,
    alert: null,
    session: null,
    open,
  };
}
