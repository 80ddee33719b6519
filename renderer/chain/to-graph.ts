/** Makes the picture of a report; pure, so that what is drawn can be tested without drawing. */
import { foldHosts, type HostFold } from '../../shared/export/picture-fold.ts';
import { presentedChains } from '../../shared/inspection/presented-chains.ts';
import type { HostReport, Report, Security } from '../../shared/inspection/report.ts';
import type { NodeId } from '../store/node-id.ts';
import { HOST_FACE, SECURITY_FACE, type Tone } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import { addressNodes } from './address-nodes.ts';
import { chainNodes } from './chain-nodes.ts';
import { emptyState } from './empty-words.ts';
import type {
  ChainGraph,
  DomainNode,
  FoldedHosts,
  HostNode,
  HostRow,
  RecordNode,
  Trouble,
} from './graph.ts';
import { matchEdges } from './match-edges.ts';
import { recordNodes } from './record-nodes.ts';

export interface GraphOptions {
  /** No answer will come any more, whether the inspection was finished or stopped. */
  readonly ended: boolean;
  readonly unfolding: Unfolding;
  readonly trouble: Trouble | null;
}

export interface Unfolding {
  /** Draw all hosts, all addresses singly, however many there are. */
  readonly hosts: boolean;
  readonly addresses: boolean;
  /** Keys of the folds that were opened. */
  readonly open: ReadonlySet<string>;
  /** Names of hosts that must be seen singly. */
  readonly apart: ReadonlySet<string>;
}

export const FOLDED: Unfolding = {
  hosts: false,
  addresses: false,
  open: new Set(),
  apart: new Set(),
};
export const UNFOLDED: Unfolding = { ...FOLDED, hosts: true, addresses: true };
/** Every host by itself, and of its addresses what is alike in one: for reading. */
export const HOSTS_SINGLY: Unfolding = { ...FOLDED, hosts: true };

export function toGraph(report: Report, { ended, unfolding, trouble }: GraphOptions): ChainGraph {
  const hosts = [...report.hosts].sort((a, b) => a.preference - b.preference);
  const apart = unfolding.hosts ? new Set(hosts.map(({ name }) => name)) : unfolding.apart;
  const entries = foldHosts(hosts, { open: unfolding.open, apart });
  const rows: HostRow[] = [];
  const folds: FoldedHosts[] = [];
  for (const entry of entries) {
    if (entry.kind === 'host') rows.push(hostRow(report, entry.host, ended, unfolding));
    else folds.push(foldedHosts(report, entry.fold, rows.length - 1, ended));
  }
  const domain = domainNode(report, ended);
  const empty = emptyState(report, ended);
  return { domain, rows, folds, trouble, looking: hosts.length === 0 && !ended, empty };
}

function domainNode(report: Report, ended: boolean): DomainNode {
  const { mx } = report;
  const known = mx.lookUp !== null || mx.failed || mx.nonexistent || report.hosts.length > 0;
  const id: NodeId = { kind: 'domain' };
  const { domain: name } = report;
  const say = words.chain.domain;
  if (!known) {
    const tone: Tone = ended ? 'none' : 'pending';
    return { id, name, text: ended ? say.unknown : say.asking, tone, security: null };
  }
  const { security } = mx;
  const { tone, word } = SECURITY_FACE[security];
  if (mx.nonexistent) return { id, name, text: say.nonexistent, tone: 'none', security };
  if (mx.null) return { id, name, text: say.noMail, tone: 'none', security };
  if (mx.failed && security !== 'bogus') {
    // Where not even the root answers, nothing is said of the domain.
    const fault: Tone = mx.networkDown === true ? 'none' : 'err';
    return { id, name, text: say.noAnswer, tone: fault, security };
  }
  return { id, name, text: mx.implicit ? say.implicit(word) : say.mx(word), tone, security };
}

function hostRow(report: Report, host: HostReport, ended: boolean, unfolding: Unfolding): HostRow {
  const presented = presentedChains(host);
  const chains = chainNodes(report, host, presented, ended);
  const addresses = addressNodes(host, presented, chains, unfolding);
  return {
    host: hostNode(report, host, ended),
    records: recordNodes(host, ended),
    chains,
    addresses: addresses.map(({ node }) => node),
    matches: matchEdges(host, presented, chains),
    served: addresses.flatMap(({ chains }, address) => chains.map((chain) => ({ chain, address }))),
  };
}

function hostNode(report: Report, host: HostReport, ended: boolean): HostNode {
  const face = HOST_FACE[host.outcome];
  const stopped = ended && host.outcome === 'pending';
  const word = stopped ? words.chain.host.stopped : face.word;
  return {
    id: { kind: 'host', host: host.name },
    name: host.name,
    text: report.mx.implicit ? word : words.chain.host.ranked(host.preference, word),
    tone: stopped ? 'none' : face.tone,
    icon: stopped ? 'question' : face.icon,
    link: linkTo(report, host),
    ancestorFault: host.ancestors.every(({ ok }) => ok) ? null : words.chain.host.ancestorFault,
  };
}

function linkTo(report: Report, host: HostReport): Security | null {
  return host.resolution === null ? null : weakest(report.mx.security, host.security);
}

const STRENGTH: readonly Security[] = ['bogus', 'indeterminate', 'insecure', 'secure'];

function weakest(a: Security, b: Security): Security {
  return STRENGTH.indexOf(a) <= STRENGTH.indexOf(b) ? a : b;
}

function foldedHosts(
  report: Report,
  { key, hosts, outcome, open }: HostFold,
  after: number,
  ended: boolean,
): FoldedHosts {
  const face = HOST_FACE[outcome];
  const stopped = ended && outcome === 'pending';
  const [first] = hosts;
  return {
    key,
    after,
    names: hosts.map(({ name }) => name),
    text: foldWords(hosts.length, outcome, ended),
    tone: stopped ? 'none' : face.tone,
    icon: stopped ? 'question' : face.icon,
    link: first === undefined ? null : linkTo(report, first),
    open,
  };
}

function foldWords(count: number, outcome: HostReport['outcome'], ended: boolean): string {
  const say = words.chain.fold;
  if (outcome !== 'pending') return say.more(count, HOST_FACE[outcome].word);
  return ended ? say.stopped(count) : say.looking(count);
}

/** What DNSSEC says of the way to a host's records, told once for all of them. */
export function wayToRecords([first]: readonly RecordNode[]): string | null {
  const link = first?.link ?? null;
  return link === null ? null : words.chain.record.way(SECURITY_FACE[link].word);
}
