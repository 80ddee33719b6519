/** What was selected is selected again when the same domain is asked anew, where it still is. */
import { recordText } from '../../shared/history/mark-keys.ts';
import { presentedChains } from '../../shared/inspection/presented-chains.ts';
import type { HostReport, Report } from '../../shared/inspection/report.ts';
import type { NodeId } from './node-id.ts';
import {
  clearSelection,
  findingKey,
  useSelection,
  type SelectionState,
} from './selection-store.ts';

interface Left extends Pick<SelectionState, 'finding' | 'tab' | 'drawer'> {
  readonly node: NodeId;
  /** Of a record: places in a list change. */
  readonly record: string | null;
}

let left: Left | null = null;

/** `from`: the report that it stood in; null where another domain takes its place. */
export function leaveSelection(from: Report | null): void {
  const { node, finding, tab, drawer } = useSelection.getState();
  const isKept = node !== null && from !== null;
  left = isKept ? { node, finding, tab, drawer, record: recordOf(from, node) } : null;
  clearSelection();
}

/** As soon as it is there; whoever has selected something else meanwhile keeps that. */
export function returnSelection(to: Report): void {
  if (left === null) return;
  const { finding, tab, drawer } = left;
  const node = useSelection.getState().node === null ? placeIn(to, left) : null;
  if (node !== null) {
    const isThere = to.findings.some((each) => findingKey(each) === finding);
    useSelection.setState({ node, tab, drawer, finding: isThere ? finding : null });
  }
  if (node !== null || to.finished || useSelection.getState().node !== null) left = null;
}

function placeIn(report: Report, { node, record, finding }: Left): NodeId | null {
  const isKnownEarly = finding === null && (node.kind === 'domain' || node.kind === 'host');
  if (!report.finished && !isKnownEarly) return null;
  if (node.kind === 'domain') return node;
  const host = hostNamed(report, node.host);
  if (host === null) return null;
  switch (node.kind) {
    case 'host':
      return node;
    case 'tlsa': {
      const index = host.tlsa.records.findIndex((each) => recordText(each) === record);
      return index < 0 ? null : { ...node, index };
    }
    case 'no-tlsa':
      return host.tlsa.records.length === 0 ? node : null;
    case 'chain':
      return node.index < presentedChains(host).length ? node : null;
    case 'addresses':
      return host.addresses.some(({ address }) => address === node.first) ? node : null;
  }
}

function recordOf(report: Report, node: NodeId): string | null {
  if (node.kind !== 'tlsa') return null;
  const record = hostNamed(report, node.host)?.tlsa.records[node.index];
  return record === undefined ? null : recordText(record);
}

function hostNamed({ hosts }: Report, wanted: string): HostReport | null {
  return hosts.find(({ name }) => name === wanted) ?? null;
}
