// The ways to alter one record set in every answer that holds it, so that all judges see one and the same fault.
import { concatBytes, uint16Bytes } from '../../shared/dns/bytes.ts';
import { makeName, type Name } from '../../shared/dns/name.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';
import { TYPE, typeFromText } from '../../shared/dns/record-type.ts';
import { parseRrsig, type Rrsig } from '../../shared/dnssec/rrsig.ts';
import type { Message } from '../../electron/wire/message.ts';
import { name, records, rrsigRdata, signature, type ForgingKey, type Oddities } from './forge.ts';
import type { Fault } from './front.ts';

type Section = 'answers' | 'authorities' | 'additionals';
const SECTIONS: readonly Section[] = ['answers', 'authorities', 'additionals'];

/** A record set by owner and type, as text. */
export interface SetName {
  readonly owner: Name;
  readonly type: number;
}

export function set(owner: string, type: string): SetName {
  return { owner: name(owner), type: typeNumber(type) };
}

export function typeNumber(type: string): number {
  const number = typeFromText(type);
  if (number === null) throw new Error(`not a type: ${type}`);
  return number;
}

export function isOf(record: ResourceRecord, { owner, type }: SetName): boolean {
  return record.type === type && record.name.key === owner.key;
}

export function isSignatureOf(record: ResourceRecord, { owner, type }: SetName): boolean {
  return record.type === TYPE.RRSIG && record.name.key === owner.key && covered(record) === type;
}

export function covered(record: ResourceRecord): number {
  return ((record.rdata[0] ?? 0) << 8) | (record.rdata[1] ?? 0);
}

export function mapRecords(
  message: Message,
  change: (record: ResourceRecord, section: Section) => readonly ResourceRecord[],
): Message {
  const sections = SECTIONS.map((section) => [
    section,
    message[section].flatMap((record) => change(record, section)),
  ]);
  return { ...message, ...Object.fromEntries(sections) };
}

/** The records of the set, all at once, wherever they are. */
export function onSet(
  which: SetName,
  change: (set: readonly ResourceRecord[]) => readonly ResourceRecord[],
): Fault {
  return (message) => onSections(message, (each) => isOf(each, which), change);
}

export function onSignatures(
  which: SetName,
  change: (set: readonly ResourceRecord[]) => readonly ResourceRecord[],
): Fault {
  return (message) => onSections(message, (each) => isSignatureOf(each, which), change);
}

function onSections(
  message: Message,
  isMeant: (record: ResourceRecord) => boolean,
  change: (set: readonly ResourceRecord[]) => readonly ResourceRecord[],
): Message {
  const sections = SECTIONS.map((section) => {
    const meant = message[section].filter(isMeant);
    const first = message[section].findIndex(isMeant);
    if (first < 0) return [section, message[section]];
    const before = message[section].slice(0, first).filter((each) => !isMeant(each));
    const behind = message[section].slice(first).filter((each) => !isMeant(each));
    return [section, [...before, ...change(meant), ...behind]];
  });
  return { ...message, ...Object.fromEntries(sections) };
}

/** Only answers to this question are altered, and no referrals on the way to them. */
export function toQuestion(owner: string, type: string, fault: Fault): Fault {
  const wanted = set(owner, type);
  return (message, question) =>
    question.type === wanted.type && question.name.key === wanted.owner.key && !isReferral(message)
      ? fault(message, question)
      : message;
}

export function isReferral({ answers, authorities }: Message): boolean {
  return answers.length === 0 && !authorities.some(({ type }) => type === TYPE.SOA);
}

export function both(...faults: readonly Fault[]): Fault {
  return (message, question) => faults.reduce((each, fault) => fault(each, question), message);
}

/** The set with other records, signed anew by the key (or not signed at all). */
export function replaceSet(
  which: SetName,
  change: (set: readonly ResourceRecord[]) => readonly ResourceRecord[],
  key: ForgingKey | readonly ForgingKey[],
  odd: Oddities = {},
): Fault {
  const keys: readonly ForgingKey[] = 'zone' in key ? [key] : key;
  return (message) => {
    const sections = SECTIONS.map((section) => {
      const meant = message[section].filter((each) => isOf(each, which));
      if (meant.length === 0) return [section, message[section]];
      const others = message[section].filter(
        (each) => !isOf(each, which) && !isSignatureOf(each, which),
      );
      const changed = change(meant);
      const signatures =
        changed.length === 0 ? [] : keys.map((each) => signature(changed, each, odd));
      return [section, [...changed, ...signatures, ...others]];
    });
    return { ...message, ...Object.fromEntries(sections) };
  };
}

export function resign(which: SetName, key: ForgingKey, odd: Oddities = {}): Fault {
  return replaceSet(which, (same) => same, key, odd);
}

/** Fields of the signatures changed after signing. */
export function editSignatures(which: SetName, change: Partial<Rrsig>): Fault {
  return onSignatures(which, (signatures) =>
    signatures.map((record) => editSignature(record, change)),
  );
}

