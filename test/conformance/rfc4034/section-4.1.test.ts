/** RFC 4034 §4.1: the NSEC record's next name and type bit map, and what a strange one proves: nothing. */
import { describe, expect, it } from 'vitest';
import { concatBytes } from '../../../shared/dns/bytes.ts';
import { canonicalWire } from '../../../shared/dns/name.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import { readTypeBitmap, writeTypeBitmap } from '../../../shared/dns/type-bitmap.ts';
import { proveNameError, proveNoData, proveNoDs } from '../../../shared/dnssec/denial.ts';
import { parseNsec } from '../../../shared/dnssec/nsec.ts';
import { name, type } from '../signed-answers/answers.ts';
import { denial, key, nsec } from '../signed-answers/denial.ts';
import { makeSigned } from '../signed-answers/signer.ts';

describe('§4.1.1: the next name', () => {
  const last = nsec('m.example.', 'example.', 'A');
  const apex = nsec('example.', 'a.example.', 'SOA NS');
  it('of the zone’s last record is its apex: all names behind are denied', () => {
    expect(proveNameError(denial(last, apex), name('z.example.')).status).toBe('secure');
    expect(proveNameError(denial(last, apex), name('c.example.')).status).toBe('bogus');
  });

  it('of a zone with one name is that name', () => {
    const only = nsec('example.', 'example.', 'SOA NS');
    expect(proveNameError(denial(only), name('any.example.')).status).toBe('secure');
    expect(proveNoDs(denial(only), name('any.example.')).kind).toBe('no-delegation');
    expect(proveNoData(denial(only), name('example.'), type('MX')).status).toBe('secure');
  });

  it('outside the zone makes the record one to be ignored', () => {
    for (const next of ['net.', '.', 'zexample.']) {
      const stray = nsec('m.example.', next, 'A');
      expect(proveNameError(denial(stray, apex), name('z.example.')).status).toBe('bogus');
      expect(proveNoData(denial(stray), name('m.example.'), type('MX')).status).toBe('bogus');
    }
  });

  it('in the middle of the zone that runs backwards denies nothing', () => {
    const backwards = nsec('m.example.', 'c.example.', 'A');
    expect(proveNameError(denial(backwards, apex), name('z.example.')).status).toBe('bogus');
    expect(proveNameError(denial(backwards, apex), name('d.example.')).status).toBe('bogus');
  });

  it('the ends of the gap are not inside it', () => {
    const gap = nsec('m.example.', 'p.example.', 'A');
    for (const owner of ['m.example.', 'p.example.', 'M.EXAMPLE.']) {
      expect(proveNameError(denial(gap, apex), name(owner)).status).toBe('bogus');
    }
    expect(proveNameError(denial(gap, apex), name('n.example.')).status).toBe('secure');
  });
});

describe('§4.1.2: the type bit map', () => {
  it('is read as it is written, across windows', () => {
    for (const types of [[], [1], [1, 15, 46, 47], [52, 257, 1234, 65535]]) {
      expect(readTypeBitmap(writeTypeBitmap(types))).toEqual(types);
    }
  });

  it('is the example of §4.3: A MX RRSIG NSEC TYPE1234', () => {
    const bitmap = Buffer.from('0006400100000003041b' + '00'.repeat(26) + '20', 'hex');
    expect(readTypeBitmap(bitmap)).toEqual([1, 15, 46, 47, 1234]);
    expect(Buffer.from(writeTypeBitmap([1, 15, 46, 47, 1234]))).toEqual(bitmap);
  });

  it.each([
    ['a window twice', [0, 1, 0x40, 0, 1, 0x40]],
    ['windows in the wrong order', [1, 1, 0x40, 0, 1, 0x40]],
    ['a window without octets', [0, 0]],
    ['a window of 33 octets', [0, 33, ...new Array<number>(33).fill(0)]],
    ['a window that is cut off', [0, 2, 0x40]],
    ['half a header', [0]],
  ])('with %s is not well formed, and its record proves nothing', (_, octets) => {
    expect(readTypeBitmap(Uint8Array.from(octets))).toBeNull();
    const rdata = concatBytes(canonicalWire(name('z.example.')), Uint8Array.from(octets));
    expect(parseNsec(rdata)).toBeNull();
    const record = { name: name('m.example.'), type: TYPE.NSEC, class: 1, ttl: 60, rdata };
    const proof = denial(makeSigned([record], key));
    expect(proveNoData(proof, name('m.example.'), type('MX')).status).toBe('bogus');
  });
});
