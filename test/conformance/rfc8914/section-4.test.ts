/** RFC 8914 §4: each fault gives the extended DNS error that fits, a reason, and the chain up to the break. */
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../electron/lab/authority.ts';
import { lookUpReport } from '../../../electron/inspection/look-up-report.ts';
import type { ResolverOptions } from '../../../electron/resolver/create-resolver.ts';
import { concatBytes } from '../../../shared/dns/bytes.ts';
import { nameToWire } from '../../../shared/dns/name.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../../shared/dns/record.ts';
import { edeToText } from '../../../shared/dnssec/ede.ts';
import { verifyRRset } from '../../../shared/dnssec/signature.ts';
import { atTld, both, strip, text, UNSIGNED_CHILD } from '../../replay/dns/scripts.ts';
import {
  createWorld,
  NOW_MS,
  THREE_LEVELS,
  type ServerScript,
  type ZoneScript,
} from '../../replay/dns/world.ts';
import { AT, name, records, validationAt } from '../signed-answers/answers.ts';
import { makeKey, makeSigned } from '../signed-answers/signer.ts';

interface Fault {
  readonly title: string;
  readonly question?: string;
  readonly zones?: readonly ZoneScript[];
  readonly servers?: Readonly<Record<string, ServerScript>>;
  readonly options?: Partial<ResolverOptions>;
  readonly security: 'bogus' | 'insecure' | 'indeterminate';
  readonly ede: number | null;
  /** Part of the reason. */
  readonly says: RegExp;
  readonly chain: readonly string[];
}

const DAY = 86_400;
const SIGNED = ['. secure', 'test secure', 'example.test secure'];
const BROKEN = ['. secure', 'test secure', 'example.test bogus'];
const UNSEEN = ['. secure', 'test secure', 'example.test indeterminate'];

/** Changes answers to questions of one type. */
function at(type: number, change: (answer: Answer) => Answer | null): ServerScript {
  return { tamper: (question, answer) => (question.type === type ? change(answer) : answer) };
}

function exceptKeys(change: (answer: Answer) => Answer): ServerScript {
  return {
    tamper: (question, answer) => (question.type === TYPE.DNSKEY ? answer : change(answer)),
  };
}

function without(...types: readonly number[]): (answer: Answer) => Answer {
  const keep = (record: ResourceRecord): boolean => !types.includes(record.type);
  return (answer) => ({
    ...answer,
    answers: answer.answers.filter(keep),
    authorities: answer.authorities.filter(keep),
  });
}

/** The signature as if the name itself were a zone and had made it. */
function bySelf(record: ResourceRecord): ResourceRecord {
  if (record.type !== TYPE.RRSIG) return record;
  const [before, behind] = [18, 18 + nameToWire(name('example.test')).length];
  const { rdata } = record;
  const parts = [rdata.subarray(0, before), nameToWire(record.name), rdata.subarray(behind)];
  return { ...record, rdata: concatBytes(...parts) };
}

function flipped(type: number): (answer: Answer) => Answer {
  const flip = (record: ResourceRecord): ResourceRecord =>
    record.type === type
      ? {
          ...record,
          rdata: record.rdata.map((byte, index, all) =>
            index === all.length - 1 ? byte ^ 1 : byte,
          ),
        }
      : record;
  return (answer) => ({
    ...answer,
    answers: answer.answers.map(flip),
    authorities: answer.authorities.map(flip),
  });
}

function example(change: Partial<ZoneScript>): readonly ZoneScript[] {
  return THREE_LEVELS.map((zone) => (zone.apex === 'example.test' ? { ...zone, ...change } : zone));
}

const nsec3 = (iterations: number, optOut = false) =>
  ({
    kind: 'nsec3',
    iterations,
    salt: new Uint8Array(),
    optOut,
    omitEmptyNonTerminals: false,
  }) as const;
const refused: ServerScript = {
  tamper: (_, answer) => ({ ...answer, rcode: 5, answers: [], authorities: [] }),
};

