/** The picture as a tree of lines, for keyboard and screen reader: the same content, nothing less. */
import { nodeKey, type NodeId } from '../store/node-id.ts';
import { SECURITY_FACE, type Tone } from '../ui/tone.ts';
import type { ChainGraph, HostRow, RecordNode } from './graph.ts';

export interface OutlineItem {
  readonly key: string;
  readonly id: NodeId;
  readonly text: string;
  readonly note: string;
  readonly tone: Tone;
  readonly children: readonly OutlineItem[];
}

export function toOutline(graph: ChainGraph): OutlineItem {
  const { domain } = graph;
  return {
    key: nodeKey(domain.id),
    id: domain.id,
    text: domain.name,
    note: domain.text,
    tone: domain.tone,
    children: graph.rows.map(hostItem),
  };
}

function hostItem(row: HostRow): OutlineItem {
  const { host } = row;
  const link = host.link === null ? '' : `, ${SECURITY_FACE[host.link].word}`;
  return {
    key: nodeKey(host.id),
    id: host.id,
    text: host.name,
    note: `${host.text}${link}${host.ancestorFault === null ? '' : `, ${host.ancestorFault}`}`,
    tone: host.tone,
    children: [
      ...row.records.map((record, index) => recordItem(row, record, index)),
      ...row.chains.map((chain, index) => ({
        key: nodeKey(chain.id),
        id: chain.id,
        text: chain.rows.map(({ title }) => title).join(' ← '),
        note: servedBy(row, index),
        tone: chain.tone,
        children: [],
      })),
      ...row.addresses.map((address) => ({
        key: nodeKey(address.id),
        id: address.id,
        text: address.addresses.join(', '),
        note: 'address',
        tone: address.tone,
        children: [],
      })),
    ],
  };
}

function recordItem(row: HostRow, record: RecordNode, index: number): OutlineItem {
  const fates = row.matches
    .filter((edge) => edge.record === index)
    .map((edge) => {
      const certificate = row.chains[edge.chain]?.rows[edge.row]?.title ?? '';
      return edge.kind === 'equal'
        ? `${edge.label} of ${certificate}`
        : `differs from ${certificate}`;
    });
  const link = record.link === null ? '' : SECURITY_FACE[record.link].word;
  const parts = [record.note, link, ...fates, record.looseEnd ?? ''];
  return {
    key: nodeKey(record.id),
    id: record.id,
    text: record.isRecord ? `TLSA ${record.text}` : record.text,
    note: parts.filter((part) => part !== '').join(', '),
    tone: record.tone,
    children: [],
  };
}

function servedBy(row: HostRow, chain: number): string {
  const addresses = row.served
    .filter((edge) => edge.chain === chain)
    .flatMap((edge) => row.addresses[edge.address]?.addresses ?? []);
  return addresses.length === 0 ? '' : `presented by ${addresses.join(', ')}`;
}
