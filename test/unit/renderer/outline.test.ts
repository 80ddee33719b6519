/** The outline says in words what the picture says in lines. */
import { expect, it } from 'vitest';
import { toOutline, type OutlineItem } from '../../../renderer/chain/outline.ts';
import { toGraph } from '../../../renderer/chain/to-graph.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import { fold } from '../../../shared/inspection/fold.ts';
import { degraded } from './streams.ts';

const outline = toOutline(
  toGraph(degraded().reduce(fold, emptyReport('example.org')), { unfolded: true, ended: true }),
);

it('names hosts with outcome and DNSSEC status', () => {
  expect(outline.children.map(({ text, note }) => `${text}: ${note}`)).toEqual([
    'mx1.example.org: 10 · authenticated, secure, a name above its TLSA record is answered wrongly',
    'mx2.example.org: 20 · mail deferred, secure',
    'mx.backup.net: 30 · opportunistic, insecure',
  ]);
});

it('says of each record what it equals, differs from, or that it matches nothing', () => {
  const notes = outline.children.flatMap(({ children }) =>
    children.filter(({ text }) => text.startsWith('TLSA')).map(({ note }) => note),
  );
  expect(notes).toEqual([
    'current, secure, = key of mx1.example.org',
    'issuer, secure, = issuer key of R11 · Let’s Encrypt',
    'next?, secure, matches nothing yet',
    'no match, secure, differs from mx2.example.org',
  ]);
});

it('holds every thing of the picture once', () => {
  const keys = all(outline).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toHaveLength(1 + 3 + 5 + 3 + 5);
});

function all(item: OutlineItem): readonly OutlineItem[] {
  return [item, ...item.children.flatMap(all)];
}
