// The report as events make it: order, repetition, and what one event may not overwrite.
import { describe, expect, test } from 'vitest';
import { emptyReport } from '../../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../../shared/inspection/event.ts';
import { fold, gather } from '../../../../shared/inspection/fold.ts';
import { judge } from '../../../../shared/inspection/judge.ts';
import { address, AT, lookUp, mx, probe, server, tlsa } from './evidence.ts';

const HOST = 'mx.example.org';
const STARTED: InspectionEvent = {
  kind: 'started',
  domain: 'example.org',
  at: AT,
  startedAt: AT,
  version: '1.2.3',
  resolver: 'iterative',
  smtpPort: 2525,
  smtp: true,
};
const MX: InspectionEvent = { kind: 'mx', mx: mx(), nonexistent: false, failed: false };
const ADDRESSES: InspectionEvent = {
  kind: 'addresses',
  host: HOST,
  security: 'secure',
  addresses: [address('192.0.2.1', [])],
  lookUps: [lookUp('A')],
  failed: { a: false, aaaa: false },
  alias: null,
};
const TLSA: InspectionEvent = { kind: 'tlsa', host: HOST, tlsa: tlsa() };
const SERVERS: InspectionEvent = {
  kind: 'ancestors',
  host: HOST,
  ancestors: [],
  tlsaServers: [server()],
};
const PROBE: InspectionEvent = {
  kind: 'probe',
  host: HOST,
  address: '192.0.2.1',
  index: 0,
  probe: probe(),
};
const FINISHED: InspectionEvent = { kind: 'finished', durationMs: 1234, queries: 56 };
const ALL = [STARTED, MX, ADDRESSES, TLSA, SERVERS, PROBE, FINISHED];

const folded = (events: readonly InspectionEvent[]) =>
  events.reduce(fold, emptyReport('example.org'));

describe('fold', () => {
  test('makes the whole report of the events', () => {
    expect(folded(ALL)).toMatchObject({
      outcome: 'secure',
      durationMs: 1234,
      queries: 56,
      finished: true,
      step: null,
      tool: { version: '1.2.3', smtpPort: 2525 },
    });
  });

  test('names the TLSA owner after the port as soon as a host is known', () => {
    expect(folded([STARTED, MX]).hosts[0]?.tlsa.name).toBe('_2525._tcp.mx.example.org');
  });

  test('keeps what single servers said when the TLSA look-up comes in later', () => {
    const report = folded([STARTED, MX, ADDRESSES, SERVERS, TLSA]);
    expect(report.hosts[0]?.tlsa.servers).toEqual([server()]);
  });

  test('takes a probe that is told again for the same probe', () => {
    const report = folded([...ALL.slice(0, 6), PROBE]);
    expect(report.hosts[0]?.addresses[0]?.probes).toHaveLength(1);
  });

  test('puts a second probe of an address beside the first', () => {
    const second: InspectionEvent = { ...PROBE, index: 1 };
    expect(folded([...ALL, second]).hosts[0]?.addresses[0]?.probes).toHaveLength(2);
  });

  test('leaves aside what is told of a host that is not there', () => {
    const stranger: InspectionEvent = { ...TLSA, host: 'stranger.example' };
    expect(folded([STARTED, MX, stranger]).hosts.map(({ name }) => name)).toEqual([HOST]);
  });

  test('holds one observation once', () => {
    const observed: InspectionEvent = {
      kind: 'observed',
      observations: [{ code: 'nsec3-opt-out', subject: 'org', parameters: {} }],
    };
    expect(folded([STARTED, observed, observed]).observations).toHaveLength(1);
  });

  test('changes no report that it was given', () => {
    const before = emptyReport('example.org');
    const copy = structuredClone(before);
    fold(before, MX);
    expect(before).toEqual(copy);
  });

  test('shows the step and the queries while it goes on', () => {
    const progress: InspectionEvent = {
      kind: 'progress',
      step: 'Looking',
      queries: 7,
      elapsedMs: 80,
    };
    expect(folded([STARTED, progress])).toMatchObject({
      step: 'Looking',
      queries: 7,
      durationMs: 80,
    });
  });
});

test('gathering the evidence and judging it once comes to the same report', () => {
  expect(judge(ALL.reduce(gather, emptyReport('example.org')))).toEqual(folded(ALL));
});
