// How a list is worked through: in its order, so many at a time, and nothing twice.
import { describe, expect, test } from 'vitest';
import {
  estimateRest,
  newBatch,
  nextRow,
  phaseOf,
  retried,
  withoutRunning,
  withRow,
  type Batch,
} from '../../../../shared/batch/course.ts';
import { waitingRow, type BatchRow } from '../../../../shared/batch/row.ts';

const LIST = { refused: [], refusedCount: 0, duplicates: 0, leftOut: 0 };
const batch = (change: Partial<Batch> = {}): Batch => ({
  ...newBatch('b1', 'lab', { ...LIST, domains: ['a.example', 'b.example', 'c.example'] }, 2),
  ...change,
});
const over = (each: Batch, index: number, change: Partial<BatchRow> = {}): Batch => {
  const row = each.rows[index];
  if (row === undefined) throw new Error('no such row');
  return withRow(each, { ...row, status: 'done', outcome: 'secure', ...change });
};
const running = (each: Batch, index: number): Batch =>
  over(each, index, { status: 'running', outcome: null });

describe('what comes next', () => {
  test('is nothing before it is started, and after it is paused', () => {
    expect(nextRow(batch())).toBeNull();
    expect(nextRow(batch({ stage: 'paused' }))).toBeNull();
  });

  test('is the first that waits, while there is room', () => {
    const started = batch({ stage: 'running' });
    expect(nextRow(started)?.index).toBe(0);
    expect(nextRow(running(started, 0))?.index).toBe(1);
    expect(nextRow(running(running(started, 0), 1))).toBeNull();
    expect(nextRow(over(running(running(started, 0), 1), 0))?.index).toBe(2);
  });
});

test('the phase is that of the whole list', () => {
  expect(phaseOf(null)).toBe('empty');
  expect(phaseOf(batch())).toBe('ready');
  expect(phaseOf(over(batch({ stage: 'running' }), 0))).toBe('running');
  const all = over(over(over(batch({ stage: 'running' }), 0), 1), 2, { status: 'failed' });
  expect(phaseOf(all)).toBe('finished');
});

test('a row of another domain is not taken', () => {
  const before = batch();
  expect(withRow(before, { ...waitingRow(0, 'z.example'), status: 'done' })).toEqual(before);
  expect(withRow(before, waitingRow(7, 'a.example')).rows).toHaveLength(3);
});

test('what is broken off waits again', () => {
  const broken = withoutRunning(running(over(batch({ stage: 'running' }), 0), 1));
  expect(broken.rows.map(({ status }) => status)).toEqual(['done', 'waiting', 'waiting']);
});

test('those that failed or could not be told wait again, and lose what they were', () => {
  const finished = over(over(over(batch(), 0), 1, { status: 'failed', sentence: 'x' }), 2, {
    outcome: 'unknown',
    codes: ['host-lookup-failed'],
  });
  const again = retried(finished);
  expect(again.stage).toBe('running');
  expect(again.rows.map(({ status }) => status)).toEqual(['done', 'waiting', 'waiting']);
  expect(again.rows[2]).toEqual(batch().rows[2]);
});

test('the rest takes as long as what is done took, each', () => {
  expect(estimateRest(batch({ activeMs: 900 }))).toBeNull();
  expect(estimateRest(over(batch({ activeMs: 900 }), 0))).toBe(1800);
  expect(estimateRest(over(over(batch({ activeMs: 900 }), 0), 1))).toBe(450);
});
