/** The picture of a report: what is joined to what, and where lines end in the air. */
import { describe, expect, it } from 'vitest';
import { flowNodes } from '../../../renderer/chain/flow.ts';
import { layOut } from '../../../renderer/chain/layout.ts';
import { toOutline } from '../../../renderer/chain/outline.ts';
import { FOLDED, toGraph, UNFOLDED, type Unfolding } from '../../../renderer/chain/to-graph.ts';
import type { ChainGraph, HostRow } from '../../../renderer/chain/graph.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import { gather } from '../../../shared/inspection/fold.ts';
import { judge } from '../../../shared/inspection/judge.ts';
import {
  addresses,
  degraded,
  equal,
  leaf,
  manyHosts,
  mxEvent,
  probeEvent,
  R11,
  started,
  tlsaEvent,
  tlsaRecord,
  troubled,
  UNEQUAL,
} from './streams.ts';

describe('the domain of the mock-up', () => {
  const graph = graphOf(degraded());

  it('has one row a host, by preference, with the status of the way there', () => {
    expect(graph.rows.map(({ host }) => [host.name, host.text, host.tone, host.link])).toEqual([
      ['mx1.example.org', '10 · authenticated', 'ok', 'secure'],
      ['mx2.example.org', '20 · mail deferred', 'err', 'secure'],
      ['mx.backup.net', '30 · opportunistic', 'none', 'insecure'],
    ]);
    expect(graph.domain).toMatchObject({ name: 'example.org', text: 'MX secure', tone: 'ok' });
  });

  it('joins each record to the certificate whose key it equals', () => {
    expect(row(graph, 'mx1.example.org').matches).toEqual([
      { record: 0, chain: 0, row: 0, kind: 'equal', label: '= key' },
      { record: 1, chain: 0, row: 1, kind: 'equal', label: '= issuer key' },
    ]);
  });

  it('lets a record that nothing answers end in the air while another one matches', () => {
    const [, , next] = row(graph, 'mx1.example.org').records;
    expect(next).toMatchObject({ tone: 'warn', looseEnd: 'next or leftover', note: 'next?' });
  });

  it('sets a weaker digest aside beside a stronger one, instead of calling it a next key', () => {
    const aside = { ...UNEQUAL, code: 'superseded-digest' };
    const events = degraded().map((event) =>
      event.kind === 'probe' && event.host === 'mx1.example.org'
        ? {
            ...event,
            probe: {
              ...event.probe,
              associations: event.probe.associations.map((each, index) =>
                index === 2 ? aside : each,
              ),
            },
          }
        : event,
    );
    const [, , weaker] = row(graphOf(events), 'mx1.example.org').records;
    expect(weaker).toMatchObject({ tone: 'none', looseEnd: null, note: 'set aside' });
  });

  it('crosses out the record of a chain that no record matches', () => {
    const { matches, records, chains } = row(graph, 'mx2.example.org');
    expect(matches).toEqual([{ record: 0, chain: 0, row: 0, kind: 'differs', label: 'differs' }]);
    expect(records[0]).toMatchObject({ tone: 'err', looseEnd: null });
    expect(chains[0]).toMatchObject({ tone: 'err' });
    expect(chains[0]?.rows[0]?.note).toBe('since 21 Nov');
  });

  it('draws a host without DANE dotted, not red', () => {
    const { records, chains, matches } = row(graph, 'mx.backup.net');
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      text: 'no TLSA: zone unsigned',
      tone: 'none',
      link: 'insecure',
    });
    expect(chains[0]?.tone).toBe('none');
    expect(matches).toEqual([]);
  });

  it('folds the same chain of several addresses into one box', () => {
    const { chains, addresses: shown, served } = row(graph, 'mx1.example.org');
    expect(chains).toHaveLength(1);
    expect(shown.map(({ text }) => text)).toEqual(['192.0.2.10', '2001:db8::10']);
    expect(served).toEqual([
      { chain: 0, address: 0 },
      { chain: 0, address: 1 },
    ]);
  });
});

describe('while answers are still coming', () => {
  it('shows the domain alone before the mail hosts are known', () => {
    const graph = graphOf([started('example.org')]);
    expect(graph.rows).toEqual([]);
    expect(graph.domain).toMatchObject({ text: 'asking for MX', tone: 'pending', security: null });
  });

  it('shows hosts with what is asked for in place of records and certificates', () => {
    const graph = graphOf(degraded().slice(0, 6));
    const { records, chains } = row(graph, 'mx1.example.org');
    expect(records[0]).toMatchObject({ text: 'asking for TLSA', tone: 'pending', link: null });
    expect(chains[0]?.rows[0]?.title).toBe('connecting');
  });
});

