/** RFC 6840 §4: what an NSEC or NSEC3 does not prove, though it seems to. */
import { describe, expect, it } from 'vitest';
import { proveNameError, proveNoData, proveNoDs } from '../../../shared/dnssec/denial.ts';
import { name, type } from '../signed-answers/answers.ts';
import { denial, nsec, nsec3, nsec3Gap } from '../signed-answers/denial.ts';

const noData = (records: ReturnType<typeof denial>, owner: string, mnemonic: string) =>
  proveNoData(records, name(owner), type(mnemonic)).status;
const noName = (records: ReturnType<typeof denial>, owner: string) =>
  proveNameError(records, name(owner)).status;
const noDs = (records: ReturnType<typeof denial>, cut: string) =>
  proveNoDs(records, name(cut)).kind;

describe('§4.1: the record of an ancestor zone at a cut, or at a DNAME', () => {
  const apex = nsec('example.', 'cut.example.', 'SOA NS DNSKEY');
  it('does not deny names below it', () => {
    expect(noName(denial(apex, nsec('cut.example.', 'z.example.', 'A')), 'a.cut.example.')).toBe(
      'secure',
    );
    expect(noName(denial(apex, nsec('cut.example.', 'z.example.', 'NS')), 'a.cut.example.')).toBe(
      'bogus',
    );
    expect(
      noName(denial(apex, nsec('cut.example.', 'z.example.', 'DNAME')), 'a.cut.example.'),
    ).toBe('bogus');
    expect(noName(denial(nsec('example.', 'example.', 'SOA NS')), 'a.cut.example.')).toBe('secure');
  });

  it('does not show names below it to be empty non-terminals', () => {
    expect(
      noData(denial(nsec('cut.example.', 'b.a.cut.example.', 'A')), 'a.cut.example.', 'A'),
    ).toBe('secure');
    expect(
      noData(denial(nsec('cut.example.', 'b.a.cut.example.', 'NS')), 'a.cut.example.', 'A'),
    ).toBe('bogus');
  });

  it('does not deny types at the cut but the DS', () => {
    const atCut = denial(nsec('cut.example.', 'z.example.', 'NS'));
    expect(noData(atCut, 'cut.example.', 'A')).toBe('bogus');
    expect(noData(atCut, 'cut.example.', 'DS')).toBe('secure');
    const atApex = denial(nsec('example.', 'z.example.', 'NS SOA'));
    expect(noData(atApex, 'example.', 'A')).toBe('secure');
  });

  it('is no closest encloser in NSEC3 (RFC 5155 §8.3)', () => {
    const gaps = [nsec3Gap('a.cut.example.'), nsec3Gap('*.cut.example.')];
    expect(noName(denial(nsec3('cut.example.', 'A'), ...gaps), 'a.cut.example.')).toBe('secure');
    expect(noName(denial(nsec3('cut.example.', 'NS'), ...gaps), 'a.cut.example.')).toBe('bogus');
    expect(noName(denial(nsec3('cut.example.', 'DNAME'), ...gaps), 'a.cut.example.')).toBe('bogus');
  });

  it('does not deny types at the cut in NSEC3 either', () => {
    expect(noData(denial(nsec3('cut.example.', 'NS')), 'cut.example.', 'A')).toBe('bogus');
    expect(noData(denial(nsec3('cut.example.', 'NS')), 'cut.example.', 'DS')).toBe('secure');
  });
});

describe('§4.3: a record with the CNAME bit', () => {
  it('denies no type, since an alias should have been the answer', () => {
    expect(noData(denial(nsec('a.example.', 'z.example.', 'CNAME')), 'a.example.', 'A')).toBe(
      'bogus',
    );
    expect(noData(denial(nsec3('a.example.', 'CNAME')), 'a.example.', 'A')).toBe('bogus');
  });

  it('denies none through a wildcard', () => {
    const gap = nsec('a.example.', 'z.example.', 'A');
    expect(noData(denial(gap, nsec('*.example.', 'a.example.', 'TXT')), 'n.example.', 'A')).toBe(
      'secure',
    );
    expect(noData(denial(gap, nsec('*.example.', 'a.example.', 'CNAME')), 'n.example.', 'A')).toBe(
      'bogus',
    );
  });
});

describe('§4.4: an unsigned delegation', () => {
  it.each([
    ['NS', 'insecure-delegation'],
    ['NS DS', 'bogus'],
    ['NS SOA', 'bogus'],
    ['A', 'no-delegation'],
    ['', 'no-delegation'],
  ])('with the types “%s” at the cut is: %s', (types, expected) => {
    expect(noDs(denial(nsec('cut.example.', 'z.example.', types)), 'cut.example.')).toBe(expected);
    expect(noDs(denial(nsec3('cut.example.', types)), 'cut.example.')).toBe(expected);
  });

  it('is no more proven by the child’s own record as an answer without data', () => {
    for (const [types, expected] of [
      ['NS', 'secure'],
      ['NS SOA', 'bogus'],
      ['SOA', 'bogus'],
    ] as const) {
      const byNsec = denial(nsec('cut.example.', 'z.example.', types));
      expect(noData(byNsec, 'cut.example.', 'DS'), types).toBe(expected);
      expect(noData(denial(nsec3('cut.example.', types)), 'cut.example.', 'DS'), types).toBe(
        expected,
      );
    }
  });

  it('is not proven by the record of another name', () => {
    expect(noDs(denial(nsec('other.example.', 'z.example.', 'NS')), 'cut.example.')).toBe('bogus');
    expect(noDs(denial(nsec3('other.example.', 'NS')), 'cut.example.')).toBe('bogus');
  });

  it('does not exist where the name does not', () => {
    expect(noDs(denial(nsec('a.example.', 'z.example.', 'A')), 'cut.example.')).toBe(
      'no-delegation',
    );
    const apex = nsec3('example.', 'NS SOA');
    expect(noDs(denial(apex, nsec3Gap('cut.example.')), 'cut.example.')).toBe('no-delegation');
    expect(noDs(denial(apex, nsec3Gap('cut.example.', { flags: 1 })), 'cut.example.')).toBe(
      'insecure-delegation',
    );
    expect(noDs(denial(nsec3Gap('cut.example.', { flags: 1 })), 'cut.example.')).toBe('bogus');
  });
});
