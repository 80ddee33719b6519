// Denials that no signer would make, validly signed by the zone: each proves nearly what it should (RFC 6840 §4, RFC 5155 §8).
import { createHash } from 'node:crypto';
import { concatBytes, uint16Bytes } from '../../../shared/dns/bytes.ts';
import { canonicalWire } from '../../../shared/dns/name.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../../shared/dns/record.ts';
import type { Security } from '../../../shared/inspection/report.ts';
import { lines, toQuestion, withTypes } from '../alter.ts';
import type { Case } from '../case.ts';
import { name, signature, type ForgingKey, type Oddities } from '../forge.ts';
import type { World } from '../world.ts';
import { nsecRecord, soaOf } from './keys.ts';
import { signingKey } from './signatures.ts';

const NXDOMAIN = 3;
const NOERROR = 0;
const { A, NS, SOA, TXT, MX, DS, CNAME, DNAME, RRSIG, NSEC, DNSKEY, NSEC3PARAM } = TYPE;
const APEX = [NS, SOA, MX, TXT, RRSIG, NSEC, DNSKEY];
const APEX3 = [NS, SOA, MX, TXT, RRSIG, DNSKEY, NSEC3PARAM];

export function forgedDenialCases(world: World): readonly Case[] {
  return [...nsecCases(world, 'n13.tld'), ...nsec3Cases(world, 'h13.tld')];
}

type Proof =
  | ResourceRecord
  | readonly [ResourceRecord, Oddities]
  | readonly [ResourceRecord, Oddities, ForgingKey];

function caseMaker(
  zone: string,
  key: ForgingKey,
): {
  cases: Case[];
  add: (
    id: string,
    expected: Security | null,
    clause: string,
    question: readonly [string, string],
    rcode: number,
    proofs: readonly Proof[],
    answers?: readonly ResourceRecord[],
  ) => void;
} {
  const cases: Case[] = [];
  return {
    cases,
    add: (id, expected, clause, [owner, type], rcode, proofs, answers = []) => {
      const asked = owner === '@' ? zone : `${owner}.${zone}`;
      cases.push({
        id: `${id} in ${zone}`,
        name: asked,
        type,
        expected,
        clause,
        fault: toQuestion(asked, type, (m) => ({
          ...m,
          rcode,
          answers,
          authorities: [
            ...(answers.length > 0 ? [] : soaOf(zone, key)),
            ...proofs.flatMap((proof) => {
              const [record, odd, by] =
                'rdata' in proof ? [proof, {}, key] : [proof[0], proof[1], proof[2] ?? key];
              return [record, signature([record], by, odd)];
            }),
          ],
        })),
      });
    },
  };
}

