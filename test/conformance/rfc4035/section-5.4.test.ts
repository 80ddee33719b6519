/** RFC 4035 §5.4 with RFC 5155 §8: denials of three signers as BIND serves them, and with a record missing. */
import { describe, expect, it } from 'vitest';
import { isDenialType } from '../../../shared/dnssec/denial-records.ts';
import {
  covered,
  proveNameError,
  proveNoData,
  proveNoDs,
  proveWildcardExpansion,
  type DenialRecords,
} from '../../../shared/dnssec/denial.ts';
import { verifyRRset } from '../../../shared/dnssec/signature.ts';
import { name, pick, readSignedZone, type, validationAt } from '../signed-answers/answers.ts';
import { denial, nsec, nsec3, nsec3Gap } from '../signed-answers/denial.ts';

const zones = {
  NSEC: readSignedZone('ecdsap256-nsec'),
  NSEC3: readSignedZone('ecdsap256-nsec3'),
  'NSEC3 with opt-out': readSignedZone('ecdsap256-opt-out'),
  'NSEC by Knot': readSignedZone('knot-ecdsap256-nsec'),
  'NSEC3 by Knot': readSignedZone('knot-ecdsap256-nsec3'),
  'NSEC3 with opt-out by Knot': readSignedZone('knot-ecdsap256-opt-out'),
  'NSEC3 by ldns': readSignedZone('ldns-ecdsap256-nsec3'),
  'NSEC3 with opt-out by ldns': readSignedZone('ldns-ecdsap256-opt-out'),
};
type Kind = keyof typeof zones;
const KINDS: readonly Kind[] = [
  'NSEC',
  'NSEC3',
  'NSEC3 with opt-out',
  'NSEC by Knot',
  'NSEC3 by Knot',
  'NSEC3 with opt-out by Knot',
  'NSEC3 by ldns',
  'NSEC3 with opt-out by ldns',
];
const hasOptOut = (kind: Kind): boolean => kind.includes('opt-out');

const NODATA = [
  ['example.', 'TXT', 'the apex has no such type'],
  ['mail.example.', 'TXT', 'the name has no such type'],
  ['_tcp.mail.example.', 'A', 'the name is an empty non-terminal'],
  ['b.c.example.', 'A', 'the name is an empty non-terminal of its own'],
  ['mail.example.', 'DS', 'the name is no delegation'],
] as const;
const WILDCARD_NODATA = [
  ['foo.wild.example.', 'A', 'the wildcard has no such type'],
  ['_tcp.host.tls.example.', 'A', 'the wildcard has no such type, two labels up'],
] as const;
const NXDOMAIN = [
  ['nope.example.', 'A', 'the name does not exist'],
  ['x.y.nope.mail.example.', 'A', 'neither it nor its ancestors do'],
  ['nope.example.', 'DS', 'not even a DS can be there'],
] as const;
const EXPANDED = [
  ['foo.wild.example.', 'TXT'],
  ['a.foo.wild.example.', 'TXT'],
  ['_25._tcp.host.tls.example.', 'TLSA'],
] as const;

/** Proves with the whole answer, then with each record of it taken away: those have to fail. */
function expectEachNeeded(
  kind: Kind,
  question: readonly [string, string],
  prove: (denial: DenialRecords) => string,
): void {
  const zone = zones[kind];
  const proofs = zone.answer(...question).authority.filter(({ rrset }) => isDenialType(rrset.type));
  expect(proofs.length).toBeGreaterThan(0);
  for (const missing of proofs) {
    expect(prove(zone.denial(...question, missing)), missing.rrset.name.key).toBe('bogus');
  }
}

