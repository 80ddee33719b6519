/** The picture as a tree of lines, for keyboard and screen reader: the same content, nothing less. */
import { nodeKey, type NodeId } from '../store/node-id.ts';
import { SECURITY_FACE, type Tone } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import type { AddressNode, ChainGraph, ChainNode, HostRow, RecordNode } from './graph.ts';

export interface OutlineItem {
  readonly key: string;
  readonly id: NodeId;
  readonly text: string;
  readonly note: string;
  readonly tone: Tone;
  readonly children: readonly OutlineItem[];
}

const say = words.chain;

/** Of a graph in which nothing is folded. */
export function toOutline(graph: ChainGraph): OutlineItem {
  const { domain, trouble } = graph;
  const broken = trouble === null || trouble.host !== null ? '' : troubleWords(graph);
  return {
    key: nodeKey(domain.id),
    id: domain.id,
    text: domain.name,
    note: joined([domain.text, emptyWords(graph), broken]),
    tone: domain.tone,
    children: graph.rows.map((row) => hostItem(graph, row)),
  };
}

function hostItem(graph: ChainGraph, row: HostRow): OutlineItem {
  const { host } = row;
  const broken = graph.trouble?.host === host.name ? troubleWords(graph) : '';
  return {
    key: nodeKey(host.id),
    id: host.id,
    text: host.name,
    note: joined([host.text, statusOf(host.link), host.ancestorFault ?? '', broken]),
    tone: host.tone,
    children: [
      ...row.records.map((record, index) => recordItem(row, record, index)),
      ...row.chains.map((chain, index) => chainItem(row, chain, index)),
      ...row.addresses.map((address, index) => addressItem(row, address, index)),
    ],
  };
}

function emptyWords({ empty }: ChainGraph): string {
  return empty === null ? '' : say.empty.inWords(empty.title, empty.text);
}

/** What is broken first, in the words of its finding. */
function troubleWords({ trouble }: ChainGraph): string {
  if (trouble === null) return '';
  return say.trouble.inWords(trouble.title, trouble.sentence, trouble.shown.join(' '));
}

function recordItem(row: HostRow, record: RecordNode, index: number): OutlineItem {
  const fates = row.matches
    // Records beyond those drawn share the last line.
    .filter((edge) => Math.min(edge.record, row.records.length - 1) === index)
    .map((edge) => {
      const certificate = row.chains[edge.chain]?.rows[edge.row]?.title ?? '';
      return edge.kind === 'equal'
        ? say.match.equalOf(edge.label, certificate)
        : say.match.differsFrom(certificate);
    });
  return {
    key: nodeKey(record.id),
    id: record.id,
    text: record.isRecord ? say.record.inOutline(record.text) : record.text,
    note: joined([record.note, statusOf(record.link), ...new Set(fates), record.looseEnd ?? '']),
    tone: record.tone,
    children: [],
  };
}

function chainItem(row: HostRow, chain: ChainNode, index: number): OutlineItem {
  const addresses = row.served
    .filter((edge) => edge.chain === index)
    .flatMap((edge) => row.addresses[edge.address]?.addresses ?? []);
  const by = addresses.length === 0 ? '' : say.certificate.presentedBy(addresses.join(', '));
  return {
    key: nodeKey(chain.id),
    id: chain.id,
    text: chain.rows
      .map(({ title, note }) => (note === '' ? title : `${title} (${note})`))
      .join(' ← '),
    note: joined([verdictOf(chain), by]),
    tone: chain.tone,
    children: [],
  };
}

/** What the colour of its frame says. */
function verdictOf({ tone, rows }: ChainNode): string {
  if (rows.every(({ depth }) => depth === null)) return '';
  if (tone === 'ok') return say.certificate.matches;
  return tone === 'err' ? say.certificate.matchesNothing : '';
}

function addressItem(row: HostRow, address: AddressNode, index: number): OutlineItem {
  const chains = row.served
    .filter((edge) => edge.address === index)
    .flatMap((edge) => row.chains[edge.chain]?.rows[0]?.title ?? []);
  return {
    key: nodeKey(address.id),
    id: address.id,
    text: address.addresses.join(', '),
    note: joined([
      address.addresses.length === 1 ? say.address.one : address.text,
      address.note,
      ...new Set(chains),
    ]),
    tone: address.tone,
    children: [],
  };
}

function statusOf(link: HostRow['host']['link']): string {
  return link === null ? '' : SECURITY_FACE[link].word;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
