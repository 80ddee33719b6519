/** The Network port as an in-process internet: hosts, latency, loss, and a clock of its own. */
import { fail, succeed, type Result } from '../../shared/failure.ts';
import { waitWithDeadline } from './deadline.ts';
import type { DatagramHandler, StreamHandler } from './handler.ts';
import type { Connection, Endpoint, Network, RandomBytes } from './network.ts';
import type { SimulatedClock } from './simulated-clock.ts';
import { canonicalAddress } from './special-address.ts';
import { connectionOver } from './stream-connection.ts';
import { connectSockets, type Wire } from './virtual-socket.ts';

export interface VirtualInternet extends Network {
  addHost(host: VirtualHost): void;
  setConditions(conditions: Conditions): void;
}

export interface Conditions {
  readonly roundTripMs: number;
  /** Share of packets lost, 0–1. TCP sends a lost one again, a datagram is gone. */
  readonly lossRate: number;
}

export interface VirtualHost {
  readonly addresses: readonly string[];
  /** By port. A port without a handler refuses. */
  readonly datagrams?: ReadonlyMap<number, DatagramHandler>;
  readonly streams?: ReadonlyMap<number, StreamHandler>;
  /** Swallows every packet, as behind a firewall that drops. */
  readonly silent?: boolean;
}

export interface VirtualInternetOptions {
  readonly clock: SimulatedClock;
  readonly conditions: Conditions;
  /** Decides losses. */
  readonly random: RandomBytes;
  /** Told of each datagram and each connection a client sends off. */
  readonly observe?: (traffic: Traffic) => void;
}

export interface Traffic {
  /** On the internet's monotonic clock. */
  readonly atMs: number;
  readonly kind: 'datagram' | 'connect';
  readonly to: Endpoint;
  /** The datagram; empty for a connection. */
  readonly payload: Uint8Array;
}

/** TCP's first retransmission of a SYN (RFC 6298 §2.1), and the least it waits later (as Linux has it). */
const SYN_RETRANSMISSION_MS = 1000;
const RETRANSMISSION_MS = 200;

export function createVirtualInternet(options: VirtualInternetOptions): VirtualInternet {
  const hosts = new Map<string, VirtualHost>();
  const weather = createWeather(options);
  const find = (to: Endpoint): VirtualHost | null =>
    hosts.get(canonicalAddress(to.address) ?? '') ?? null;
  const sendOff = (kind: Traffic['kind'], to: Endpoint, payload: Uint8Array): void =>
    options.observe?.({ atMs: options.clock.monotonic(), kind, to, payload });

  return {
    clock: options.clock,
    addHost: (host) => {
      for (const address of host.addresses) hosts.set(requireLiteral(address), host);
    },
    setConditions: weather.set,
    exchangeDatagram: (to, payload, accept, timeoutMs, signal) => {
      sendOff('datagram', to, payload);
      return waitWithDeadline<Uint8Array>(options.clock, timeoutMs, signal, (settle) =>
        exchange(weather, find(to), to, payload, accept, settle),
      );
    },
    connect: (to, timeoutMs, signal) => {
      sendOff('connect', to, new Uint8Array(0));
      return waitWithDeadline<Connection>(options.clock, timeoutMs, signal, (settle) =>
        connect(weather, options.clock, find(to), to, settle),
      );
    },
  };
}

function requireLiteral(address: string): string {
  const canonical = canonicalAddress(address);
  if (canonical === null) throw new Error(`not an IP address: ${address}`);
  return canonical;
}

function exchange(
  weather: Weather,
  host: VirtualHost | null,
  to: Endpoint,
  payload: Uint8Array,
  accept: (reply: Uint8Array) => boolean,
  settle: (result: Result<Uint8Array>) => void,
): () => void {
  const journey = startJourney(weather);
  if (host === null) settle(failUnreachable(to));
  else if (!host.silent) {
    const handler = host.datagrams?.get(to.port);
    if (handler) {
      journey.datagram(() =>
        handler(new Uint8Array(payload), (bytes) => {
          const reply = new Uint8Array(bytes);
          journey.datagram(() => {
            if (accept(reply)) settle(succeed(reply));
          });
        }),
      );
    } else journey.datagram(() => journey.datagram(() => settle(fail({ kind: 'refused' }))));
  }
  return journey.end;
}

