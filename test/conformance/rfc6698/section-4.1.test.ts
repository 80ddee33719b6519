/** RFC 6698 §4.1: which associations are usable, and what follows when none is. */
import { expect, test } from 'vitest';
import { authority, judge, record, server } from '../../unit/shared/dane/chain-maker.ts';
import { BOGUS, inspectWith, onlyHost } from '../mail-world.ts';

const root = authority('Root', null);
const leaf = server(root);
const right = record('3 1 1', leaf.der);
const unusable = [
  { ...right, usage: 7 },
  { ...right, selector: 9 },
  { ...right, matchingType: 9 },
  { ...right, data: right.data.slice(1) },
];

test('unusable records are passed over beside one that is usable', () => {
  for (const one of unusable) {
    expect(judge([leaf], [one, right]).outcome).toBe('authenticated');
    expect(judge([leaf], [right, one]).outcome).toBe('authenticated');
  }
});

test('unusable records alone authenticate nobody, however many there are', () => {
  expect(judge([leaf], unusable).outcome).toBe('encrypted-only');
});

test('any one usable record that matches is enough', () => {
  const wrong = Array.from({ length: 20 }, () => record('3 1 1', server(root).der));
  expect(judge([leaf], [...wrong, right]).outcome).toBe('authenticated');
  expect(judge([leaf], wrong).outcome).toBe('failed');
});

test('a bogus answer means that nothing is known: the server is not spoken to as if there were none', async () => {
  const replayed = await inspectWith({ '_25._tcp.mx.example.org TLSA': BOGUS });
  expect(onlyHost(replayed).outcome).toBe('deferred');
});
