/** What of the picture and the findings is new or changed since the run that is compared with. */
import type { Changes, Mark } from '../../shared/history/change.ts';
import {
  addressMark,
  certificateMark,
  DOMAIN_MARK,
  findingMark,
  hostMark,
  recordMark,
  recordText,
} from '../../shared/history/mark-keys.ts';
import type { Finding } from '../../shared/findings/finding.ts';
import { presentedChains } from '../../shared/inspection/presented-chains.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { useComparison } from './history-comparison.ts';
import { useInspection } from './inspection-store.ts';
import type { NodeId } from './node-id.ts';

export function useFindingMark(finding: Finding): Mark | null {
  return useComparison(({ changes }) => changes?.marks.get(findingMark(finding)) ?? null);
}

/** `addresses`: those that a node of that kind stands for. */
export function useNodeMark(node: NodeId, addresses: readonly string[] = []): Mark | null {
  const changes = useComparison((state) => state.changes);
  const report = useInspection((state) => state.report);
  return changes === null || report === null ? null : markOfNode(changes, report, node, addresses);
}

export function markOfNode(
  { marks, list }: Changes,
  report: Report,
  node: NodeId,
  addresses: readonly string[] = [],
): Mark | null {
  const first = (keys: readonly string[]): Mark | null =>
    keys.map((key) => marks.get(key)).find((mark) => mark !== undefined) ?? null;
  if (node.kind === 'domain') return first([DOMAIN_MARK]);
  const host = report.hosts.find(({ name }) => name === node.host);
  if (host === undefined) return null;
  switch (node.kind) {
    case 'host':
      return first([hostMark(node.host)]);
    case 'tlsa': {
      const record = host.tlsa.records[node.index];
      return record === undefined ? null : first([recordMark(node.host, recordText(record))]);
    }
    case 'no-tlsa': {
      const isEmptied = list.some((each) => each.kind === 'record' && each.host === node.host);
      return isEmptied ? 'changed' : null;
    }
    case 'chain': {
      const leaf = presentedChains(host)[node.index]?.probe?.chain[0];
      return leaf === undefined ? null : first([certificateMark(node.host, leaf.certSha256)]);
    }
    case 'addresses': {
      const all = addresses.length === 0 ? [node.first] : addresses;
      return first(all.map((each) => addressMark(node.host, each)));
    }
  }
}
