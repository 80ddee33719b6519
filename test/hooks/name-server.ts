// A name server for one zone, just enough for dig: TLSA record sets that a test changes, a few fixed records, and the ways in which servers fail.
import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

export interface NameServer {
  readonly port: number;
  /** Owner to record set, as it is served from now on. */
  readonly sets: Map<string, TlsaSet>;
  /** What it does when asked. */
  mood: Mood;
  /** The TLSA records come from a wildcard, as their signatures tell. */
  isWildcard: boolean;
  /** Owners asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

export type Mood = 'answers' | 'silent' | 'servfail' | 'not-authoritative' | 'alias';

export interface TlsaSet {
  readonly ttl: number;
  /** `3 1 1 hex`, in lower case. */
  readonly records: readonly string[];
}

/** Seconds. */
export const NEGATIVE_TTL = 900;

export async function startNameServer(zone: string): Promise<NameServer> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port }: AddressInfo = socket.address();
  const server: NameServer = {
    port,
    sets: new Map(),
    mood: 'answers',
    isWildcard: false,
    asked: [],
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
  socket.on('message', (query, { address, port: from }) => {
    const owner = nameAt(query, 12);
    server.asked.push(owner);
    if (server.mood === 'silent') return;
    const type = query.readUInt16BE(12 + wireName(owner).length);
    const found = { name: owner, type };
    socket.send(answerTo(query, found, zone, server), from, address);
  });
  return server;
}

const TYPE_A = 1;
const TYPE_NS = 2;
const TYPE_AAAA = 28;
const TYPE_SOA = 6;
const TYPE_CNAME = 5;
const TYPE_TLSA = 52;
const TYPE_RRSIG = 46;

interface Question {
  readonly name: string;
  readonly type: number;
}

/** An address that no machine has a way to from here (RFC 3849). */
const UNREACHABLE = Buffer.from('20010db8000000000000000000000001', 'hex');

function fixedRecords({ name, type }: Question, zone: string): readonly Buffer[] {
  const of = (owner: string, ofType: number, data: Buffer) =>
    name === owner && type === ofType ? [record(owner, ofType, 3600, data)] : [];
  return [
    ...of(zone, TYPE_NS, wireName(`ns.${zone}`)),
    ...of(zone, TYPE_SOA, soaData(zone)),
    ...of(`ns.${zone}`, TYPE_A, Buffer.from([127, 0, 0, 1])),
    ...of(`ns.${zone}`, TYPE_AAAA, UNREACHABLE),
    ...of(`mail.${zone}`, TYPE_A, Buffer.from([127, 0, 0, 1])),
  ];
}

function soaData(zone: string): Buffer {
  const numbers = words(1, 2, 3, 4, NEGATIVE_TTL);
  return Buffer.concat([wireName(`ns.${zone}`), wireName(`mail.${zone}`), numbers]);
}

function answerTo(
  query: Buffer,
  question: Question,
  zone: string,
  { sets, mood, isWildcard }: NameServer,
): Buffer {
  const { name, type } = question;
  const questionEnd = 12 + wireName(name).length + 4;
  const set = type === TYPE_TLSA ? sets.get(name) : undefined;
  const alias = mood === 'alias' ? [record(name, TYPE_CNAME, 60, wireName(`x.${zone}`))] : null;
  const answers =
    alias ??
    (set === undefined ? null : signedSet(name, set, isWildcard)) ??
    fixedRecords(question, zone);
  const authority = answers.length === 0 ? [record(zone, TYPE_SOA, 3600, soaData(zone))] : [];
  const header = Buffer.from(query.subarray(0, 12));
  const isAuthoritative = mood !== 'not-authoritative';
  header.writeUInt16BE(0x8000 | (isAuthoritative ? 0x0400 : 0) | (mood === 'servfail' ? 2 : 0), 2);
  [1, answers.length, authority.length, 0].forEach((count, index) =>
    header.writeUInt16BE(count, 4 + 2 * index),
  );
  return Buffer.concat([header, query.subarray(12, questionEnd), ...answers, ...authority]);
}

/** With a signature that is none, but has the labels of the name that the zone holds (RFC 4034 §3.1.3). */
function signedSet(name: string, { ttl, records }: TlsaSet, isWildcard: boolean): Buffer[] {
  if (records.length === 0) return [];
  const labels = name.split('.').length - (isWildcard ? 1 : 0);
  const head = Buffer.from([0, TYPE_TLSA, 13, labels]);
  const signer = wireName(name.split('.').slice(-2).join('.'));
  const signature = Buffer.concat([head, words(ttl, 1, 0), Buffer.from([0, 1]), signer, head]);
  return [
    ...records.map((text) => record(name, TYPE_TLSA, ttl, tlsaData(text))),
    record(name, TYPE_RRSIG, ttl, signature),
  ];
}

function record(owner: string, type: number, ttl: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(ttl, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([wireName(owner), fixed, data]);
}

function tlsaData(text: string): Buffer {
  const [usage = '', selector = '', matching = '', hex = ''] = text.split(' ');
  return Buffer.concat([
    Buffer.from([Number(usage), Number(selector), Number(matching)]),
    Buffer.from(hex, 'hex'),
  ]);
}

function wireName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeUInt32BE(value, 4 * index));
  return bytes;
}

function nameAt(message: Buffer, start: number): string {
  const labels: string[] = [];
  for (let at = start; message[at] !== 0; at += 1 + (message[at] ?? 0)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + (message[at] ?? 0)).toLowerCase());
    if (at > message.length) break;
  }
  return labels.join('.');
}
