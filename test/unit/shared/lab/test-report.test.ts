// How an outbound test stands, as window, reports and command line are given it.
import { describe, expect, test } from 'vitest';
import { attribute } from '../../../../shared/lab/attribution.ts';
import type { DnsQuestion, Observation, SmtpStep } from '../../../../shared/lab/observation.ts';
import { SCENARIOS, type ScenarioId } from '../../../../shared/lab/scenario.ts';
import {
  MAX_STEPS_SHOWN,
  testReport,
  type TestReport,
} from '../../../../shared/lab/test-report.ts';
import { standingsOf, type TestRun } from '../../../../shared/lab/test-run.ts';

const START = Date.UTC(2026, 10, 29, 12);
const SILENT_AFTER_MS = 600_000;
const FACTS = {
  base: 'havedane.test',
  nameServer: { address: '127.25.0.53', port: 5300 },
  trustAnchor: 'havedane.test. 60 IN DS 1 13 2 AB',
  smtpPort: 25,
  open: false,
  leftOut: [],
};

const runOf = (alias: string, scenarios: readonly ScenarioId[] = ['do', 'wrong']): TestRun => ({
  ...{ alias, startedAt: START, silentAfterMs: SILENT_AFTER_MS, scenarios },
});
const MINE = runOf('mine');

function report(
  observations: readonly Observation[],
  passedMs: number,
  { run = MINE, runs = [run] }: { readonly run?: TestRun; readonly runs?: readonly TestRun[] } = {},
): TestReport {
  const own = attribute(runs, observations).get(run.alias) ?? [];
  const now = START + passedMs;
  return testReport(FACTS, run, standingsOf(run, own, now), own, now);
}

function connection(
  scenario: ScenarioId,
  alias: string | null,
  atMs = 1000,
  from = '192.0.2.25',
): readonly Observation[] {
  const steps: readonly SmtpStep[] = [
    { name: 'connected' },
    { name: 'ehlo', greeting: 'mta.example.org', tls: false },
    { name: 'tls', version: 'TLSv1.3', cipher: 'x', serverName: null },
    ...(alias === null
      ? []
      : ([
          { name: 'recipient', alias, tls: true },
          { name: 'delivered', alias, tls: true },
        ] as const)),
    { name: 'closed' },
  ];
  return steps.map((step, index) => ({
    at: START + atMs + index,
    scenario,
    seen: { kind: 'smtp', connection: `${scenario} ${atMs} ${from}`, from, host: 1, step },
  }));
}

function question(more: Partial<DnsQuestion> = {}, atMs = 500): Observation {
  return {
    ...{ at: START + atMs, scenario: 'wrong' },
    seen: {
      ...{ kind: 'dns', from: '192.0.2.53', name: '_25._tcp.mx.wrong.havedane.test' },
      ...{ type: 'TLSA', dnssec: true, minimised: false },
      ...more,
    },
  };
}

const seenIn = ({ situations }: TestReport, id: ScenarioId) =>
  situations.find((situation) => situation.id === id)?.seen ?? [];

describe('questions that were repeated', () => {
  test('are told once, with when they were asked first', () => {
    const seen = seenIn(
      report([question({}, 500), question({}, 600), question({}, 700)], 1000),
      'wrong',
    );
    expect(seen).toEqual([{ at: '2026-11-29T12:00:00.500Z', what: question().seen }]);
  });

  test.each([
    ['of another resolver', { from: '192.0.2.54' }],
    ['for another type', { type: 'A' }],
    ['for another name', { name: 'mx.wrong.havedane.test' }],
    ['that asks for no signatures', { dnssec: false }],
  ])('one %s is another question', (_, more) => {
    expect(seenIn(report([question(), question(more)], 1000), 'wrong')).toHaveLength(2);
  });

  test('steps of a connection are never left out for being alike', () => {
    const twice = [...connection('wrong', null, 1000), ...connection('wrong', null, 2000)];
    expect(seenIn(report(twice, 3000), 'wrong')).toHaveLength(8);
  });
});

