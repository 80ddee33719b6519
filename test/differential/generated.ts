// Names, types and small faults drawn at random from a seed: what nobody thought of (RFC 4035 §5).
import type { Message } from '../../electron/wire/message.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';
import { flipBit, toQuestion } from './alter.ts';
import type { Case } from './case.ts';
import type { Fault } from './front.ts';
import { LEAVES, PARENTS } from './zones.ts';

const TYPES = [
  ...['A', 'AAAA', 'MX', 'TLSA', 'DS', 'NS', 'SOA', 'DNSKEY', 'CNAME', 'TXT', 'TYPE65400'],
] as const;

/** Names that exist, or nearly, relative to a zone. */
const OWNERS = [
  ...['', 'www', 'mail', '_25._tcp.mail', '_tcp.mail', 'multi', 'ent', 'b.ent', 'a.b.ent'],
  ...['x.a.b.ent', 'wild', '*.wild', 'foo.wild', 'x.y.wild', 'host.wild', 'x.host.wild'],
  ...['gap.wild', 'x.gap.wild', '_25._tcp.foo.wild', 'x.p.q.deepwild', 'q.deepwild', 'z.deepwild'],
  ...['alias', 'alias2', 'aliasout', 'aliasplain', 'aliasbad', 'foo.cw', 'x.y.cw', 'x.alias'],
  ...['dn', 'www.dn', 'nope.dn', 'www.dnout', 'nope.dnout', 'www.dnplain', 'case', 'Case', 'case2'],
  ...['case3', 'zebra', 'ZEBRA', 'unknown', 'dot\\.ted', 'dot.ted', 'bin\\000\\200\\255'],
  ...['\\000', '\\255.www', 'sub.*.star', '*.star', 'star', 'x.*.star', 'x.star', 'nope', 'x.nope'],
  ...['a.b.c.d.e.f.g.nope', '_25._tcp.nope', 'x-', 'zzzz', '0', 'unsig', 'www.unsig', 'nope.unsig'],
  ...['unkid', 'www.unkid', 'alias.unkid', 'x.ns.unkid', 'ns', 'ns.unsig', 'x.ns'],
];

const CHILD_OWNERS = ['', 'www', 'nope', '_25._tcp.www', 'foo.wild', 'alias', 'ns'];

export function validCases(seed: number, count: number): readonly Case[] {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => {
    const item = list[Math.floor(random() * list.length)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  };
  const seen = new Map<string, Case>();
  while (seen.size < count) {
    const inChild = random() < 0.2;
    const zone = inChild ? `${pick(['child', 'kid'])}.${pick(PARENTS)}` : pick(LEAVES).name;
    const special = pick(['', ...['.', 'tld', 'hash', 'opt', 'plain.opt', 'leaf.opt', 'iter.tld']]);
    const owner = pick(inChild ? CHILD_OWNERS : OWNERS);
    const base = random() < 0.12 && special !== '' ? special : zone;
    const name = base === '.' ? owner || '.' : owner === '' ? base : `${owner}.${base}`;
    const type = pick(TYPES);
    const id = `generated ${name} ${type}`;
    seen.set(id, { id, name, type, fault: null, expected: null, clause: '' });
  }
  return [...seen.values()];
}

/** The same kind of questions, each with one random fault in the answer to the question itself. */
export function mutatedCases(seed: number, count: number): readonly Case[] {
  const random = randomFrom(seed);
  return validCases(seed + 1, count).map((each) => {
    const [kind, fault] = mutation(random);
    return {
      ...each,
      id: `mutated (${kind}) ${each.name} ${each.type}`,
      fault: toQuestion(each.name, each.type, fault),
    };
  });
}

/** The choice is made now, so that everybody is told the same. */
function mutation(random: () => number): readonly [string, Fault] {
  const share = random();
  const octet = Math.floor(random() * 4096);
  const bit = Math.floor(random() * 8);
  const kinds: readonly (readonly [string, Fault])[] = [
    ['record removed', onOne(share, () => [])],
    ['bit flipped', onOne(share, (record) => [flipBit(record, octet, bit)])],
    [
      'signature removed',
      onOne(share, (record) => (record.type === TYPE.RRSIG ? [] : [record]), true),
    ],
    [
      'signature flipped',
      onOne(share, (record) => [flipBit(record, -1 - (octet % 60), bit)], true),
    ],
    ['signature field flipped', onOne(share, (record) => [flipBit(record, octet % 18, bit)], true)],
    ['TTL changed', onOne(share, (record) => [{ ...record, ttl: octet }])],
    ['RCODE changed', (message) => ({ ...message, rcode: message.rcode === 3 ? 0 : 3 })],
    ['authority emptied', (message) => ({ ...message, authorities: [] })],
    ['answer emptied', (message) => ({ ...message, answers: [] })],
    [
      'answer and authority exchanged',
      (message) => ({ ...message, answers: message.authorities, authorities: message.answers }),
    ],
    [
      'AA cleared',
      (message) => ({ ...message, flags: { ...message.flags, authoritative: false } }),
    ],
  ];
  const chosen = kinds[Math.floor(random() * kinds.length)];
  if (chosen === undefined) throw new Error('no such mutation');
  return chosen;
}

function onOne(
  share: number,
  change: (record: ResourceRecord) => readonly ResourceRecord[],
  signatures = false,
): Fault {
  return (message: Message) => {
    const all = [...message.answers, ...message.authorities];
    const eligible = all.filter((record) => !signatures || record.type === TYPE.RRSIG);
    const chosen = eligible[Math.floor(share * eligible.length)];
    const map = (list: readonly ResourceRecord[]): readonly ResourceRecord[] =>
      list.flatMap((record) => (record === chosen ? change(record) : [record]));
    return { ...message, answers: map(message.answers), authorities: map(message.authorities) };
  };
}

/** Mulberry32: small, and the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
