/** When signatures end: of each zone's keys, and of the records in it that senders ask for (RFC 4035 §5.3.1, RFC 6781 §4.4.2). */
import { EXPIRING_SHARE } from '../dnssec/limits.ts';
import { enumerate } from '../findings/facts.ts';
import { printable } from '../findings/safe-text.ts';
import type { LookUpReport, Report } from '../inspection/report.ts';
import type { Deadline } from './deadline.ts';
import { signaturePeriods, type SignaturePeriod } from './signatures.ts';

export function signatureDeadlines(report: Report, at: number): readonly Deadline[] {
  const groups = new Map<string, SignaturePeriod[]>();
  for (const period of signaturePeriods(report)) {
    const key = `${period.zone} ${period.type === 'DNSKEY' ? 'keys' : 'records'}`;
    groups.set(key, [...(groups.get(key) ?? []), period]);
  }
  return [...groups].map(([key, periods]) => deadlineOf(report, key, periods, at));
}

/** Signers jitter the ends of signatures: the first of a zone stands for all. */
function deadlineOf(
  report: Report,
  key: string,
  periods: readonly SignaturePeriod[],
  at: number,
): Deadline {
  const sorted = [...periods].sort((a, b) => a.until - b.until);
  const from = Math.max(...sorted.slice(0, 1).map((period) => period.from));
  const until = Math.min(...sorted.map((period) => period.until));
  const [first] = sorted;
  const zone = first?.zone ?? '.';
  const isDue = (until - at) * EXPIRING_SHARE < until - from;
  const above = isRegistry(zone);
  const struck = struckBy(report, sorted);
  const renewal = above
    ? `${zone === '.' ? 'Those who run the root renew it' : `The registry of ${printable(zone)} renews it`} as a matter of course; nobody else can.`
    : 'A signer that runs renews it long before.';
  return {
    key: `signature ${key}`,
    kind: 'signature',
    weight: isDue ? 'stops' : 'routine',
    from,
    at: until,
    what: whatOf(sorted),
    consequence: `If it is not renewed by then, senders that validate defer ${struck}. ${renewal}`,
    mends: above ? 'nobody' : 'DNS operator',
    reference: 'RFC 4035 §5.3.1',
    parts: sorted.length < 2 ? [] : sorted.map((each) => ({ what: label(each), at: each.until })),
  };
}

function whatOf(sorted: readonly SignaturePeriod[]): string {
  const [first] = sorted;
  if (first === undefined) return '';
  if (first.type === 'DNSKEY') return `Signature over the keys of ${zoneWords(first.zone)}`;
  if (sorted.length === 1) return `Signature over ${label(first)}`;
  return `First of ${sorted.length} signatures in ${zoneWords(first.zone)}: ${label(first)}`;
}

function label({ name, type, proof }: SignaturePeriod): string {
  if (type === 'DNSKEY') return `the keys of ${zoneWords(name)}`;
  return proof ? `the proof that ${printable(name)} has no ${type}` : `${printable(name)} ${type}`;
}

function zoneWords(zone: string): string {
  return zone === '.' ? 'the root' : printable(zone);
}

/** The root and what lies directly under it: signed by a registry, for everybody. */
function isRegistry(zone: string): boolean {
  return !zone.includes('.') || zone === '.';
}

/** More than this many hosts make the sentence unreadable. */
const HOSTS_IN_A_SENTENCE = 3;

function struckBy(report: Report, [first]: readonly SignaturePeriod[]): string {
  const all = `all mail to ${printable(report.domain)}`;
  if (first === undefined || needs(report.mx.lookUp, first)) return all;
  const hosts = report.hosts.filter(({ lookUps, tlsa }) =>
    [...lookUps, tlsa.lookUp].some((lookUp) => needs(lookUp, first)),
  );
  if (hosts.length === 0 || hosts.length === report.hosts.length) return all;
  if (hosts.length > HOSTS_IN_A_SENTENCE) return `mail to ${hosts.length} of its hosts`;
  return `mail to ${enumerate(hosts.map(({ name }) => printable(name)))}`;
}

function needs(lookUp: LookUpReport | null, { zone, name, type }: SignaturePeriod): boolean {
  if (lookUp === null) return false;
  if (type === 'DNSKEY') return lookUp.chain.some((each) => each.zone === zone);
  return lookUp.name === name && lookUp.type === type;
}