function nsecCases(world: World, zone: string): readonly Case[] {
  const key = signingKey(world, zone);
  const { cases, add } = caseMaker(zone, key);
  const nsec = (
    owner: string,
    next: string,
    types: readonly number[] = [A, RRSIG, NSEC],
  ): ResourceRecord =>
    nsecRecord(
      owner === '@' ? zone : `${owner}.${zone}`,
      next === '@' ? zone : `${next}.${zone}`,
      types,
    );
  const D = 'RFC 4035 §5.4';
  const www: readonly [string, string] = ['www', 'TXT'];
  const noData = (id: string, expected: Security, clause: string, types: readonly number[]): void =>
    add(id, expected, clause, www, NOERROR, [nsec('www', 'wwx', types)]);
  noData('NSEC of the name itself', 'secure', D, [A, RRSIG, NSEC]);
  noData('NSEC has the type', 'bogus', D, [A, TXT, RRSIG, NSEC]);
  noData('NSEC has CNAME', 'bogus', 'RFC 6840 §4.3', [CNAME, RRSIG, NSEC]);
  noData('NSEC has NS without SOA', 'bogus', 'RFC 6840 §4.1', [NS, RRSIG, NSEC]);
  noData('NSEC has NS with SOA', 'secure', 'RFC 6840 §4.1', [NS, SOA, RRSIG, NSEC]);
  noData('NSEC has DNAME', 'secure', 'RFC 6840 §4.1', [DNAME, RRSIG, NSEC]);
  noData('NSEC has no types', 'secure', D, []);
  noData('NSEC without the NSEC bit', 'secure', 'RFC 6840 §5.10 (RFC 4034 §4.1.2)', [A]);
  const nx: readonly [string, string] = ['nope', 'A'];
  const nameError = (
    id: string,
    expected: Security | null,
    clause: string,
    proofs: readonly Proof[],
  ): void => add(id, expected, clause, nx, NXDOMAIN, proofs);
  nameError('NSEC from apex to beyond', 'secure', D, [nsec('@', 'zzz', APEX)]);
  nameError('NSEC from apex to apex', 'secure', 'RFC 4034 §4.1.1', [nsec('@', '@', APEX)]);
  nameError('NSEC of name and of wildcard', 'secure', D, [
    nsec('@', 'a', APEX),
    nsec('nop', 'noq'),
  ]);
  nameError('NSEC of the wildcard alone', 'bogus', D, [nsec('@', 'a', APEX)]);
  nameError('NSEC of the name alone', 'bogus', D, [nsec('nop', 'noq')]);
  nameError('wildcard exists', 'bogus', D, [nsec('nop', 'noq'), nsec('*', 'a')]);
  nameError('NSEC begins at the name', 'bogus', D, [nsec('nope', 'noq'), nsec('@', 'a', APEX)]);
  nameError('NSEC ends at the name', 'bogus', D, [nsec('nop', 'nope'), nsec('@', 'a', APEX)]);
  nameError('NSEC ends below the name, so that it exists', 'bogus', 'RFC 4592 §2.2.2', [
    nsec('nop', 'x.nope'),
    nsec('@', 'a', APEX),
  ]);
  nameError('NSEC whose next name is outside the zone', 'bogus', 'RFC 4034 §4.1.1', [
    nsecRecord(`nop.${zone}`, 'zzz.tld', [A, RRSIG, NSEC]),
    nsec('@', 'a', APEX),
  ]);
  nameError('last NSEC of the zone', 'secure', 'RFC 4034 §4.1.1', [
    nsec('nop', '@'),
    nsec('@', 'a', APEX),
  ]);
  nameError('NSEC that ends at its own owner amid the zone', 'bogus', 'RFC 4034 §4.1.1', [
    nsec('nop', 'nop'),
    nsec('@', 'a', APEX),
  ]);
  nameError('NSEC that ends before its owner amid the zone', 'bogus', 'RFC 4034 §4.1.1', [
    nsec('nop', 'b'),
    nsec('@', 'a', APEX),
  ]);
  nameError('NSEC owner outside the zone', 'bogus', 'RFC 4035 §5.3.1', [
    [nsecRecord('a.tld', 'zzz.tld', [A, RRSIG, NSEC]), {}],
    nsec('@', 'a', APEX),
  ]);
  nameError('NSEC made from a wildcard', 'bogus', 'RFC 4035 §5.4', [
    [nsec('nop', 'noq'), { labels: 2 }],
    nsec('@', 'a', APEX),
  ]);
  nameError('NSEC with the labels of its parent, owner unchanged', 'bogus', 'RFC 4035 §5.3.1', [
    [nsec('nop', 'noq'), { labels: 4 }],
    nsec('@', 'a', APEX),
  ]);
  add(
    'NSEC at an insecure cut above the name',
    'bogus',
    'RFC 6840 §4.1',
    ['x.nop', 'A'],
    NXDOMAIN,
    [nsec('nop', 'noq', [NS, RRSIG, NSEC]), nsec('@', 'a', APEX)],
  );
  add('NSEC at a DNAME above the name', 'bogus', 'RFC 6840 §4.1', ['x.nop', 'A'], NXDOMAIN, [
    nsec('nop', 'noq', [DNAME, RRSIG, NSEC]),
    nsec('@', 'a', APEX),
  ]);
  add('NSEC at an existing name above the name', 'secure', D, ['x.nop', 'A'], NXDOMAIN, [
    nsec('nop', 'noq', [A, RRSIG, NSEC]),
  ]);
  add(
    'NSEC at an existing name above the name, with another beside',
    'secure',
    D,
    ['x.nop', 'A'],
    NXDOMAIN,
    [nsec('nop', 'noq', [A, RRSIG, NSEC]), nsec('no', 'nop')],
  );
  add('empty non-terminal by NSEC', 'secure', 'RFC 4592 §2.2.2', nx, NOERROR, [
    nsec('nop', 'x.nope'),
  ]);
  add('name error proof with NOERROR', null, D, nx, NOERROR, [nsec('@', 'zzz', APEX)]);
  add('no data proof with NXDOMAIN', 'bogus', D, www, NXDOMAIN, [nsec('www', 'wwx')]);
  add('DS denied at the apex by the zone itself', 'bogus', 'RFC 6840 §4.4', ['@', 'DS'], NOERROR, [
    nsec('@', 'a', APEX),
  ]);
  add('DS denied at a name of the zone', 'secure', 'RFC 6840 §4.4', ['www', 'DS'], NOERROR, [
    nsec('www', 'wwx'),
  ]);
  add('DS denied with SOA below the apex', 'bogus', 'RFC 6840 §4.4', ['unsig', 'DS'], NOERROR, [
    nsec('unsig', 'unsih', [NS, SOA, RRSIG, NSEC]),
  ]);
  add('wildcard without the type', 'secure', D, ['q.wild', 'MX'], NOERROR, [
    nsec('*.wild', 'r.wild', [A, TXT, RRSIG, NSEC]),
  ]);
  add('wildcard with the type', 'bogus', D, ['q.wild', 'MX'], NOERROR, [
    nsec('*.wild', 'r.wild', [A, MX, RRSIG, NSEC]),
  ]);
  add('wildcard with a CNAME', 'bogus', 'RFC 6840 §4.3', ['q.wild', 'MX'], NOERROR, [
    nsec('*.wild', 'r.wild', [CNAME, RRSIG, NSEC]),
  ]);
  add('wildcard that is a cut', 'bogus', 'RFC 6840 §4.1', ['q.wild', 'MX'], NOERROR, [
    nsec('*.wild', 'r.wild', [NS, RRSIG, NSEC]),
  ]);
  add('wildcard of another encloser', 'bogus', D, ['q.wild', 'MX'], NOERROR, [
    nsec('p.wild', 'r.wild'),
    nsec('*', 'a', [A, RRSIG, NSEC]),
  ]);
  add('DS denied by a wildcard', null, 'RFC 4592 §4.2', ['q.wild', 'DS'], NOERROR, [
    nsec('*.wild', 'r.wild', [A, TXT, RRSIG, NSEC]),
  ]);
  const wild = lines(`q.wild.${zone}. 3600 A 192.0.2.4`);
  const signedWild = [...wild, signature(wild, key, { labels: 3 })];
  const expansion = (id: string, expected: Security, proofs: readonly Proof[]): void =>
    add(id, expected, 'RFC 4035 §5.3.4', ['q.wild', 'A'], NOERROR, proofs, signedWild);
  expansion('expansion, the name denied', 'secure', [nsec('p.wild', 'r.wild')]);
  expansion('expansion, the name is the next one', 'bogus', [nsec('p.wild', 'q.wild')]);
  expansion('expansion, the name exists', 'bogus', [nsec('q.wild', 'r.wild')]);
  expansion('expansion, the name is an empty non-terminal', 'bogus', [nsec('p.wild', 'x.q.wild')]);
  expansion('expansion, another name denied', 'bogus', [nsec('a.wild', 'b.wild')]);
  expansion('expansion, denied by a cut above', 'bogus', [
    nsec('wild', 'r.wild', [NS, RRSIG, NSEC]),
  ]);
  const deep = lines(`x.gap.wild.${zone}. 3600 A 192.0.2.4`);
  const signedDeep = [...deep, signature(deep, key, { labels: 3 })];
  add(
    'expansion past an existing name',
    'bogus',
    'RFC 4035 §5.3.4',
    ['x.gap.wild', 'A'],
    NOERROR,
    [nsec('a.gap.wild', 'host.wild')],
    signedDeep,
  );
  add(
    'expansion past an existing name, its record shown',
    'bogus',
    'RFC 4035 §5.3.4',
    ['x.gap.wild', 'A'],
    NOERROR,
    [nsec('gap.wild', 'host.wild')],
    signedDeep,
  );
  const apexWild = lines(`nope.${zone}. 3600 A 192.0.2.99`);
  add(
    'expansion from the apex wildcard',
    'secure',
    'RFC 4035 §5.3.4',
    nx,
    NOERROR,
    [nsec('nop', 'noq')],
    [...apexWild, signature(apexWild, key, { labels: 2 })],
  );
  add(
    'expansion from a wildcard above the apex',
    'bogus',
    'RFC 4035 §5.3.1',
    nx,
    NOERROR,
    [nsec('nop', 'noq')],
    [...apexWild, signature(apexWild, key, { labels: 1 })],
  );
  return cases;
}

