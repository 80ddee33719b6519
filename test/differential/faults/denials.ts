// Faults of denials as BIND really gives them, and of the proofs beside answers from wildcards (RFC 4035 §5.4, RFC 5155 §8).
import type { Message } from '../../../electron/wire/message.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../../shared/dns/record.ts';
import type { Security } from '../../../shared/inspection/report.ts';
import {
  covered,
  denials,
  flipBit,
  lines,
  mapRecords,
  onDenial,
  onSignatures,
  set,
  toQuestion,
  withName,
} from '../alter.ts';
import type { Case } from '../case.ts';
import { name } from '../forge.ts';
import type { Fault } from '../front.ts';
import type { World } from '../world.ts';
import { soaOf } from './keys.ts';
import { signingKey } from './signatures.ts';

interface Question {
  readonly what: string;
  readonly owner: string;
  readonly type: string;
  readonly positive?: true;
  /** Every fault is tried. */
  readonly full?: true;
}

const QUESTIONS: readonly Question[] = [
  { what: 'name error', full: true, owner: 'nope', type: 'A' },
  { what: 'deep name error', owner: 'x.y.nope', type: 'TLSA' },
  { what: 'name error below the mail host', owner: '_443._tcp.mail', type: 'TLSA' },
  { what: 'no data', owner: 'www', type: 'TXT' },
  { what: 'no data at an empty non-terminal', full: true, owner: 'b.ent', type: 'A' },
  { what: 'no data at the empty non-terminal above a TLSA record', owner: '_tcp.mail', type: 'A' },
  { what: 'no data at a wildcard', full: true, owner: 'foo.wild', type: 'MX' },
  { what: 'no DS at a cut', full: true, owner: 'unsig', type: 'DS' },
  { what: 'wildcard answer', full: true, owner: 'foo.wild', type: 'A', positive: true },
  { what: 'deep wildcard answer', owner: 'x.y.wild', type: 'TXT', positive: true },
  { what: 'wildcard alias', owner: 'foo.cw', type: 'A', positive: true },
];

/** Where every fault is tried, and where only the first few are. */
const FULL = ['n13.tld', 'h13.tld', 'o13.tld'];
const BRIEF = ['h15.tld'];
const BRIEF_FAULTS = 2;

export async function denialCases(world: World): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const zone of [...FULL, ...BRIEF]) {
    const other = await world.ask(`multi.${zone}`, 'MX');
    const questions = FULL.includes(zone) ? QUESTIONS : QUESTIONS.slice(0, 4);
    for (const question of questions) {
      const answer = await world.ask(`${question.owner}.${zone}`, question.type);
      const faults = faultsOf(world, zone, question, other, denials(answer).length);
      const isFull = FULL.includes(zone) && isTriedFully(zone, question);
      cases.push(...(isFull ? faults : faults.slice(0, BRIEF_FAULTS)));
    }
  }
  return cases;
}

/** Opt-out changes nothing where the name itself has an NSEC3. */
function isTriedFully(zone: string, { full, positive, what }: Question): boolean {
  if (!zone.startsWith('o')) return full === true;
  return full === true && positive !== true && !what.includes('non-terminal');
}

