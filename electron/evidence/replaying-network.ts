/** A Network that answers from what was recorded, at the pace it was recorded at, on a clock that jumps. */
import { fromHex, toHex } from '../../shared/dns/bytes.ts';
import { fail, succeed, type Failure, type Result } from '../../shared/failure.ts';
import type { RecordedExchange, RecordedRun } from '../../shared/inspection/recorded-run.ts';
import { waitWithDeadline } from '../net/deadline.ts';
import type { Connection, Endpoint, Network } from '../net/network.ts';
import type { SimulatedClock } from '../net/simulated-clock.ts';
import { framesOf } from './frames.ts';
import { createQueues } from './queues.ts';

/** What was not asked then cannot be asked now. */
const NOT_RECORDED: Failure = { kind: 'unreachable', code: 'NOT_RECORDED' };

export function createReplayingNetwork(
  { exchanges, connections }: Pick<RecordedRun, 'exchanges' | 'connections'>,
  clock: SimulatedClock,
): Network {
  const asked = createQueues(exchanges, ({ transport, address, port, query }) =>
    keyOf(transport, { address, port }, query),
  );
  const opened = createQueues(connections, ({ address, port }) => `${address}#${port}`);
  return {
    clock,
    exchangeDatagram(to, payload, accept, timeoutMs, signal) {
      const exchange = asked.take(keyOf('udp', to, toHex(payload)));
      return waitWithDeadline(clock, timeoutMs, signal, (settle) => {
        if (exchange === null) {
          settle(fail(NOT_RECORDED));
          return () => undefined;
        }
        return play(clock, exchange, {
          answer: (octets) => {
            if (accept(octets)) settle(succeed(octets));
          },
          end: (failure) => settle(fail(failure ?? NOT_RECORDED)),
        });
      });
    },
    connect(to, timeoutMs, signal) {
      const opening = opened.take(`${to.address}#${to.port}`);
      return waitWithDeadline<Connection>(clock, timeoutMs, signal, (settle) => {
        if (opening === null) {
          settle(fail(NOT_RECORDED));
          return () => undefined;
        }
        const { afterMs, failure } = opening;
        return clock.deliver(afterMs, () => {
          if (failure !== null) settle(fail(failure));
          else {
            const find = (query: Uint8Array) => asked.take(keyOf('tcp', to, toHex(query)));
            settle(succeed(replayingConnection(to, clock, find)));
          }
        });
      });
    },
  };
}

function keyOf(transport: 'udp' | 'tcp', { address, port }: Endpoint, query: string): string {
  return `${transport} ${address}#${port} ${query}`;
}

interface Listener {
  answer(octets: Uint8Array): void;
  end(failure: Failure | null): void;
}

/** Everything at its time; the returned function stops it. */
function play(clock: SimulatedClock, exchange: RecordedExchange, listener: Listener): () => void {
  const { answers, end } = exchange;
  const cancels = answers.map(({ afterMs, octets }) =>
    clock.deliver(afterMs, () => listener.answer(fromHex(octets) ?? new Uint8Array(0))),
  );
  // A time-out is the asker's own, and comes by itself.
  if (end !== null && end.failure?.kind !== 'timeout') {
    cancels.push(clock.deliver(end.afterMs, () => listener.end(end.failure)));
  }
  return () => cancels.forEach((cancel) => cancel());
}

/** Only DNS was recorded: nothing else can be done on it. */
function replayingConnection(
  remote: Endpoint,
  clock: SimulatedClock,
  find: (query: Uint8Array) => RecordedExchange | null,
): Connection {
  const arrived: Result<Uint8Array | null>[] = [];
  const stops: (() => void)[] = [];
  let wake: () => void = () => undefined;
  const arrive = (what: Result<Uint8Array | null>): void => {
    arrived.push(what);
    wake();
  };
  return {
    remote,
    write(bytes) {
      for (const query of framesOf(bytes).whole) {
        const exchange = find(query);
        // What was not asked then stays without an answer.
        if (exchange === null) continue;
        const stop = play(clock, exchange, {
          answer: (octets) => arrive(succeed(octets)),
          end: (failure) => arrive(failure === null ? succeed(null) : fail(failure)),
        });
        stops.push(stop);
      }
      return Promise.resolve(succeed(undefined));
    },
    read(timeoutMs, signal) {
      return waitWithDeadline<Uint8Array | null>(clock, timeoutMs, signal, (settle) => {
        const take = (): void => {
          const next = arrived.shift();
          if (next !== undefined) settle(next);
        };
        wake = take;
        take();
        return () => {
          wake = () => undefined;
        };
      });
    },
    drain: () => new Uint8Array(0),
    upgradeToTls: () => Promise.resolve(fail(NOT_RECORDED)),
    httpsGet: () => Promise.resolve(fail(NOT_RECORDED)),
    close: () => stops.forEach((stop) => stop()),
  };
}
