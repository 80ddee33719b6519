/** The picture as React Flow wants it: placed nodes, and lines between their handles. */
import type { Edge, Node } from '@xyflow/react';
import type { Security } from '../../shared/inspection/report.ts';
import { nodeKey } from '../store/node-id.ts';
import type {
  AddressNode,
  ChainGraph,
  ChainNode,
  DomainNode,
  FoldedHosts,
  HostNode,
  HostRow,
  MatchEdge,
  RecordNode,
} from './graph.ts';
import type { Box, ChainLayout } from './layout.ts';

export type FlowNode =
  | Node<{ readonly domain: DomainNode; readonly selected: boolean }, 'domain'>
  | Node<{ readonly host: HostNode; readonly selected: boolean }, 'host'>
  | Node<{ readonly record: RecordNode; readonly selected: boolean }, 'record'>
  | Node<{ readonly chain: ChainNode; readonly selected: boolean }, 'chain'>
  | Node<{ readonly address: AddressNode; readonly selected: boolean }, 'address'>
  | Node<{ readonly folded: FoldedHosts }, 'folded'>
  | Node<{ readonly text: string; readonly note: string }, 'heading'>;

export type PromiseEdge = Edge<{ readonly security: Security | null }, 'promise'>;
export type MatchFlowEdge = Edge<
  { readonly kind: 'equal' | 'differs'; readonly label: string; readonly alone: boolean },
  'match'
>;
export type ServedFlowEdge = Edge<Record<string, never>, 'served'>;
export type FlowEdge = PromiseEdge | MatchFlowEdge | ServedFlowEdge;

export function flowNodes(
  graph: ChainGraph,
  layout: ChainLayout,
  selected: string | null,
): readonly FlowNode[] {
  const isSelected = (id: Parameters<typeof nodeKey>[0]): boolean => nodeKey(id) === selected;
  const nodes: FlowNode[] = [...headings(layout)];
  const { domain } = graph;
  nodes.push({
    id: nodeKey(domain.id),
    type: 'domain',
    ...placed(layout.domain),
    data: { domain, selected: isSelected(domain.id) },
  });
  graph.rows.forEach((row, index) => {
    const place = layout.rows[index];
    if (place === undefined) return;
    const { host } = row;
    nodes.push({
      id: nodeKey(host.id),
      type: 'host',
      ...placed(place.host),
      data: { host, selected: isSelected(host.id) },
    });
    row.records.forEach((record, at) => {
      const { id } = record;
      const data = { record, selected: isSelected(id) };
      nodes.push({ id: nodeKey(id), type: 'record', ...placed(place.records[at]), data });
    });
    row.chains.forEach((chain, at) => {
      const { id } = chain;
      const data = { chain, selected: isSelected(id) };
      nodes.push({ id: nodeKey(id), type: 'chain', ...placed(place.chains[at]), data });
    });
    row.addresses.forEach((address, at) => {
      const { id } = address;
      const data = { address, selected: isSelected(id) };
      nodes.push({ id: nodeKey(id), type: 'address', ...placed(place.addresses[at]), data });
    });
  });
  if (graph.folded !== null && layout.folded !== null) {
    nodes.push({
      id: 'folded',
      type: 'folded',
      ...placed(layout.folded),
      data: { folded: graph.folded },
    });
  }
  return nodes;
}

export function flowEdges(graph: ChainGraph): readonly FlowEdge[] {
  const domain = nodeKey(graph.domain.id);
  return graph.rows.flatMap((row): readonly FlowEdge[] => {
    const host = nodeKey(row.host.id);
    const records = row.records.map((record) => nodeKey(record.id));
    const chains = row.chains.map((chain) => nodeKey(chain.id));
    return [
      promise(domain, host, row.host.link),
      ...row.records.map((record) => promise(host, nodeKey(record.id), record.link)),
      ...row.matches.map(({ record, chain, row: line, kind, label }) => ({
        id: `match|${records[record] ?? ''}|${chains[chain] ?? ''}`,
        type: 'match' as const,
        source: records[record] ?? '',
        target: chains[chain] ?? '',
        targetHandle: `row-${line}`,
        data: { kind, label, alone: countOf(row, chain, kind) === 1 },
      })),
      ...row.served.map(({ chain, address }) => {
        const to = row.addresses[address];
        const target = to === undefined ? '' : nodeKey(to.id);
        const source = chains[chain] ?? '';
        return {
          id: `served|${source}|${target}`,
          type: 'served' as const,
          source,
          target,
          data: {},
        };
      }),
    ];
  });
}

/** Lines of one kind that end at one chain. */
function countOf(row: HostRow, chain: number, kind: MatchEdge['kind']): number {
  return row.matches.filter((edge) => edge.chain === chain && edge.kind === kind).length;
}

function promise(source: string, target: string, security: Security | null): FlowEdge {
  const data = { security };
  return { id: `promise|${source}|${target}`, type: 'promise', source, target, data };
}

function headings(layout: ChainLayout): readonly FlowNode[] {
  const { domain, chain, address, record } = layout.columns;
  const middle = record.x + record.width;
  const height = 20;
  const left = { x: domain.x, y: 0, width: middle - domain.x, height };
  const match = { x: middle, y: 0, width: chain.x - middle, height };
  const right = { x: chain.x, y: 0, width: address.x + address.width - chain.x, height };
  return [
    heading('promises', left, 'What DNS promises', 'validated from the root key'),
    heading('match', match, '', 'match'),
    heading('present', right, 'What the servers present', ''),
  ];
}

function heading(id: string, box: Box, text: string, note: string): FlowNode {
  return { id: `heading|${id}`, type: 'heading', ...placed(box), data: { text, note } };
}

/** React Flow lets a node that it does not select or drag itself pass the pointer through. */
const STYLE = { pointerEvents: 'all' } as const;

function placed(box: Box | undefined): Pick<Node, 'position' | 'width' | 'height' | 'style'> {
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 };
  return { position: { x, y }, width, height, style: STYLE };
}
