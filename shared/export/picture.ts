/** What the chain picture of a report shows, folded so that it stays legible on paper; nothing is drawn here. */
import type { HostReport, Report, Security } from '../inspection/report.ts';
import { hostFace, securityFace, type Face, type Tone } from './faces.ts';
import { foldHosts, type HostEntry } from './picture-fold.ts';
import { addressBoxes, chainBoxes, type AddressBox, type ChainBox } from './picture-servers.ts';
import { matchLines, recordBoxes, type MatchLine, type RecordBox } from './picture-records.ts';
import { presentedChains } from '../inspection/presented-chains.ts';

/** One sheet: as many hosts as fit a page. */
export interface Picture {
  readonly domain: { readonly name: string; readonly note: string; readonly face: Face };
  readonly rows: readonly Row[];
  /** Hosts that a row stands for besides its own. */
  readonly folds: readonly FoldLine[];
  /** `Hosts 1 to 8 of 30`; empty when one sheet holds all. */
  readonly caption: string;
  /** Hosts that are on no sheet, told on the last one; empty when all are drawn. */
  readonly folded: string;
}

export interface FoldLine {
  /** Place of that row on the sheet. */
  readonly after: number;
  /** `27 more hosts, all authenticated`. */
  readonly text: string;
  readonly face: Face;
  readonly link: Security | null;
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
  const entries = foldHosts(hosts, { open: NONE, apart: NONE });
  const single = entries.flatMap((entry) => (entry.kind === 'host' ? entry.host : []));
  const drawn = chosen(single);
  const folded = foldedWords(untold(hosts, entries, drawn));
  const domain = domainBox(report);
  const sheets = sheetsOf(drawn);
  const isFolded = single.length < hosts.length;
  return sheets.map((sheet, index) => ({
    domain,
    rows: sheet.map((host) => rowOf(report, host)),
    folds: foldLines(report, entries, sheet),
    caption: sheets.length === 1 ? '' : captionOf(index, sheet.length, single.length, isFolded),
    folded: index === sheets.length - 1 ? folded : '',
  }));
}

/** Neither drawn, nor behind one that is. */
function untold(
  hosts: readonly HostReport[],
  entries: readonly HostEntry[],
  drawn: readonly HostReport[],
): readonly HostReport[] {
  const told = new Set(drawn);
  entries.forEach((entry, index) => {
    const before = entries[index - 1];
    if (entry.kind !== 'fold' || before?.kind !== 'host' || !told.has(before.host)) return;
    for (const host of entry.fold.hosts) told.add(host);
  });
  return hosts.filter((host) => !told.has(host));
}

const NONE: ReadonlySet<string> = new Set();

/** A fold stands behind the host that is like those in it. */
function foldLines(
  report: Report,
  entries: readonly HostEntry[],
  sheet: readonly HostReport[],
): readonly FoldLine[] {
  return entries.flatMap((entry, index): readonly FoldLine[] => {
    const before = entries[index - 1];
    if (entry.kind !== 'fold' || before?.kind !== 'host') return [];
    const after = sheet.indexOf(before.host);
    if (after === -1) return [];
    const { hosts, outcome } = entry.fold;
    const face = hostFace(outcome);
    const text = `${hosts.length} more hosts, all ${face.word}`;
    return [{ after, text, face, link: linkTo(report, before.host) }];
  });
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

function captionOf(sheet: number, length: number, all: number, isFolded: boolean): string {
  const first = sheet * HOSTS_PER_SHEET + 1;
  return `Hosts ${first} to ${first + length - 1} of ${all}${isFolded ? ' drawn singly' : ''}`;
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
      link: linkTo(report, host),
    },
    records,
    chains,
    addresses: addressBoxes(host, presented, chains.length),
    matches: matchLines(host, presented, records.length, chains),
  };
}

function linkTo(report: Report, { resolution, security }: HostReport): Security | null {
  return resolution === null ? null : weakest(report.mx.security, security);
}

const STRENGTH: readonly Security[] = ['bogus', 'indeterminate', 'insecure', 'secure'];

function weakest(a: Security, b: Security): Security {
  return STRENGTH.indexOf(a) <= STRENGTH.indexOf(b) ? a : b;
}
