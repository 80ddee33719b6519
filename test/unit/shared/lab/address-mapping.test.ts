// Pairs of published and own addresses, as they are typed, and which cannot be used.
import { describe, expect, test } from 'vitest';
import {
  doubtAboutMapping,
  ownAddress,
  readMapping,
  type AddressPair,
} from '../../../../shared/lab/address-mapping.ts';

function pairs(typed: string): readonly AddressPair[] {
  const read = readMapping(typed);
  if (!read.ok) throw new Error(read.message);
  return read.value;
}

test.each([
  ['203.0.113.10=10.0.0.10', ['203.0.113.10>10.0.0.10']],
  [
    ' 203.0.113.10 = 10.0.0.10 , 2001:db8::1=fd00::1',
    ['203.0.113.10>10.0.0.10', '2001:db8::1>fd00::1'],
  ],
  ['203.0.113.9-203.0.113.10=10.0.0.1-10.0.0.2', ['203.0.113.9>10.0.0.1', '203.0.113.10>10.0.0.2']],
])('“%s”', (typed, expected) => {
  expect(pairs(typed).map(({ published, own }) => `${published}>${own}`)).toEqual(expected);
});

test.each([
  '',
  '203.0.113.10',
  '203.0.113.10=',
  '203.0.113.10=10.0.0.1=10.0.0.2',
  '203.0.113.9-203.0.113.11=10.0.0.1-10.0.0.2',
  'mx.example=10.0.0.1',
  '203.0.113.10=0.0.0.0',
])('“%s” is refused', (typed) => {
  const read = readMapping(typed);
  expect(read.ok ? '' : read.message).toMatch(/^It takes pairs PUBLIC=OWN/);
});

test('addresses of two kinds are no pair', () => {
  expect(readMapping('203.0.113.10=fd00::1')).toEqual({
    ok: false,
    message: '203.0.113.10 and fd00::1 are not of one kind.',
  });
});

test('what is not translated is its own, however an address is written', () => {
  const mapping = pairs('2001:db8::1=fd00::1');
  expect(ownAddress(mapping, '2001:DB8:0::1')).toBe('fd00::1');
  expect(ownAddress(mapping, '203.0.113.10')).toBe('203.0.113.10');
});

describe('what cannot be used', () => {
  const published = ['203.0.113.10', '203.0.113.11'];
  test.each([
    ['203.0.113.12=10.0.0.12', /203\.0\.113\.12, which is not published/],
    ['203.0.113.10=10.0.0.1,203.0.113.10=10.0.0.2', /twice what is behind 203\.0\.113\.10/],
    ['203.0.113.10=10.0.0.1,203.0.113.11=10.0.0.1', /Two published addresses lead to 10\.0\.0\.1/],
    ['203.0.113.10=203.0.113.11', /Two published addresses lead to 203\.0\.113\.11/],
  ])('%s', (typed, sentence) => {
    expect(doubtAboutMapping(pairs(typed), published)).toMatch(sentence);
  });

  test('two that change places can', () => {
    const swapped = pairs('203.0.113.10=203.0.113.11,203.0.113.11=203.0.113.10');
    expect(doubtAboutMapping(swapped, published)).toBeNull();
  });
});
