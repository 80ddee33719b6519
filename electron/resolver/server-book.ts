/** What a run has learnt of each name-server address: how fast it is and what it cannot do. */
import type { RandomBytes } from '../net/network.ts';
import { FIRST_PATIENCE_MS, MAX_PATIENCE_MS, MIN_PATIENCE_MS } from './limits.ts';
import type { ServerAddress } from './resolver.ts';

export interface ServerBook {
  /** Fastest first; those not tried yet behind, in random order, IPv4 first; the slow and silent last. */
  order(servers: readonly ServerAddress[]): readonly ServerAddress[];
  /** Milliseconds to wait for this server before another is asked as well. */
  patienceMs(address: string): number;
  answered(address: string, roundTripMs: number): void;
  silent(address: string, waitedMs: number): void;
  /** Whether this address is to be asked without EDNS, or over TCP only. */
  traits(address: string): Readonly<ServerTraits>;
  learn(address: string, traits: Partial<ServerTraits>): void;
}

export interface ServerTraits {
  /** It answers FORMERR to an OPT record (RFC 6891 §7). */
  noEdns: boolean;
  /** It does not echo the case of the question: UDP is too easy to forge. */
  tcpOnly: boolean;
}

/** Weight of a new measurement in the smoothed round-trip time (RFC 6298 §2: 1/8; runs are short). */
const NEW_SAMPLE_WEIGHT = 0.3;
/** A server answers within so many round trips, or the packet was lost. */
const PATIENCE_ROUND_TRIPS = 3;

export function createServerBook(random: RandomBytes): ServerBook {
  const roundTrips = new Map<string, number>();
  const traits = new Map<string, ServerTraits>();
  const traitsOf = (address: string): ServerTraits =>
    traits.get(address) ?? { noEdns: false, tcpOnly: false };
  return {
    order(servers) {
      const rank = (address: string): number => {
        const known = roundTrips.get(address);
        if (known !== undefined) return known;
        const [dice = 0] = random(1, `order ${address}`);
        return FIRST_PATIENCE_MS + dice / 256 + (address.includes(':') ? 1 : 0);
      };
      return servers
        .map((server) => ({ server, rank: rank(server.address) }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ server }) => server);
    },
    patienceMs(address) {
      const known = roundTrips.get(address);
      if (known === undefined) return FIRST_PATIENCE_MS;
      return Math.min(MAX_PATIENCE_MS, Math.max(MIN_PATIENCE_MS, known * PATIENCE_ROUND_TRIPS));
    },
    answered(address, roundTripMs) {
      const known = roundTrips.get(address) ?? roundTripMs;
      roundTrips.set(address, known + (roundTripMs - known) * NEW_SAMPLE_WEIGHT);
    },
    silent(address, waitedMs) {
      roundTrips.set(
        address,
        Math.max(waitedMs, roundTrips.get(address) ?? 0, FIRST_PATIENCE_MS) * 2,
      );
    },
    traits: traitsOf,
    learn(address, learnt) {
      traits.set(address, { ...traitsOf(address), ...learnt });
    },
  };
}
