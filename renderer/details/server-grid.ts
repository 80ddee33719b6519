/** What each name server says by itself, as grids: one a zone, questions down, servers across. */
import type {
  AncestorReport,
  HostReport,
  Report,
  Security,
  ServerQuestion,
} from '../../shared/inspection/report.ts';
import type { Tone } from '../ui/tone.ts';
import { cellTone, cellWords, isWhole, transportNote } from './server-cell.ts';

export interface ServerGrid {
  readonly zone: string;
  /** Null while the zone's servers have not been asked for more than ancestors. */
  readonly security: Security | null;
  readonly servers: readonly { readonly server: string; readonly address: string }[];
  readonly rows: readonly GridRow[];
}

export interface GridRow {
  readonly name: string;
  /** What was asked for: `SOA`, `A, NS`. */
  readonly type: string;
  /** One a server; null where that was not asked. */
  readonly cells: readonly (GridCell | null)[];
}

export interface GridCell {
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  readonly server: string;
  readonly address: string;
  /** Set for the TLSA name and those above it, which are judged. */
  readonly ancestor: AncestorReport | null;
  readonly questions: readonly ServerQuestion[];
  /** Records that no other server gave, or that others gave and this one did not. */
  readonly differs: boolean;
  readonly tone: Tone;
  readonly words: string;
  /** `no TCP`, `no UDP`; empty when both answer alike. */
  readonly note: string;
}

/** Without a host: the zone of the domain's own MX records. */
export function serverGrids(report: Report, host: HostReport | null): readonly ServerGrid[] {
  const wanted = host === null ? [report.domain] : [host.name, host.tlsa.name, ...host.tlsa.cname];
  const zones = report.surveys.filter(({ servers }) =>
    servers.some(({ questions }) => questions.some(({ name }) => wanted.includes(name))),
  );
  const ancestors = host === null ? [] : host.ancestors.map((each) => ancestorEntry(host, each));
  const home = host === null ? null : zoneOfAncestors(host);
  const grids = zones.map((survey) =>
    gridOf(survey.zone, survey.security, [
      ...(survey.zone === home ? ancestors : []),
      ...surveyEntries(survey, wanted),
    ]),
  );
  if (home === null || zones.some(({ zone }) => zone === home)) return grids;
  return [gridOf(home, null, ancestors), ...grids];
}

/** The zone that holds the TLSA records: as told, or the shortest name that was asked about. */
function zoneOfAncestors({ ancestors, tlsa }: HostReport): string | null {
  if (ancestors.length === 0) return null;
  const [shortest] = ancestors.map(({ name }) => name).sort((a, b) => labels(a) - labels(b));
  return tlsa.zone ?? shortest ?? null;
}

interface Entry {
  readonly name: string;
  readonly type: string;
  readonly server: string;
  readonly address: string;
  readonly ancestor: AncestorReport | null;
  readonly questions: readonly ServerQuestion[];
}

function ancestorEntry({ tlsa }: HostReport, ancestor: AncestorReport): Entry {
  const { name, server, address, questions } = ancestor;
  const types = [...new Set(questions.map(({ type }) => type))].sort();
  const unknown = name === (tlsa.cname.at(-1) ?? tlsa.name) ? 'TLSA' : 'A';
  return { name, type: types.join(', ') || unknown, server, address, ancestor, questions };
}

/** The zone's own SOA and keys, and what is asked about the wanted names; one entry a type. */
function surveyEntries(
  { zone, servers }: Report['surveys'][number],
  wanted: readonly string[],
): readonly Entry[] {
  return servers.flatMap(({ server, address, questions }) => {
    const entries = new Map<string, ServerQuestion[]>();
    for (const question of questions) {
      const { name, type } = question;
      const isOwn = name === zone && (type === 'SOA' || type === 'DNSKEY');
      if (!isOwn && !wanted.includes(name)) continue;
      const key = `${name} ${type}`;
      entries.set(key, [...(entries.get(key) ?? []), question]);
    }
    return [...entries.values()].flatMap((asked) => {
      const [first] = asked;
      if (first === undefined) return [];
      const { name, type } = first;
      return [{ name, type, server, address, ancestor: null, questions: asked }];
    });
  });
}

function gridOf(zone: string, security: Security | null, entries: readonly Entry[]): ServerGrid {
  const servers = unique(entries, ({ server, address }) => `${server} ${address}`).map(
    ({ server, address }) => ({ server, address }),
  );
  // The TLSA name stands among its ancestors already.
  const judged = new Set(
    entries.filter(({ ancestor }) => ancestor !== null).map((entry) => rowKey(entry)),
  );
  const kept = entries.filter((entry) => entry.ancestor !== null || !judged.has(rowKey(entry)));
  const rows = [...unique(kept, rowKey)]
    .sort((a, b) => order(a) - order(b) || labels(a.name) - labels(b.name))
    .map((first): GridRow => {
      const inRow = kept.filter((entry) => rowKey(entry) === rowKey(first));
      return {
        name: first.name,
        type: first.type,
        cells: servers.map(({ server, address }) => {
          const entry = inRow.find((each) => each.server === server && each.address === address);
          return entry === undefined ? null : cellOf(zone, entry, inRow);
        }),
      };
    });
  return { zone, security, servers, rows };
}

/** A row of ancestors is one, whichever of its questions was left out at one server. */
function rowKey({ name, type, ancestor }: Entry): string {
  return ancestor === null ? `${name} ${type}` : ancestorKey(name, type);
}

function ancestorKey(name: string, type: string): string {
  return type === 'TLSA' ? `${name} TLSA` : `${name} above`;
}

const TYPE_ORDER: readonly string[] = ['SOA', 'DNSKEY', 'MX', 'A', 'AAAA', 'TLSA'];

/** Names above the TLSA record first: they are what the grid is opened for. */
function order({ type, ancestor }: Entry): number {
  if (ancestor !== null) return -1;
  const place = TYPE_ORDER.indexOf(type);
  return place < 0 ? TYPE_ORDER.length : place;
}

function cellOf(zone: string, entry: Entry, row: readonly Entry[]): GridCell {
  const { name, type, server, address, ancestor, questions } = entry;
  // Names above are expected to be alike in kind only; what they hold is not compared.
  const isCompared = ancestor === null || type === 'TLSA';
  const records = recordsOf(entry);
  // Silence is told as that.
  const differs = isCompared && records !== NO_ANSWER && records !== usual(row);
  return {
    ...{ zone, name, type, server, address, ancestor, questions, differs },
    tone: cellTone(ancestor, questions, type, differs),
    words: cellWords(ancestor, questions, type),
    note: transportNote(questions),
  };
}

/** What most servers answered; of equals, the first. */
function usual(row: readonly Entry[]): string {
  const counts = new Map<string, number>();
  for (const entry of row) {
    const records = recordsOf(entry);
    if (records !== NO_ANSWER) counts.set(records, (counts.get(records) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? NO_ANSWER;
}

const NO_ANSWER = 'no answer';

function recordsOf({ questions }: Entry): string {
  const best = questions.find(isWhole);
  return best === undefined ? NO_ANSWER : best.records.join('\n');
}

/** The first of each, in the order met. */
function unique<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(key(item))) first.set(key(item), item);
  return [...first.values()];
}

function labels(name: string): number {
  return name === '.' ? 0 : name.split('.').length;
}
