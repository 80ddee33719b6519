/** RFC 5155 §8: which NSEC3 records count, and for what. */
import { describe, expect, it } from 'vitest';
import { TYPE } from '../../../shared/dns/record-type.ts';
import { proveNameError, proveNoData } from '../../../shared/dnssec/denial.ts';
import type { SignedRRset } from '../../../shared/dnssec/signed-rrset.ts';
import { name, type } from '../signed-answers/answers.ts';
import { denial, key, nsec3, nsec3Gap, zone } from '../signed-answers/denial.ts';
import { makeSigned } from '../signed-answers/signer.ts';

const apex = nsec3('example.', 'NS SOA');
const wildcardGap = nsec3Gap('*.example.');
const noName = (...sets: readonly SignedRRset[]) =>
  proveNameError(denial(...sets), name('nope.example.')).status;

it('§8.4: a name error needs closest encloser, next closer name and wildcard', () => {
  const gap = nsec3Gap('nope.example.');
  expect(noName(apex, gap, wildcardGap)).toBe('secure');
  expect(noName(gap, wildcardGap)).toBe('bogus');
  expect(noName(apex, wildcardGap)).toBe('bogus');
  expect(noName(apex, gap)).toBe('bogus');
});

it('§8.3: the ends of a gap are not inside it', () => {
  expect(noName(apex, nsec3Gap('nope.example.', { from: 0 }), wildcardGap)).toBe('bogus');
  expect(noName(apex, nsec3Gap('nope.example.', { to: 0 }), wildcardGap)).toBe('bogus');
  expect(noName(apex, nsec3Gap('nope.example.', { from: 1, to: 2 }), wildcardGap)).toBe('bogus');
});

it('§8.3: the last record’s gap reaches round the end', () => {
  expect(noName(apex, nsec3Gap('nope.example.', { from: -1, to: -2 }), wildcardGap)).toBe('secure');
  expect(noName(apex, nsec3Gap('nope.example.', { from: 2, to: 1 }), wildcardGap)).toBe('secure');
  expect(noName(apex, nsec3Gap('nope.example.', { from: 1, to: 0 }), wildcardGap)).toBe('bogus');
});

describe('§8.1 and §8.2: a record is ignored', () => {
  it.each([
    ['with an unknown hash algorithm', { hashAlgorithm: 2 }],
    ['with an unknown flag', { flags: 2 }],
    ['with an unknown flag beside opt-out', { flags: 3 }],
  ])('%s', (_, choice) => {
    expect(noName(apex, nsec3Gap('nope.example.', choice), wildcardGap)).toBe('bogus');
  });

  it('whose owner is no hash, or lies deeper in the zone', () => {
    const gap = nsec3Gap('nope.example.');
    const [record] = gap.rrset.records;
    if (record === undefined) throw new Error('no record');
    const [label] = record.name.labels;
    const deeper = name(`${Buffer.from(label ?? []).toString('latin1')}.sub.example.`);
    for (const owner of [deeper, name('nohash.example.'), zone]) {
      expect(noName(apex, makeSigned([{ ...record, name: owner }], key), wildcardGap)).toBe(
        'bogus',
      );
    }
  });

  it('whose next hash is shorter than a hash is', () => {
    const [record] = nsec3Gap('nope.example.').rrset.records;
    if (record === undefined) throw new Error('no record');
    const short = Uint8Array.of(1, 0, 0, 0, 0, 1, 0xff, 0, 1, 0x40);
    expect(noName(apex, makeSigned([{ ...record, rdata: short }], key), wildcardGap)).toBe('bogus');
  });

  it('that came from a wildcard (CVE-2017-15105)', () => {
    const [record] = nsec3Gap('nope.example.').rrset.records;
    if (record === undefined) throw new Error('no record');
    expect(noName(apex, makeSigned([record], key), wildcardGap)).toBe('secure');
    expect(noName(apex, makeSigned([record], key, zone, { labels: 1 }), wildcardGap)).toBe('bogus');
  });

  it('that is not well formed', () => {
    const [record] = nsec3Gap('nope.example.').rrset.records;
    if (record === undefined) throw new Error('no record');
    const short = { ...record, type: TYPE.NSEC3, rdata: record.rdata.subarray(0, 10) };
    expect(noName(apex, makeSigned([short], key), wildcardGap)).toBe('bogus');
  });
});

