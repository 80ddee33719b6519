/** The TLSA records of a host, or what stands in their place. */
import type {
  HostReport,
  ProbeReport,
  Security,
  TlsaRecordReport,
} from '../../shared/inspection/report.ts';
import type { Tone } from '../ui/tone.ts';
import type { RecordNode } from './graph.ts';

/** Hexadecimal digits of the association data that tell records apart at a glance. */
const SHOWN_DIGITS = 8;
/** Records drawn singly; above twelve a large sender fails anyway. */
const MAX_RECORDS = 12;

export function recordNodes(host: HostReport, ended: boolean): readonly RecordNode[] {
  const { records, security } = host.tlsa;
  if (records.length === 0) return [placeholder(host, ended)];
  const probes = host.addresses.flatMap((address) => address.probes);
  const chains = probes.filter((probe) => probe.associations.length > 0);
  const tried = probes.length > 0 && probes.every(({ chain }) => chain.length === 0);
  const nodes = records.slice(0, MAX_RECORDS).map((record, index) => {
    const fate = fateOf(record, index, { chains, tried, security });
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
  { chains, tried, security }: Circumstances,
): Fate {
  if (!record.usable) return { tone: 'none', note: 'unusable', looseEnd: null };
  if (security !== 'secure' && chains.length === 0) {
    return { tone: 'none', note: 'not used', looseEnd: null };
  }
  const equal = chains.filter((probe) => probe.associations[index]?.matches === true).length;
  if (chains.length === 0) {
    const looseEnd = tried ? 'no certificate' : null;
    return { tone: 'none', note: acronym(record.usage), looseEnd };
  }
  if (equal === chains.length) {
    const note = record.role === 'issuer' ? 'issuer' : 'current';
    return { tone: security === 'secure' ? 'ok' : 'none', note, looseEnd: null };
  }
  const answered = chains.every((probe) =>
    probe.associations.some((association) => association.matches),
  );
  if (equal > 0) {
    return answered
      ? { tone: 'ok', note: 'some', looseEnd: null }
      : { tone: 'warn', note: 'some', looseEnd: null };
  }
  // RFC 7671 §9: a stronger digest stands beside it, so nobody asks whether it would match.
  if (chains.every(({ associations }) => associations[index]?.code === 'superseded-digest')) {
    return { tone: 'none', note: 'set aside', looseEnd: null };
  }
  // Others match every chain, so this one harms nobody: a next key, or a leftover.
  if (answered) return { tone: 'warn', note: 'next?', looseEnd: 'matches nothing yet' };
  return { tone: security === 'secure' ? 'err' : 'warn', note: 'no match', looseEnd: null };
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
    const text = ended ? 'TLSA not known' : 'asking for TLSA';
    return { ...base, text, tone: 'pending', link: null };
  }
  const link = tlsa.security ?? (host.resolution === null ? null : host.security);
  if (tlsa.security === 'bogus') return { ...base, text: 'TLSA bogus', tone: 'err', link };
  if (tlsa.failed) {
    const tone: Tone = host.outcome === 'deferred' ? 'err' : 'warn';
    return { ...base, text: 'TLSA not answered', tone, note: tlsa.rcode ?? '', link };
  }
  const unsigned = link === 'insecure' || tlsa.security === null;
  const text = unsigned ? 'no TLSA: zone unsigned' : 'no TLSA record';
  return { ...base, text, tone: 'none', link };
}

function moreRecords(host: HostReport, more: number, link: Security | null): RecordNode {
  return {
    id: { kind: 'tlsa', host: host.name, index: MAX_RECORDS },
    text: `${more} more records`,
    title: host.tlsa.name,
    note: '',
    tone: 'none',
    isRecord: true,
    link,
    looseEnd: null,
  };
}

function shortData(data: string): string {
  return data.length > SHOWN_DIGITS ? `${data.slice(0, SHOWN_DIGITS)}…` : data || '(empty)';
}

/** RFC 7218 §2.1. */
function acronym(usage: number): string {
  return ['PKIX-TA', 'PKIX-EE', 'DANE-TA', 'DANE-EE'][usage] ?? '';
}