describe('when the inspection was stopped', () => {
  it('nothing is said to be under way any more', () => {
    const graph = graphOf(degraded().slice(0, 6), FOLDED, true);
    const { records, chains } = row(graph, 'mx1.example.org');
    expect(records[0]?.text).toBe('TLSA not known');
    expect(chains[0]?.rows[0]?.title).toBe('not connected to');
    // What the clock stands for is over too.
    expect([records[0]?.tone, chains[0]?.tone]).toEqual(['none', 'none']);
    expect(graphOf([started('example.org')], FOLDED, true).domain).toMatchObject({
      text: 'MX not known',
      tone: 'none',
    });
  });
});

describe('many of something', () => {
  it('folds hosts that are alike behind the first of them', () => {
    const graph = graphOf(manyHosts(30));
    expect(graph.rows.map(({ host }) => host.name)).toEqual(['mx1.example.org']);
    expect(graph.folds).toMatchObject([
      { after: 0, text: '29 more hosts, all authenticated', tone: 'ok', open: false },
    ]);
    expect(graph.folds[0]?.names).toHaveLength(29);
  });

  it('draws six hosts singly, and all of them when asked', () => {
    expect(graphOf(manyHosts(6)).rows).toHaveLength(6);
    expect(graphOf(manyHosts(6)).folds).toEqual([]);
    expect(graphOf(manyHosts(30), UNFOLDED).rows).toHaveLength(30);
    expect(graphOf(manyHosts(30), UNFOLDED).folds).toEqual([]);
  });

  it('never folds a host whose mail is deferred, and leaves it at its place', () => {
    const graph = graphOf(stale(manyHosts(30), ['mx9.example.org', 'mx21.example.org']));
    expect(graph.rows.map(({ host }) => [host.name, host.tone])).toEqual([
      ['mx1.example.org', 'ok'],
      ['mx9.example.org', 'err'],
      ['mx21.example.org', 'err'],
    ]);
    expect(graph.folds[0]?.text).toBe('27 more hosts, all authenticated');
  });

  it('draws them all where all are broken', () => {
    const names = Array.from({ length: 12 }, (_, index) => `mx${index + 1}.example.org`);
    const graph = graphOf(stale(manyHosts(12), names));
    expect(graph.rows).toHaveLength(12);
    expect(graph.folds).toEqual([]);
  });

  it('opens one fold, or takes one host out of it', () => {
    const [fold] = graphOf(manyHosts(30)).folds;
    const open = graphOf(manyHosts(30), { ...FOLDED, open: new Set([fold?.key ?? '']) });
    expect(open.rows).toHaveLength(30);
    expect(open.folds).toMatchObject([{ after: 0, open: true }]);
    const apart = graphOf(manyHosts(30), { ...FOLDED, apart: new Set(['mx17.example.org']) });
    expect(apart.rows.map(({ host }) => host.name)).toEqual([
      'mx1.example.org',
      'mx17.example.org',
    ]);
    expect(apart.folds[0]?.text).toBe('28 more hosts, all authenticated');
  });

  it('folds what is still being looked at, and what was not finished', () => {
    const begun = manyHosts(30).slice(0, 3);
    expect(graphOf(begun).folds[0]?.text).toBe('29 more hosts, still looking');
    expect(graphOf(begun, FOLDED, true).folds[0]?.text).toBe('29 more hosts, none finished');
    expect(graphOf(begun, FOLDED, true).rows[0]?.host).toMatchObject({
      text: '10 · not finished',
      icon: 'question',
    });
  });

  it('folds more than three addresses that present the same', () => {
    const { addresses: shown } = row(graphOf(troubled()), 'dark.example.net');
    expect(shown).toMatchObject([
      { text: '4 addresses', note: 'all alike', fold: { open: false } },
    ]);
    expect(shown[0]?.addresses).toHaveLength(4);
  });

  it('leaves the odd one out alone, and opens the others', () => {
    const graph = graphOf(sixAddresses());
    const { addresses: shown, served } = row(graph, 'mx.example.org');
    expect(shown.map(({ text, note, tone }) => [text, note, tone])).toEqual([
      ['5 addresses', 'alike', 'none'],
      ['192.0.2.4', 'the odd one out', 'err'],
    ]);
    expect(served).toEqual([
      { chain: 0, address: 0 },
      { chain: 1, address: 1 },
    ]);
    const open = new Set([shown[0]?.fold?.key ?? '']);
    const opened = row(graphOf(sixAddresses(), { ...FOLDED, open }), 'mx.example.org').addresses;
    expect(opened.map(({ text }) => text)).toEqual(
      [1, 2, 3, 5, 6, 4].map((last) => `192.0.2.${last}`),
    );
    expect(opened.map(({ fold }) => fold?.open ?? null)).toEqual([
      true,
      ...Array.from({ length: 5 }, () => null),
    ]);
  });

  it('says at how many addresses a record is matched that does not do for all', () => {
    const [record] = row(graphOf(sixAddresses()), 'mx.example.org').records;
    expect(record).toMatchObject({ note: '5 of 6', tone: 'ok', looseEnd: null });
  });

  it('keeps a certificate in sight that a record matches, however deep it lies', () => {
    const chain = [
      leaf('mx.example.org', 'a', '2026-10-02'),
      ...Array.from({ length: 6 }, (_, n) => ({ ...R11, certSha256: `${n}`.repeat(64) })),
    ];
    const graph = graphOf(oneHost(chain, [equal(6)]));
    const { chains, matches } = row(graph, 'mx.example.org');
    expect(chains[0]?.rows.map(({ depth }) => depth)).toEqual([0, 1, 2, 3, 6, null]);
    expect(matches[0]).toMatchObject({ row: 4, kind: 'equal' });
  });
});

