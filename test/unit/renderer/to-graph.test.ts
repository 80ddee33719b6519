/** The picture of a report: what is joined to what, and where lines end in the air. */
import { describe, expect, it } from 'vitest';
import { toGraph } from '../../../renderer/chain/to-graph.ts';
import type { ChainGraph, HostRow } from '../../../renderer/chain/graph.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import { fold } from '../../../shared/inspection/fold.ts';
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
    expect(next).toMatchObject({ tone: 'warn', looseEnd: 'matches nothing yet', note: 'next?' });
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
    const graph = graphOf(degraded().slice(0, 6), false, true);
    const { records, chains } = row(graph, 'mx1.example.org');
    expect(records[0]?.text).toBe('TLSA not known');
    expect(chains[0]?.rows[0]?.title).toBe('not connected to');
    expect(graphOf([started('example.org')], false, true).domain.text).toBe('MX not known');
  });
});

describe('many of something', () => {
  it('folds hosts above eight and says how they fare', () => {
    const graph = graphOf(manyHosts(30));
    expect(graph.rows).toHaveLength(7);
    expect(graph.folded?.text).toBe('23 more hosts · 23 authenticated');
    expect(graph.folded?.tone).toBe('ok');
  });

  it('draws eight hosts singly, and all of them when asked', () => {
    expect(graphOf(manyHosts(8)).folded).toBeNull();
    expect(graphOf(manyHosts(30), true).rows).toHaveLength(30);
  });

  it('folds more than three addresses that present the same', () => {
    const { addresses: shown } = row(graphOf(troubled()), 'dark.example.net');
    expect(shown.map(({ text }) => text)).toEqual(['4 addresses']);
    expect(shown[0]?.addresses).toHaveLength(4);
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

function graphOf(events: readonly InspectionEvent[], unfolded = false, ended = false): ChainGraph {
  return toGraph(events.reduce(fold, emptyReport('example.org')), { unfolded, ended });
}

function row(graph: ChainGraph, host: string): HostRow {
  const found = graph.rows.find((candidate) => candidate.host.name === host);
  if (found === undefined) throw new Error(`no row for ${host}`);
  return found;
}
