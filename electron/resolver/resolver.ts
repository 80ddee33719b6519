/** The resolver port: validated look-ups, and single questions to single servers. */
import type { Failure } from '../../shared/failure.ts';
import type { Name } from '../../shared/dns/name.ts';
import type { ResourceRecord, RRset } from '../../shared/dns/record.ts';
import type { Security } from '../../shared/dnssec/proof.ts';
import type { Observation, Reason } from '../../shared/dnssec/reason.ts';

export interface Resolver {
  /** Never rejects but for abort; equal questions in one run share one look-up. */
  resolve(name: Name, type: number, signal: AbortSignal): Promise<LookUp>;
  /** The zone that holds `name` (after DS at a cut: the parent's), with every authoritative address. */
  zoneOf(name: Name, signal: AbortSignal): Promise<ZoneServers>;
  /**
   * Asks one authoritative address one question over one transport, as a QNAME-minimising resolver would
   * (RFC 9156): DO=1, RD=0, no falling back to the other transport. That very answer is validated with
   * the zone's validated keys.
   */
  ask(question: SingleQuestion, signal: AbortSignal): Promise<ServerAnswer>;
  /** DNS queries sent so far in this run, retries and TCP included. */
  queries(): number;
}

export interface LookUp {
  readonly name: Name;
  readonly type: number;
  /** Mnemonic; SERVFAIL when bogus, failed or looping. The last link's for an alias chain. */
  readonly rcode: string;
  readonly security: Security;
  /** The whole alias chain (synthesised CNAMEs included) and the final RRset, without RRSIGs. */
  readonly answers: readonly ResourceRecord[];
  /** The RRset of the type asked, at the end of the alias chain; null when there is none. */
  readonly rrset: RRset | null;
  /** The alias chain, in order; empty without CNAME or DNAME. */
  readonly aliases: readonly AliasStep[];
  /** First thing that failed, or why it is not secure; null when secure. */
  readonly reason: Reason | null;
  /** Set when no server gave a usable answer. */
  readonly failure: Failure | null;
  /** Smallest TTL of the final RRset, or the negative TTL (RFC 2308 §5), in seconds; null when none. */
  readonly ttl: number | null;
  /** Each zone from the trust anchor down. */
  readonly zones: readonly ZoneTrust[];
  readonly observations: readonly Observation[];
}

export interface AliasStep {
  readonly from: Name;
  readonly to: Name;
  readonly via: 'CNAME' | 'DNAME';
  readonly security: Security;
}

/** How trust got into (or ended at) one zone. */
export interface ZoneTrust {
  readonly zone: Name;
  readonly security: Security;
  readonly reason: Reason | null;
  readonly ds: readonly { keyTag: number; algorithm: number; digestType: number; digest: string }[];
  readonly dnskeys: readonly {
    keyTag: number;
    algorithm: number;
    flags: number;
    /** Whether it is a secure entry point: a DS or anchor names it and it signs the DNSKEY RRset. */
    secureEntryPoint: boolean;
  }[];
  /** Key tag of the key whose signature over the DNSKEY RRset was valid; null when none. */
  readonly signedBy: number | null;
  /** Validity of that signature, seconds since the epoch. */
  readonly signature: { readonly inception: number; readonly expiration: number } | null;
  readonly servers: readonly ServerAddress[];
}

export interface ServerAddress {
  /** Host name of the server, as in `Name.key`. */
  readonly name: string;
  readonly address: string;
}

export interface ZoneServers {
  readonly zone: Name;
  readonly security: Security;
  readonly servers: readonly ServerAddress[];
  /** Names of servers that are none of `servers`, since no address was found or there are too many. */
  readonly unfound?: readonly string[];
  readonly failure: Failure | null;
}

export interface SingleQuestion {
  readonly server: ServerAddress;
  readonly zone: ZoneServers;
  readonly name: Name;
  readonly type: number;
  readonly transport: 'udp' | 'tcp';
  /** False: a plain question of RFC 1035, to see whether it is EDNS that keeps a server silent. */
  readonly edns: boolean;
}

export interface ServerAnswer {
  readonly server: ServerAddress;
  readonly name: Name;
  readonly type: number;
  readonly transport: 'udp' | 'tcp';
  /** Null when no usable answer came; then `failure` is set, unless it was `truncated`. */
  readonly rcode: string | null;
  readonly failure: Failure | null;
  /** Not authoritative for the zone, or refers upwards, or REFUSED (RFC 1912 §2.8). */
  readonly lame: boolean;
  /** Of this very answer (data or denial). */
  readonly security: Security;
  readonly reason: Reason | null;
  readonly answers: readonly ResourceRecord[];
  /** True when the answer denies the name itself (NXDOMAIN) or the type (NODATA). */
  readonly denies: 'name' | 'type' | null;
  /** The closer zone that it refers to instead of answering. */
  readonly referral: Name | null;
  /** Of these names, known to exist, those that a signed NSEC or NSEC3 in this answer covers (RFC 8198). */
  readonly covers: (names: readonly Name[]) => readonly Name[];
  /** The response as received, readable or not; empty when none came. */
  readonly raw: Uint8Array;
  /** AA (RFC 1035 §4.1.1). */
  readonly authoritative: boolean;
  /** TC: cut off to fit a datagram, and not judged. */
  readonly truncated: boolean;
  /** An OPT record came back (RFC 6891 §6.1.1). */
  readonly edns: boolean;
  /** Some RRSIG came along, valid or not. */
  readonly signed: boolean;
  readonly observations: readonly Observation[];
}
