/** Everything the pieces of one resolver run share: its settings, what it has learnt, its work in flight. */
import type { Name } from '../../shared/dns/name.ts';
import type { CryptoPort } from '../../shared/dnssec/crypto-port.ts';
import type { TrustAnchor } from '../../shared/dnssec/trust-anchor.ts';
import { createWork, type Validation } from '../../shared/dnssec/work.ts';
import type { Endpoint, Network, RandomBytes } from '../net/network.ts';
import type { Asked } from './ask-servers.ts';
import type { Context } from './context.ts';
import type { Iterated } from './iterate.ts';
import type { FoundServers } from './name-servers.ts';
import type { Cut, Trust } from './trust.ts';
import type { LookUp, ServerAddress } from './resolver.ts';
import type { ServerBook } from './server-book.ts';
import type { SharedTasks } from './shared-tasks.ts';
import type { NameServerHost, Zone, ZoneMap } from './zone.ts';

export interface Run {
  readonly network: Network;
  readonly crypto: CryptoPort;
  readonly random: RandomBytes;
  /** The instant at which signatures are judged, seconds since the epoch. */
  readonly at: number;
  /** Milliseconds for one exchange. */
  readonly timeoutMs: number;
  readonly dnsPort: number;
  readonly families: readonly AddressFamily[];
  readonly anchors: readonly TrustAnchor[];
  /** The recursive resolver that is asked instead of authoritative servers, or null. */
  readonly forwarder: Endpoint | null;
  /** Whether a name server at that address may be asked at all. */
  readonly mayAsk: (address: string) => boolean;
  readonly zones: ZoneMap;
  /** Puts what the root servers say of themselves in the place of the hints. */
  readonly acceptRoot: (zone: Zone) => void;
  readonly servers: ServerBook;
  /** The zone that was seen to hold a name, by the name's key. */
  readonly holders: Map<string, Zone>;
  /** Remembers whom a zone's questions were put to. */
  readonly noteServers: (zone: Zone, servers: readonly ServerAddress[]) => void;
  /** Those addresses, glue included. */
  readonly serversOf: (zone: Zone) => readonly ServerAddress[];
  /** Zones whose servers were listed, by the zone's key. */
  readonly listed: Map<string, Zone>;
  /** The first question about each child of a delegating zone: its referral serves the others. */
  readonly leaders: Map<string, string>;
  readonly questions: SharedTasks<Asked>;
  /** Addresses of name-server hosts, by family and the host's key. */
  readonly hostAddresses: SharedTasks<FoundServers>;
  readonly serverLists: SharedTasks<FoundServers>;
  /** Name servers as a zone's own servers name them, by the zone's key. */
  readonly childHosts: Map<string, readonly NameServerHost[]>;
  readonly trusts: SharedTasks<Trust>;
  /** What the parent says of a possible cut, by the cut's key. */
  readonly cuts: SharedTasks<Cut>;
  readonly lookUps: SharedTasks<LookUp>;
  readonly countQuery: () => void;
  readonly steps: Steps;
}

/** The steps that need one another, tied together where the run is made. */
export interface Steps {
  readonly iterate: (name: Name, type: number, context: Context) => Promise<Iterated>;
  readonly trustOf: (zone: Zone, context: Context) => Promise<Trust>;
  readonly trustTowards: (zone: Zone, name: Name, context: Context) => Promise<Trust>;
}

export type AddressFamily = 'ipv4' | 'ipv6';

/** An allowance of validation work for one question (shared/dnssec/limits.ts). */
export function newValidation(run: Run): Validation {
  return { crypto: run.crypto, at: run.at, work: createWork() };
}

/** Whether an address is of a family that this run uses. */
export function isOfFamily(run: Run, address: string): boolean {
  return run.families.includes(address.includes(':') ? 'ipv6' : 'ipv4');
}
