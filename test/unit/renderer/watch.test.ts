// The rows of the watched domains: their order, their faces, and what is offered.
import { describe, expect, test } from 'vitest';
import {
  expiryChoices,
  faceOf,
  intervalChoices,
  intervalText,
  offeredDomains,
  sortedRows,
} from '../../../renderer/watch/watch-rows.ts';
import type { WatchedDomain } from '../../../shared/ipc/watch.ts';

function row(domain: string, more: Partial<WatchedDomain> = {}): WatchedDomain {
  return {
    domain,
    looking: false,
    waiting: false,
    outcome: 'secure',
    doubt: null,
    lookedAt: null,
    nextAt: null,
    problem: null,
    failures: 0,
    ends: null,
    notes: [],
    ...more,
  };
}

test('the worst comes first, and what is alike stays as it was added', () => {
  const soon = { what: 'x', at: '2026-12-01T00:00:00.000Z', soon: true };
  const rows = [
    row('sound'),
    row('fresh', { outcome: null }),
    row('ending', { ends: soon }),
    row('failing', { failures: 2 }),
    row('hiccup', { failures: 1 }),
    row('unknown', { outcome: 'unknown' }),
    row('broken', { outcome: 'broken' }),
    row('degraded', { outcome: 'degraded', ends: soon }),
  ];
  expect(sortedRows(rows).map(({ domain }) => domain)).toEqual([
    'broken',
    'degraded',
    'unknown',
    'failing',
    'ending',
    'sound',
    'fresh',
    'hiccup',
  ]);
});

test('before the first look a row says whether one is under way', () => {
  expect(faceOf(row('a', { outcome: null })).word).toBe('Not yet');
  expect(faceOf(row('a', { outcome: null, looking: true })).word).toBe('Looking');
  expect(faceOf(row('a', { outcome: 'broken', looking: true })).word).toBe('Broken');
});

describe('choices', () => {
  test('hold what is chosen, whatever it is', () => {
    expect(intervalChoices(360).filter((minutes) => minutes === 360)).toEqual([360]);
    expect(intervalChoices(7)[0]).toBe(7);
    expect(expiryChoices(5)).toContain(5);
  });

  test('are said in the largest unit that fits', () => {
    const said = [15, 60, 90, 360, 1440, 10_080].map(intervalText);
    expect(said).toEqual(['15 minutes', '1 hour', '90 minutes', '6 hours', '1 day', '7 days']);
  });
});

test('what is watched already is not offered, and a few of the rest are', () => {
  const lately = ['a', 'b', 'a', 'c', 'd', 'e', 'f', 'g'];
  expect(offeredDomains(lately, [row('b')])).toEqual(['a', 'c', 'd', 'e', 'f']);
});
