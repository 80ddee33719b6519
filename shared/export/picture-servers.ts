/** The right half of the picture: certificates as presented, and the addresses that presented them. */
import type { CertificateReport, HostReport, ProbeReport } from '../inspection/report.ts';
import { addressGroups, MAX_SINGLE_ADDRESSES, type AddressGroup } from './picture-fold.ts';
import { attribute } from './subject.ts';
import { failureWords } from './failure-words.ts';
import type { Tone } from './faces.ts';
import type { PresentedChain } from '../inspection/presented-chains.ts';

export interface ChainBox {
  readonly lines: readonly CertificateLine[];
  readonly tone: Tone;
}

export interface CertificateLine {
  readonly title: string;
  readonly note: string;
  /** Place in the chain as presented; null for a line that is no certificate. */
  readonly depth: number | null;
}

export interface AddressBox {
  readonly text: string;
  readonly title: string;
  /** Which boxes of certificates these addresses presented. */
  readonly chains: readonly number[];
}

/** Different chains drawn of one host, certificates of one chain. */
const MAX_CHAINS = 4;
const MAX_CERTIFICATES = 3;

export function chainBoxes(
  host: HostReport,
  presented: readonly PresentedChain[],
  smtp: boolean,
): readonly ChainBox[] {
  // A box for one more would take the room of that one.
  const single = presented.length > MAX_CHAINS + 1 ? MAX_CHAINS : presented.length;
  const boxes = presented
    .slice(0, single)
    .map(({ probe }) => ({ lines: linesOf(probe, smtp), tone: toneOf(host, probe) }));
  const more = presented.length - boxes.length;
  if (more <= 0) return boxes;
  return [...boxes, { lines: [line(`${more} more chains`, '', null)], tone: 'none' }];
}

/** Where single addresses would not fit, those that presented the same are one box. */
export function addressBoxes(
  host: HostReport,
  presented: readonly PresentedChain[],
  boxes: number,
): readonly AddressBox[] {
  const groups = addressGroups(host, presented);
  const drawn = ({ chains }: AddressGroup): readonly number[] => [
    ...new Set(chains.map((chain) => Math.min(chain, boxes - 1))),
  ];
  if (host.addresses.length <= MAX_SINGLE_ADDRESSES) {
    return host.addresses.flatMap(({ address }) => {
      const group = groups.find(({ addresses }) => addresses.includes(address));
      return group === undefined ? [] : { text: address, title: address, chains: drawn(group) };
    });
  }
  return groups.map((group) => ({
    text: groupWords(group, groups.length, presented),
    title: group.addresses.join(', '),
    chains: drawn(group),
  }));
}

function groupWords(
  { addresses, chains }: AddressGroup,
  groups: number,
  presented: readonly PresentedChain[],
): string {
  const [only = ''] = addresses;
  if (addresses.length === 1) return only;
  const isCompared = chains.some((chain) => presented[chain]?.probe !== null);
  if (!isCompared) return `${addresses.length} addresses, not compared`;
  return `${addresses.length} addresses${groups === 1 ? ', all alike' : ' alike'}`;
}

function toneOf({ outcome }: HostReport, probe: ProbeReport | null): Tone {
  if (probe === null || outcome === 'opportunistic') return 'none';
  if (probe.verdict === 'authenticated') return 'ok';
  if (probe.verdict === 'failed') return 'err';
  return probe.ok || outcome !== 'deferred' ? 'none' : 'err';
}

function linesOf(probe: ProbeReport | null, smtp: boolean): readonly CertificateLine[] {
  if (probe === null) return [line(smtp ? 'not connected to' : 'mail servers left out', '', null)];
  if (probe.chain.length === 0) return [line(failureWords(probe.failure), '', null)];
  const matched = probe.associations.flatMap(({ matchedDepth }) => matchedDepth ?? []);
  const kept = new Set([...probe.chain.keys()].slice(0, MAX_CERTIFICATES).concat(matched));
  const lines = probe.chain.flatMap((certificate, depth) =>
    kept.has(depth) ? line(titleOf(certificate), noteOf(certificate, depth), depth) : [],
  );
  const more = probe.chain.length - lines.length;
  return more === 0
    ? lines
    : [...lines, line(more === 1 ? '1 more certificate' : `${more} more certificates`, '', null)];
}

function line(title: string, note: string, depth: number | null): CertificateLine {
  return { title, note, depth };
}

/** The leaf by its DNS name, an issuer by its common name and organisation. */
function titleOf({ names, subject, isAuthority }: CertificateReport): string {
  const [name] = names;
  if (!isAuthority && name !== undefined) return name;
  const parts = [attribute(subject, 'CN'), attribute(subject, 'O')].filter((part) => part !== '');
  return parts.join(' · ') || subject || 'no subject';
}

function noteOf({ keyType, selfSigned }: CertificateReport, depth: number): string {
  if (depth === 0) return keyType.replace(/^ECDSA /, '');
  return selfSigned ? 'root' : 'issuer';
}