interface Nsec3Oddity {
  readonly flags?: number;
  readonly iterations?: number;
  readonly salt?: Uint8Array;
  readonly algorithm?: number;
  readonly below?: string;
  readonly cutHash?: number;
}

function nsec3Cases(world: World, zone: string): readonly Case[] {
  const key = signingKey(world, zone);
  const { cases, add } = caseMaker(zone, key);
  const full = (owner: string): string => (owner === '@' ? zone : `${owner}.${zone}`);
  const match = (
    owner: string,
    types: readonly number[],
    odd: Nsec3Oddity = {},
  ): ResourceRecord => {
    const hash = hashOf(full(owner), odd);
    return nsec3(zone, hash, next(hash, 1), types, odd);
  };
  const cover = (owner: string, odd: Nsec3Oddity = {}): ResourceRecord => {
    const hash = hashOf(full(owner), odd);
    return nsec3(zone, next(hash, -1), next(hash, 1), [A, RRSIG], odd);
  };
  const nx: readonly [string, string] = ['nope', 'A'];
  const three = (odd: Nsec3Oddity = {}): readonly ResourceRecord[] => [
    match('@', APEX3, odd),
    cover('nope', odd),
    cover('*', odd),
  ];
  const nameError = (
    id: string,
    expected: Security | null,
    clause: string,
    proofs: readonly Proof[],
  ): void => add(id, expected, clause, nx, NXDOMAIN, proofs);
  const E = 'RFC 5155 §8.3';
  nameError('three NSEC3', 'secure', 'RFC 5155 §8.4', three());
  nameError('NSEC3 without the encloser', 'bogus', E, three().slice(1));
  nameError(
    'NSEC3 without the next closer',
    'bogus',
    E,
    [three()[0], three()[2]].flatMap((r) => r ?? []),
  );
  nameError('NSEC3 without the wildcard', 'bogus', 'RFC 5155 §8.4', three().slice(0, 2));
  nameError('NSEC3 opt-out over the next closer', 'insecure', 'RFC 5155 §9.2', [
    match('@', APEX3),
    cover('nope', { flags: 1 }),
    cover('*'),
  ]);
  nameError('NSEC3 opt-out over the wildcard alone', 'secure', 'RFC 5155 §9.2', [
    match('@', APEX3),
    cover('nope'),
    cover('*', { flags: 1 }),
  ]);
  nameError('NSEC3 opt-out at the encloser alone', 'secure', 'RFC 5155 §9.2', [
    match('@', APEX3, { flags: 1 }),
    cover('nope'),
    cover('*'),
  ]);
  nameError('NSEC3 with an unknown flag', 'bogus', 'RFC 5155 §8.2', three({ flags: 2 }));
  nameError(
    'NSEC3 with an unknown flag beside opt-out',
    'bogus',
    'RFC 5155 §8.2',
    three({ flags: 0x81 }),
  );
  nameError('NSEC3 of an unknown hash', 'bogus', 'RFC 5155 §8.1', three({ algorithm: 2 }));
  nameError('NSEC3 of hash 0', 'bogus', 'RFC 5155 §8.1', three({ algorithm: 0 }));
  for (const iterations of [1, 50, 51, 150, 151, 500, 2500, 65_535]) {
    nameError(
      `NSEC3 of ${iterations} iterations`,
      iterations > 50 ? 'insecure' : 'secure',
      'RFC 9276 §3.2',
      three({ iterations }),
    );
  }
  nameError(
    'NSEC3 with salt',
    'secure',
    'RFC 5155 §3.1.5',
    three({ salt: Uint8Array.of(1, 2, 3, 4) }),
  );
  nameError(
    'NSEC3 with a salt of 255 octets',
    'secure',
    'RFC 5155 §3.1.5',
    three({ salt: new Uint8Array(255).fill(7) }),
  );
  nameError('NSEC3 of differing salts', null, 'RFC 5155 §8.2', [
    match('@', APEX3),
    cover('nope', { salt: Uint8Array.of(9) }),
    cover('*'),
  ]);
  nameError('NSEC3 of differing iterations', null, 'RFC 5155 §8.2', [
    match('@', APEX3),
    cover('nope', { iterations: 5 }),
    cover('*'),
  ]);
  nameError('NSEC3 hashed with another salt than it says', 'bogus', E, [
    match('@', APEX3),
    saltless(cover('nope', { salt: Uint8Array.of(9) })),
    cover('*'),
  ]);
  nameError('NSEC3 encloser is a cut', 'bogus', E, [
    match('@', [NS, RRSIG]),
    cover('nope'),
    cover('*'),
  ]);
  nameError('NSEC3 encloser has a DNAME', 'bogus', E, [
    match('@', [...APEX3, DNAME]),
    cover('nope'),
    cover('*'),
  ]);
  nameError('NSEC3 owner a label too deep', 'bogus', 'RFC 5155 §3', three({ below: 'sub' }));
  nameError('NSEC3 next hash of 19 octets', 'bogus', 'RFC 5155 §3', [
    match('@', APEX3),
    cover('nope', { cutHash: 19 }),
    cover('*'),
  ]);
  nameError('NSEC3 covers all but itself', 'secure', 'RFC 5155 §3.1.7', [
    nsec3(zone, hashOf(zone, {}), hashOf(zone, {}), APEX3, {}),
  ]);
  nameError('NSEC3 covers all but another, encloser missing', 'bogus', E, [
    nsec3(zone, hashOf(full('a'), {}), hashOf(full('a'), {}), APEX3, {}),
  ]);
  nameError('NSEC3 last one of the zone', 'secure', 'RFC 5155 §8.3', [
    match('@', APEX3),
    nsec3(zone, next(hashOf(full('nope'), {}), -1), new Uint8Array(20), [A], {}),
    cover('*'),
  ]);
  nameError('NSEC3 from the name on', 'bogus', E, [
    match('@', APEX3),
    match('nope', [A, RRSIG]),
    cover('*'),
  ]);
  nameError('NSEC3 up to the name', 'bogus', E, [
    match('@', APEX3),
    nsec3(zone, next(hashOf(full('nope'), {}), -1), hashOf(full('nope'), {}), [A], {}),
    cover('*'),
  ]);
  nameError(
    'NSEC3 made from a wildcard',
    'bogus',
    'RFC 4035 §5.4',
    three().map((r): Proof => [r, { labels: 2 }]),
  );
  nameError(
    'NSEC3 signed by the parent',
    'bogus',
    'RFC 4035 §5.3.1',
    three().map((r): Proof => [r, {}, signingKey(world, 'tld')]),
  );
  nameError('NSEC of the apex in a zone of NSEC3', null, 'RFC 5155 §10.4', [
    nsecRecord(zone, zone, APEX),
  ]);
  const deep: readonly [string, string] = ['x.y.nope', 'A'];
  add('NSEC3 deep name', 'secure', E, deep, NXDOMAIN, three());
  add('NSEC3 deep name, next closer too deep', 'bogus', E, deep, NXDOMAIN, [
    match('@', APEX3),
    cover('y.nope'),
    cover('*'),
  ]);
  add(
    'NSEC3 deep name, the wildcard of a name in between',
    'bogus',
    'RFC 5155 §8.4',
    deep,
    NXDOMAIN,
    [match('@', APEX3), cover('nope'), cover('*.nope')],
  );
  add('NSEC3 name error proof with NOERROR', null, 'RFC 5155 §8.5', nx, NOERROR, three());
  const www: readonly [string, string] = ['www', 'TXT'];
  const noData = (id: string, expected: Security, clause: string, types: readonly number[]): void =>
    add(id, expected, clause, www, NOERROR, [match('www', types)]);
  noData('NSEC3 of the name itself', 'secure', 'RFC 5155 §8.5', [A, RRSIG]);
  noData('NSEC3 has the type', 'bogus', 'RFC 5155 §8.5', [A, TXT, RRSIG]);
  noData('NSEC3 has CNAME', 'bogus', 'RFC 5155 §8.5', [CNAME, RRSIG]);
  noData('NSEC3 has NS without SOA', 'bogus', 'RFC 6840 §4.1', [NS, RRSIG]);
  noData('NSEC3 has NS and DS without SOA', 'bogus', 'RFC 6840 §4.1', [NS, DS, RRSIG]);
  noData('NSEC3 has no types', 'secure', 'RFC 5155 §8.5', []);
  add('NSEC3 no data proof with NXDOMAIN', 'bogus', 'RFC 5155 §8.4', www, NXDOMAIN, [
    match('www', [A, RRSIG]),
  ]);
  add('NSEC3 no data by an opt-out span', 'insecure', 'RFC 5155 §8.6, erratum 3441', nx, NOERROR, [
    match('@', APEX3),
    cover('nope', { flags: 1 }),
  ]);
  add('NSEC3 no data by a span without opt-out', 'bogus', 'RFC 5155 §8.5', nx, NOERROR, [
    match('@', APEX3),
    cover('nope'),
  ]);
  const cut: readonly [string, string] = ['unsig', 'DS'];
  add('NSEC3 no DS', 'secure', 'RFC 5155 §8.6', cut, NOERROR, [match('unsig', [NS])]);
  add('NSEC3 no DS, with SOA', 'bogus', 'RFC 6840 §4.4', cut, NOERROR, [
    match('unsig', [NS, SOA, RRSIG]),
  ]);
  add('NSEC3 no DS by an opt-out span', 'insecure', 'RFC 5155 §8.6', cut, NOERROR, [
    match('@', APEX3),
    cover('unsig', { flags: 1 }),
  ]);
  add('NSEC3 no DS by a span without opt-out', 'bogus', 'RFC 5155 §8.6', cut, NOERROR, [
    match('@', APEX3),
    cover('unsig'),
  ]);
  add('NSEC3 no DS by an opt-out span without encloser', 'bogus', 'RFC 5155 §8.6', cut, NOERROR, [
    cover('unsig', { flags: 1 }),
  ]);
  const q: readonly [string, string] = ['q.wild', 'MX'];
  const wildNoData = (id: string, expected: Security, proofs: readonly Proof[]): void =>
    add(id, expected, 'RFC 5155 §8.7', q, NOERROR, proofs);
  wildNoData('NSEC3 wildcard without the type', 'secure', [
    match('wild', []),
    cover('q.wild'),
    match('*.wild', [A, RRSIG]),
  ]);
  wildNoData('NSEC3 wildcard with the type', 'bogus', [
    match('wild', []),
    cover('q.wild'),
    match('*.wild', [A, MX, RRSIG]),
  ]);
  wildNoData('NSEC3 wildcard with CNAME', 'bogus', [
    match('wild', []),
    cover('q.wild'),
    match('*.wild', [CNAME, RRSIG]),
  ]);
  wildNoData('NSEC3 wildcard, name not denied', 'bogus', [
    match('wild', []),
    match('*.wild', [A, RRSIG]),
  ]);
  wildNoData('NSEC3 wildcard, encloser not shown', 'bogus', [
    cover('q.wild'),
    match('*.wild', [A, RRSIG]),
  ]);
  wildNoData('NSEC3 wildcard by opt-out', 'insecure', [
    match('wild', []),
    cover('q.wild', { flags: 1 }),
    match('*.wild', [A, RRSIG]),
  ]);
  const wild = lines(`q.wild.${zone}. 3600 A 192.0.2.4`);
  const signedWild = [...wild, signature(wild, key, { labels: 3 })];
  const expansion = (id: string, expected: Security, proofs: readonly Proof[]): void =>
    add(id, expected, 'RFC 5155 §8.8', ['q.wild', 'A'], NOERROR, proofs, signedWild);
  expansion('NSEC3 expansion, the name denied', 'secure', [cover('q.wild')]);
  expansion('NSEC3 expansion, denied by opt-out', 'insecure', [cover('q.wild', { flags: 1 })]);
  expansion('NSEC3 expansion, another name denied', 'bogus', [cover('r.wild')]);
  expansion('NSEC3 expansion, the name exists', 'bogus', [match('q.wild', [A])]);
  expansion('NSEC3 expansion, 500 iterations', 'insecure', [cover('q.wild', { iterations: 500 })]);
  const below = lines(`x.gap.wild.${zone}. 3600 A 192.0.2.4`);
  add(
    'NSEC3 expansion past an existing name',
    'bogus',
    'RFC 5155 §8.8',
    ['x.gap.wild', 'A'],
    NOERROR,
    [match('gap.wild', []), cover('x.gap.wild')],
    [...below, signature(below, key, { labels: 3 })],
  );
  return cases;
}

