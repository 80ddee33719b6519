/** What the chain picture of a report shows, folded so that it stays legible on paper; nothing is drawn here. */
import type { HostReport, Report, Security } from '../inspection/report.ts';
import { hostFace, securityFace, type Face, type Tone } from './faces.ts';
import { addressBoxes, chainBoxes, type AddressBox, type ChainBox } from './picture-servers.ts';
import { matchLines, recordBoxes, type MatchLine, type RecordBox } from './picture-records.ts';
import { presentedChains } from '../inspection/presented-chains.ts';

/** One sheet: as many hosts as fit a page. */
export interface Picture {
  readonly domain: { readonly name: string; readonly note: string; readonly face: Face };
  readonly rows: readonly Row[];
  /** `Hosts 1 to 8 of 30`; empty when one sheet holds all. */
  readonly caption: string;
  /** Hosts that are on no sheet, told on the last one; empty when all are drawn. */
  readonly folded: string;
}

export interface Row {
  readonly host: {
    readonly name: string;
    readonly note: string;
    readonly face: Face;
    /** Of the way from the domain to this host's addresses. */
    readonly link: Security | null;
  };
  /** At least one: without records, what stands in their place. */
  readonly records: readonly RecordBox[];
  readonly chains: readonly ChainBox[];
  readonly addresses: readonly AddressBox[];
  readonly matches: readonly MatchLine[];
}

/** Hosts of one sheet: with more, a printed page cannot be read. */
export const HOSTS_PER_SHEET = 8;
/** Hosts drawn in all; the tables below the picture tell of every one. */
export const MAX_DRAWN_HOSTS = 32;

export function picturesOf(report: Report): readonly Picture[] {
  const hosts = [...report.hosts].sort((a, b) => a.preference - b.preference);
  const drawn = chosen(hosts);
  const folded = foldedWords(hosts.filter((host) => !drawn.includes(host)));
  const domain = domainBox(report);
  const sheets = sheetsOf(drawn);
  return sheets.map((sheet, index) => ({
    domain,
    rows: sheet.map((host) => rowOf(report, host)),
    caption: sheets.length === 1 ? '' : captionOf(index, sheet.length, hosts.length),
    folded: index === sheets.length - 1 ? folded : '',
  }));
}

/** Of too many hosts, those that something is wrong with are drawn first. */
function chosen(hosts: readonly HostReport[]): readonly HostReport[] {
  if (hosts.length <= MAX_DRAWN_HOSTS) return hosts;
  const byTrouble = [...hosts].sort((a, b) => trouble(a) - trouble(b));
  const kept = new Set(byTrouble.slice(0, MAX_DRAWN_HOSTS));
  return hosts.filter((host) => kept.has(host));
}

const TROUBLE: readonly Tone[] = ['err', 'warn', 'none', 'ok'];

function trouble({ outcome }: HostReport): number {
  return TROUBLE.indexOf(hostFace(outcome).tone);
}

function sheetsOf(hosts: readonly HostReport[]): readonly (readonly HostReport[])[] {
  const count = Math.max(1, Math.ceil(hosts.length / HOSTS_PER_SHEET));
  return Array.from({ length: count }, (_, index) =>
    hosts.slice(index * HOSTS_PER_SHEET, (index + 1) * HOSTS_PER_SHEET),
  );
}

function captionOf(sheet: number, length: number, all: number): string {
  const first = sheet * HOSTS_PER_SHEET + 1;
  return `Hosts ${first} to ${first + length - 1} of ${all}`;
}

function foldedWords(hosts: readonly HostReport[]): string {
  if (hosts.length === 0) return '';
  const counts = new Map<string, number>();
  for (const { outcome } of hosts) {
    const { word } = hostFace(outcome);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const facts = [...counts].map(([word, count]) => `${count} ${word}`);
  return `${hosts.length} more hosts in the table below: ${facts.join(', ')}`;
}

function domainBox(report: Report): Picture['domain'] {
  const { mx, domain: name } = report;
  const face = securityFace(mx.security);
  const plain = { ...face, tone: 'none' as const };
  if (mx.nonexistent) return { name, note: 'does not exist', face: plain };
  if (mx.null) return { name, note: 'takes no mail', face: plain };
  if (mx.failed && mx.security !== 'bogus') return { name, note: 'no answer for MX', face };
  return { name, note: mx.implicit ? `no MX, ${face.word}` : `MX ${face.word}`, face };
}

function rowOf(report: Report, host: HostReport): Row {
  const presented = presentedChains(host);
  const chains = chainBoxes(host, presented, report.tool.smtp);
  const records = recordBoxes(host);
  const face = hostFace(host.outcome);
  return {
    host: {
      name: host.name,
      note: report.mx.implicit ? face.word : `${host.preference} · ${face.word}`,
      face,
      link: host.resolution === null ? null : weakest(report.mx.security, host.security),
    },
    records,
    chains,
    addresses: addressBoxes(host, presented, chains.length),
    matches: matchLines(host, presented, records.length, chains),
  };
}

const STRENGTH: readonly Security[] = ['bogus', 'indeterminate', 'insecure', 'secure'];

function weakest(a: Security, b: Security): Security {
  return STRENGTH.indexOf(a) <= STRENGTH.indexOf(b) ? a : b;
}
