// Canonical DNS name order (RFC 4034 §6.1), with the example list that the clause itself gives.
import { expect, it } from 'vitest';
import { compareCanonical, nameFromText, type Name } from '../../../shared/dns/name.ts';

function name(text: string): Name {
  const parsed = nameFromText(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

const sorted = [
  'example',
  'a.example',
  'yljkjljk.a.example',
  'Z.a.example',
  'zABC.a.EXAMPLE',
  'z.example',
  '\\001.z.example',
  '*.z.example',
  '\\200.z.example',
];

it('sorts the names of the clause in the order of the clause, whatever order they came in', () => {
  const shuffled = [...sorted].reverse().map(name);
  expect(shuffled.sort(compareCanonical).map((each) => each.key)).toEqual(
    sorted.map((each) => name(each).key),
  );
});

it('treats names that differ in case alone as equal, and a longer label as later', () => {
  expect(compareCanonical(name('A.Example'), name('a.eXample'))).toBe(0);
  expect(compareCanonical(name('aa.example'), name('a.example'))).toBeGreaterThan(0);
});
