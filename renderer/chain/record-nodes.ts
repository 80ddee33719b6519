/** The TLSA records of a host, or what stands in their place. */
import { matchedAt } from '../../shared/export/picture-records.ts';
import type {
  HostReport,
  ProbeReport,
  Security,
  TlsaRecordReport,
} from '../../shared/inspection/report.ts';
import type { Tone } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import type { RecordNode } from './graph.ts';

/** Hexadecimal digits of the association data that tell records apart at a glance. */
const SHOWN_DIGITS = 8;
/** Records drawn singly; above twelve a large sender fails anyway. */
const MAX_RECORDS = 12;

const say = words.chain.record;

export function recordNodes(host: HostReport, ended: boolean): readonly RecordNode[] {
  const { records, security } = host.tlsa;
  if (records.length === 0) return [placeholder(host, ended)];
  const probes = host.addresses.flatMap((address) => address.probes);
  const chains = probes.filter((probe) => probe.associations.length > 0);
  const tried = probes.length > 0 && probes.every(({ chain }) => chain.length === 0);
  // A line for one more would take the room of that one.
  const single = records.length > MAX_RECORDS + 1 ? MAX_RECORDS : records.length;
  const nodes = records.slice(0, single).map((record, index) => {
    const fate = fateOf(record, index, { host, chains, tried, security });
    return {
      id: { kind: 'tlsa' as const, host: host.name, index },
      text: `${record.usage} ${record.selector} ${record.matchingType} ${shortData(record.data)}`,
      title: `${record.usage} ${record.selector} ${record.matchingType} ${record.data}`,
      isRecord: true,
      link: security,
      ...fate,
    };
  });
  const more = records.length - nodes.length;
  return more > 0 ? [...nodes, moreRecords(host, more, security)] : nodes;
}

interface Circumstances {
  readonly host: HostReport;
  /** Probes that got a chain to compare with. */
  readonly chains: readonly ProbeReport[];
  /** Servers were spoken to, and none got as far as a certificate. */
  readonly tried: boolean;
  readonly security: Security | null;
}

type Fate = Pick<RecordNode, 'tone' | 'note' | 'looseEnd'>;

function fateOf(
  record: TlsaRecordReport,
  index: number,
  { host, chains, tried, security }: Circumstances,
): Fate {
  if (!record.usable) return { tone: 'none', note: say.unusable, looseEnd: null };
  if (security !== 'secure' && chains.length === 0) {
    return { tone: 'none', note: say.unused, looseEnd: null };
  }
  const equal = chains.filter((probe) => probe.associations[index]?.matches === true).length;
  if (chains.length === 0) {
    const looseEnd = tried ? say.noCertificate : null;
    return { tone: 'none', note: acronym(record.usage), looseEnd };
  }
  const answered = chains.every((probe) =>
    probe.associations.some((association) => association.matches),
  );
  // Of two kinds of key each has its own record: together they answer everything.
  if (equal > 0 && (equal === chains.length || answered)) {
    const note = record.role === 'issuer' ? say.issuer : say.current;
    return { tone: security === 'secure' ? 'ok' : 'none', note, looseEnd: null };
  }
  if (equal > 0) {
    const tone = security === 'secure' ? 'ok' : 'none';
    const { matched, compared } = matchedAt(host, index);
    return { tone, note: say.partly(matched, compared), looseEnd: null };
  }
  // RFC 7671 §9: a stronger digest stands beside it, so nobody asks whether it would match.
  if (chains.every(({ associations }) => associations[index]?.code === 'superseded-digest')) {
    return { tone: 'none', note: say.setAside, looseEnd: null };
  }
  // Others match every chain, so this one harms nobody: a next key, or a leftover.
  if (answered) return { tone: 'warn', note: say.next, looseEnd: say.nextOrLeftover };
  return { tone: security === 'secure' ? 'err' : 'warn', note: say.mismatch, looseEnd: null };
}

function placeholder(host: HostReport, ended: boolean): RecordNode {
  const { tlsa } = host;
  const base = {
    id: { kind: 'no-tlsa' as const, host: host.name },
    title: tlsa.name,
    note: '',
    isRecord: false,
    looseEnd: null,
  };
  if (!tlsa.done) {
    const text = ended ? say.unknown : say.asking;
    return { ...base, text, tone: ended ? 'none' : 'pending', link: null };
  }
  const link = tlsa.security ?? (host.resolution === null ? null : host.security);
  if (tlsa.security === 'bogus') return { ...base, text: say.bogus, tone: 'err', link };
  if (tlsa.failed) {
    const tone: Tone = host.outcome === 'deferred' ? 'err' : 'warn';
    return { ...base, text: say.unanswered, tone, note: tlsa.rcode ?? '', link };
  }
  const unsigned = link === 'insecure' || tlsa.security === null;
  const text = unsigned ? say.unsigned : say.none;
  return { ...base, text, tone: 'none', link };
}

function moreRecords(host: HostReport, more: number, link: Security | null): RecordNode {
  return {
    id: { kind: 'tlsa', host: host.name, index: MAX_RECORDS },
    text: say.more(more),
    title: host.tlsa.name,
    note: '',
    tone: 'none',
    isRecord: true,
    link,
    looseEnd: null,
  };
}

function shortData(data: string): string {
  return data.length > SHOWN_DIGITS ? `${data.slice(0, SHOWN_DIGITS)}…` : data || say.empty;
}

/** RFC 7218 §2.1. */
function acronym(usage: number): string {
  return ['PKIX-TA', 'PKIX-EE', 'DANE-TA', 'DANE-EE'][usage] ?? '';
}
