/** The picture as data: what DNS promises on the left, what the servers present on the right. */
import type { Security } from '../../shared/inspection/report.ts';
import type { NodeId } from '../store/node-id.ts';
import type { IconName } from '../ui/icon.tsx';
import type { Tone } from '../ui/tone.ts';

export interface ChainGraph {
  readonly domain: DomainNode;
  /** One a host that is drawn singly, by preference. */
  readonly rows: readonly HostRow[];
  /** Hosts that one like them stands for. */
  readonly folds: readonly FoldedHosts[];
  /** The first thing to mend; null while that is not known, and where nothing is broken. */
  readonly trouble: Trouble | null;
  /** No host is known yet, and answers are still to come. */
  readonly looking: boolean;
  /** What is said in the place of hosts; null where there are some. */
  readonly empty: EmptyState | null;
}

export interface DomainNode {
  readonly id: NodeId;
  readonly name: string;
  readonly text: string;
  readonly tone: Tone;
  readonly security: Security | null;
}

export interface FoldedHosts {
  readonly key: string;
  /** Place among the rows of the host that stands for them. */
  readonly after: number;
  readonly names: readonly string[];
  readonly text: string;
  readonly tone: Tone;
  readonly icon: IconName;
  readonly link: Security | null;
  /** They are drawn singly all the same, at their places. */
  readonly open: boolean;
}

/** One error, with the text that ends it. */
export interface Trouble {
  /** The mail host it is at; null for the domain itself. */
  readonly host: string | null;
  readonly title: string;
  readonly sentence: string;
  /** All of it, to be copied. */
  readonly remedy: string;
  /** The few lines of it that do something. */
  readonly shown: readonly string[];
}

export interface EmptyState {
  readonly tone: Tone;
  readonly title: string;
  readonly text: string;
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
  /** How it stands among the host's others; empty where there is nothing to say. */
  readonly note: string;
  readonly addresses: readonly string[];
  readonly tone: Tone;
  /** Null for an address that is not folded with others, and would not be. */
  readonly fold: AddressFold | null;
}

export interface AddressFold {
  readonly key: string;
  readonly count: number;
  readonly open: boolean;
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
