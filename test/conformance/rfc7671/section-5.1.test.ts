/** RFC 7671 §5.1: DANE-EE(3) is about the bytes of the certificate or key at the bottom of the chain alone. */
import { describe, expect, test } from 'vitest';
import { authority, judge, judgeOne, record, server } from '../../unit/shared/dane/chain-maker.ts';
import { utcTime } from '../../unit/shared/x509/certificate-maker.ts';

const root = authority('Root', null);
const leaf = server(root);

test('validity dates MUST NOT count', () => {
  const old = server(root, { notAfter: utcTime('000102000000Z') });
  expect(judgeOne([old], record('3 1 1', old.der)).outcome).toBe('authenticated');
});

test('names MUST NOT count', () => {
  expect(
    judgeOne([leaf], record('3 1 1', leaf.der), { names: ['elsewhere.example'] }).outcome,
  ).toBe('authenticated');
});

describe('selector 1 holds through a renewal with the same key, selector 0 does not', () => {
  const renewed = server(root, { key: leaf.pair, notAfter: utcTime('280101000000Z') });
  test.each([
    ['3 1 1', 'authenticated'],
    ['3 1 2', 'authenticated'],
    ['3 1 0', 'authenticated'],
    ['3 0 1', 'failed'],
    ['3 0 0', 'failed'],
  ] as const)('%s: %s', (kind, outcome) => {
    expect(judgeOne([renewed, root], record(kind, leaf.der)).outcome).toBe(outcome);
  });
});

test('a certificate that nobody has signed properly matches all the same', () => {
  const forged = leaf.der.slice();
  forged[forged.length - 1] = (forged[forged.length - 1] ?? 0) ^ 1;
  expect(judgeOne([forged], record('3 1 1', leaf.der)).outcome).toBe('authenticated');
  expect(judgeOne([forged], record('3 0 1', leaf.der)).outcome).toBe('failed');
});

test('the rest of the chain does not count', () => {
  const other = server(root);
  expect(judge([other, leaf, root], [record('3 1 1', leaf.der)]).outcome).toBe('failed');
});
