/** Reading the DNSSEC records' RDATA: strictly, and never by throwing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, fromHex, toHex } from '../../../../shared/dns/bytes.ts';
import { parseDnskey, rsaModulusBits } from '../../../../shared/dnssec/dnskey.ts';
import { parseDs } from '../../../../shared/dnssec/ds.ts';
import { parseNsec } from '../../../../shared/dnssec/nsec.ts';
import { parseNsec3, parseNsec3Param } from '../../../../shared/dnssec/nsec3.ts';
import { parseRrsig } from '../../../../shared/dnssec/rrsig.ts';
import { records } from '../../../conformance/signed-answers/answers.ts';

function rdata(text: string): Uint8Array {
  const [record] = records(`example. 60 IN ${text}`);
  if (record === undefined) throw new Error('no record');
  return record.rdata;
}

const RRSIG = rdata('RRSIG TLSA 13 4 3600 20261231000000 20261101000000 5332 Example. +65SV/q5');
const NSEC = rdata('NSEC next.example. A RRSIG NSEC TYPE1234');
const NSEC3 = rdata('NSEC3 1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr MX RRSIG');
const NSEC3PARAM = rdata('NSEC3PARAM 1 0 5 beef');

describe('what is well formed', () => {
  it('is read field by field', () => {
    expect(parseDnskey(rdata('DNSKEY 257 3 13 AQID'))).toMatchObject({
      flags: 257,
      protocol: 3,
      algorithm: 13,
    });
    expect(parseDs(rdata('DS 60485 5 2 00ff'))).toMatchObject({
      keyTag: 60485,
      algorithm: 5,
      digestType: 2,
    });
    expect(parseRrsig(RRSIG)).toMatchObject({
      typeCovered: 52,
      algorithm: 13,
      labels: 4,
      originalTtl: 3600,
      expiration: 1798675200,
      inception: 1793491200,
      keyTag: 5332,
      signer: { key: 'example' },
    });
    expect([...(parseNsec(NSEC)?.types ?? [])]).toEqual([1, 46, 47, 1234]);
    const nsec3 = parseNsec3(NSEC3);
    expect(nsec3).toMatchObject({ hashAlgorithm: 1, flags: 1, iterations: 12 });
    expect(toHex(nsec3?.salt ?? new Uint8Array())).toBe('aabbccdd');
    expect(nsec3?.nextHash).toHaveLength(20);
    expect(parseNsec3Param(NSEC3PARAM)).toMatchObject({
      hashAlgorithm: 1,
      flags: 0,
      iterations: 5,
    });
  });
});

describe('what is cut off', () => {
  it.each([
    ['DNSKEY', parseDnskey, rdata('DNSKEY 257 3 13 AQ==')],
    ['DS', parseDs, rdata('DS 1 5 2 00')],
    ['RRSIG', parseRrsig, RRSIG.subarray(0, RRSIG.length - 5)],
    ['NSEC', parseNsec, NSEC.subarray(0, 14)],
    ['NSEC3', parseNsec3, NSEC3.subarray(0, 30)],
    ['NSEC3PARAM', parseNsec3Param, NSEC3PARAM],
  ] as const)('is no %s, wherever it ends', (_, parse, whole) => {
    expect(parse(whole)).not.toBeNull();
    for (let end = 0; end < whole.length; end++) expect(parse(whole.subarray(0, end))).toBeNull();
  });

  it('is no NSEC or NSEC3 where a window of the bit map ends too soon', () => {
    expect(parseNsec(NSEC.subarray(0, NSEC.length - 1))).toBeNull();
    expect(parseNsec3(NSEC3.subarray(0, NSEC3.length - 1))).toBeNull();
  });
});

describe('what says too much', () => {
  it('is no NSEC3PARAM', () => {
    expect(parseNsec3Param(concatBytes(NSEC3PARAM, Uint8Array.of(0)))).toBeNull();
  });

  it('is no NSEC or RRSIG with a compressed name (RFC 4034 §3.1.7, §4.1.1)', () => {
    expect(parseNsec(Uint8Array.of(0xc0, 0x0c, 0, 1, 0x40))).toBeNull();
    expect(
      parseRrsig(concatBytes(RRSIG.subarray(0, 18), Uint8Array.of(0xc0, 0x0c, 1, 2))),
    ).toBeNull();
  });
});

it('no bytes whatever make a reader throw', () => {
  const readers = [parseDnskey, parseDs, parseRrsig, parseNsec, parseNsec3, parseNsec3Param];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      for (const read of readers) read(bytes);
      const key = parseDnskey(bytes);
      if (key !== null) rsaModulusBits({ ...key, algorithm: 8 });
    }),
  );
});

describe('the size of an RSA key (RFC 3110 §2)', () => {
  const bitsOf = (field: string, algorithm = 8) => {
    const key = parseDnskey(
      concatBytes(Uint8Array.of(1, 0, 3, algorithm), fromHex(field) ?? new Uint8Array()),
    );
    return key === null ? null : rsaModulusBits(key);
  };
  it.each([
    ['03010001' + '80'.padEnd(256, '0'), 1024],
    ['03010001' + '7f'.padEnd(256, '0'), 1023],
    ['03010001' + '0001'.padEnd(260, '0'), 1025],
    ['000003010001' + 'ff'.padEnd(128, '0'), 512],
    ['03010001', null],
  ])('%s has %s bits', (field, bits) => {
    expect(bitsOf(field)).toBe(bits);
  });

  it('is not asked of other algorithms', () => {
    expect(bitsOf('03010001ff', 13)).toBeNull();
  });
});