function nsec3(
  zone: string,
  ownerHash: Uint8Array,
  nextHash: Uint8Array,
  types: readonly number[],
  odd: Nsec3Oddity,
): ResourceRecord {
  const salt = odd.salt ?? new Uint8Array(0);
  const hash = nextHash.subarray(0, odd.cutHash ?? 20);
  const owner = `${base32(ownerHash)}.${odd.below === undefined ? '' : `${odd.below}.`}${zone}.`;
  const record: ResourceRecord = {
    name: name(owner),
    type: TYPE.NSEC3,
    class: 1,
    ttl: 300,
    rdata: concatBytes(
      Uint8Array.of(odd.algorithm ?? 1, odd.flags ?? 0),
      uint16Bytes(odd.iterations ?? 0),
      Uint8Array.of(salt.length),
      salt,
      Uint8Array.of(hash.length),
      hash,
    ),
  };
  return withTypes(record, () => types);
}

/** RFC 5155 §5. */
function hashOf(
  text: string,
  { salt = new Uint8Array(0), iterations = 0 }: Nsec3Oddity,
): Uint8Array {
  let hash: Uint8Array = canonicalWire(name(`${text}.`));
  for (let round = 0; round <= iterations; round++)
    hash = createHash('sha1').update(hash).update(salt).digest();
  return Uint8Array.from(hash);
}

function next(hash: Uint8Array, step: 1 | -1): Uint8Array {
  const copy = Uint8Array.from(hash);
  copy[19] = ((copy[19] ?? 0) + step) & 0xff;
  if ((step === 1 && copy[19] === 0) || (step === -1 && copy[19] === 0xff))
    copy[18] = ((copy[18] ?? 0) + step) & 0xff;
  return copy;
}

/** The record with its salt left out. */
function saltless(record: ResourceRecord): ResourceRecord {
  const { rdata } = record;
  const behind = rdata.subarray(5 + (rdata[4] ?? 0));
  return { ...record, rdata: concatBytes(rdata.subarray(0, 4), Uint8Array.of(0), behind) };
}

/** RFC 4648 §7. */
function base32(bytes: Uint8Array): string {
  const digits = '0123456789abcdefghijklmnopqrstuv';
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => digits[Number.parseInt(five, 2)]).join('');
}
