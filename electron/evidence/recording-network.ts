/** A Network that writes down every exchange with a name server (RFC 1035 §4.2). */
import { concatBytes, toHex } from '../../shared/dns/bytes.ts';
import { succeed, type Failure } from '../../shared/failure.ts';
import type { RecordedConnection, RecordedExchange } from '../../shared/inspection/recorded-run.ts';
import type { Clock, Connection, Endpoint, Network } from '../net/network.ts';
import { framesOf } from './frames.ts';

export interface Tape {
  readonly exchanges: readonly RecordedExchange[];
  readonly connections: readonly RecordedConnection[];
  /** More was answered than is kept: what is written down is not the whole of it. */
  readonly isFull: boolean;
}

/** Octets of answers of one run: thirty hosts come to some five million, hostile servers to any number. */
const MAX_TAPE_OCTETS = 16 * 1024 * 1024;

/** Datagrams kept of one query: the answer, what could not be read before it, and not a flood of guesses. */
const MAX_ANSWERS = 8;

export function createRecordingNetwork(
  network: Network,
  maxOctets: number = MAX_TAPE_OCTETS,
): {
  readonly network: Network;
  readonly tape: Tape;
} {
  const { clock } = network;
  let left = maxOctets;
  const keep: Keep = (octets) => {
    left -= octets.length;
    return left < 0 ? null : toHex(octets);
  };
  const exchanges: RecordedExchange[] = [];
  const connections: RecordedConnection[] = [];
  const recording: Network = {
    clock,
    async exchangeDatagram(to, payload, accept, timeoutMs, signal) {
      const entry = begin(clock, 'udp', to, payload, keep);
      exchanges.push(entry.record);
      const heard = (reply: Uint8Array): boolean => {
        const taken = accept(reply);
        if (taken || entry.answers.length < MAX_ANSWERS) entry.answer(reply);
        return taken;
      };
      const result = await network.exchangeDatagram(to, payload, heard, timeoutMs, signal);
      if (!result.ok) entry.end(result.failure);
      return result;
    },
    async connect(to, timeoutMs, signal) {
      const started = clock.monotonic();
      const connected = await network.connect(to, timeoutMs, signal);
      const afterMs = since(clock, started);
      const failure = connected.ok ? null : connected.failure;
      connections.push({ ...to, afterMs, failure });
      if (!connected.ok) return connected;
      return succeed(
        recordingConnection(connected.value, clock, keep, (entry) => exchanges.push(entry)),
      );
    },
  };
  return {
    network: recording,
    tape: {
      exchanges,
      connections,
      get isFull() {
        return left < 0;
      },
    },
  };
}

/** In hexadecimal digits; null where no more is kept. */
type Keep = (octets: Uint8Array) => string | null;

/** Messages over one connection: an answer belongs to the query that has its identifier. */
function recordingConnection(
  connection: Connection,
  clock: Clock,
  keep: Keep,
  add: (record: RecordedExchange) => void,
): Connection {
  const asked: Entry[] = [];
  let rest = new Uint8Array(0);
  const unanswered = (): readonly Entry[] => asked.filter(({ answers }) => answers.length === 0);
  const hear = (frame: Uint8Array): void => {
    const waiting = unanswered();
    const entry = waiting.find(({ query }) => isAnswerTo(query, frame)) ?? waiting[0];
    entry?.answer(frame);
  };
  const ended = (failure: Failure | null): void => {
    const open = asked.filter((entry) => entry.isOpen());
    // The beginning of an answer came, and then no more.
    if (rest.length > 0) open[0]?.answer(rest);
    rest = new Uint8Array(0);
    for (const entry of open) entry.end(failure);
  };
  return {
    remote: connection.remote,
    async write(bytes, timeoutMs, signal) {
      for (const frame of framesOf(bytes).whole) {
        const entry = begin(clock, 'tcp', connection.remote, frame, keep);
        asked.push(entry);
        add(entry.record);
      }
      return connection.write(bytes, timeoutMs, signal);
    },
    async read(timeoutMs, signal) {
      const result = await connection.read(timeoutMs, signal);
      if (!result.ok) {
        if (result.failure.kind !== 'timeout') ended(result.failure);
        return result;
      }
      if (result.value === null) {
        ended(null);
        return result;
      }
      const frames = framesOf(concatBytes(rest, result.value));
      rest = frames.rest;
      frames.whole.forEach(hear);
      return result;
    },
    drain: () => connection.drain(),
    upgradeToTls: (options, timeoutMs, signal) =>
      connection.upgradeToTls(options, timeoutMs, signal),
    httpsGet: (request, timeoutMs, signal) => connection.httpsGet(request, timeoutMs, signal),
    close: () => connection.close(),
  };
}

/** The identifier stands behind the two octets of length. */
function isAnswerTo(query: Uint8Array, frame: Uint8Array): boolean {
  return query[2] === frame[2] && query[3] === frame[3];
}

interface Entry {
  readonly record: RecordedExchange;
  readonly query: Uint8Array;
  readonly answers: readonly unknown[];
  answer(octets: Uint8Array): void;
  end(failure: Failure | null): void;
  /** Neither answered nor ended. */
  isOpen(): boolean;
}

function begin(
  clock: Clock,
  transport: RecordedExchange['transport'],
  { address, port }: Endpoint,
  query: Uint8Array,
  keep: Keep,
): Entry {
  const started = clock.monotonic();
  const answers: { readonly afterMs: number; readonly octets: string }[] = [];
  let end: RecordedExchange['end'] = null;
  const record: RecordedExchange = {
    transport,
    address,
    port,
    query: toHex(query),
    answers,
    get end() {
      return end;
    },
  };
  return {
    record,
    query,
    answers,
    answer(octets) {
      const kept = keep(octets);
      answers.push({ afterMs: since(clock, started), octets: kept ?? '' });
    },
    end: (failure) => {
      end = { afterMs: since(clock, started), failure };
    },
    isOpen: () => answers.length === 0 && end === null,
  };
}

/** Milliseconds, to the microsecond. */
function since(clock: Clock, started: number): number {
  return Math.round((clock.monotonic() - started) * 1000) / 1000;
}