describe('what nobody expects', () => {
  it('a host that is named twice is one, at its better preference', () => {
    const graph = graphOf([
      started('example.org'),
      mxEvent('example.org', [
        [20, 'mx.example.org'],
        [10, 'mx.example.org'],
      ]),
      addresses('mx.example.org', ['192.0.2.1']),
    ]);
    expect(graph.rows.map(({ host }) => host.text)).toEqual(['10 · looking']);
  });

  it('a host without an address says so, and nothing is drawn of its servers', () => {
    const graph = graphOf([
      started('example.org'),
      mxEvent('example.org', [[10, 'mx.example.org']]),
      addresses('mx.example.org', []),
      tlsaEvent('mx.example.org', []),
    ]);
    const { host, chains, addresses: shown, served } = row(graph, 'mx.example.org');
    expect(host.text).toBe('10 · no address');
    expect([chains, shown, served]).toEqual([[], [], []]);
  });

  it('of 31 records the one that matches is joined, though it has no chip of its own', () => {
    const records = Array.from({ length: 31 }, (_, index) => tlsaRecord(3, `${index + 10}`));
    const chain = [leaf('mx.example.org', 'a', '2026-10-02')];
    const associations = records.map((_, index) => (index === 30 ? equal(0) : UNEQUAL));
    const events = oneHost(chain, associations).map((event) =>
      event.kind === 'tlsa' ? tlsaEvent('mx.example.org', records) : event,
    );
    const graph = graphOf(events);
    const { records: shown, matches } = row(graph, 'mx.example.org');
    expect(shown).toHaveLength(13);
    expect(shown.at(-1)?.text).toBe('19 more records');
    expect(matches).toMatchObject([{ record: 30, kind: 'equal' }]);
    const lines = toOutline(graph).children[0]?.children ?? [];
    expect(lines.find(({ text }) => text.includes('19 more'))?.note).toContain('= key of');
  });

  it('of thirteen records none is left out for a line that says so', () => {
    const records = Array.from({ length: 13 }, (_, index) => tlsaRecord(3, `${index + 10}`));
    const graph = graphOf([
      started('example.org'),
      mxEvent('example.org', [[10, 'mx.example.org']]),
      tlsaEvent('mx.example.org', records),
    ]);
    expect(row(graph, 'mx.example.org').records.every(({ isRecord }) => isRecord)).toBe(true);
    expect(row(graph, 'mx.example.org').records.at(-1)?.text).toMatch(/^3 1 1 22/);
  });

  it('300 addresses that present 300 certificates have a place and a key each', () => {
    const list = Array.from(
      { length: 300 },
      (_, index) => `192.0.${2 + Math.floor(index / 250)}.${index % 250}`,
    );
    const graph = graphOf([
      started('example.org'),
      mxEvent('example.org', [[10, 'mx.example.org']]),
      addresses('mx.example.org', list),
      tlsaEvent('mx.example.org', [tlsaRecord(3, 'aa')]),
      ...list.map((address, index) =>
        probeEvent(
          'mx.example.org',
          address,
          [leaf('mx.example.org', `${index}`.padStart(4, '0'), '2026-10-02')],
          [UNEQUAL],
        ),
      ),
    ]);
    const layout = layOut(graph, { width: 1200, height: 800 });
    const keys = flowNodes(graph, layout).map(({ id }) => id);
    expect(row(graph, 'mx.example.org').addresses).toHaveLength(300);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('when addresses present different chains', () => {
  const events: readonly InspectionEvent[] = [
    started('example.org'),
    mxEvent('example.org', [[10, 'mx.example.org']]),
    addresses('mx.example.org', ['192.0.2.1', '192.0.2.2']),
    tlsaEvent('mx.example.org', [tlsaRecord(3, 'aa')]),
    probeEvent(
      'mx.example.org',
      '192.0.2.1',
      [leaf('mx.example.org', 'a', '2026-10-02')],
      [equal(0)],
    ),
    probeEvent(
      'mx.example.org',
      '192.0.2.2',
      [leaf('mx.example.org', 'b', '2026-11-02')],
      [UNEQUAL],
    ),
  ];

  it('draws one box a chain, one line that equals and one that differs', () => {
    const { chains, matches, served } = row(graphOf(events), 'mx.example.org');
    expect(chains).toHaveLength(2);
    expect(matches.map(({ chain, kind }) => [chain, kind])).toEqual([
      [0, 'equal'],
      [1, 'differs'],
    ]);
    expect(served).toEqual([
      { chain: 0, address: 0 },
      { chain: 1, address: 1 },
    ]);
  });
});

describe('what went wrong instead of a certificate', () => {
  const graph = graphOf(troubled());

  it('is said in the place of the certificate, red only where the server is at fault', () => {
    expect(row(graph, 'plain.example.net').chains[0]).toMatchObject({
      tone: 'err',
      rows: [{ title: 'no STARTTLS', depth: null }],
    });
    expect(row(graph, 'dark.example.net').chains[0]).toMatchObject({
      tone: 'none',
      rows: [{ title: 'does not answer', depth: null }],
    });
  });

  it('leaves the record without an end to its line', () => {
    expect(row(graph, 'plain.example.net').records[0]?.looseEnd).toBe('no certificate');
  });

  it('marks a bogus TLSA look-up in the place of the records', () => {
    expect(row(graph, 'bogus.example.net').records[0]).toMatchObject({
      text: 'TLSA bogus',
      tone: 'err',
      link: 'bogus',
      isRecord: false,
    });
  });
});

function oneHost(
  chain: Parameters<typeof probeEvent>[2],
  associations: Parameters<typeof probeEvent>[3],
): readonly InspectionEvent[] {
  return [
    started('example.org'),
    mxEvent('example.org', [[10, 'mx.example.org']]),
    addresses('mx.example.org', ['192.0.2.1']),
    tlsaEvent('mx.example.org', [tlsaRecord(2, 'aa')]),
    probeEvent('mx.example.org', '192.0.2.1', chain, associations),
  ];
}

/** The same, but nothing matches what these hosts present. */
function stale(
  events: readonly InspectionEvent[],
  hosts: readonly string[],
): readonly InspectionEvent[] {
  return events.map((event) =>
    event.kind === 'probe' && hosts.includes(event.host)
      ? { ...event, probe: { ...event.probe, associations: [UNEQUAL], verdict: 'failed' } }
      : event,
  );
}

/** One of six addresses presents another certificate, which no record matches. */
function sixAddresses(): readonly InspectionEvent[] {
  const host = 'mx.example.org';
  const list = [1, 2, 3, 4, 5, 6].map((last) => `192.0.2.${last}`);
  return [
    started('example.org'),
    mxEvent('example.org', [[10, host]]),
    addresses(host, list),
    tlsaEvent(host, [tlsaRecord(3, 'aa')]),
    ...list.map((address, index) =>
      index === 3
        ? probeEvent(host, address, [leaf(host, 'b', '2026-09-02')], [UNEQUAL])
        : probeEvent(host, address, [leaf(host, 'a', '2026-10-02')], [equal(0)]),
    ),
  ];
}

function graphOf(
  events: readonly InspectionEvent[],
  unfolding: Unfolding = FOLDED,
  ended = false,
): ChainGraph {
  const report = judge(events.reduce(gather, emptyReport('example.org')));
  return toGraph(report, { unfolding, ended, trouble: null });
}

function row(graph: ChainGraph, host: string): HostRow {
  const found = graph.rows.find((candidate) => candidate.host.name === host);
  if (found === undefined) throw new Error(`no row for ${host}`);
  return found;
}
