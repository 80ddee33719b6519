/** What an inspection is asked, and everything it needs from outside. */
import type { AssociationCrypto } from '../../shared/dane/association.ts';
import type { Name } from '../../shared/dns/name.ts';
import type { GivenChains } from '../../shared/inspection/given-chains.ts';
import type { ProbeReport } from '../../shared/inspection/report.ts';
import type { PolicyFile, PolicyFileTarget } from '../policy/fetch-policy-file.ts';
import type { Resolver } from '../resolver/resolver.ts';
import type { Expectation } from '../smtp/describe.ts';
import type { KeyKind, ProbeResult } from '../smtp/probe.ts';

export interface InspectionQuery {
  readonly domain: Name;
  /** The instant of judgement, milliseconds since the epoch. */
  readonly at: number;
  readonly smtpPort: number;
  /** For the report: the port that name servers are asked at. */
  readonly dnsPort: number;
  /** False: DNS only. */
  readonly smtp: boolean;
  /** Address families that mail servers are spoken to over. */
  readonly families: readonly (4 | 6)[];
  /** Connect to private and other special addresses too. */
  readonly allowPrivate: boolean;
  /** Mail-server connections of this inspection at a time, all addresses together. */
  readonly maxConnections: number;
  /** Connect once more without SNI, for comparison. */
  readonly withoutSni: boolean;
  /** Judged in place of what these hosts present; they are not spoken to. */
  readonly chains: GivenChains;
  /** For the report: `HOST:PORT` of the proxy in use, or null. */
  readonly proxy: string | null;
  /** For the report: trust anchors were given. */
  readonly ownTrust?: boolean;
  /** For the report: the program's version, and `iterative` or the resolver's `IP#PORT`. */
  readonly version: string;
  readonly resolver: string;
}

export interface InspectionPorts {
  /** One for this run: what it learns is not asked again. */
  readonly resolver: Resolver;
  readonly clock: InspectionClock;
  readonly crypto: AssociationCrypto;
  /** Speaks to one address; never rejects but for abort. */
  probe(target: ProbeTarget, signal: AbortSignal): Promise<ProbeResult>;
  describe(result: ProbeResult, expectation: Expectation, crypto: AssociationCrypto): ProbeReport;
  /** The policy file of MTA-STS (RFC 8461 §3.3); never rejects but for abort. */
  fetchPolicyFile(target: PolicyFileTarget, signal: AbortSignal): Promise<PolicyFile>;
  /** The name of the special range an address lies in, null for a public one (RFC 6890). */
  specialRange(address: string): string | null;
}

export interface ProbeTarget {
  readonly address: string;
  readonly port: number;
  /** SNI: the TLSA base domain (RFC 7672 §3.2.2); null sends none. */
  readonly serverName: string | null;
  /** Offer only these kinds of keys; null offers the usual ones. */
  readonly keyTypes: readonly KeyKind[] | null;
}

export interface InspectionClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds on a clock that never jumps. */
  monotonic(): number;
  /** Calls back once after `ms`; the returned function cancels. */
  setTimer(ms: number, callback: () => void): () => void;
}