function connect(
  weather: Weather,
  clock: SimulatedClock,
  host: VirtualHost | null,
  to: Endpoint,
  settle: (result: Result<Connection>) => void,
): () => void {
  const journey = startJourney(weather);
  if (host === null) settle(failUnreachable(to));
  else if (!host.silent) {
    const handler = host.streams?.get(to.port);
    journey.segment(SYN_RETRANSMISSION_MS, () =>
      journey.segment(SYN_RETRANSMISSION_MS, () =>
        settle(handler ? succeed(openConnection(weather, clock, handler, to)) : REFUSED),
      ),
    );
  }
  return journey.end;
}

const REFUSED = fail({ kind: 'refused' });

/** The client is connected a round trip after its SYN; the server learns of it half a trip later. */
function openConnection(
  weather: Weather,
  clock: SimulatedClock,
  handler: StreamHandler,
  to: Endpoint,
): Connection {
  const toServer = weather.wire();
  const { client, server } = connectSockets(toServer, weather.wire());
  server.on('error', () => undefined);
  toServer(() => {
    if (!server.destroyed) handler(server);
  });
  return connectionOver(client, to, clock);
}

function failUnreachable(to: Endpoint): Result<never> {
  return canonicalAddress(to.address) === null
    ? fail({ kind: 'not-allowed', address: to.address, detail: 'not an IP address' })
    : fail({ kind: 'unreachable', code: 'EHOSTUNREACH' });
}

interface Weather {
  set(conditions: Conditions): void;
  /** Half a round trip, or null when the packet is lost. */
  passage(): number | null;
  deliver(ms: number, callback: () => void): () => void;
  wire(): Wire;
}

function createWeather(options: VirtualInternetOptions): Weather {
  let conditions = options.conditions;
  const { clock } = options;
  const passage = (): number | null => {
    const [high = 0, low = 0] = conditions.lossRate > 0 ? options.random(2) : [1, 0];
    const lost = conditions.lossRate > 0 && (high * 256 + low) / 65_536 < conditions.lossRate;
    return lost ? null : conditions.roundTripMs / 2;
  };
  return {
    set: (next) => {
      conditions = next;
    },
    passage,
    deliver: clock.deliver,
    wire: () => {
      let lastArrival = clock.monotonic();
      return (arrive) => {
        const arrival = clock.monotonic() + withRetransmissions(passage, RETRANSMISSION_MS);
        // A later segment never overtakes an earlier one.
        lastArrival = Math.max(lastArrival, arrival);
        clock.deliver(lastArrival - clock.monotonic(), arrive);
      };
    },
  };
}

/** Milliseconds until a segment has got through, each time-out twice as long (RFC 6298 §5.5). */
function withRetransmissions(passage: () => number | null, firstTimeoutMs: number): number {
  let waitedMs = 0;
  for (let timeoutMs = firstTimeoutMs; timeoutMs <= MAX_RETRANSMISSION_MS; timeoutMs *= 2) {
    const way = passage();
    if (way !== null) return waitedMs + way;
    waitedMs += timeoutMs;
  }
  return waitedMs;
}

/** Longest wait of one retransmission; keeps a loss rate of 1 finite. */
const MAX_RETRANSMISSION_MS = 120_000;

interface Journey {
  datagram(arrive: () => void): void;
  segment(timeoutMs: number, arrive: () => void): void;
  /** Nothing of it arrives any more. */
  end(): void;
}

/** The packets of one exchange, all of them dropped when the exchange has ended. */
function startJourney(weather: Weather): Journey {
  const underWay = new Set<() => void>();
  const send = (ms: number, arrive: () => void): void => {
    const cancel = weather.deliver(ms, () => {
      underWay.delete(cancel);
      arrive();
    });
    underWay.add(cancel);
  };
  return {
    datagram: (arrive) => {
      const way = weather.passage();
      if (way !== null) send(way, arrive);
    },
    segment: (timeoutMs, arrive) => send(withRetransmissions(weather.passage, timeoutMs), arrive),
    end: () => {
      for (const cancel of underWay) cancel();
      underWay.clear();
    },
  };
}
