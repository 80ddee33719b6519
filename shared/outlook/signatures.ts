/** Until when the signatures hold that mail to a domain hangs on (RFC 4035 §5.3.1): of keys, and of the records asked for. */
import { fromHex } from '../dns/bytes.ts';
import { TYPE, typeToText } from '../dns/record-type.ts';
import { validityPeriod } from '../dnssec/rrsig.ts';
import type { LookUpReport, Report, ServerQuestion, ZoneReport } from '../inspection/report.ts';
import { messageSignatures, type MessageSignature } from './message-signatures.ts';

export interface SignaturePeriod {
  /** Apex of the zone that signs. */
  readonly zone: string;
  /** What was asked for: the RRset, or the proof that there is none. */
  readonly name: string;
  readonly type: string;
  readonly proof: boolean;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
}

/** Messages of one inspection that are gone through; its own bounds end far below. */
const MAX_MESSAGES = 20_000;

export function signaturePeriods(report: Report): readonly SignaturePeriod[] {
  const zones = zonesOf(report);
  const keys = [...zones.values()].flatMap(keyPeriod);
  const periods = new Map<string, SignaturePeriod>();
  const wanted = new Set(lookUpsOf(report).map(({ name, type }) => `${name} ${type}`));
  const questions = questionsOf(report)
    .filter((question) => isSecure(question) && wanted.has(`${question.name} ${question.type}`))
    .slice(0, MAX_MESSAGES);
  for (const question of differing(questions)) {
    const period = recordPeriod(question, zones, Date.parse(report.at));
    const key = `${question.name} ${question.type}`;
    const known = periods.get(key);
    // A sender may get the answer of any server: what ends first counts.
    if (period !== null && (known === undefined || period.until < known.until)) {
      periods.set(key, period);
    }
  }
  return [...keys, ...periods.values()];
}

/** Every look-up that a sender makes on its way to the hosts. */
function lookUpsOf({ mx, hosts }: Report): readonly LookUpReport[] {
  const all = [
    mx.lookUp,
    ...hosts.flatMap(({ lookUps, tlsa }) => [...lookUps, tlsa.applies ? tlsa.lookUp : null]),
  ];
  return all.filter((lookUp) => lookUp !== null);
}

function questionsOf({ surveys, hosts }: Report): readonly ServerQuestion[] {
  return [
    ...surveys.flatMap(({ servers }) => servers.flatMap(({ questions }) => questions)),
    ...hosts.flatMap(({ ancestors }) => ancestors.flatMap(({ questions }) => questions)),
  ];
}

/** Hexadecimal digits of a message’s ID (RFC 1035 §4.1.1). */
const ID_DIGITS = 4;

/** Servers of one zone mostly send the same octets behind the ID; these are read once. */
function differing(questions: readonly ServerQuestion[]): readonly ServerQuestion[] {
  const keyOf = ({ name, type, raw }: ServerQuestion): string =>
    `${name} ${type} ${raw.slice(ID_DIGITS)}`;
  return [...new Map(questions.map((question) => [keyOf(question), question])).values()];
}

function isSecure({ security, raw }: ServerQuestion): boolean {
  return security === 'secure' && raw !== '';
}

/** Zones that trust goes through, each once. */
function zonesOf(report: Report): ReadonlyMap<string, ZoneReport> {
  const chains = lookUpsOf(report).flatMap(({ chain }) => chain);
  return new Map([...report.zones, ...chains].map((zone) => [zone.zone, zone]));
}

function keyPeriod({ zone, security, signature }: ZoneReport): readonly SignaturePeriod[] {
  if (security !== 'secure' || signature === null) return [];
  const from = Date.parse(signature.inception);
  const until = Date.parse(signature.expiration);
  if (Number.isNaN(from) || Number.isNaN(until)) return [];
  return [{ zone, name: zone, type: 'DNSKEY', proof: false, from, until }];
}

/** An answer holds as long as each RRset in it does, and an RRset as long as its longest signature. */
function recordPeriod(
  { name, type, answer, raw }: ServerQuestion,
  zones: ReadonlyMap<string, ZoneReport>,
  at: number,
): SignaturePeriod | null {
  const longest = new Map<string, Omit<SignaturePeriod, 'name' | 'type' | 'proof'>>();
  for (const { owner, rrsig } of messageSignatures(fromHex(raw) ?? new Uint8Array(0))) {
    if (!takesPart({ owner, rrsig }, zones)) continue;
    const { inception, expiration } = validityPeriod(rrsig, Math.floor(at / 1000));
    const key = `${owner} ${typeToText(rrsig.typeCovered)}`;
    const until = expiration * 1000;
    if (until > (longest.get(key)?.until ?? Number.NEGATIVE_INFINITY)) {
      longest.set(key, { zone: rrsig.signer.key, from: inception * 1000, until });
    }
  }
  const [first] = [...longest.values()].sort((a, b) => a.until - b.until);
  return first === undefined ? null : { ...first, name, type, proof: answer !== 'answer' };
}

/** The NS RRset beside an answer proves nothing; a key that the zone does not publish neither. */
function takesPart({ rrsig }: MessageSignature, zones: ReadonlyMap<string, ZoneReport>): boolean {
  if (rrsig.typeCovered === TYPE.NS) return false;
  const keys = zones.get(rrsig.signer.key)?.dnskeys ?? [];
  return keys.length === 0 || keys.some(({ keyTag }) => keyTag === rrsig.keyTag);
}
