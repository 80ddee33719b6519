/** The lines in the middle: which record equals which certificate, and where nothing does. */
import type { HostReport, TlsaRecordReport } from '../../shared/inspection/report.ts';
import type { PresentedChain } from '../../shared/inspection/presented-chains.ts';
import { words } from '../words/words.ts';
import type { ChainNode, MatchEdge } from './graph.ts';

export function matchEdges(
  host: HostReport,
  presented: readonly PresentedChain[],
  nodes: readonly ChainNode[],
): readonly MatchEdge[] {
  const chains = presented.flatMap(({ probe }) => probe ?? []);
  const matchesSome = host.tlsa.records.map((_, index) =>
    chains.some(({ associations }) => associations[index]?.matches === true),
  );
  // A record that another chain answers is at its place; the cross belongs to those that nothing answers.
  const someIsFree = host.tlsa.records.some(
    (record, index) => record.usable && matchesSome[index] === false,
  );
  const isExpected = (index: number): boolean => !someIsFree || matchesSome[index] === false;
  return presented.flatMap(({ probe }, chain) => {
    const rows = nodes[chain]?.rows;
    if (probe === null || rows === undefined) return [];
    const answered = probe.associations.some(({ matches }) => matches);
    return host.tlsa.records.flatMap((record, index): readonly MatchEdge[] => {
      const association = probe.associations[index];
      if (association === undefined || !record.usable) return [];
      if (association.matches) {
        const depth = association.matchedDepth;
        const row = rows.findIndex((shown) => shown.depth === depth);
        return [
          {
            record: index,
            chain,
            row: row >= 0 ? row : rows.length - 1,
            kind: 'equal',
            label: equalityOf(record, depth),
          },
        ];
      }
      // Where another record matches the chain, one that does not is a loose end, not a fault.
      if (answered || !isExpected(index)) return [];
      return [{ record: index, chain, row: 0, kind: 'differs', label: words.chain.match.differs }];
    });
  });
}

/** What was compared and found equal: the selector says which bytes, the depth whose. */
function equalityOf(record: TlsaRecordReport, depth: number | null): string {
  const say = words.chain.match;
  if (depth === null) return say.inRecord;
  const isKey = record.selector === 1;
  if (depth === 0) return isKey ? say.key : say.certificate;
  return isKey ? say.issuerKey : say.issuerCertificate;
}