export function editSignature(record: ResourceRecord, change: Partial<Rrsig>): ResourceRecord {
  const rrsig = parseRrsig(record.rdata);
  if (rrsig === null) throw new Error('that is no RRSIG');
  const next = { ...rrsig, ...change };
  return { ...record, rdata: rrsigRdata(next, next.signature) };
}

/** One bit of the RDATA turned over; a negative place counts from the end. */
export function flipBit(record: ResourceRecord, octet: number, bit = 0): ResourceRecord {
  const rdata = Uint8Array.from(record.rdata);
  const at = octet < 0 ? rdata.length + octet : octet % rdata.length;
  rdata[at] = (rdata[at] ?? 0) ^ (1 << bit);
  return { ...record, rdata };
}

/** One line of a zone file each, with absolute names and TTL. */
export function lines(...texts: readonly string[]): readonly ResourceRecord[] {
  return records(`${texts.join('\n')}\n`);
}

/** NSEC or NSEC3 RDATA with another type bit map. */
export function withTypes(
  record: ResourceRecord,
  change: (types: ReadonlySet<number>) => readonly number[],
): ResourceRecord {
  const start = bitmapStart(record);
  const types = change(new Set(readBitmap(record.rdata.subarray(start))));
  return { ...record, rdata: concatBytes(record.rdata.subarray(0, start), writeBitmap(types)) };
}

function bitmapStart({ type, rdata }: ResourceRecord): number {
  if (type === TYPE.NSEC) {
    let at = 0;
    while ((rdata[at] ?? 0) !== 0) at += 1 + (rdata[at] ?? 0);
    return at + 1;
  }
  const hash = 5 + (rdata[4] ?? 0);
  return hash + 1 + (rdata[hash] ?? 0);
}

function readBitmap(bytes: Uint8Array): readonly number[] {
  const types: number[] = [];
  for (let at = 0; at + 1 < bytes.length; at += 2 + (bytes[at + 1] ?? 0)) {
    for (let index = 0; index < (bytes[at + 1] ?? 0) * 8; index++) {
      const octet = bytes[at + 2 + (index >> 3)] ?? 0;
      if ((octet & (0x80 >> (index & 7))) !== 0) types.push((bytes[at] ?? 0) * 256 + index);
    }
  }
  return types;
}

function writeBitmap(types: readonly number[]): Uint8Array {
  const windows = [...new Set(types.map((type) => type >> 8))].sort((a, b) => a - b);
  return concatBytes(
    ...windows.map((window) => {
      const inside = types.filter((type) => type >> 8 === window).map((type) => type & 0xff);
      const bits = new Uint8Array((Math.max(...inside) >> 3) + 1);
      for (const type of inside) bits[type >> 3] = (bits[type >> 3] ?? 0) | (0x80 >> (type & 7));
      return concatBytes(Uint8Array.of(window, bits.length), bits);
    }),
  );
}

/** The denial records of the answer, each with its signatures, in the order in which they stand. */
export function denials(message: Message): readonly (readonly ResourceRecord[])[] {
  return message.authorities
    .filter(({ type }) => type === TYPE.NSEC || type === TYPE.NSEC3)
    .map((record) => [
      record,
      ...message.authorities.filter((each) => isSignatureOf(each, setOf(record))),
    ]);
}

export function setOf(record: ResourceRecord): SetName {
  return { owner: record.name, type: record.type };
}

/** The n-th denial record of the answer changed and signed anew, or altered after signing (key null). */
export function onDenial(
  index: number | 'all',
  change: (record: ResourceRecord) => readonly ResourceRecord[],
  key: ForgingKey | null,
  odd: Oddities = {},
): Fault {
  return (message) => {
    const chosen = denials(message).filter((_, at) => index === 'all' || at === index);
    const kept = message.authorities.filter((each) => !chosen.flat().includes(each));
    const forged = chosen.flatMap(([record, ...old]) => {
      const next = record === undefined ? [] : change(record);
      if (next.length === 0) return [];
      return key === null ? [...next, ...old] : [...next, signature(next, key, odd)];
    });
    return { ...message, authorities: [...kept, ...forged] };
  };
}

export function withName(record: ResourceRecord, owner: Name): ResourceRecord {
  return { ...record, name: owner };
}

export function upperCased(owner: Name): Name {
  return makeName(
    owner.labels.map((label) =>
      label.map((byte) => (byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte)),
    ),
  );
}

/** A public key that nobody has, with the key tag of another. */
export function keyOfSameTag(dnskey: Uint8Array, seed: number): Uint8Array {
  const other = Uint8Array.from(dnskey);
  // Two octet pairs of equal weight: what one loses the other gains, and the sum stays.
  const pairs = [8 + seed * 4, 10 + seed * 4] as const;
  const [a, b] = pairs.map((at) => ((other[at] ?? 0) << 8) | (other[at + 1] ?? 0));
  if (a === undefined || b === undefined || a === 0 || b === 0xffff)
    return keyOfSameTag(dnskey, seed + 1);
  other.set(uint16Bytes(a - 1), pairs[0]);
  other.set(uint16Bytes(b + 1), pairs[1]);
  return other;
}
