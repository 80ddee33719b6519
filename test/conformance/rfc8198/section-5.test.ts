/** RFC 8198 §5: names that a denial would erase from an aggressive cache though they exist. */
import { describe, expect, it } from 'vitest';
import { covered, type DenialRecords } from '../../../shared/dnssec/denial.ts';
import { name, readSignedZone } from '../signed-answers/answers.ts';
import { denial, nsec, nsec3, nsec3Gap } from '../signed-answers/denial.ts';

const tlsa = '_25._tcp.mx.example.';
const ancestors = ['_tcp.mx.example.', 'mx.example.'];
const erased = (
  records: DenialRecords,
  names: readonly string[],
  wildcards: readonly string[] = [],
) => covered(records, names.map(name), wildcards.map(name)).map((each) => each.key);

describe('NSEC', () => {
  it('whose next name lies below the empty non-terminal is a correct answer', () => {
    expect(erased(denial(nsec('mx.example.', tlsa, 'A')), ancestors)).toEqual([]);
  });

  it('that passes over the empty non-terminal erases it and the TLSA name', () => {
    const gap = denial(nsec('mx.example.', 'z.example.', 'A'));
    expect(erased(gap, [...ancestors, tlsa])).toEqual(['_tcp.mx.example', '_25._tcp.mx.example']);
  });

  it('at the end of the zone erases as well', () => {
    expect(erased(denial(nsec('mx.example.', 'example.', 'A')), ancestors)).toEqual([
      '_tcp.mx.example',
    ]);
  });

  it('from above a cut, or at a DNAME, erases nothing below', () => {
    expect(erased(denial(nsec('mx.example.', 'z.example.', 'NS')), ancestors)).toEqual([]);
    expect(erased(denial(nsec('mx.example.', 'z.example.', 'DNAME')), ancestors)).toEqual([]);
  });

  it('does not erase what a wildcard provides', () => {
    const gap = nsec('mx.example.', 'z.example.', 'A');
    expect(erased(denial(gap), ancestors, ['*.mx.example.'])).toEqual([]);
    expect(erased(denial(gap, nsec('*.mx.example.', 'y.example.', 'TLSA')), ancestors)).toEqual([]);
    const early = nsec('a.example.', 'z.example.', 'A');
    expect(erased(denial(early), ['_tcp.mx.example.'], ['*.example.'])).toEqual([]);
  });

  it('does erase where the wildcard is not the one that would answer', () => {
    const gap = nsec('mx.example.', 'z.example.', 'A');
    expect(erased(denial(gap), ancestors, ['*.example.', '*.other.example.'])).toEqual([
      '_tcp.mx.example',
    ]);
  });

  it('that is not validly signed erases nothing', () => {
    expect(
      erased(denial(nsec('mx.example.', 'z.example.', 'A', { expiration: 1 })), ancestors),
    ).toEqual([]);
  });
});

describe('NSEC3', () => {
  const gap = nsec3Gap('_tcp.mx.example.');
  it('that covers the empty non-terminal erases it, alone or with its closest encloser', () => {
    expect(erased(denial(gap), ancestors)).toEqual(['_tcp.mx.example']);
    expect(erased(denial(nsec3('mx.example.', 'A'), gap), ancestors)).toEqual(['_tcp.mx.example']);
  });

  it('that matches it does not', () => {
    expect(erased(denial(nsec3('_tcp.mx.example.', '')), ancestors)).toEqual([]);
  });

  it('with opt-out erases nothing', () => {
    expect(erased(denial(nsec3Gap('_tcp.mx.example.', { flags: 1 })), ancestors)).toEqual([]);
  });

  it('from above a cut erases nothing below', () => {
    expect(erased(denial(nsec3('mx.example.', 'NS'), gap), ancestors)).toEqual([]);
  });

  it('does not erase what a wildcard provides', () => {
    expect(erased(denial(gap), ancestors, ['*.mx.example.'])).toEqual([]);
    expect(
      erased(denial(gap, nsec3('mx.example.', 'A'), nsec3('*.mx.example.', 'TLSA')), ancestors),
    ).toEqual([]);
    expect(erased(denial(gap), ancestors, ['*.other.example.'])).toEqual(['_tcp.mx.example']);
  });
});

describe.each(['ecdsap256-nsec', 'ecdsap256-nsec3', 'ecdsap256-opt-out'])(
  '%s, as BIND serves it',
  (variant) => {
    const zone = readSignedZone(variant);
    it('erases no name that exists, by any of its denials', () => {
      const existing = [
        'mail.example.',
        '_tcp.mail.example.',
        '_25._tcp.mail.example.',
        'c.example.',
        'b.c.example.',
      ];
      for (const [owner, mnemonic] of [
        ['_tcp.mail.example.', 'A'],
        ['mail.example.', 'TXT'],
        ['nope.example.', 'A'],
        ['x.y.nope.mail.example.', 'A'],
        ['b.c.example.', 'A'],
      ] as const) {
        expect(erased(zone.denial(owner, mnemonic), existing), owner).toEqual([]);
      }
    });

    it('erases no name that its wildcard provides', () => {
      const names = ['_tcp.host.tls.example.', 'host.tls.example.', '_25._tcp.host.tls.example.'];
      expect(erased(zone.denial('_tcp.host.tls.example.', 'A'), names)).toEqual([]);
      const positive = zone.denial('_25._tcp.host.tls.example.', 'TLSA');
      expect(erased(positive, names, ['*.tls.example.'])).toEqual([]);
    });
  },
);
