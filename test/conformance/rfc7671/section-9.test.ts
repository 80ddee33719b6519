/** RFC 7671 §9: digest algorithm agility. */
import { expect, test } from 'vitest';
import { authority, judge, record, server } from '../../unit/shared/dane/chain-maker.ts';
import type { Tlsa } from '../../../shared/dane/tlsa.ts';

const root = authority('Root', null);
const leaf = server(root);
const other = server(root);
const chain = [leaf, root];

const wrong = (one: Tlsa): Tlsa => ({ ...one, data: new Uint8Array(one.data.length) });

test('a matching SHA-256 record is set aside where a SHA-512 one of the same usage and selector differs', () => {
  const verdict = judge(chain, [record('3 1 1', leaf.der), record('3 1 2', other.der)]);
  expect(verdict.outcome).toBe('failed');
  expect(verdict.records[0]).toMatchObject({
    usable: true,
    matches: false,
    code: 'superseded-digest',
  });
});

test('a stale SHA-256 record does no harm beside a matching SHA-512 one', () => {
  const verdict = judge(chain, [record('3 1 1', other.der), record('3 1 2', leaf.der)]);
  expect(verdict.outcome).toBe('authenticated');
});

test.each([
  ['another selector', record('3 0 2', other.der)],
  ['another usage', record('2 1 2', other.der)],
  ['matching type Full(0)', record('3 1 0', other.der)],
  [
    'a SHA-512 record that is malformed',
    { ...record('3 1 2', other.der), data: new Uint8Array(63) },
  ],
  ['a SHA-512 record of a PKIX usage', { ...record('3 1 2', other.der), usage: 1 }],
  ['a matching type nobody knows', { ...record('3 1 2', other.der), matchingType: 3 }],
])('%s does not supersede a SHA-256 record', (_, beside) => {
  expect(judge(chain, [beside, record('3 1 1', leaf.der)]).outcome).toBe('authenticated');
});

test('Full(0) always stays', () => {
  const verdict = judge(chain, [record('3 1 0', leaf.der), wrong(record('3 1 2', leaf.der))]);
  expect(verdict.records.map(({ matches }) => matches)).toEqual([true, false]);
});

test('several records with the strongest digest all count', () => {
  expect(judge(chain, [record('3 1 2', other.der), record('3 1 2', leaf.der)]).outcome).toBe(
    'authenticated',
  );
});