describe('many steps', () => {
  const names = Array.from({ length: MAX_STEPS_SHOWN + 5 }, (_, index) => `n${index}.test`);

  test('beyond the cap the earliest go, and are counted', () => {
    const observations = names.map((name, index) => question({ name }, index));
    const [, wrong] = report(observations, 1000).situations;
    expect(wrong?.unshown).toBe(5);
    expect(wrong?.seen).toHaveLength(MAX_STEPS_SHOWN);
    expect(wrong?.seen[0]?.what).toMatchObject({ name: 'n5.test' });
    expect(wrong?.seen.at(-1)?.what).toMatchObject({ name: names.at(-1) });
  });

  test('at the cap none goes; repetitions do not count', () => {
    const observations = names
      .slice(0, MAX_STEPS_SHOWN)
      .flatMap((name, index) => [question({ name }, index), question({ name }, index)]);
    const [, wrong] = report(observations, 1000).situations;
    expect([wrong?.seen.length, wrong?.unshown]).toEqual([MAX_STEPS_SHOWN, 0]);
  });
});

describe('final', () => {
  const decided = [...connection('do', 'mine'), ...connection('wrong', 'mine')];

  test('is a test of which everything is decided, long before its time is over', () => {
    expect(report(decided, 2000)).toMatchObject({
      isFinal: true,
      verdict: { conclusion: 'does-not-check' },
    });
  });

  test('is none of which one situation waits, though its verdict is certain', () => {
    expect(report(connection('wrong', 'mine'), 2000)).toMatchObject({
      isFinal: false,
      verdict: { conclusion: 'does-not-check', unknown: ['do'] },
    });
  });

  test('is none while a connection is open', () => {
    const open = connection('wrong', null).slice(0, -1);
    expect(report([...connection('do', 'mine'), ...open], 2000).isFinal).toBe(false);
  });

  test('is one whose time is over, and silence decides nothing', () => {
    const { isFinal, verdict, situations } = report([], SILENT_AFTER_MS);
    expect([isFinal, verdict.conclusion]).toEqual([true, 'could-not-tell']);
    for (const { phase, deed, worth } of situations)
      expect([phase, deed, worth]).toEqual(['silent', null, null]);
    expect(report([], SILENT_AFTER_MS - 1).isFinal).toBe(false);
  });
});

describe('another run', () => {
  const other = runOf('other');
  const both = { runs: [MINE, other] };
  const observations = [
    ...connection('do', 'mine', 1000, '192.0.2.25'),
    ...connection('wrong', 'other', 2000, '198.51.100.25'),
    question({}, 2500),
  ];

  test('has its own steps, and they are not in this one', () => {
    const mine = report(observations, 3000, both);
    expect(seenIn(mine, 'wrong')).toEqual([]);
    expect(JSON.stringify(mine)).not.toContain('198.51.100.25');
    expect(seenIn(report(observations, 3000, { ...both, run: other }), 'wrong')).toHaveLength(6);
  });

  test('has other recipients', () => {
    const recipients = report([], 0, { ...both, run: other }).situations.map(
      ({ recipient }) => recipient,
    );
    expect(recipients).toEqual(['other@do.havedane.test', 'other@wrong.havedane.test']);
  });
});

test('tells its times in UTC, and its situations in the order of their table', () => {
  const all = SCENARIOS.map(({ id }) => id);
  const told = report([], 1500, { run: runOf('mine', [...all].reverse()) });
  expect(told).toMatchObject({
    ...FACTS,
    alias: 'mine',
    startedAt: '2026-11-29T12:00:00.000Z',
    silentAt: '2026-11-29T12:10:00.000Z',
    at: '2026-11-29T12:00:01.500Z',
  });
  expect(told.situations.map(({ id }) => id)).toEqual(all);
});