describe.each(KINDS)('%s', (kind) => {
  const zone = zones[kind];
  /** RFC 5155 §9.2: what rests on an opt-out span is not secure. */
  const bySpan = hasOptOut(kind) ? 'insecure' : 'secure';

  it.each(NODATA)('proves that %s has no %s: %s', (owner, mnemonic) => {
    const prove = (denial: DenialRecords) =>
      proveNoData(denial, name(owner), type(mnemonic)).status;
    expect(zone.answer(owner, mnemonic).rcode).toBe('NOERROR');
    expect(prove(zone.denial(owner, mnemonic))).toBe('secure');
    expectEachNeeded(kind, [owner, mnemonic], prove);
  });

  it.each(WILDCARD_NODATA)('proves that %s has no %s: %s', (owner, mnemonic) => {
    const prove = (denial: DenialRecords) =>
      proveNoData(denial, name(owner), type(mnemonic)).status;
    expect(prove(zone.denial(owner, mnemonic))).toBe(bySpan);
    // With opt-out, an NSEC3 for the wildcard less is still an insecure NODATA (erratum 3441).
    if (!hasOptOut(kind)) expectEachNeeded(kind, [owner, mnemonic], prove);
  });

  it.each(NXDOMAIN)('proves for %s %s that %s', (owner, mnemonic) => {
    const prove = (denial: DenialRecords) => proveNameError(denial, name(owner)).status;
    expect(zone.answer(owner, mnemonic).rcode).toBe('NXDOMAIN');
    expect(prove(zone.denial(owner, mnemonic))).toBe(bySpan);
    expectEachNeeded(kind, [owner, mnemonic], prove);
  });

  it.each(EXPANDED)('proves that a wildcard may answer for %s %s', (owner, mnemonic) => {
    const signed = pick(zone.answer(owner, mnemonic).answer, owner, mnemonic);
    const verdict = verifyRRset(signed, zone.keys, validationAt());
    const expansion = verdict.status === 'valid' ? verdict.expansion : null;
    if (expansion === null) throw new Error('not an expansion');
    const prove = (denial: DenialRecords) => proveWildcardExpansion(denial, expansion).status;
    expect(prove(zone.denial(owner, mnemonic))).toBe(bySpan);
    expectEachNeeded(kind, [owner, mnemonic], prove);
  });

  it('proves an unsigned delegation, to a DS question and in a referral', () => {
    const prove = (denial: DenialRecords) => proveNoDs(denial, name('unsigned.example.')).kind;
    expect(prove(zone.denial('unsigned.example.', 'DS'))).toBe('insecure-delegation');
    expect(prove(zone.denial('www.unsigned.example.', 'A'))).toBe('insecure-delegation');
    expectEachNeeded(kind, ['www.unsigned.example.', 'A'], prove);
  });

  it('takes no unsigned delegation from a name that is none', () => {
    expect(proveNoDs(zone.denial('mail.example.', 'DS'), name('mail.example.')).kind).toBe(
      'no-delegation',
    );
  });

  it('does not take a denial of one type or name for a denial of another', () => {
    const noText = zone.denial('mail.example.', 'TXT');
    expect(proveNoData(noText, name('mail.example.'), type('A')).status).toBe('bogus');
    expect(proveNameError(noText, name('mail.example.')).status).toBe('bogus');
    expect(proveNoData(noText, name('ns.example.'), type('TXT')).status).toBe('bogus');
  });

  it('does not take the denial of a name for the denial of a type', () => {
    const noName = zone.denial('nope.example.', 'A');
    const expected = hasOptOut(kind) ? 'insecure' : 'bogus';
    expect(proveNoData(noName, name('nope.example.'), type('A')).status).toBe(expected);
  });

  it('does not let the parent’s record at a cut deny what the child may hold', () => {
    const atCut = zone.denial('unsigned.example.', 'DS');
    expect(proveNoData(atCut, name('unsigned.example.'), type('A')).status).not.toBe('secure');
    expect(proveNameError(atCut, name('www.unsigned.example.')).status).not.toBe('secure');
    expect(proveNoData(atCut, name('www.unsigned.example.'), type('A')).status).not.toBe('secure');
  });

  it('does not let a denial take away a delegation that is signed', () => {
    for (const [owner, mnemonic] of [...NODATA, ...NXDOMAIN]) {
      const denial = zone.denial(owner, mnemonic);
      expect(proveNoDs(denial, name('signed.example.')).kind).not.toBe('no-delegation');
      expect(proveNoDs(denial, name('signed.example.')).kind).not.toBe('insecure-delegation');
    }
  });
});

