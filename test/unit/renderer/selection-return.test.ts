/** Asking the same domain anew leaves a person where they were, as far as that place is still there. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { NodeId } from '../../../renderer/store/node-id.ts';
import { leaveSelection, returnSelection } from '../../../renderer/store/selection-return.ts';
import { findingKey, selectNode, useSelection } from '../../../renderer/store/selection-store.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import { gather } from '../../../shared/inspection/fold.ts';
import { judge } from '../../../shared/inspection/judge.ts';
import type { Report } from '../../../shared/inspection/report.ts';
import { degraded } from './streams.ts';

const EVENTS = degraded();
const reportOf = (count = EVENTS.length): Report =>
  judge(EVENTS.slice(0, count).reduce(gather, emptyReport('example.org')));
const WHOLE = reportOf();
const PARTIAL = reportOf(EVENTS.findIndex(({ kind }) => kind === 'mx') + 1);
const EMPTY = emptyReport('example.org');
const MX2 = 'mx2.example.org';

const shown = () => useSelection.getState();

function select(node: NodeId): void {
  selectNode(node);
  useSelection.setState({ tab: 'raw', drawer: 0.7 });
}

beforeEach(() => {
  leaveSelection(null);
});

describe('what was selected', () => {
  it('is a host, and is selected again as soon as the host is there, with its pane', () => {
    select({ kind: 'host', host: MX2 });
    leaveSelection(WHOLE);
    expect(shown().node).toBeNull();
    returnSelection(EMPTY);
    expect(shown().node).toBeNull();
    returnSelection(PARTIAL);
    expect(shown()).toMatchObject({ node: { kind: 'host', host: MX2 }, tab: 'raw', drawer: 0.7 });
  });

  it('is a record, and is found at its new place by what it says', () => {
    const [first] = WHOLE.hosts;
    const record = first?.tlsa.records[0];
    if (first === undefined || record === undefined) throw new Error('no record');
    select({ kind: 'tlsa', host: first.name, index: 0 });
    leaveSelection(WHOLE);
    const records = [{ ...record, data: 'ff'.repeat(32) }, record];
    const hosts = [{ ...first, tlsa: { ...first.tlsa, records } }];
    returnSelection({ ...WHOLE, hosts });
    expect(shown().node).toEqual({ kind: 'tlsa', host: first.name, index: 1 });
  });

  it.each<NodeId>([
    { kind: 'host', host: 'gone.example.org' },
    { kind: 'chain', host: MX2, index: 9 },
    { kind: 'addresses', host: MX2, first: '192.0.2.99' },
    { kind: 'no-tlsa', host: MX2 },
    { kind: 'tlsa', host: MX2, index: 9 },
  ])('is not selected where it is not any more: $kind', (node) => {
    select(node);
    leaveSelection(WHOLE);
    returnSelection(WHOLE);
    expect(shown().node).toBeNull();
  });

  it('gives way to what the person selects meanwhile, for good', () => {
    select({ kind: 'host', host: MX2 });
    leaveSelection(WHOLE);
    selectNode({ kind: 'domain' });
    returnSelection(PARTIAL);
    useSelection.setState({ node: null });
    returnSelection(WHOLE);
    expect(shown().node).toBeNull();
  });

  it('is forgotten with the domain', () => {
    select({ kind: 'host', host: MX2 });
    leaveSelection(null);
    returnSelection(WHOLE);
    expect(shown().node).toBeNull();
  });

  it('is a finding, which is opened again where it is still there', () => {
    const finding = WHOLE.findings.find(({ code }) => code === 'tlsa-mismatch');
    if (finding === undefined) throw new Error('no finding');
    for (const to of [WHOLE, { ...WHOLE, findings: [] }]) {
      select({ kind: 'host', host: MX2 });
      useSelection.setState({ finding: findingKey(finding) });
      leaveSelection(WHOLE);
      returnSelection(PARTIAL);
      expect(shown().node).toBeNull();
      returnSelection(to);
      expect(shown().finding).toBe(to === WHOLE ? findingKey(finding) : null);
    }
  });
});
