/** RFC 6698 §2.1.3: matching types 0, 1 and 2 are exact, SHA-256 and SHA-512; others are unusable. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { authority, judgeOne, server } from '../../unit/shared/dane/chain-maker.ts';

const root = authority('Root', null);
const leaf = server(root);

const digest = (name: string): Uint8Array => createHash(name).update(leaf.der).digest();

test.each([
  [0, leaf.der],
  [1, digest('sha256')],
  [2, digest('sha512')],
])('matching type %i', (matchingType, data) => {
  expect(judgeOne([leaf], { usage: 3, selector: 0, matchingType, data }).code).toBe('match');
});

test.each([
  [1, digest('sha1')],
  [1, digest('sha512')],
  [1, digest('sha384')],
  [2, digest('sha256')],
  [2, digest('sha384')],
  [3, digest('sha384')],
  [255, digest('sha256')],
  [1, leaf.der],
  [1, new Uint8Array(0)],
  [0, new Uint8Array(0)],
])('matching type %i with other data is malformed, and matches nothing', (matchingType, data) => {
  expect(judgeOne([leaf], { usage: 3, selector: 0, matchingType, data })).toMatchObject({
    outcome: 'encrypted-only',
    code: 'malformed',
  });
});

test('a digest that is right but for one bit does not match, whichever bit it is', () => {
  for (const bit of [0, 100, 255]) {
    const data = digest('sha256').slice();
    data[bit >> 3] = (data[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
    expect(judgeOne([leaf], { usage: 3, selector: 0, matchingType: 1, data }).code).toBe(
      'no-match',
    );
  }
});
