/** What the list of kept runs and the line of changes say, word for word. */
import { describe, expect, it } from 'vitest';
import {
  changeSentence,
  headlineOf,
  notComparedSentence,
} from '../../../renderer/history/change-words.ts';
import { daysOf, fitting } from '../../../renderer/history/history-days.ts';
import { sinceText } from '../../../renderer/history/since-text.ts';
import { markOfNode } from '../../../renderer/store/history-node-mark.ts';
import { changesBetween } from '../../../shared/history/changes-between.ts';
import type { Change } from '../../../shared/history/change.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import { gather } from '../../../shared/inspection/fold.ts';
import { judge } from '../../../shared/inspection/judge.ts';
import type { HistoryEntry } from '../../../shared/ipc/history.ts';
import { degraded, leaf, tlsaEvent, tlsaRecord } from './streams.ts';

const certificate = (seed: string, key: string) => ({
  ...leaf('mx1.example.org', seed, '2026-11-21'),
  spkiSha256: key,
});

describe('a change', () => {
  it.each<[Change, string]>([
    [
      { kind: 'outcome', before: 'secure', now: 'broken' },
      'The verdict was “Secure”, and is “Broken” now.',
    ],
    [{ kind: 'host', host: 'mx3.example', what: 'gone' }, 'mx3.example is no mail host any more.'],
    [
      { kind: 'security', of: 'mx', subject: 'example.org', before: 'secure', now: 'failed' },
      'The look-up of the mail hosts of example.org was “secure”, and is “failed” now.',
    ],
    [
      {
        ...{ kind: 'record', host: 'mx', owner: '_25._tcp.mx', what: 'new' },
        record: '3 1 1 ab',
      },
      'New record at _25._tcp.mx: 3 1 1 ab',
    ],
    [
      {
        ...{ kind: 'certificate', host: 'mx1.example.org' },
        ...{ before: certificate('a', 'k'), now: certificate('b', 'k') },
      },
      'mx1.example.org presents another certificate with the same key, valid from 21 Nov 2026.',
    ],
    [
      {
        ...{ kind: 'certificate', host: 'mx1.example.org' },
        ...{ before: certificate('a', 'k'), now: certificate('b', 'l') },
      },
      'mx1.example.org presents another certificate with another key, valid from 21 Nov 2026.',
    ],
    [
      { kind: 'mail-server', host: 'mx', address: '192.0.2.1', before: 'tls', now: 'timeout' },
      '192.0.2.1 of mx: TLS agreed before, no answer in time now.',
    ],
    [
      {
        ...{ kind: 'name-server', server: 'ns2', address: '192.0.2.53' },
        names: [
          { name: '_tcp.mx', before: 'NOERROR', now: 'NXDOMAIN' },
          { name: 'mx', before: 'NOERROR', now: 'SERVFAIL' },
        ],
      },
      'ns2 (192.0.2.53) says NXDOMAIN about _tcp.mx; it was NOERROR, and otherwise about 1 name more.',
    ],
    [
      { kind: 'zone-keys', zone: 'example.org', come: [7, 8], gone: [9] },
      'The parent of example.org points to other keys; new: 7 and 8; gone: 9.',
    ],
  ])('%# is told in a sentence', (change, sentence) => {
    expect(changeSentence(change)).toBe(sentence);
  });

  it('is counted in one line, the verdict first and what passed left out', () => {
    const before = judge(degraded().reduce(gather, emptyReport('example.org')));
    const events = degraded().map((event) =>
      event.kind === 'tlsa' && event.host === 'mx2.example.org'
        ? tlsaEvent('mx2.example.org', [])
        : event,
    );
    const now = judge(events.reduce(gather, emptyReport('example.org')));
    const changes = changesBetween(before, now);
    const [first, second, ...others] = headlineOf(changes);
    expect(first).toBe('Degraded became Partial');
    expect(second).toBe('1 record gone');
    expect(others.join()).toMatch(/findings? new and \d+ ended|findings? (new|ended)/);
    expect(headlineOf({ ...changes, list: [] })).toEqual([]);
    // What is gone has no place in the picture but its host’s.
    const mark = (kind: 'host' | 'no-tlsa', host: string) =>
      markOfNode(changes, now, { kind, host });
    expect(mark('host', 'mx2.example.org')).toBe('changed');
    expect(mark('no-tlsa', 'mx2.example.org')).toBe('changed');
    expect(mark('host', 'mx1.example.org')).toBeNull();
    const tlsa = { kind: 'tlsa', host: 'mx1.example.org', index: 0 } as const;
    expect(markOfNode(changes, now, tlsa)).toBeNull();
  });

  it('of which nothing is known is told as that', () => {
    expect(notComparedSentence({ what: 'everything', host: null, missing: 'now' })).toMatch(
      /no server answered now, so it is this computer’s network/,
    );
    expect(notComparedSentence({ what: 'records', host: 'mx', missing: 'before' })).toMatch(
      /^The TLSA records of mx could not be looked up then/,
    );
  });
});

describe('a record that is new', () => {
  it('is marked at its own place', () => {
    const before = judge(degraded().reduce(gather, emptyReport('example.org')));
    const records = [tlsaRecord(3, '7f31d0aa'), tlsaRecord(3, 'ffff')];
    const events = degraded().map((event) =>
      event.kind === 'tlsa' && event.host === 'mx2.example.org'
        ? tlsaEvent('mx2.example.org', records)
        : event,
    );
    const now = judge(events.reduce(gather, emptyReport('example.org')));
    const changes = changesBetween(before, now);
    const at = (index: number) =>
      markOfNode(changes, now, { kind: 'tlsa', host: 'mx2.example.org', index });
    expect([at(0), at(1)]).toEqual([null, 'new']);
  });
});

describe('the time of the run before', () => {
  it.each([
    ['2026-11-24T15:03:09.000Z', '2026-11-24T16:00:00.000Z', '15:03 UTC'],
    ['2026-11-24T15:03:09.000Z', '2026-11-24T15:03:40.000Z', '15:03:09 UTC'],
    ['2026-11-23T15:03:09.000Z', '2026-11-24T15:03:40.000Z', '23 Nov 2026, 15:03 UTC'],
  ])('%s beside %s is %s', (before, now, text) => {
    expect(sinceText(before, now)).toBe(text);
  });
});

describe('the list', () => {
  const entry = (domain: string, at: string, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
    ...{ id: domain + at, domain, network: 'internet', at, outcome: 'secure', durationMs: 1 },
    ...{ errors: 0, warnings: 0, ownTrust: false, ...more },
  });
  const entries = [
    entry('a.example', '2026-11-24T00:00:00.000Z'),
    entry('b.example', '2026-11-23T23:59:59.000Z', { outcome: 'broken', errors: 2 }),
    entry('a.example', '2026-11-21T12:00:00.000Z', { network: 'lab' }),
  ];

  it('stands under its days, which are those of UTC', () => {
    const days = daysOf(entries, '2026-11-24T23:00:00.000Z');
    expect(days.map(({ name, entries: some }) => [name, some.length])).toEqual([
      ['Today, 24 Nov 2026', 1],
      ['Yesterday, 23 Nov 2026', 1],
      ['21 Nov 2026', 1],
    ]);
  });

  it.each([
    ['', 3],
    ['  A.EX ', 2],
    ['broken', 1],
    ['2 errors', 1],
    ['lab a.example', 1],
    ['21 nov', 1],
    ['a.example broken', 0],
  ])('with the filter “%s” shows %i', (filter, count) => {
    expect(fitting(entries, filter)).toHaveLength(count);
  });
});