function faultsOf(
  world: World,
  zone: string,
  { what, owner, type, positive }: Question,
  other: Message,
  proofs: number,
): readonly Case[] {
  const cases: Case[] = [];
  const asked = `${owner}.${zone}`;
  const key = signingKey(world, zone);
  const add = (
    id: string,
    expected: Security | null,
    clause: string,
    fault: Fault | null,
  ): void => {
    cases.push({
      id: `${what}: ${id} in ${zone}`,
      name: asked,
      type,
      expected,
      clause,
      fault: fault === null ? null : toQuestion(asked, type, fault),
    });
  };
  // In an opt-out span what is unsigned may be from an unsigned delegation (RFC 5155 §9.2).
  const withoutOptOut = zone.startsWith('o') ? null : 'bogus';
  const D = zone.startsWith('n') ? 'RFC 4035 §5.4' : 'RFC 5155 §8';
  add('as it is', null, D, null);
  add(
    'all proofs removed',
    'bogus',
    D,
    onDenial('all', () => [], null),
  );
  for (let index = 0; index < proofs; index++) {
    add(
      `proof ${index + 1} removed`,
      null,
      D,
      onDenial(index, () => [], null),
    );
    add(
      `proof ${index + 1} flipped`,
      null,
      D,
      onDenial(index, (r) => [flipBit(r, -1, 2)], null),
    );
  }
  add('proofs unsigned', withoutOptOut, D, (m) =>
    mapRecords(m, (r, section) => (section === 'authorities' && r.type === TYPE.RRSIG ? [] : [r])),
  );
  add('proofs moved to other owners', 'bogus', D, (m) =>
    mapRecords(m, (r) => (isProof(r) ? [withName(r, name(`moved.${zone}.`))] : [r])),
  );
  add('proof for another name', 'bogus', D, borrow(other));
  add('owners of the proofs in capital letters', null, 'RFC 4034 §6.2', (m) =>
    mapRecords(m, (r) => (isProof(r) ? [withName(r, name(capitals(r)))] : [r])),
  );
  add('proofs sent twice', null, D, (m) => ({
    ...m,
    authorities: [...m.authorities, ...m.authorities],
  }));
  add('proofs in another order', null, D, (m) => ({
    ...m,
    authorities: [...m.authorities].reverse(),
  }));
  if (positive) {
    add(
      'signature of the answer removed',
      withoutOptOut,
      D,
      onSignatures(set(asked, type === 'A' && owner.endsWith('cw') ? 'CNAME' : type), () => []),
    );
    add('NXDOMAIN over the answer', null, D, (m) => ({ ...m, rcode: 3 }));
    return cases;
  }
  add('RCODE turned over', null, D, (m) => ({ ...m, rcode: m.rcode === 3 ? 0 : 3 }));
  add('SOA removed', null, 'RFC 2308 §5', (m) => mapRecords(m, (r) => (isSoa(r) ? [] : [r])));
  add('SOA flipped', null, 'RFC 4035 §5.4', (m) =>
    mapRecords(m, (r) => [r.type === TYPE.SOA ? flipBit(r, -1) : r]),
  );
  add('SOA unsigned', null, 'RFC 4035 §5.4', (m) =>
    mapRecords(m, (r) => (r.type === TYPE.RRSIG && covered(r) === TYPE.SOA ? [] : [r])),
  );
  add('SOA of the parent', null, 'RFC 2308 §5', (m) => ({
    ...m,
    authorities: [
      ...soaOf('tld', signingKey(world, 'tld')),
      ...m.authorities.filter((r) => !isSoa(r)),
    ],
  }));
  add('forged data in the answer', null, 'RFC 4035 §5.5', (m) => ({
    ...m,
    answers: lines(`${asked}. 3600 TYPE65401 \\# 1 00`),
  }));
  add(
    'proofs signed by the parent',
    'bogus',
    'RFC 4035 §5.3.1',
    onDenial('all', (r) => [r], signingKey(world, 'tld')),
  );
  add(
    'proofs signed anew',
    null,
    D,
    onDenial('all', (r) => [r], key),
  );
  return cases;
}

function isProof(record: ResourceRecord): boolean {
  const isType = (type: number): boolean => type === TYPE.NSEC || type === TYPE.NSEC3;
  return isType(record.type) || (record.type === TYPE.RRSIG && isType(covered(record)));
}

function isSoa(record: ResourceRecord): boolean {
  return record.type === TYPE.SOA || (record.type === TYPE.RRSIG && covered(record) === TYPE.SOA);
}

function capitals({ name: owner }: ResourceRecord): string {
  return owner.key === '.' ? '.' : `${owner.key.toUpperCase()}.`;
}

/** The genuine proof of another denial of this zone in place of the one that is due. */
function borrow(other: Message): Fault {
  return (m) => ({
    ...m,
    authorities: [
      ...m.authorities.filter((r) => !isProof(r)),
      ...other.authorities.filter(isProof),
    ],
  });
}
