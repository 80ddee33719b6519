/** Turns what a probe found and the host's TLSA records into the plain report of that probe. */
import type { AssociationCrypto } from '../../shared/dane/association.ts';
import type { Tlsa } from '../../shared/dane/tlsa.ts';
import type { ProbeReport } from '../../shared/inspection/report.ts';
import type { ProbeResult } from './probe.ts';

export interface Expectation {
  /** The TLSA RRset to satisfy; empty when there is none. */
  readonly records: readonly Tlsa[];
  /** Names that count under usage 2 (RFC 7672 §3.2.2): TLSA base domain first, then next-hop domain. */
  readonly referenceNames: readonly string[];
  /** Milliseconds since the epoch at which dates are judged. */
  readonly at: number;
}

/** Call it again with the same result when the records arrive later than the chain. */
export function describeProbe(
  result: ProbeResult,
  expectation: Expectation,
  crypto: AssociationCrypto,
): ProbeReport {
  throw new Error(`not built yet: ${result.address} ${expectation.at} ${typeof crypto}`);
}
