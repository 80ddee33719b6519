/** RFC 7672 §3.1: usages 3 and 2 side by side; each is enough by itself. */
import { expect, test } from 'vitest';
import { authority, judge, record, server } from '../../unit/shared/dane/chain-maker.ts';

const root = authority('Root', null);
const leaf = server(root);
const other = authority('Other', null);

test.each([
  [
    'a key that matches beside an issuer that does not',
    [record('3 1 1', leaf.der), record('2 1 1', other.der)],
  ],
  [
    'an issuer that matches beside a key that does not',
    [record('3 1 1', other.der), record('2 1 1', root.der)],
  ],
  ['both', [record('3 1 1', leaf.der), record('2 1 1', root.der)]],
])('%s', (_, records) => {
  expect(judge([leaf, root], records).outcome).toBe('authenticated');
});

test('each record is judged by the rules of its own usage: names count for one, not for the other', () => {
  const records = [record('3 1 1', leaf.der), record('2 1 1', root.der)];
  const verdict = judge([leaf, root], records, { names: ['elsewhere.example'] });
  expect(verdict.records.map(({ matches }) => matches)).toEqual([true, false]);
  expect(verdict.outcome).toBe('authenticated');
});
