/** Which thing of the picture is selected: a finding names one address, whether or not it is folded with others. */
import { nodeKey, type NodeId } from '../store/node-id.ts';
import type { ChainGraph } from './graph.ts';

/** Null where nothing is selected. */
export function selectedKey(graph: ChainGraph, selected: NodeId | null): string | null {
  if (selected === null) return null;
  if (selected.kind !== 'addresses') return nodeKey(selected);
  const holder = graph.rows
    .filter(({ host }) => host.name === selected.host)
    .flatMap(({ addresses }) => addresses)
    .find(({ addresses }) => addresses.includes(selected.first));
  return nodeKey(holder?.id ?? selected);
}
