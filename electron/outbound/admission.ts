/** Who may still connect: so many at a time in total, and so many from one network. */
import { ipv6FromText } from '../../shared/dns/address.ts';
import { systemClock } from '../net/system-clock.ts';

export interface AdmissionLimits {
  readonly total: number;
  readonly perNetwork: number;
}

export interface Admission {
  /**
   * Null for one too many; otherwise to be called once it has gone. Where all seats are taken, the network that
   * has most of them gives up the one that it has had longest, if that can be asked to go by its `drop`, and had
   * the time that it takes to give a mail.
   */
  admit(address: string, drop?: () => void): (() => void) | null;
  /** How many are in. */
  count(): number;
}

/** Milliseconds in which nobody is asked to go; giving a mail takes a few hundred, to a slow server two thousand. */
export const SEAT_MS = 5000;

interface Seat {
  readonly takenAt: number;
  readonly drop: (() => void) | null;
  readonly leave: () => void;
}

export function createAdmission(
  { total, perNetwork }: AdmissionLimits,
  monotonic: () => number = () => systemClock.monotonic(),
): Admission {
  /** In the order in which they came. */
  const seats = new Map<string, Set<Seat>>();
  let all = 0;
  return {
    admit(address, drop) {
      const network = networkOf(address);
      const own = seats.get(network)?.size ?? 0;
      if (own >= perNetwork || (all >= total && !makeRoom(seats, own, monotonic() - SEAT_MS)))
        return null;
      const seat: Seat = {
        takenAt: monotonic(),
        drop: drop ?? null,
        leave() {
          const others = seats.get(network);
          if (others?.delete(seat) !== true) return;
          all -= 1;
          if (others.size === 0) seats.delete(network);
        },
      };
      seats.set(network, (seats.get(network) ?? new Set()).add(seat));
      all += 1;
      return seat.leave;
    },
    count: () => all,
  };
}

/** Nobody gives one up who has no more than the newcomer, nor one that was taken after `before`. */
function makeRoom(
  seats: ReadonlyMap<string, ReadonlySet<Seat>>,
  own: number,
  before: number,
): boolean {
  let most: Seat | null = null;
  let count = own;
  for (const group of seats.values()) {
    if (group.size <= count) continue;
    const oldest = [...group].find(({ drop, takenAt }) => drop !== null && takenAt <= before);
    if (oldest === undefined) continue;
    most = oldest;
    count = group.size;
  }
  most?.leave();
  most?.drop?.();
  return most !== null;
}

/** Octets of an IPv6 prefix that one customer is given (RFC 6177): within it addresses cost nothing. */
const IPV6_PREFIX_OCTETS = 8;

function networkOf(address: string): string {
  const octets = address.includes(':') ? ipv6FromText(address) : null;
  return octets === null ? address : octets.subarray(0, IPV6_PREFIX_OCTETS).join('.');
}
