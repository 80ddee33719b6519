/** Where things are put: columns never overlap, rows never touch, whatever the room. */
import { describe, expect, it } from 'vitest';
import { MIN_WIDTH } from '../../../renderer/chain/columns.ts';
import type { ChainGraph } from '../../../renderer/chain/graph.ts';
import { layOut, type Box } from '../../../renderer/chain/layout.ts';
import { FOLDED, toGraph, UNFOLDED, type Unfolding } from '../../../renderer/chain/to-graph.ts';
import { around, fitted, revealing } from '../../../renderer/chain/viewport.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import { fold } from '../../../shared/inspection/fold.ts';
import { degraded, manyHosts, troubled } from './streams.ts';

const TROUBLE = {
  title: 'It is broken',
  sentence: 'Mail is deferred.',
  remedy: 'mend it',
  shown: ['mend it'],
};

function graphOf(
  events: readonly InspectionEvent[],
  unfolding: Unfolding,
  broken: string | null,
): ChainGraph {
  const report = events.reduce(fold, emptyReport('example.org'));
  const trouble = broken === null ? null : { host: broken, ...TROUBLE };
  return toGraph(report, { unfolding, ended: true, trouble });
}

const GRAPHS = [
  graphOf(degraded(), UNFOLDED, 'mx2.example.org'),
  graphOf(manyHosts(30), UNFOLDED, null),
  graphOf(manyHosts(30), FOLDED, 'mx1.example.org'),
  graphOf(troubled(), FOLDED, 'plain.example.net'),
];
const ROOMS = [
  { width: 600, height: 200 },
  { width: 840, height: 430 },
  { width: 2400, height: 1400 },
];

describe.each(ROOMS)('in $width × $height pixels', (room) => {
  it.each(GRAPHS)('no two boxes overlap', (graph) => {
    const { domain, rows, folds, trouble } = layOut(graph, room);
    const boxes = [
      domain,
      ...folds,
      ...(trouble === null ? [] : [trouble]),
      ...rows.flatMap((row) => [row.host, ...row.records, ...row.chains, ...row.addresses]),
    ];
    const overlaps = boxes.flatMap((one, index) =>
      boxes.slice(index + 1).filter((other) => overlap(one, other)),
    );
    expect(overlaps).toEqual([]);
  });

  it('the whole picture lies within its stated size', () => {
    for (const graph of GRAPHS) {
      const { width, height, rows, folds, trouble } = layOut(graph, room);
      expect(folds).toHaveLength(graph.folds.length);
      expect(trouble === null).toBe(graph.trouble === null);
      const ofRows = rows.flatMap((row) => [...row.addresses, ...row.chains, ...row.records]);
      for (const box of [...ofRows, ...folds, ...(trouble === null ? [] : [trouble])]) {
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
        expect(box.y).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

it('the columns use more room where there is more', () => {
  const [graph] = GRAPHS;
  if (graph === undefined) throw new Error('no graph');
  expect(layOut(graph, { width: 500, height: 400 }).width).toBeCloseTo(MIN_WIDTH, -1);
  expect(layOut(graph, { width: 1200, height: 400 }).width).toBeGreaterThan(MIN_WIDTH + 100);
});

describe('fitting the picture to its room', () => {
  it('never enlarges, and shows all of what fits', () => {
    expect(fitted({ width: 400, height: 200 }, { width: 1000, height: 600 }).zoom).toBe(1);
    const { zoom } = fitted({ width: 1000, height: 400 }, { width: 900, height: 600 });
    expect(1000 * zoom).toBeLessThanOrEqual(900);
  });

  it('starts at the top of what is too high to be read when it is shrunk to fit', () => {
    const { y, zoom } = fitted({ width: 800, height: 4000 }, { width: 900, height: 500 });
    expect(zoom).toBeGreaterThan(0.7);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThan(30);
  });
});

describe('leading to a part of the picture', () => {
  const room = { width: 800, height: 400 };

  it('leaves it where it is when it is in sight and can be read', () => {
    const now = { x: 10, y: 20, zoom: 1 };
    expect(revealing({ x: 100, y: 100, width: 200, height: 50 }, now, room)).toEqual(now);
  });

  it('moves by no more than it takes', () => {
    const part = { x: 100, y: 900, width: 200, height: 50 };
    const { x, y, zoom } = revealing(part, { x: 10, y: 0, zoom: 1 }, room);
    expect({ x, zoom }).toEqual({ x: 10, zoom: 1 });
    expect(part.y + y).toBeGreaterThan(0);
    expect(part.y + part.height + y).toBeLessThanOrEqual(room.height);
    expect(part.y + part.height + y).toBeGreaterThan(room.height - 30);
  });

  it('enlarges what is too small to be read', () => {
    const part = { x: 100, y: 3000, width: 200, height: 50 };
    const { x, y, zoom } = revealing(part, { x: 10, y: 20, zoom: 0.3 }, room);
    expect(zoom).toBeGreaterThan(0.7);
    expect(part.x * zoom + x).toBeGreaterThanOrEqual(0);
    expect((part.x + part.width) * zoom + x).toBeLessThanOrEqual(room.width);
    expect(part.y * zoom + y).toBeGreaterThanOrEqual(0);
    expect((part.y + part.height) * zoom + y).toBeLessThanOrEqual(room.height);
  });

  it('shows the beginning of what is larger than the room', () => {
    const part = { x: 0, y: 500, width: 200, height: 3000 };
    const { y } = revealing(part, { x: 10, y: 0, zoom: 1 }, room);
    expect(part.y + y).toBeGreaterThanOrEqual(0);
    expect(part.y + y).toBeLessThan(60);
  });

  it('holds two parts in one', () => {
    const low = { x: 50, y: 300, width: 10, height: 10 };
    expect(around({ x: 0, y: 0, width: 20, height: 20 }, low)).toEqual({
      x: 0,
      y: 0,
      width: 60,
      height: 310,
    });
    expect(around(low, null)).toEqual(low);
  });
});

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
