// RFC 4034 §5.3 (and §2.2): the algorithm of DS and DNSKEY in a zone file is a number or a mnemonic.
import { describe, expect, it } from 'vitest';
import { recordToText } from '../../../shared/dns/presentation.ts';
import { parseZoneFile } from '../../../shared/dns/zone-file.ts';

function read(line: string): string {
  const parsed = parseZoneFile(line);
  if (!parsed.ok) return JSON.stringify(parsed.failure);
  return parsed.value.map(recordToText).join('\n');
}

describe('the algorithm of a DS or DNSKEY record', () => {
  it.each([
    ['RSASHA1', 5],
    ['RSASHA256', 8],
    ['ecdsap256sha256', 13],
    ['ED448', 16],
    ['NSEC3RSASHA1', 7],
  ])('may be written %s', (mnemonic, number) => {
    const ds = (algorithm: string | number): string =>
      `example. 60 IN DS 60485 ${algorithm} 2 AABB`;
    expect(read(ds(mnemonic))).toBe(read(ds(number)));
    const dnskey = (algorithm: string | number): string =>
      `example. 60 IN DNSKEY 257 3 ${algorithm} AQPSKmynfzW4kyBv`;
    expect(read(dnskey(mnemonic))).toBe(read(dnskey(number)));
    expect(read(dnskey(mnemonic))).toContain(` ${number} `);
  });

  it('is refused under a name that the registry has not', () => {
    expect(read('example. 60 IN DS 60485 ROT13 2 AABB')).toMatch(/does not fit DS/);
  });

  it('is no name for a number of another record', () => {
    expect(read('example. 60 IN TLSA RSASHA256 1 1 AABB')).toMatch(/does not fit TLSA/);
  });
});
