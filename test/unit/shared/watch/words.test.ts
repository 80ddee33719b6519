// One notification for what comes together.
import { expect, test } from 'vitest';
import type { WatchNote } from '../../../../shared/watch/watched.ts';
import { noticeOf, type Tiding } from '../../../../shared/watch/words.ts';

function tiding(domain: string, kind: WatchNote['kind'] = 'outcome', text = 'News.'): Tiding {
  return { domain, note: { at: '2026-11-24T12:00:00.000Z', kind, text } };
}

test('nothing is told of nothing', () => {
  expect(noticeOf([])).toBeNull();
});

test('of one domain everything is said, and its run opens', () => {
  const both = [tiding('a.example', 'outcome', 'Changed.'), tiding('a.example', 'expiry', 'Ends.')];
  expect(noticeOf(both)).toEqual({
    title: 'a.example: the outcome has changed',
    body: 'Changed.\nEnds.',
    domain: 'a.example',
  });
});

test('of many domains there is one notification, which opens the list', () => {
  const many = Array.from({ length: 30 }, (_, index) => tiding(`d${index}.example`));
  expect(noticeOf([...many, tiding('d0.example', 'expiry')])).toEqual({
    title: 'News of 30 watched domains',
    body: [
      'd0.example: the outcome has changed, something ends soon',
      'd1.example: the outcome has changed',
      'd2.example: the outcome has changed',
      'and 27 more',
    ].join('\n'),
    domain: null,
  });
});
