/** RFC 8461 §3.1: the TXT record of MTA-STS. */
import { describe, expect, test } from 'vitest';
import { readMtaStsRecord } from '../../../shared/policy/mta-sts-record.ts';

const NONE = { record: null, id: null, problem: null };

test('the example of the RFC is read', () => {
  const record = 'v=STSv1; id=20160831085700Z;';
  expect(readMtaStsRecord([record])).toEqual({ record, id: '20160831085700Z', problem: null });
});

test.each([
  ['without a semicolon at the end', 'v=STSv1; id=1', '1'],
  ['without white space', 'v=STSv1;id=1;', '1'],
  ['with tabs and spaces around the semicolons', 'v=STSv1 ;\tid=1 \t;  ', '1'],
  ['with fields of later editions, in any order', 'v=STSv1; x-new=a.b/c; id=abc; y=2', 'abc'],
  ['with an id of 32 characters', `v=STSv1; id=${'a'.repeat(32)}`, 'a'.repeat(32)],
])('a record %s is one', (_, record, id) => {
  expect(readMtaStsRecord([record])).toEqual({ record, id, problem: null });
});

describe('records that do not begin with the version are discarded', () => {
  test('beside a good one they do no harm', () => {
    const texts = ['v=spf1 -all', 'v=STSv1; id=7', 'v=STSv2; id=8', ' v=STSv1; id=9'];
    expect(readMtaStsRecord(texts).id).toBe('7');
  });

  test.each([[[]], [['v=spf1 -all']], [['v=STSv10; id=1']], [['id=1; v=STSv1']], [['']]])(
    'and alone they mean that there is none: %j',
    (texts) => {
      expect(readMtaStsRecord(texts)).toEqual(NONE);
    },
  );

  test.each(['v=stsv1; id=1', ' v=STSv1; id=1', 'V=STSv1; id=1', '"v=STSv1; id=1', 'v=STSv1'])(
    'but one that was meant to be it is told: %j',
    (record) => {
      const { problem, ...rest } = readMtaStsRecord([record]);
      expect(rest).toEqual({ record, id: null });
      expect(problem).toContain('must begin with exactly');
    },
  );
});

test('of two records neither counts', () => {
  const reading = readMtaStsRecord(['v=STSv1; id=1', 'v=STSv1; id=2']);
  expect(reading).toMatchObject({ record: 'v=STSv1; id=1', id: null });
  expect(reading.problem).toContain('there are 2');
});

test.each([
  ['no id', 'v=STSv1; x=1'],
  ['nothing behind the version', 'v=STSv1;'],
  ['an empty id', 'v=STSv1; id=;'],
  ['an id of 33 characters', `v=STSv1; id=${'a'.repeat(33)}`],
  ['a hyphen in the id', 'v=STSv1; id=2026-11-24'],
  ['a field that is no pair', 'v=STSv1; id=1; enforce'],
  ['an empty field between others', 'v=STSv1;; id=1'],
  ['a control character', 'v=STSv1; id=1; x=\u0007'],
  ['octets beyond ASCII', 'v=STSv1; id=1; x=\u00e9'],
])('a record with %s cannot be used', (_, record) => {
  const reading = readMtaStsRecord([record]);
  expect(reading).toMatchObject({ record, id: null });
  expect(reading.problem).not.toBeNull();
});

test('a pathological record costs no time', () => {
  const began = performance.now();
  for (const blank of [' '.repeat(60_000), ' \t'.repeat(30_000)]) {
    readMtaStsRecord([`v=STSv1; id=1;${blank}x`, `v=STSv1${blank}x`, `${blank}v=STSv1x`]);
    readMtaStsRecord([`v=STSv1; id=${blank}1`, 'x']);
    readMtaStsRecord([`v=STSv1; id=a${blank}`]);
  }
  expect(performance.now() - began).toBeLessThan(500);
});