const FAULTS: readonly Fault[] = [
  {
    title: 'a trust anchor of an unsupported algorithm',
    options: { trustAnchors: text(`. 3600 DS 1 17 2 ${'ab'.repeat(32)}`) },
    security: 'insecure',
    ede: 1,
    says: /^\.: what vouches for \. names only algorithms that are not supported here \(17\) \(RFC 4035 §5\.2\)$/,
    chain: ['. insecure', 'test insecure', 'example.test insecure'],
  },
  {
    title: 'a trust anchor of an unsupported digest type',
    options: { trustAnchors: text(`. 3600 DS 1 13 3 ${'ab'.repeat(32)}`) },
    security: 'insecure',
    ede: 2,
    says: /^\.: the DS records for \. use only digest types that are not supported here \(3\)/i,
    chain: ['. insecure', 'test insecure', 'example.test insecure'],
  },
  {
    title: 'no trust anchor',
    options: { trustAnchors: [] },
    security: 'indeterminate',
    ede: 5,
    says: /there is no trust anchor at or above example\.test/,
    chain: ['example.test indeterminate'],
  },
  {
    title: 'a signature that does not fit',
    servers: both(at(TYPE.A, flipped(TYPE.RRSIG))),
    security: 'bogus',
    ede: 6,
    says: /^mx\.example\.test\/A: the signature by key \d+ \(ECDSAP256SHA256\) does not fit the records \(RFC 4035 §5\.3\.3; answer of 192\.0\.2\.2[12]\)$/,
    chain: SIGNED,
  },
  {
    title: 'records that were changed',
    servers: both(at(TYPE.A, flipped(TYPE.A))),
    security: 'bogus',
    ede: 6,
    says: /^mx\.example\.test\/A: the signature by key \d+/,
    chain: SIGNED,
  },
  {
    title: 'an SOA that was changed, in a denial',
    question: 'mx.example.test TXT',
    servers: both(at(TYPE.TXT, flipped(TYPE.SOA))),
    security: 'bogus',
    ede: 6,
    says: /^example\.test\/SOA: the signature by key \d+/,
    chain: SIGNED,
  },
  {
    title: 'a zone whose signatures expired',
    zones: example({ expiredBySeconds: 3 * DAY }),
    security: 'bogus',
    ede: 7,
    says: /^example\.test\/DNSKEY: the signature by key \d+ \(ECDSAP256SHA256\) expired at 2026-11-21T12:00:00Z, 3 days ago \(RFC 4035 §5\.3\.1; answer of 192\.0\.2\.2[12]\)$/,
    chain: BROKEN,
  },
  {
    title: 'signatures that are not valid yet',
    options: { at: NOW_MS / 1000 - 3 * DAY },
    security: 'bogus',
    ede: 8,
    says: /^\.\/DNSKEY: the signature by key \d+ \(ECDSAP256SHA256\) is not valid before 2026-11-22T12:00:00Z, 24 hours from now/,
    chain: ['. bogus', 'test bogus', 'example.test bogus'],
  },
  {
    title: 'no DNSKEY records',
    servers: both(at(TYPE.DNSKEY, without(TYPE.DNSKEY, TYPE.RRSIG))),
    security: 'bogus',
    ede: 9,
    says: /^example\.test\/DNSKEY: example\.test\. has to be signed, but its servers give no DNSKEY records \(RFC 4035 §5\.2/,
    chain: BROKEN,
  },
  {
    title: 'DNSKEY records that are refused',
    servers: both(at(TYPE.DNSKEY, (answer) => ({ ...without(TYPE.DNSKEY)(answer), rcode: 5 }))),
    security: 'bogus',
    ede: 9,
    says: /but its servers give no DNSKEY records: the name servers answered REFUSED \(RFC 4035 §5\.2/,
    chain: BROKEN,
  },
  {
    title: 'a signature in the name of a zone that is none',
    servers: both(at(TYPE.A, (answer) => ({ ...answer, answers: answer.answers.map(bySelf) }))),
    security: 'bogus',
    ede: 6,
    says: /^mx\.example\.test: the parent proves that there is no delegation to mx\.example\.test, yet a signature claims to be by that zone/,
    chain: [...SIGNED, 'mx.example.test bogus'],
  },
  {
    title: 'keys that the DS does not name',
    servers: both(at(TYPE.DNSKEY, flipped(TYPE.DNSKEY))),
    security: 'bogus',
    ede: 9,
    says: /^example\.test\/DNSKEY: the DS records \(or the trust anchor\) name key \d+, but the zone has only \d+, \d+/i,
    chain: BROKEN,
  },
  {
    title: 'an answer without signatures',
    servers: both(at(TYPE.A, strip)),
    security: 'bogus',
    ede: 10,
    says: /^mx\.example\.test\/A: the records come without a signature \(RRSIG\), though their zone is signed \(RFC 4035 §2\.2; answer of 192\.0\.2\.2[12]\)$/,
    chain: SIGNED,
  },
  {
    title: 'DNSKEY records without signatures',
    servers: both(at(TYPE.DNSKEY, without(TYPE.RRSIG))),
    security: 'bogus',
    ede: 10,
    says: /^example\.test\/DNSKEY: the records come without a signature/,
    chain: BROKEN,
  },
  {
    title: 'DS records without signatures',
    servers: atTld({ tamper: (_, answer) => without(TYPE.RRSIG)(answer) }),
    security: 'bogus',
    ede: 10,
    says: /^test\/DNSKEY: the records come without a signature/,
    chain: ['. secure', 'test bogus', 'example.test bogus'],
  },
  {
    title: 'a DS without signature, the keys of its zone being there',
    servers: atTld(exceptKeys(without(TYPE.RRSIG, TYPE.NSEC))),
    security: 'bogus',
    ede: 10,
    says: /^example\.test\/DS: test is signed, but gives the DS records for example\.test without a signature \(RFC 4035 §5\.2; answer of 192\.0\.2\.1[12]\)$/,
    chain: BROKEN,
  },
  {
    title: 'a DS that is taken away with all that is signed',
    servers: atTld(exceptKeys(without(TYPE.DS, TYPE.RRSIG, TYPE.NSEC, TYPE.SOA))),
    security: 'bogus',
    ede: 12,
    says: /^example\.test\/DS: test is signed, but gives neither DS records for example\.test nor a proof that there are none/,
    chain: BROKEN,
  },
  {
    title: 'a denial without NSEC',
    question: 'mx.example.test TXT',
    servers: both(at(TYPE.TXT, without(TYPE.NSEC))),
    security: 'bogus',
    ede: 12,
    says: /^mx\.example\.test: the answer comes without a usable NSEC or NSEC3 record to prove that mx\.example\.test\. has no TXT records \(RFC 4035 §5\.4; answer of 192\.0\.2\.2[12]\)$/,
    chain: SIGNED,
  },
  {
    title: 'a wildcard’s answer without the denial of the name',
    question: 'any.wild.example.test TXT',
    servers: both(at(TYPE.TXT, without(TYPE.NSEC))),
    security: 'bogus',
    ede: 12,
    says: /to prove that \*\.wild\.example\.test\. was to answer, any\.wild\.example\.test\. not existing/,
    chain: SIGNED,
  },
  {
    title: 'a referral without DS, and without proof that there is none',
    zones: UNSIGNED_CHILD,
    servers: atTld({ tamper: (_, answer) => without(TYPE.NSEC)(answer) }),
    security: 'bogus',
    ede: 12,
    says: /example\.test/,
    chain: BROKEN,
  },
  {
    title: 'servers that say nothing',
    servers: both({ silent: true }),
    security: 'indeterminate',
    ede: 22,
    says: /^mx\.example\.test\/A: no name server answered in time$/,
    chain: UNSEEN,
  },
  {
    title: 'servers that say nothing about their keys',
    servers: both(at(TYPE.DNSKEY, () => null)),
    security: 'indeterminate',
    ede: 22,
    says: /^mx\.example\.test\/A: no name server answered in time|DNSKEY records of example\.test cannot be had/,
    chain: UNSEEN,
  },
  {
    title: 'servers that refuse',
    servers: both(refused),
    security: 'indeterminate',
    ede: 23,
    says: /^mx\.example\.test\/A: the name servers answered REFUSED$/,
    chain: UNSEEN,
  },
  {
    title: 'more NSEC3 iterations than are hashed',
    question: 'mx.example.test TXT',
    zones: example({ denial: nsec3(51) }),
    security: 'insecure',
    ede: 27,
    says: /^example\.test: example\.test\. uses NSEC3 with 51 iterations, more than 50, so its denials count as insecure \(RFC 9276 §3\.2\)$/,
    chain: SIGNED,
  },
  {
    title: 'a delegation that is proven to be unsigned, which is no error',
    zones: UNSIGNED_CHILD,
    security: 'insecure',
    ede: null,
    says: /^example\.test\/DS: test\. proves that the delegation of example\.test\. is unsigned \(no DS records\) \(RFC 4035 §5\.2\)$/,
    chain: ['. secure', 'test secure', 'example.test insecure'],
  },
  {
    title: 'aliases that go round in a circle',
    question: 'loop.example.test A',
    zones: example({ records: 'loop CNAME pool\npool CNAME loop' }),
    security: 'indeterminate',
    ede: null,
    says: /the alias chain leads back into itself/,
    chain: SIGNED,
  },
];

describe('a look-up explains', () => {
  it.each(FAULTS)('$title: $ede', async (fault) => {
    const world = createWorld(fault.zones ?? THREE_LEVELS, fault.servers);
    const { result } = await world.lookUp(fault.question ?? 'mx.example.test A', fault.options);
    const report = lookUpReport(result);
    expect(report.chain.map(({ zone, security }) => `${zone} ${security}`)).toEqual(fault.chain);
    expect(report.security).toBe(fault.security);
    const answered = fault.security === 'insecure' || fault.ede === 5;
    expect(report.rcode).toBe(answered ? 'NOERROR' : 'SERVFAIL');
    expect(report.reason).toMatch(fault.says);
    expect(report.ede).toBe(fault.ede);
    const broken = report.chain.find(({ security }) => security !== 'secure');
    expect(broken === undefined || broken.reason !== null).toBe(true);
  });

  it('nothing where all is well', async () => {
    const { result } = await createWorld(THREE_LEVELS).lookUp('mx.example.test A');
    expect(lookUpReport(result)).toMatchObject({ security: 'secure', reason: null, ede: null });
    expect(result.zones.every(({ reason }) => reason === null)).toBe(true);
  });

  it('with the DS records of a zone whose servers say nothing', async () => {
    for (const script of [{ silent: true }, at(TYPE.DNSKEY, () => null)]) {
      const world = createWorld(THREE_LEVELS, both(script));
      const { result } = await world.lookUp('mx.example.test A');
      const zone = result.zones.find((each) => each.zone.key === 'example.test');
      expect(zone?.ds).toHaveLength(1);
    }
  });
});

describe('a signature', () => {
  const key = makeKey();
  const zone = { zone: name('example.'), keys: [key.dnskey] };
  const address = records('host.example. 3600 IN A 192.0.2.1');

  it('that ends before it begins: 25', () => {
    const set = makeSigned(address, key, zone.zone, { inception: AT + 10, expiration: AT - 10 });
    const verdict = verifyRRset(set, zone, validationAt());
    expect(verdict).toMatchObject({ status: 'bogus', reason: { ede: 25 } });
    expect(verdict.observations.map(({ code }) => code)).toEqual(['rrsig-invalid']);
  });

  it('by a key without the zone flag: 11', () => {
    const host = makeKey(0);
    const verdict = verifyRRset(
      makeSigned(address, host),
      { ...zone, keys: [host.dnskey] },
      validationAt(),
    );
    expect(verdict).toMatchObject({ status: 'bogus', reason: { ede: 11 } });
  });
});

it('the registry’s names go with the numbers', () => {
  expect([7, 22, 25, 27].map(edeToText)).toEqual([
    '7 Signature Expired',
    '22 No Reachable Authority',
    '25 Signature Expired before Valid',
    '27 Unsupported NSEC3 Iterations Value',
  ]);
  expect(edeToText(18)).toBe('18');
});
