/** Which visitor may begin a test: a few at a time from one network, and never at the cost of somebody's open test. */
import { addressFromText } from '../../shared/dns/address.ts';
import type { TestRun } from '../../shared/lab/test-run.ts';
import type { Clock } from '../net/network.ts';
import type { OutboundTest } from './outbound-test.ts';

export type Start =
  | { readonly kind: 'begun'; readonly run: TestRun }
  /** `all`: too many are open; `network`: from this network; `day`: from this network, within a day. */
  | {
      readonly kind: 'refused';
      readonly why: 'all' | 'network' | 'day';
      readonly retryAfterSeconds: number;
    };

export interface VisitorStarts {
  begin(from: string): Start;
}

/**
 * Tests that wait for mail at a time, far fewer than are kept: for a new one the ledger lets one go that is over.
 */
export const MAX_OPEN = 60;
/** Of one network at a time: one that went wrong is begun again. */
export const MAX_OPEN_PER_NETWORK = 4;
/** Of one network among those that are kept: so that nobody pushes out all that others may still read. */
export const MAX_KEPT_PER_NETWORK = 20;

/** The limits hold for those that are kept; networks are known as long as the process runs, and written nowhere. */
export function createVisitorStarts(
  test: Pick<OutboundTest, 'begin' | 'runs'>,
  clock: Pick<Clock, 'now'>,
): VisitorStarts {
  /** By alias. */
  const networks = new Map<string, string>();
  return {
    begin(from) {
      const now = clock.now();
      const runs = test.runs();
      forgetOthers(networks, runs);
      const network = visitorNetwork(from);
      const open = runs.filter((run) => isOpen(run, now));
      const own = runs.filter(({ alias }) => networks.get(alias) === network);
      const ownOpen = own.filter((run) => isOpen(run, now));
      if (ownOpen.length >= MAX_OPEN_PER_NETWORK)
        return { kind: 'refused', why: 'network', retryAfterSeconds: untilNext(ownOpen, now) };
      if (own.length >= MAX_KEPT_PER_NETWORK)
        return { kind: 'refused', why: 'day', retryAfterSeconds: LATER_SECONDS };
      if (open.length >= MAX_OPEN)
        return { kind: 'refused', why: 'all', retryAfterSeconds: untilNext(open, now) };
      const run = test.begin();
      networks.set(run.alias, network);
      return { kind: 'begun', run };
    },
  };
}

const LATER_SECONDS = 3600;

function forgetOthers(networks: Map<string, string>, runs: readonly TestRun[]): void {
  const known = new Set(runs.map(({ alias }) => alias));
  for (const alias of networks.keys()) if (!known.has(alias)) networks.delete(alias);
}

function isOpen({ startedAt, silentAfterMs }: TestRun, now: number): boolean {
  return startedAt <= now && now < startedAt + silentAfterMs;
}

/** Seconds until the first of them is over. */
function untilNext(open: readonly TestRun[], now: number): number {
  const ends = open.map(({ startedAt, silentAfterMs }) => startedAt + silentAfterMs);
  return Math.max(1, Math.ceil((Math.min(...ends) - now) / 1000));
}

const IPV4_OCTETS = 3;
/** RFC 6177: what a site is given at most of the smaller ones. */
const IPV6_OCTETS = 7;
/** RFC 4291 §2.5.5.2: how a socket for both families tells an IPv4 address. */
const MAPPED = /^::ffff:(?=\d+\.)/i;

/** 24 bits of an IPv4 address, 56 of an IPv6 one. */
export function visitorNetwork(address: string): string {
  const octets = addressFromText(address.replace(MAPPED, '').replace(/%.*$/, ''));
  if (octets === null) return address;
  return octets.subarray(0, octets.length === 4 ? IPV4_OCTETS : IPV6_OCTETS).join('.');
}