describe('§9.2: an opt-out span', () => {
  it('over the next closer name makes a denial insecure, and is told', () => {
    const gap = nsec3Gap('nope.example.', { flags: 1 });
    const verdict = proveNameError(denial(apex, gap, wildcardGap), name('nope.example.'));
    expect(verdict.status).toBe('insecure');
    expect(verdict.observations.map((each) => each.code)).toEqual(['nsec3-opt-out']);
  });

  it('over the wildcard alone changes nothing', () => {
    const wildcard = nsec3Gap('*.example.', { flags: 1 });
    expect(noName(apex, nsec3Gap('nope.example.'), wildcard)).toBe('secure');
  });

  it('does not weaken a record that matches', () => {
    const match = denial(nsec3('host.example.', 'A', { flags: 1 }));
    expect(proveNoData(match, name('host.example.'), type('TXT')).status).toBe('secure');
  });
});

describe('§8.3: the closest encloser', () => {
  const gaps = [nsec3Gap('b.a.example.'), nsec3Gap('*.a.example.')];
  it('is the longest ancestor that exists, and the name one label longer does not', () => {
    const asked = name('c.b.a.example.');
    const proven = (...sets: readonly SignedRRset[]) =>
      proveNameError(denial(...sets), asked).status;
    expect(proven(nsec3('a.example.', 'A'), ...gaps)).toBe('secure');
    // A gap around the whole name, not the next closer one.
    expect(
      proven(nsec3('a.example.', 'A'), nsec3Gap('c.b.a.example.'), nsec3Gap('*.a.example.')),
    ).toBe('bogus');
    // The wildcard of another ancestor.
    expect(proven(nsec3('a.example.', 'A'), nsec3Gap('b.a.example.'), wildcardGap)).toBe('bogus');
  });

  it.each([
    ['A', 'secure'],
    ['NS SOA', 'secure'],
    ['NS', 'bogus'],
    ['NS DS', 'bogus'],
    ['DNAME', 'bogus'],
    ['NS SOA DNAME', 'bogus'],
  ])('with the types “%s” makes a proof of a name below it %s', (types, expected) => {
    const verdict = proveNameError(
      denial(nsec3('a.example.', types), ...gaps),
      name('b.a.example.'),
    );
    expect(verdict.status).toBe(expected);
  });
});

describe('§8.6: no DS', () => {
  const noDs = (...sets: readonly SignedRRset[]) =>
    proveNoData(denial(...sets), name('cut.example.'), type('DS')).status;
  it('is shown by the parent’s record, which has no SOA', () => {
    expect(noDs(nsec3('cut.example.', 'NS'))).toBe('secure');
    expect(noDs(nsec3('cut.example.', 'NS DS'))).toBe('bogus');
    expect(noDs(nsec3('cut.example.', 'NS SOA'))).toBe('bogus');
    expect(noDs(nsec3('cut.example.', 'CNAME'))).toBe('bogus');
  });

  it('or by an opt-out span over the next closer name, and then only insecurely', () => {
    expect(noDs(apex, nsec3Gap('cut.example.', { flags: 1 }))).toBe('insecure');
    expect(noDs(apex, nsec3Gap('cut.example.'))).toBe('bogus');
    expect(noDs(nsec3Gap('cut.example.', { flags: 1 }))).toBe('bogus');
  });
});

describe('§8.5: no data of another type', () => {
  it('is not secure without a record of the name, opt-out or not', () => {
    const gap = (flags: number) => nsec3Gap('host.example.', { flags });
    const verdict = (flags: number) =>
      proveNoData(denial(apex, gap(flags)), name('host.example.'), type('A')).status;
    expect(verdict(0)).toBe('bogus');
    // Erratum 3441: it may be an empty non-terminal above an unsigned delegation.
    expect(verdict(1)).toBe('insecure');
  });
});

describe('§8.7: no data through a wildcard', () => {
  const gap = nsec3Gap('host.example.');
  const verdict = (types: string, ...more: readonly SignedRRset[]) =>
    proveNoData(
      denial(apex, nsec3('*.example.', types), ...more),
      name('host.example.'),
      type('TLSA'),
    ).status;
  it('needs the wildcard’s own record without the type, and the name denied', () => {
    expect(verdict('A', gap)).toBe('secure');
    expect(verdict('A')).toBe('bogus');
    expect(verdict('TLSA', gap)).toBe('bogus');
    expect(verdict('CNAME', gap)).toBe('bogus');
  });
});
