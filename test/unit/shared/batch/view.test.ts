// Which rows are shown, in which order.
import { describe, expect, test } from 'vitest';
import { waitingRow, type BatchRow } from '../../../../shared/batch/row.ts';
import {
  countCodes,
  countStandings,
  LIST_ORDER,
  NO_FILTER,
  rowsShown,
  type BatchFilter,
  type BatchOrder,
} from '../../../../shared/batch/view.ts';

const done = (index: number, domain: string, change: Partial<BatchRow>): BatchRow => ({
  ...waitingRow(index, domain),
  status: 'done',
  outcome: 'secure',
  durationMs: 1000,
  at: '2026-11-24T12:00:00.000Z',
  ...change,
});

const ROWS: readonly BatchRow[] = [
  done(0, 'm.example', {}),
  done(1, 'b.example', {
    outcome: 'broken',
    errors: 2,
    codes: ['tlsa-mismatch', 'tlsrpt-missing'],
    first: 'No record matches',
    durationMs: 300,
  }),
  waitingRow(2, 'a.example'),
  done(3, 'z.example', {
    outcome: 'insecure',
    warnings: 1,
    codes: ['tlsa-none'],
    first: 'The host does not use DANE',
    at: '2026-11-24T11:00:00.000Z',
  }),
  {
    ...waitingRow(4, 'q.example'),
    status: 'failed',
    sentence: 'A fault',
    at: '2026-11-24T13:00:00.000Z',
  },
];

const shown = (filter: Partial<BatchFilter>, order: BatchOrder = LIST_ORDER) =>
  rowsShown(ROWS, { ...NO_FILTER, ...filter }, order).map(({ index }) => index);

describe('the filter', () => {
  test('by what a row comes to', () => {
    expect(shown({ standing: 'broken' })).toEqual([1]);
    expect(shown({ standing: 'waiting' })).toEqual([2]);
    expect(shown({ standing: 'failed' })).toEqual([4]);
  });

  test('by the code of a finding, whole', () => {
    expect(shown({ code: 'tlsrpt-missing' })).toEqual([1]);
    expect(shown({ code: 'tlsrpt' })).toEqual([]);
  });

  test('by text: domain, finding, sentence, in any case', () => {
    expect(shown({ text: ' Z.EX ' })).toEqual([3]);
    expect(shown({ text: 'no record' })).toEqual([1]);
    expect(shown({ text: 'fault' })).toEqual([4]);
    expect(shown({ text: 'tlsa-n' })).toEqual([3]);
    expect(shown({ text: '   ' })).toEqual([0, 1, 2, 3, 4]);
  });

  test('all of them together', () => {
    expect(shown({ standing: 'broken', code: 'tlsa-none' })).toEqual([]);
  });
});

describe('the order', () => {
  test.each([
    ['domain', [2, 1, 0, 4, 3]],
    // Worst first; what has no result stands last.
    ['outcome', [1, 4, 3, 0, 2]],
    ['problems', [1, 3, 0, 4, 2]],
    ['first', [1, 3, 0, 4, 2]],
    ['when', [3, 0, 1, 4, 2]],
  ] as const)('by %s', (key, order) => {
    expect(shown({}, { key, descending: false })).toEqual(order);
  });

  test('turned round, rows without a result stand last all the same, equal ones as in the list', () => {
    expect(shown({}, { key: 'outcome', descending: true })).toEqual([0, 3, 4, 1, 2]);
    expect(shown({}, { key: 'duration', descending: true })).toEqual([0, 3, 1, 4, 2]);
  });

  test('changes nothing in the list itself', () => {
    const before = [...ROWS];
    shown({}, { key: 'domain', descending: true });
    expect(ROWS).toEqual(before);
  });
});

test('what is there is counted, worst first, and the commonest finding first', () => {
  expect(countStandings(ROWS)).toEqual([
    { standing: 'broken', count: 1 },
    { standing: 'failed', count: 1 },
    { standing: 'insecure', count: 1 },
    { standing: 'secure', count: 1 },
    { standing: 'waiting', count: 1 },
  ]);
  const more = [...ROWS, done(5, 'y.example', { codes: ['tlsrpt-missing'] })];
  expect(countCodes(more)).toEqual([
    { code: 'tlsrpt-missing', count: 2 },
    { code: 'tlsa-mismatch', count: 1 },
    { code: 'tlsa-none', count: 1 },
  ]);
});
