/** The arrow keys go along the wires, and reach everything. */
import { describe, expect, it } from 'vitest';
import type { ChainGraph } from '../../../renderer/chain/graph.ts';
import { FOLDED, toGraph, UNFOLDED } from '../../../renderer/chain/to-graph.ts';
import { firstTrouble } from '../../../renderer/chain/trouble.ts';
import { walk, type Direction } from '../../../renderer/chain/walk.ts';
import { wiresOf } from '../../../renderer/chain/wires.ts';
import { layOut } from '../../../renderer/chain/layout.ts';
import { flowNodes } from '../../../renderer/chain/flow.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import { gather } from '../../../shared/inspection/fold.ts';
import { judge } from '../../../shared/inspection/judge.ts';
import type { Report } from '../../../shared/inspection/report.ts';
import { degraded, manyHosts, started, troubled } from './streams.ts';

const ROOM = { width: 900, height: 500 };

function reportOf(events: readonly InspectionEvent[]): Report {
  return judge(events.reduce(gather, emptyReport('example.org')));
}

function graphOf(events: readonly InspectionEvent[], unfolding = FOLDED): ChainGraph {
  return toGraph(reportOf(events), { unfolding, ended: true, trouble: null });
}

describe('from the domain', () => {
  const graph = graphOf(degraded());
  const after = (from: string, ...directions: readonly Direction[]): string | null =>
    directions.reduce<string | null>((at, way) => at && walk(graph, at, way), from);

  it('to the right: host, record, the certificate it matches, an address that presents it', () => {
    expect(after('domain', 'right')).toBe('host|mx1.example.org');
    expect(after('domain', 'right', 'right')).toBe('tlsa|mx1.example.org|0');
    expect(after('domain', 'right', 'right', 'right')).toBe('chain|mx1.example.org|0');
    const end = after('domain', 'right', 'right', 'right', 'right');
    expect(end).toBe('addresses|mx1.example.org|192.0.2.10');
    expect(walk(graph, end ?? '', 'right')).toBeNull();
  });

  it('and back to it by the left', () => {
    const back = after('addresses|mx1.example.org|2001:db8::10', 'left', 'left', 'left', 'left');
    expect(back).toBe('domain');
    expect(walk(graph, 'domain', 'left')).toBeNull();
  });

  it('down and up through a column, over the borders of hosts', () => {
    expect(after('tlsa|mx1.example.org|2', 'down')).toBe('tlsa|mx2.example.org|0');
    expect(after('tlsa|mx2.example.org|0', 'up')).toBe('tlsa|mx1.example.org|2');
    expect(after('host|mx.backup.net', 'down')).toBeNull();
    expect(after('host|mx.backup.net', 'first')).toBe('domain');
    expect(after('domain', 'last')).toBe('host|mx.backup.net');
  });
});

describe.each([
  ['folded', graphOf(manyHosts(30))],
  ['singly', graphOf(manyHosts(30), UNFOLDED)],
  ['troubled', graphOf(troubled())],
])('every button of the picture can be reached: %s', (_, graph) => {
  it('by arrow keys alone', () => {
    const reached = new Set(['domain']);
    const open = ['domain'];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const way of ['right', 'left', 'down', 'up'] as const) {
        const next = walk(graph, at, way);
        if (next === null || reached.has(next)) continue;
        reached.add(next);
        open.push(next);
      }
    }
    const silent = new Set(['wires', 'heading', 'ghost', 'empty', 'trouble']);
    const nodes = flowNodes(graph, layOut(graph, ROOM)).filter(({ type }) => !silent.has(type));
    expect([...reached].sort()).toEqual(nodes.map(({ id }) => id).sort());
  });
});

describe('the first thing to mend', () => {
  it('is at the host whose mail is deferred, in one sentence', () => {
    const found = firstTrouble(reportOf(degraded()));
    expect(found?.finding.code).toBe('tlsa-mismatch');
    expect(found?.trouble.host).toBe('mx2.example.org');
    expect(found?.trouble.sentence).toMatch(/^Senders that check DANE defer mail to mx2.*\.$/);
    expect(found?.trouble.sentence).not.toMatch(/\. \p{Lu}/u);
    expect(found?.trouble.remedy).toContain('_25._tcp.mx2.example.org.');
  });

  it('is nothing where nothing is broken', () => {
    expect(firstTrouble(reportOf(manyHosts(3)))).toBeNull();
    expect(firstTrouble(reportOf([started('example.org')]))).toBeNull();
  });
});

describe('the wires', () => {
  const graph = graphOf(degraded());
  const wires = wiresOf(graph, layOut(graph, ROOM));
  const kinds = (kind: string): number => wires.filter((wire) => wire.kind === kind).length;

  it('are drawn for every link, match and address, each once', () => {
    expect(new Set(wires.map(({ key }) => key)).size).toBe(wires.length);
    expect(kinds('equal')).toBe(2);
    expect(kinds('differs')).toBe(1);
    expect(kinds('served')).toBe(5);
    // Two hosts and their four records; the third and what stands in the place of its records.
    expect([kinds('secure'), kinds('insecure')]).toEqual([6, 2]);
  });

  it('say what was compared, and where it differs', () => {
    const labels = wires.flatMap(({ label }) => label?.text ?? []);
    expect(labels).toEqual(['= key', '= issuer key', 'differs']);
    expect(wires.filter(({ cross }) => cross !== null)).toHaveLength(1);
  });

  it('lead to what is to come while nothing is known', () => {
    const looking = toGraph(reportOf([started('example.org')]), {
      unfolding: FOLDED,
      ended: false,
      trouble: null,
    });
    expect(wiresOf(looking, layOut(looking, ROOM)).map(({ kind }) => kind)).toEqual(
      Array.from({ length: 4 }, () => 'unknown'),
    );
  });
});
