/** RFC 6698 §2.1.4: the association data are the octets themselves, up to the longest RDATA. */
import { expect, test } from 'vitest';
import { parseTlsa } from '../../../shared/dane/tlsa.ts';
import { authority, judge, record, server } from '../../unit/shared/dane/chain-maker.ts';

const root = authority('Root', null);
const leaf = server(root);

test('all octets behind the three numbers belong to them', () => {
  const rdata = Uint8Array.of(3, 0, 1, ...new Uint8Array(65_532).fill(7));
  const parsed = parseTlsa(rdata);
  expect(parsed.ok && parsed.value.data.length).toBe(65_532);
});

test('the longest record is judged in no time and matches nothing', () => {
  const data = new Uint8Array(65_532).fill(0x30);
  const begun = performance.now();
  for (const usage of [2, 3]) {
    for (const selector of [0, 1]) {
      for (const matchingType of [0, 1, 2]) {
        expect(judge([leaf, root], [{ usage, selector, matchingType, data }]).outcome).toBe(
          'encrypted-only',
        );
      }
    }
  }
  expect(performance.now() - begun).toBeLessThan(2000);
});

test('the digits of a digest are not the digest', () => {
  const right = record('3 1 1', leaf.der);
  const text = Buffer.from(right.data).toString('hex');
  const data = new Uint8Array(Buffer.from(text, 'latin1'));
  expect(judge([leaf], [{ ...right, matchingType: 2, data }]).outcome).toBe('failed');
  expect(judge([leaf], [{ ...right, data }]).outcome).toBe('encrypted-only');
});
