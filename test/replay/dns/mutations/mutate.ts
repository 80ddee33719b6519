// Changes to a message as an attacker or a broken server would make them: whole records, sections, or octets.
import { encodeMessage } from '../../../../electron/wire/encode.ts';
import type { Message } from '../../../../electron/wire/message.ts';
import { concatBytes, uint16Bytes } from '../../../../shared/dns/bytes.ts';
import { makeName, type Name } from '../../../../shared/dns/name.ts';
import type { ResourceRecord } from '../../../../shared/dns/record.ts';

/** Which change, and three numbers that it takes for places and values. */
export type Step = readonly [kind: number, a: number, b: number, c: number];

/** Record changes first, on the message; then octet changes, on its bytes. `donor` gives what is spliced in. */
export function mutate(message: Message, donor: Message, steps: readonly Step[]): Uint8Array {
  const records = steps.filter(([kind]) => kind < RECORD_CHANGES.length);
  const octets = steps.filter(([kind]) => kind >= RECORD_CHANGES.length);
  const changed = records.reduce<Message>(
    (current, [kind, a, b, c]) => RECORD_CHANGES[kind]?.(current, donor, a, b, c) ?? current,
    message,
  );
  return octets.reduce(
    (bytes, [kind, a, b, c]) =>
      OCTET_CHANGES[kind - RECORD_CHANGES.length]?.(bytes, a, b, c) ?? bytes,
    encodeMessage(changed),
  );
}

/**
 * The donor's records in answer to the message's question: as they are, under the name asked for, and each
 * with the authority section of one or the other. What an attacker with old answers would try first.
 */
export function pose(message: Message, donor: Message): readonly Uint8Array[] {
  const to = message.questions[0]?.name;
  if (to === undefined) return [];
  const posing = { ...donor, questions: message.questions };
  const owners = new Set(donor.answers.map(({ name }) => name.key));
  const renamed = [...owners].map((from) => renameKey(posing, from, to));
  const positive = [posing, ...renamed].flatMap((each) => [
    each,
    { ...each, authorities: message.authorities },
    { ...each, authorities: [] },
  ]);
  const negative = [
    { ...posing, answers: [] },
    { ...posing, answers: message.answers },
  ];
  const proofs = [...new Set(donor.authorities.map(({ name }) => name.key))].map((from) => ({
    ...renameKey(posing, from, to),
    answers: [],
    rcode: 0,
  }));
  return [...positive, ...negative]
    .flatMap((each) => [each, { ...each, rcode: each.rcode === 0 ? 3 : 0 }])
    .concat(proofs)
    .map((each) => encodeMessage(each));
}

type RecordChange = (message: Message, donor: Message, a: number, b: number, c: number) => Message;

const SECTIONS = ['answers', 'authorities', 'additionals'] as const;
type Section = (typeof SECTIONS)[number];

const RECORD_CHANGES: readonly RecordChange[] = [
  function drop(message, _, a) {
    return update(message, a, () => []);
  },
  function duplicate(message, _, a) {
    return update(message, a, (record) => [record, record]);
  },
  function move(message, _, a, b) {
    const record = at(message, a);
    return record === null
      ? message
      : insert(
          update(message, a, () => []),
          b,
          [record],
        );
  },
  function moveSection(message, _, a, b) {
    const [from, to] = [section(a), section(b)];
    return { ...message, [from]: [], [to]: [...message[to], ...message[from]] };
  },
  function changeTtl(message, _, a, b) {
    return update(message, a, (record) => [{ ...record, ttl: b & 0x7fffffff }]);
  },
  function changeType(message, donor, a, b) {
    const other = at(donor, b)?.type ?? b & 0xffff;
    return update(message, a, (record) => [{ ...record, type: other }]);
  },
  function changeClass(message, _, a, b) {
    return update(message, a, (record) => [{ ...record, class: b & 0xffff }]);
  },
  function ownAnew(message, donor, a, b) {
    const owner = at(donor, b)?.name ?? at(message, b)?.name;
    return update(message, a, (record) => [{ ...record, name: owner ?? record.name }]);
  },
  function ownByQuestion(message, _, a) {
    const [question] = message.questions;
    return update(message, a, (record) => [{ ...record, name: question?.name ?? record.name }]);
  },
  function ownAllOfName(message, donor, a, b) {
    // The whole RRset with its signatures, as if it were another name's.
    const [from, to] = [at(message, a)?.name, at(donor, b)?.name];
    return to === undefined ? message : rename(message, from, to);
  },
  function ownAllByQuestion(message, _, a) {
    const to = message.questions[0]?.name;
    return to === undefined ? message : rename(message, at(message, a)?.name, to);
  },
  function ownByWildcard(message, _, a) {
    return update(message, a, (record) => [{ ...record, name: starred(record.name) }]);
  },
  function addLabel(message, _, a) {
    const [label] = message.questions[0]?.name.labels ?? [];
    const add = (name: Name): Name =>
      label === undefined || name.labels.length > 20 ? name : makeName([label, ...name.labels]);
    return update(message, a, (record) => [{ ...record, name: add(record.name) }]);
  },
  function dropLabel(message, _, a) {
    const cut = (name: Name): Name => makeName(name.labels.slice(1));
    return update(message, a, (record) => [{ ...record, name: cut(record.name) }]);
  },
  function splice(message, donor, a, b) {
    const record = at(donor, a);
    return record === null ? message : insert(message, b, [record]);
  },
  function spliceSection(message, donor, a, b) {
    return insert(message, b, donor[section(a)]);
  },
  function replaceSection(message, donor, a) {
    const which = section(a);
    return { ...message, [which]: donor[which] };
  },
  function swapRdata(message, _, a, b) {
    const [one, other] = [at(message, a), at(message, b)];
    if (one === null || other === null) return message;
    const swapped = update(message, a, (record) => [{ ...record, rdata: other.rdata }]);
    return update(swapped, b, (record) => [{ ...record, rdata: one.rdata }]);
  },
  function changeRdata(message, _, a, b, c) {
    return update(message, a, (record) => [{ ...record, rdata: withOctet(record.rdata, b, c) }]);
  },
  function changeRdataHead(message, _, a, b, c) {
    // Where RRSIG has its numbers, NSEC its next name, NSEC3 its flags and iterations.
    const head = b % 24;
    return update(message, a, (record) => [{ ...record, rdata: withOctet(record.rdata, head, c) }]);
  },
  function shortenRdata(message, _, a, b) {
    const cut = (rdata: Uint8Array): Uint8Array => rdata.subarray(0, b % (rdata.length + 1));
    return update(message, a, (record) => [{ ...record, rdata: cut(record.rdata) }]);
  },
  function changeRcode(message, _, a, b) {
    return { ...message, rcode: a % 2 === 0 ? b % 16 : a % 4 === 1 ? 3 : 0 };
  },
  function changeFlags(message, _, a) {
    const { flags } = message;
    return {
      ...message,
      flags: {
        ...flags,
        authoritative: (a & 1) !== 0,
        authenticData: (a & 2) !== 0,
        recursionAvailable: (a & 4) !== 0,
        checkingDisabled: (a & 8) !== 0,
      },
    };
  },
  function withoutEdns(message) {
    return { ...message, edns: null };
  },
];

