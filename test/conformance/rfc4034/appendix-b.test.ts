/** RFC 4034 Appendix B: key tags. */
import { expect, it } from 'vitest';
import { keyTagOf } from '../../../shared/dnssec/dnskey.ts';

/** The definition in the RFC's words, octet pair by octet pair. */
function tagByPairs(rdata: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < rdata.length; index += 2) {
    sum += (rdata[index] ?? 0) * 256 + (rdata[index + 1] ?? 0);
  }
  return (sum + (sum >>> 16)) & 0xffff;
}

it('is the sum of all pairs of octets with the carry added, an odd last octet being a high one', () => {
  expect(keyTagOf(Uint8Array.of(1, 0, 3, 15, 0x12))).toBe(0x0100 + 0x030f + 0x1200);
  for (const length of [5, 36, 133, 261, 65535]) {
    const rdata = Uint8Array.from({ length }, (_, index) => (index === 3 ? 8 : 255 - (index % 7)));
    expect(keyTagOf(rdata)).toBe(tagByPairs(rdata));
  }
});

it('adds the carry once, and drops what that carries over', () => {
  expect(keyTagOf(Uint8Array.of(0xff, 0xff, 0, 8, 0xff, 0xff))).toBe(
    tagByPairs(Uint8Array.of(0xff, 0xff, 0, 8, 0xff, 0xff)),
  );
  expect(keyTagOf(Uint8Array.of(0xff, 0xff, 0, 8, 0, 1))).toBe(9);
});

it('of algorithm 1 is the two octets before the last of the modulus (Appendix B.1)', () => {
  expect(keyTagOf(Uint8Array.of(1, 0, 3, 1, 1, 3, 0xaa, 0xbb, 0xcc, 0xdd))).toBe(0xbbcc);
  expect(keyTagOf(Uint8Array.of(1, 0, 3, 1))).toBe(0);
});
