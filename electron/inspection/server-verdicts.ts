/** What the chains of a host come to under the record set that each single name server gives (RFC 7672 §2.2). */
import type { AssociationCrypto } from '../../shared/dane/association.ts';
import { matchChain } from '../../shared/dane/match.ts';
import { readTypedRecord } from '../../shared/dane/record-text.ts';
import type { ProbeReport, TlsaServerReport } from '../../shared/inspection/report.ts';

export interface PresentedTo {
  /** Each as presented, DER, leaf first. */
  readonly chains: readonly (readonly Uint8Array[])[];
  readonly referenceNames: readonly string[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Only where servers disagree: else what the look-up gave has told it. */
export function judgeServers(
  servers: readonly TlsaServerReport[],
  presented: PresentedTo,
  crypto: AssociationCrypto,
): readonly TlsaServerReport[] {
  if (!disagree(servers)) return servers;
  return servers.map((server) => judgeServer(server, presented, crypto));
}

export function disagree(servers: readonly TlsaServerReport[]): boolean {
  return new Set(servers.map(({ records }) => records.join())).size > 1;
}

/** A sender may get this server's RRset, so the chains must satisfy it too. */
function judgeServer(
  server: TlsaServerReport,
  { chains, referenceNames, at }: PresentedTo,
  crypto: AssociationCrypto,
): TlsaServerReport {
  const records = server.records.flatMap((text) => readTypedRecord(text)?.record ?? []);
  if (records.length === 0 || server.security !== 'secure') return server;
  const verdicts = chains.map(
    (chain) => matchChain({ chain, records, referenceNames, at }, crypto).outcome,
  );
  return { ...server, verdict: worst(verdicts) };
}

function worst(verdicts: readonly ProbeReport['verdict'][]): ProbeReport['verdict'] {
  const order = ['failed', 'encrypted-only', 'authenticated'] as const;
  return order.find((verdict) => verdicts.includes(verdict)) ?? null;
}