describe('empty non-terminals above unsigned delegations', () => {
  it.each(['NSEC', 'NSEC3'] as const)('are denied securely with %s', (kind) => {
    const denial = zones[kind].denial('hollow.example.', 'A');
    expect(proveNoData(denial, name('hollow.example.'), type('A')).status).toBe('secure');
  });

  it('are only insecurely denied in an opt-out span (RFC 5155 erratum 3441)', () => {
    const denial = zones['NSEC3 with opt-out'].denial('hollow.example.', 'A');
    const verdict = proveNoData(denial, name('hollow.example.'), type('A'));
    expect(verdict.status).toBe('insecure');
    expect(verdict.observations.map((each) => each.code)).toContain('nsec3-opt-out');
  });
});

describe('records made to look like proofs', () => {
  const verdicts = (records: DenialRecords, owner: string) => [
    proveNameError(records, name(owner)).status,
    proveNoData(records, name(owner), type('A')).status,
    proveNoDs(records, name(owner)).kind,
    covered(records, [name(owner)], []).length,
  ];

  it('say nothing of names outside their zone', () => {
    const last = denial(
      nsec('a.example.', 'example.', 'NS'),
      nsec('example.', 'a.example.', 'SOA'),
    );
    expect(verdicts(last, 'host.net.')).toEqual(['bogus', 'bogus', 'bogus', 0]);
    const hashed = denial(nsec3('net.', 'NS'), nsec3Gap('host.net.'), nsec3Gap('*.net.'));
    expect(verdicts(hashed, 'host.net.')).toEqual(['bogus', 'bogus', 'bogus', 0]);
    expect(verdicts(hashed, 'net.')).toEqual(['bogus', 'bogus', 'bogus', 0]);
    const hard = denial(nsec3('net.', 'NS', { iterations: 51 }));
    expect(verdicts(hard, 'net.')).toEqual(['bogus', 'bogus', 'bogus', 0]);
  });

  it('say nothing when they run backwards without being the zone’s last', () => {
    const backwards = denial(nsec('m.example.', 'b.example.', 'A'));
    expect(verdicts(backwards, 'z.example.')).toEqual(['bogus', 'bogus', 'bogus', 0]);
    expect(verdicts(backwards, 'a.example.')).toEqual(['bogus', 'bogus', 'bogus', 0]);
  });

  it('say nothing when they lead out of the zone', () => {
    const leading = denial(nsec('m.example.', 'net.', 'A'));
    expect(verdicts(leading, 'z.example.')).toEqual(['bogus', 'bogus', 'bogus', 0]);
  });
});

describe('the closest encloser of a denied name', () => {
  it('may be told by the next name as well as by the owner', () => {
    const gap = denial(nsec('a.example.', 'x.w.example.', 'A'));
    expect(proveNameError(gap, name('b.w.example.')).status).toBe('secure');
    const byOwner = denial(
      nsec('a.w.example.', 'z.example.', 'A'),
      nsec('w.example.', 'a.w.example.', 'A'),
    );
    expect(proveNameError(byOwner, name('b.w.example.')).status).toBe('secure');
  });

  it('decides which wildcard has to be denied', () => {
    const gap = nsec('a.w.example.', 'z.example.', 'A');
    const wrong = nsec('example.', 'a.example.', 'SOA');
    expect(proveNameError(denial(gap, wrong), name('b.w.example.')).status).toBe('bogus');
  });
});
