/** Folds that a person opened stay open, whatever the answers make of them. */
import { describe, expect, it } from 'vitest';
import { toggled } from '../../../renderer/chain/unfolding.ts';
import { FOLDED, toGraph, type Unfolding } from '../../../renderer/chain/to-graph.ts';
import type { ChainGraph } from '../../../renderer/chain/graph.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import { gather } from '../../../shared/inspection/fold.ts';
import { judge } from '../../../shared/inspection/judge.ts';
import { addresses, manyHosts, mxEvent, started, tlsaEvent, tlsaRecord } from './streams.ts';

const NONE: ReadonlySet<string> = new Set();

describe('a fold of hosts that is opened while answers come in', () => {
  // Nobody has been answered, half of them, everybody: each time the kinds are others.
  const all = manyHosts(30);
  const at = (events: readonly InspectionEvent[], open: ReadonlySet<string>): ChainGraph =>
    graphOf(events, { ...FOLDED, open }, false);
  const begun = at(all.slice(0, 3), NONE);
  const [fold] = begun.folds;
  const open = toggled(NONE, fold?.key ?? '', { folds: begun.folds, ended: false });

  it('does not close by itself', () => {
    expect(begun.rows).toHaveLength(1);
    for (const count of [3, Math.floor(all.length / 2), all.length]) {
      expect(at(all.slice(0, count), open).rows, `${count} events`).toHaveLength(30);
    }
  });

  it('is closed by whoever opened it, and then stays closed', () => {
    const half = at(all.slice(0, Math.floor(all.length / 2)), open);
    const again = toggled(open, half.folds[0]?.key ?? '', { folds: half.folds, ended: false });
    expect(at(all, again).rows).toHaveLength(1);
  });

  it('when all is known closes by itself alone', () => {
    const half = at(all.slice(0, Math.floor(all.length / 2)), open);
    expect(half.folds.length).toBe(2);
    const one = toggled(open, half.folds[0]?.key ?? '', { folds: half.folds, ended: true });
    const closed = at(all.slice(0, Math.floor(all.length / 2)), one).folds;
    expect(closed.map((each) => each.open)).toEqual([false, true]);
  });
});

it('addresses that were opened stay open while they change company', () => {
  const list = [1, 2, 3, 4, 5].map((last) => `192.0.2.${last}`);
  const before = [
    started('example.org'),
    mxEvent('example.org', [[10, 'mx.example.org']]),
    addresses('mx.example.org', list),
    tlsaEvent('mx.example.org', [tlsaRecord(3, 'aa')]),
  ];
  const [node] = graphOf(before, FOLDED, false).rows[0]?.addresses ?? [];
  expect(node?.note).toBe('not compared');
  const open = toggled(NONE, node?.fold?.key ?? '', { folds: [], ended: false });
  const first: InspectionEvent = {
    kind: 'probe',
    host: 'mx.example.org',
    address: '192.0.2.1',
    index: 0,
    probe: probeOf(manyHosts(1)),
  };
  const after = graphOf([...before, first], { ...FOLDED, open }, false);
  expect(after.rows[0]?.addresses).toHaveLength(5);
  const folded = graphOf([...before, first], FOLDED, false).rows[0]?.addresses ?? [];
  // One that was asked before the others is not odd for that.
  expect(folded.map(({ text, note }) => [text, note])).toEqual([
    ['192.0.2.1', ''],
    ['4 addresses', 'not compared'],
  ]);
});

function graphOf(
  events: readonly InspectionEvent[],
  unfolding: Unfolding,
  ended: boolean,
): ChainGraph {
  const report = judge(events.reduce(gather, emptyReport('example.org')));
  return toGraph(report, { ended, unfolding, trouble: null });
}

function probeOf(
  events: readonly InspectionEvent[],
): Extract<InspectionEvent, { kind: 'probe' }>['probe'] {
  const event = events.find(({ kind }) => kind === 'probe');
  if (event?.kind !== 'probe') throw new Error('no probe');
  return event.probe;
}
