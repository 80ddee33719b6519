/** Makes the picture of a report; pure, so that what is drawn can be tested without drawing. */
import type { HostReport, Report, Security } from '../../shared/inspection/report.ts';
import type { NodeId } from '../store/node-id.ts';
import { presentedChains } from '../../shared/inspection/presented-chains.ts';
import { HOST_FACE, SECURITY_FACE, type Tone } from '../ui/tone.ts';
import { addressNodes } from './address-nodes.ts';
import { chainNodes } from './chain-nodes.ts';
import type { ChainGraph, DomainNode, FoldedHosts, HostNode, HostRow } from './graph.ts';
import { matchEdges } from './match-edges.ts';
import { recordNodes } from './record-nodes.ts';

/** Hosts drawn singly. With more, the picture cannot be read at a glance, so the rest is folded. */
export const MAX_ROWS = 8;

export interface GraphOptions {
  /** Draw every host, however many. */
  readonly unfolded: boolean;
  /** No answer will come any more, whether the inspection was finished or stopped. */
  readonly ended: boolean;
}

export function toGraph(report: Report, { unfolded, ended }: GraphOptions): ChainGraph {
  const hosts = [...report.hosts].sort((a, b) => a.preference - b.preference);
  const drawn = unfolded || hosts.length <= MAX_ROWS ? hosts : hosts.slice(0, MAX_ROWS - 1);
  return {
    domain: domainNode(report, ended),
    rows: drawn.map((host) => hostRow(report, host, ended)),
    folded: foldedHosts(hosts.slice(drawn.length)),
  };
}

function domainNode(report: Report, ended: boolean): DomainNode {
  const { mx } = report;
  const known = mx.lookUp !== null || mx.failed || mx.nonexistent || report.hosts.length > 0;
  const id: NodeId = { kind: 'domain' };
  const { domain: name } = report;
  if (!known) {
    const text = ended ? 'MX not known' : 'asking for MX';
    return { id, name, text, tone: 'pending', security: null };
  }
  const { security } = mx;
  const { tone, word } = SECURITY_FACE[security];
  if (mx.nonexistent) return { id, name, text: 'does not exist', tone: 'none', security };
  if (mx.null) return { id, name, text: 'takes no mail', tone: 'none', security };
  if (mx.failed && security !== 'bogus') {
    // Where not even the root answers, nothing is said of the domain.
    const fault: Tone = mx.networkDown === true ? 'none' : 'err';
    return { id, name, text: 'no answer', tone: fault, security };
  }
  const text = mx.implicit ? `no MX · ${word}` : `MX ${word}`;
  return { id, name, text, tone, security };
}

function hostRow(report: Report, host: HostReport, ended: boolean): HostRow {
  const presented = presentedChains(host);
  const chains = chainNodes(report, host, presented, ended);
  const addresses = addressNodes(host, presented, chains);
  return {
    host: hostNode(report, host),
    records: recordNodes(host, ended),
    chains,
    addresses: addresses.map(({ node }) => node),
    matches: matchEdges(host, presented, chains),
    served: addresses.flatMap(({ chains }, address) => chains.map((chain) => ({ chain, address }))),
  };
}

function hostNode(report: Report, host: HostReport): HostNode {
  const { tone, icon, word } = HOST_FACE[host.outcome];
  const known = host.resolution !== null;
  return {
    id: { kind: 'host', host: host.name },
    name: host.name,
    text: report.mx.implicit ? word : `${host.preference} · ${word}`,
    tone,
    icon,
    link: known ? weakest(report.mx.security, host.security) : null,
    ancestorFault: host.ancestors.every(({ ok }) => ok)
      ? null
      : 'a name above its TLSA record is answered wrongly',
  };
}

const STRENGTH: readonly Security[] = ['bogus', 'indeterminate', 'insecure', 'secure'];

function weakest(a: Security, b: Security): Security {
  return STRENGTH.indexOf(a) <= STRENGTH.indexOf(b) ? a : b;
}

const WORST: readonly Tone[] = ['err', 'warn', 'pending', 'none', 'ok'];

function foldedHosts(hosts: readonly HostReport[]): FoldedHosts | null {
  if (hosts.length === 0) return null;
  const tones = hosts.map((host) => HOST_FACE[host.outcome].tone);
  const deferred = hosts.filter((host) => host.outcome === 'deferred').length;
  const authenticated = hosts.filter((host) => host.outcome === 'authenticated').length;
  const facts = [
    deferred > 0 ? `${deferred} deferred` : '',
    authenticated > 0 ? `${authenticated} authenticated` : '',
  ].filter((fact) => fact !== '');
  return {
    names: hosts.map((host) => host.name),
    text: [`${hosts.length} more hosts`, ...facts].join(' · '),
    tone: WORST.find((tone) => tones.includes(tone)) ?? 'none',
  };
}
