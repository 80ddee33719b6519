/** Where things are put: columns never overlap, rows never touch, whatever the room. */
import { describe, expect, it } from 'vitest';
import { layOut, MIN_WIDTH, type Box } from '../../../renderer/chain/layout.ts';
import { toGraph } from '../../../renderer/chain/to-graph.ts';
import { fitted } from '../../../renderer/chain/viewport.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import { fold } from '../../../shared/inspection/fold.ts';
import { degraded, manyHosts, troubled } from './streams.ts';

const GRAPHS = [degraded(), manyHosts(30), troubled()].map((events) =>
  toGraph(events.reduce(fold, emptyReport('example.org')), { unfolded: true, ended: true }),
);
const ROOMS = [
  { width: 600, height: 200 },
  { width: 840, height: 430 },
  { width: 2400, height: 1400 },
];

describe.each(ROOMS)('in $width × $height pixels', (room) => {
  it.each(GRAPHS)('no two boxes overlap', (graph) => {
    const { domain, rows } = layOut(graph, room);
    const boxes = [
      domain,
      ...rows.flatMap((row) => [row.host, ...row.records, ...row.chains, ...row.addresses]),
    ];
    const overlaps = boxes.flatMap((one, index) =>
      boxes.slice(index + 1).filter((other) => overlap(one, other)),
    );
    expect(overlaps).toEqual([]);
  });

  it('the whole picture lies within its stated size', () => {
    for (const graph of GRAPHS) {
      const { width, height, rows } = layOut(graph, room);
      for (const box of rows.flatMap((row) => [...row.addresses, ...row.chains, ...row.records])) {
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

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
