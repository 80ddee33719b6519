/** The picture as React Flow wants it: placed nodes; the lines are one of them, since they never move by themselves. */
import type { Node } from '@xyflow/react';
import { nodeKey } from '../store/node-id.ts';
import { words } from '../words/words.ts';
import type {
  AddressNode,
  ChainGraph,
  ChainNode,
  DomainNode,
  EmptyState,
  FoldedHosts,
  HostNode,
  HostRow,
  RecordNode,
  Trouble,
} from './graph.ts';
import type { Box, ChainLayout, RowLayout } from './layout.ts';
import { wayToRecords } from './to-graph.ts';
import { wiresOf, type Wire } from './wires.ts';

export type FlowNode =
  | Node<{ readonly wires: readonly Wire[]; readonly size: Box }, 'wires'>
  | Node<{ readonly domain: DomainNode }, 'domain'>
  | Node<{ readonly host: HostNode; readonly troubled: boolean }, 'host'>
  | Node<{ readonly record: RecordNode; readonly way: string | null }, 'record'>
  | Node<{ readonly chain: ChainNode }, 'chain'>
  | Node<{ readonly address: AddressNode }, 'address'>
  | Node<{ readonly folded: FoldedHosts }, 'folded'>
  | Node<{ readonly trouble: Trouble }, 'trouble'>
  | Node<{ readonly state: EmptyState }, 'empty'>
  | Node<{ readonly text: string }, 'ghost'>
  | Node<{ readonly text: string; readonly note: string }, 'heading'>;

/** In the order of the chain, which is the order of the keyboard too. */
export function flowNodes(graph: ChainGraph, layout: ChainLayout): readonly FlowNode[] {
  const { domain, trouble } = graph;
  const size = { x: 0, y: 0, width: layout.width, height: layout.height };
  const wires = { wires: wiresOf(graph, layout), size };
  const foldsAfter = (row: number): readonly FlowNode[] =>
    graph.folds.flatMap((folded, index) => {
      if (folded.after !== row) return [];
      return [node(foldKey(folded), 'folded', { folded }, layout.folds[index])];
    });
  const troubleNode = (): readonly FlowNode[] =>
    trouble === null || layout.trouble === null
      ? []
      : [node(TROUBLE_KEY, 'trouble', { trouble }, layout.trouble)];
  return [
    node('wires', 'wires', wires, size),
    ...headings(layout),
    node(nodeKey(domain.id), 'domain', { domain }, layout.domain),
    ...ghosts(layout),
    ...(graph.empty === null || layout.empty === null
      ? []
      : [node('empty', 'empty', { state: graph.empty }, layout.empty)]),
    ...graph.rows.flatMap((row, index) => {
      const troubled = trouble !== null && trouble.host === row.host.name;
      return [
        ...rowNodes(row, layout.rows[index], troubled),
        ...(troubled ? troubleNode() : []),
        ...foldsAfter(index),
      ];
    }),
    ...(graph.rows.length === 0 ? troubleNode() : []),
  ];
}

export const TROUBLE_KEY = 'trouble';

export function foldKey({ key }: FoldedHosts): string {
  return `fold|${key}`;
}

function rowNodes(
  row: HostRow,
  place: RowLayout | undefined,
  troubled: boolean,
): readonly FlowNode[] {
  const { host } = row;
  const way = wayToRecords(row.records);
  return [
    node(nodeKey(host.id), 'host', { host, troubled }, place?.host),
    ...row.records.map((record, at) =>
      node(
        nodeKey(record.id),
        'record',
        { record, way: at === 0 ? way : null },
        place?.records[at],
      ),
    ),
    ...row.chains.map((chain, at) =>
      node(nodeKey(chain.id), 'chain', { chain }, place?.chains[at]),
    ),
    ...row.addresses.map((address, at) =>
      node(nodeKey(address.id), 'address', { address }, place?.addresses[at]),
    ),
  ];
}

function headings({ columns }: ChainLayout): readonly FlowNode[] {
  const { domain, chain, address, record } = columns;
  const middle = record.x + record.width;
  const height = 20;
  const say = words.chain.columns;
  const left = { x: domain.x, y: 0, width: middle - domain.x, height };
  const match = { x: middle, y: 0, width: chain.x - middle, height };
  const right = { x: chain.x, y: 0, width: address.x + address.width - chain.x, height };
  return [
    node('heading|promises', 'heading', { text: say.promises, note: say.promisesNote }, left),
    node('heading|match', 'heading', { text: '', note: say.match }, match),
    node('heading|servers', 'heading', { text: say.servers, note: '' }, right),
  ];
}

function ghosts({ ghosts }: ChainLayout): readonly FlowNode[] {
  const { hosts, records, certificates, addresses } = words.chain.looking;
  const texts = [hosts, records, certificates, addresses];
  return ghosts.map((box, index) =>
    node(`ghost|${index}`, 'ghost', { text: texts[index] ?? '' }, box),
  );
}

/** React Flow lets a node that it does not select or drag itself pass the pointer through. */
const STYLE = { pointerEvents: 'all' } as const;

type DataOf<T extends FlowNode['type']> = Extract<FlowNode, { type: T }>['data'];
type Placed<T extends FlowNode['type']> = Node<DataOf<T>, T>;

function node<T extends FlowNode['type']>(
  id: string,
  type: T,
  data: DataOf<T>,
  box: Box | undefined,
): Placed<T> {
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 };
  const through = type === 'wires' || type === 'heading' || type === 'ghost' || type === 'empty';
  return {
    id,
    type,
    data,
    position: { x, y },
    width,
    height,
    ...(through ? {} : { style: STYLE }),
  };
}