type OctetChange = (bytes: Uint8Array, a: number, b: number, c: number) => Uint8Array;

const OCTET_CHANGES: readonly OctetChange[] = [
  function flipBit(bytes, a, b) {
    const place = a % bytes.length;
    return withOctet(bytes, place, (bytes[place] ?? 0) ^ (1 << (b % 8)));
  },
  function setOctet(bytes, a, b) {
    return withOctet(bytes, a, b);
  },
  function insertOctets(bytes, a, b, c) {
    const place = a % (bytes.length + 1);
    const inserted = new Uint8Array(1 + (b % 8)).fill(c & 0xff);
    return concatBytes(bytes.subarray(0, place), inserted, bytes.subarray(place));
  },
  function deleteOctets(bytes, a, b) {
    const place = a % bytes.length;
    return concatBytes(bytes.subarray(0, place), bytes.subarray(place + 1 + (b % 8)));
  },
  function copyOctets(bytes, a, b, c) {
    const copy = Uint8Array.from(bytes);
    copy.copyWithin(a % bytes.length, b % bytes.length, (b % bytes.length) + 1 + (c % 24));
    return copy;
  },
  function truncate(bytes, a) {
    return bytes.subarray(0, a % bytes.length);
  },
  function pointSomewhere(bytes, a, b) {
    return withPointer(bytes, a % bytes.length, b % bytes.length);
  },
  function bendPointer(bytes, a, b) {
    const pointers = [...bytes.keys()].filter((place) => ((bytes[place] ?? 0) & 0xc0) === 0xc0);
    const place = pointers[a % Math.max(1, pointers.length)];
    return place === undefined ? bytes : withPointer(bytes, place, b % bytes.length);
  },
  function changeCounts(bytes, a, b) {
    return withOctet(bytes, 4 + (a % 8), b % 8);
  },
];

export const CHANGES = RECORD_CHANGES.length + OCTET_CHANGES.length;

function section(number: number): Section {
  return SECTIONS[number % SECTIONS.length] ?? 'answers';
}

/** Where in the message the record of that number is, counted through all sections and round the end. */
function locate(message: Message, number: number): readonly [Section, number] | null {
  const places = SECTIONS.flatMap((which) =>
    message[which].map((_, index) => [which, index] as const),
  );
  return places[number % Math.max(1, places.length)] ?? null;
}

function at(message: Message, number: number): ResourceRecord | null {
  const place = locate(message, number);
  return place === null ? null : (message[place[0]][place[1]] ?? null);
}

function update(
  message: Message,
  number: number,
  change: (record: ResourceRecord) => readonly ResourceRecord[],
): Message {
  const place = locate(message, number);
  if (place === null) return message;
  const [which, index] = place;
  const records = message[which].flatMap((each, position) =>
    position === index ? change(each) : [each],
  );
  return { ...message, [which]: records };
}

function insert(message: Message, where: number, records: readonly ResourceRecord[]): Message {
  const which = section(where);
  const before = Math.floor(where / SECTIONS.length) % (message[which].length + 1);
  const list = [...message[which].slice(0, before), ...records, ...message[which].slice(before)];
  return { ...message, [which]: list };
}

function rename(message: Message, from: Name | undefined, to: Name): Message {
  return from === undefined ? message : renameKey(message, from.key, to);
}

function renameKey(message: Message, from: string, to: Name): Message {
  const renamed = (records: readonly ResourceRecord[]): readonly ResourceRecord[] =>
    records.map((record) => (record.name.key === from ? { ...record, name: to } : record));
  return {
    ...message,
    answers: renamed(message.answers),
    authorities: renamed(message.authorities),
  };
}

function starred(name: Name): Name {
  return makeName([Uint8Array.of(0x2a), ...name.labels.slice(1)]);
}

function withOctet(bytes: Uint8Array, place: number, value: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  if (copy.length > 0) copy[place % copy.length] = value & 0xff;
  return copy;
}

function withPointer(bytes: Uint8Array, place: number, target: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy.set(uint16Bytes(0xc000 | (target & 0x3fff)).subarray(0, copy.length - place), place);
  return copy;
}
