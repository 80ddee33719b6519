/** The left half's end and the middle of the picture: TLSA records, and the lines to what they match. */
import type { HostReport, ProbeReport, Security, TlsaRecordReport } from '../inspection/report.ts';
import type { Tone } from './faces.ts';
import type { ChainBox } from './picture-servers.ts';
import type { PresentedChain } from '../inspection/presented-chains.ts';

export interface RecordBox {
  /** `3 1 1 2bb183af…`, or why there is none. */
  readonly text: string;
  readonly title: string;
  readonly note: string;
  readonly tone: Tone;
  readonly isRecord: boolean;
  /** Of the way from the host to this record; null while nobody knows. */
  readonly link: Security | null;
  /** What to write at the end of a line that ends in the air; empty when it does not. */
  readonly looseEnd: string;
}

export interface MatchLine {
  readonly record: number;
  readonly chain: number;
  readonly line: number;
  readonly kind: 'equal' | 'differs';
  readonly label: string;
}

/** Records drawn singly; above twelve a large sender fails anyway. */
const MAX_RECORDS = 12;
/** Hexadecimal digits that tell records apart at a glance. */
const SHOWN_DIGITS = 8;

export function recordBoxes(host: HostReport): readonly RecordBox[] {
  const { records, security: link } = host.tlsa;
  if (records.length === 0) return [placeholder(host)];
  const probes = host.addresses.flatMap((address) => address.probes);
  const judged = probes.filter(({ associations }) => associations.length > 0);
  // A line for one more would take the room of that one.
  const single = records.length > MAX_RECORDS + 1 ? MAX_RECORDS : records.length;
  const boxes = records.slice(0, single).map((record, index) => ({
    text: textOf(record),
    title: `${record.usage} ${record.selector} ${record.matchingType} ${record.data}`,
    isRecord: true,
    link,
    ...fateOf(host, record, index, judged),
  }));
  const more = records.length - boxes.length;
  if (more === 0) return boxes;
  const rest = { title: host.tlsa.name, note: '', tone: 'none' as const, looseEnd: '' };
  return [...boxes, { ...rest, text: `${more} more records`, isRecord: false, link }];
}

export function matchLines(
  host: HostReport,
  presented: readonly PresentedChain[],
  drawn: number,
  boxes: readonly ChainBox[],
): readonly MatchLine[] {
  const { records } = host.tlsa;
  const last = drawn - 1;
  // Behind those drawn singly all others are one box.
  const singleChains = presented.length > boxes.length ? boxes.length - 1 : boxes.length;
  const chains = presented.flatMap(({ probe }) => probe ?? []);
  const isFree = (index: number): boolean =>
    !chains.some(({ associations }) => associations[index]?.matches === true);
  const someAreFree = records.some((record, index) => record.usable && isFree(index));
  const lines = presented.flatMap(({ probe }, place): readonly MatchLine[] => {
    const chain = Math.min(place, boxes.length - 1);
    const lines = boxes[chain]?.lines;
    if (probe === null || lines === undefined) return [];
    // Where another record matches the chain, one that does not is a loose end, not a fault.
    const answered = probe.associations.some(({ matches }) => matches);
    return records.flatMap((record, index): readonly MatchLine[] => {
      const association = probe.associations[index];
      if (association === undefined || !record.usable) return [];
      if (association.matches) {
        const { matchedDepth } = association;
        const line = lines.findIndex(({ depth }) => depth === matchedDepth);
        const label = equalityOf(record, matchedDepth);
        const box = Math.min(index, last);
        return [{ record: box, chain, line: Math.max(line, 0), kind: 'equal', label }];
      }
      if (answered || (someAreFree && !isFree(index))) return [];
      if (index > last || place >= singleChains) return [];
      return [{ record: index, chain, line: 0, kind: 'differs', label: 'differs' }];
    });
  });
  const keyOf = ({ record, chain, line, kind }: MatchLine): string =>
    [record, chain, line, kind].join(' ');
  return [...new Map(lines.map((line) => [keyOf(line), line])).values()];
}

type Fate = Pick<RecordBox, 'tone' | 'note' | 'looseEnd'>;

function fateOf(
  host: HostReport,
  record: TlsaRecordReport,
  index: number,
  judged: readonly ProbeReport[],
): Fate {
  const { security } = host.tlsa;
  if (!record.usable) return { tone: 'none', note: 'unusable', looseEnd: '' };
  if (judged.length === 0) return { tone: 'none', note: 'not compared', looseEnd: '' };
  const equal = judged.filter(({ associations }) => associations[index]?.matches === true).length;
  const answered = judged.every(({ associations }) => associations.some(({ matches }) => matches));
  const fine = security === 'secure' ? 'ok' : 'none';
  // Of two kinds of key each has its own record: together they answer everything.
  if (equal > 0 && (equal === judged.length || answered)) {
    return { tone: fine, note: record.role === 'issuer' ? 'issuer' : 'current', looseEnd: '' };
  }
  if (equal > 0) {
    const { matched, compared } = matchedAt(host, index);
    return { tone: fine, note: `${matched} of ${compared}`, looseEnd: '' };
  }
  // RFC 7671 §9: a stronger digest stands beside it, so nobody asks whether it would match.
  if (judged.every(({ associations }) => associations[index]?.code === 'superseded-digest')) {
    return { tone: 'none', note: 'set aside', looseEnd: '' };
  }
  if (answered) return { tone: 'warn', note: 'next?', looseEnd: 'next or leftover' };
  return { tone: security === 'secure' ? 'err' : 'warn', note: 'no match', looseEnd: '' };
}

/** At how many of the addresses that presented a certificate a record is matched. */
export function matchedAt(
  { addresses }: HostReport,
  record: number,
): { readonly matched: number; readonly compared: number } {
  const compared = addresses.filter(({ probes }) =>
    probes.some(({ associations }) => associations.length > 0),
  );
  const matched = compared.filter(({ probes }) =>
    probes.some(({ associations }) => associations[record]?.matches === true),
  );
  return { matched: matched.length, compared: compared.length };
}

function placeholder(host: HostReport): RecordBox {
  const { tlsa } = host;
  const link = tlsa.security ?? (host.resolution === null ? null : host.security);
  const base = { title: tlsa.name, note: '', isRecord: false, link, looseEnd: '' };
  if (!tlsa.done) return { ...base, text: 'TLSA not known', tone: 'none' };
  if (tlsa.security === 'bogus') return { ...base, text: 'TLSA bogus', tone: 'err' };
  if (tlsa.failed) {
    const tone = host.outcome === 'deferred' ? 'err' : 'warn';
    return { ...base, text: 'TLSA not answered', note: tlsa.rcode ?? '', tone };
  }
  const unsigned = link === 'insecure' || tlsa.security === null;
  return { ...base, text: unsigned ? 'no TLSA: unsigned' : 'no TLSA record', tone: 'none' };
}

function textOf({ usage, selector, matchingType, data }: TlsaRecordReport): string {
  const digits = data.length > SHOWN_DIGITS ? `${data.slice(0, SHOWN_DIGITS)}…` : data;
  return `${usage} ${selector} ${matchingType} ${digits || '(empty)'}`;
}

/** What was compared and found equal: the selector says which bytes, the depth whose. */
function equalityOf({ selector }: TlsaRecordReport, depth: number | null): string {
  if (depth === null) return '= key in record';
  const what = selector === 1 ? 'key' : 'certificate';
  return depth === 0 ? `= ${what}` : `= issuer ${what}`;
}
