/** What of the picture and the findings is new or changed since the run that is compared with. */
import type { Mark } from '../../shared/history/change.ts';
import { findingMark } from '../../shared/history/mark-keys.ts';
import type { Finding } from '../../shared/findings/finding.ts';
import { useComparison } from './history-comparison.ts';
import { markOfNode } from './history-node-mark.ts';
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
