// Chance from a seed: the same purposes draw the same, in whatever order they take turns.
import { expect, test } from 'vitest';
import { createRunRandom } from '../../../../electron/evidence/run-random.ts';
import { toHex } from '../../../../shared/dns/bytes.ts';

const SEED = new Uint8Array(32);

// `printf '0 a' | openssl dgst -sha256 -mac HMAC -macopt hexkey:00…` and the same of '1 a'.
const FIRST = 'ad43f4439514efe34e60a8468868a1ad870a25252d61d1ff50ca8a75284ef357';
const SECOND = '3d62a9d8872694525c22ea55e640c52a3169cd0e4896833260363d18a4a11ae0';

test('draws HMAC-SHA-256 of turn and purpose', () => {
  const random = createRunRandom(SEED);
  expect(toHex(random(32, 'a'))).toBe(FIRST);
  expect(toHex(random(2, 'a'))).toBe(SECOND.slice(0, 4));
});

test('draws more than one block where that is asked for', () => {
  expect(toHex(createRunRandom(SEED)(63, 'a'))).toBe((FIRST + SECOND).slice(0, 126));
});

test('what one purpose draws depends on no other', () => {
  const [one, two] = [createRunRandom(SEED), createRunRandom(SEED)];
  two(5, 'b');
  two(5);
  expect(one(8, 'a')).toEqual(two(8, 'a'));
  expect(one(8, 'b')).not.toEqual(one(8, 'a'));
});
