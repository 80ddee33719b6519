/** The picture as data: what DNS promises on the left, what the servers present on the right. */
import type { Security } from '../../shared/inspection/report.ts';
import type { NodeId } from '../store/node-id.ts';
import type { IconName } from '../ui/icon.tsx';
import type { Tone } from '../ui/tone.ts';

export interface ChainGraph {
  readonly domain: DomainNode;
  /** One a host, by preference. */
  readonly rows: readonly HostRow[];
  /** Hosts that are not drawn singly; null when all are. */
  readonly folded: FoldedHosts | null;
}

export interface DomainNode {
  readonly id: NodeId;
  readonly name: string;
  readonly text: string;
  readonly tone: Tone;
  readonly security: Security | null;
}

export interface FoldedHosts {
  readonly names: readonly string[];
  readonly text: string;
  readonly tone: Tone;
}

export interface HostRow {
  readonly host: HostNode;
  /** At least one: without records, what stands in their place. */
  readonly records: readonly RecordNode[];
  readonly chains: readonly ChainNode[];
  readonly addresses: readonly AddressNode[];
  readonly matches: readonly MatchEdge[];
  readonly served: readonly ServedEdge[];
}

export interface HostNode {
  readonly id: NodeId;
  readonly name: string;
  readonly text: string;
  readonly tone: Tone;
  readonly icon: IconName;
  /** Of the way from the domain to this host's addresses. */
  readonly link: Security | null;
  /** What is wrong with the names above the TLSA record; null when nothing is. */
  readonly ancestorFault: string | null;
}

export interface RecordNode {
  readonly id: NodeId;
  /** `3 1 1 2bb183af…`, or why there is none. */
  readonly text: string;
  readonly title: string;
  readonly note: string;
  readonly tone: Tone;
  readonly isRecord: boolean;
  /** Of the way from the host to this record; null while nobody knows. */
  readonly link: Security | null;
  /** What to write at the end of a line that ends in the air; null when it does not. */
  readonly looseEnd: string | null;
}

export interface ChainNode {
  readonly id: NodeId;
  readonly rows: readonly CertificateRow[];
  readonly tone: Tone;
}

export interface CertificateRow {
  readonly title: string;
  readonly note: string;
  /** Place in the chain as presented; null for a row that is no certificate. */
  readonly depth: number | null;
}

export interface AddressNode {
  readonly id: NodeId;
  readonly text: string;
  readonly addresses: readonly string[];
  readonly tone: Tone;
}

export interface MatchEdge {
  readonly record: number;
  readonly chain: number;
  readonly row: number;
  readonly kind: 'equal' | 'differs';
  readonly label: string;
}

export interface ServedEdge {
  readonly chain: number;
  readonly address: number;
}
