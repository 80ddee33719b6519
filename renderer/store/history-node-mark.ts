/** Which thing of the picture a change marks. */
import type { Changes, Mark } from '../../shared/history/change.ts';
import {
  addressMark,
  certificateMark,
  DOMAIN_MARK,
  hostMark,
  recordMark,
  recordText,
} from '../../shared/history/mark-keys.ts';
import { presentedChains } from '../../shared/inspection/presented-chains.ts';
import type { Report } from '../../shared/inspection/report.ts';
import type { NodeId } from './node-id.ts';

/** `addresses`: those that a node of that kind stands for. */
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
