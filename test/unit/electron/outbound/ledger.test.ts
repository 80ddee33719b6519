import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Ledger } from '../../../../electron/outbound/ledger.ts';
import type { MailHost } from '../../../../electron/outbound/mail-hosts.ts';
import {
  KEEP_MS,
  MAX_OBSERVATIONS,
  MAX_RUNS,
  type OutboundState,
} from '../../../../electron/outbound/state.ts';
import type { DnsQuestion, SmtpStep } from '../../../../shared/lab/observation.ts';

const START = Date.UTC(2026, 10, 29, 12);
const WRONG = { scenario: 'wrong', rank: 1 } as MailHost;

/** Time goes when it is told to. */
function ledger(kept: OutboundState | null = null, startedAt = START) {
  let now = startedAt;
  const timers: (readonly [number, () => void])[] = [];
  let read: (() => OutboundState) | null = null;
  const made = new Ledger(
    {
      ...{ base: 'havedane.test', algorithm: 13, zoneKey: 'AAAA', hostKeys: {} },
      ...{ scenarios: ['do', 'wrong'], silentAfterMs: 600_000 },
    },
    {
      clock: {
        now: () => now,
        monotonic: () => now,
        setTimer(ms, callback) {
          timers.push([now + ms, callback]);
          return () => undefined;
        },
      },
      random: (count) => randomBytes(count),
      kept,
      keep: (take) => (read = take),
    },
  );
  return {
    made,
    kept: () => read?.() ?? null,
    pass(ms: number) {
      now += ms;
      for (const due of timers.filter(([at]) => at <= now)) {
        timers.splice(timers.indexOf(due), 1);
        due[1]();
      }
    },
  };
}

const tell = (made: Ledger, connection: string, step: SmtpStep, from = '192.0.2.1'): void => {
  made.receiverPorts.observe(WRONG, { id: connection, from }, step);
};

test('before a test, and after its end, nothing is kept', () => {
  const { made, pass, kept } = ledger();
  tell(made, 'early', { name: 'connected' });
  made.begin();
  tell(made, 'own', { name: 'connected' });
  pass(600_001);
  tell(made, 'late', { name: 'connected' });
  expect(kept()?.observations.map(({ seen }) => seen.kind === 'smtp' && seen.connection)).toEqual([
    'own',
  ]);
});

test('one that takes the place of another has the same sender to itself', () => {
  const { made, pass, kept } = ledger();
  // It delivers where records are right, and leaves where they are wrong, which names nobody.
  const send = (alias: string): void => {
    const right = { scenario: 'do', rank: 1 } as MailHost;
    const connection = { id: `${alias} do`, from: '192.0.2.1' };
    made.receiverPorts.observe(right, connection, { name: 'recipient', alias, tls: true });
    tell(made, `${alias} wrong`, { name: 'ehlo', greeting: 'mail.example.org', tls: false });
    tell(made, `${alias} wrong`, { name: 'starttls' });
    tell(made, `${alias} wrong`, { name: 'closed' });
    pass(10_000);
  };
  const wrong = (alias: string) => made.standings(alias)?.at(-1)?.deed;
  const first = made.begin();
  send(first.alias);
  const second = made.begin(first.alias);
  send(second.alias);
  expect([first, second].map(({ alias }) => wrong(alias))).toEqual(['refused', 'refused']);
  expect(kept()?.runs.map(({ silentAfterMs }) => silentAfterMs)).toEqual([9999, 600_000]);
  // Beside each other nobody can tell whose it was.
  const third = made.begin();
  send(third.alias);
  expect(wrong(third.alias)).toBeNull();
});

test('what a connection said is forgotten when it turns out to be none of ours', () => {
  const { made, kept } = ledger();
  made.begin();
  tell(made, 'a', { name: 'connected' });
  tell(made, 'b/mx.wrong.havedane.test', { name: 'connected' });
  tell(made, 'bb', { name: 'connected' });
  made.receiverPorts.forget({ id: 'b', from: '192.0.2.1' });
  expect(kept()?.observations.map(({ seen }) => seen.kind === 'smtp' && seen.connection)).toEqual([
    'a',
    'bb',
  ]);
});

describe('a flood pushes out nothing of a test', () => {
  const question = (from: string, name: string, type = 'A'): DnsQuestion => {
    const flags = { dnssec: true, minimised: type === 'minimised' };
    return { kind: 'dns', from, name, type, ...flags };
  };
  const sent: readonly SmtpStep[] = [
    { name: 'connected' },
    { name: 'recipient', alias: '', tls: true },
    { name: 'delivered', alias: '', tls: true },
  ];
  const deliver = (made: Ledger, alias: string): void => {
    for (const step of sent)
      tell(made, 'own', 'alias' in step ? { ...step, alias } : step, '192.0.2.7');
  };
  const deed = (made: Ledger, alias: string) => made.standings(alias)?.[1]?.deed;

  test('of questions in the name of anybody', () => {
    const { made, kept } = ledger();
    const { alias } = made.begin();
    const ask = (seen: DnsQuestion): void => made.observe({ at: START, scenario: 'wrong', seen });
    for (let count = 0; count < 30_000; count++)
      ask(question(`10.${count >> 8}.${count & 255}.1`, `${count}.wrong.havedane.test`));
    // What a verdict may hang on has a room of its own.
    ask(question('192.0.2.53', '_25._tcp.mx.wrong.havedane.test', 'TLSA'));
    expect(kept()?.observations).toHaveLength(201);
    for (let count = 0; count < 30_000; count++)
      ask(question(`10.${count >> 8}.${count & 255}.1`, `${count}.wrong.havedane.test`, 'TLSA'));
    expect(kept()?.observations).toHaveLength(260);
    expect(made.seen(alias)?.filter(({ seen }) => seen.from === '192.0.2.53')).toHaveLength(1);
  });

  test('of one question: the first few are enough', () => {
    const { made, kept } = ledger();
    made.begin();
    for (let count = 0; count < 100; count++)
      made.observe({ at: START, scenario: 'do', seen: question('192.0.2.1', 'do.havedane.test') });
    expect(kept()?.observations).toHaveLength(4);
    // The next test has its own.
    made.begin();
    made.observe({ at: START, scenario: 'do', seen: question('192.0.2.1', 'do.havedane.test') });
    expect(kept()?.observations).toHaveLength(5);
  });

  test('of connections from everywhere', () => {
    const { made, kept } = ledger();
    const { alias } = made.begin();
    // A sender that came, saw the certificate, and left, from a network of its own.
    for (const name of ['connected', 'starttls', 'closed'] as const)
      tell(made, 'left', { name }, '198.51.100.4');
    deliver(made, alias);
    for (let count = 0; count < 60_000; count++)
      tell(made, `stranger ${count}`, { name: 'connected' }, `10.0.${count % 200}.${count % 99}`);
    const rows = kept()?.observations ?? [];
    expect(rows.length).toBeLessThanOrEqual(MAX_OBSERVATIONS);
    expect(rows.filter(({ seen }) => seen.from === '198.51.100.4')).toHaveLength(3);
    expect(deed(made, alias)).toBe('delivered-tls');
  });

  test('of mail to another test', () => {
    const { made, kept } = ledger();
    const { alias } = made.begin();
    const other = made.begin();
    deliver(made, alias);
    for (let count = 0; count < 20_000; count++)
      tell(made, `${count}`, { name: 'recipient', alias: other.alias, tls: true }, '203.0.113.9');
    expect(kept()?.observations.length).toBeLessThanOrEqual(MAX_OBSERVATIONS);
    expect(deed(made, alias)).toBe('delivered-tls');
  });

  test('of tests that nobody sends to', () => {
    const { made } = ledger();
    const { alias } = made.begin();
    deliver(made, alias);
    for (let count = 0; count < 2 * MAX_RUNS; count++) made.begin();
    expect(made.runs).toHaveLength(MAX_RUNS);
    expect(deed(made, alias)).toBe('delivered-tls');
  });
});

test('after a day rows go by themselves, though nothing happens', () => {
  const { made, pass, kept } = ledger();
  const run = made.begin();
  tell(made, 'a', { name: 'connected' });
  pass(KEEP_MS - 120_000);
  expect(made.runs).toHaveLength(1);
  for (let minute = 0; minute < 3; minute++) pass(60_000);
  expect(made.runs).toEqual([]);
  expect(kept()).toMatchObject({ runs: [], observations: [] });
  expect(made.standings(run.alias)).toBeNull();
  expect(made.receiverPorts.isRecipient(run.alias, WRONG)).toBe(false);
});

describe('tests beside each other', () => {
  test('each has recipients of its own; the oldest goes for one too many', () => {
    const { made } = ledger();
    const runs = Array.from({ length: MAX_RUNS + 1 }, () => made.begin());
    expect(new Set(runs.map(({ alias }) => alias)).size).toBe(MAX_RUNS + 1);
    expect(made.runs).toHaveLength(MAX_RUNS);
    expect(made.runs[0]).toBe(runs[1]);
  });

  test('one that is open stays while others are over, whether or not it was used', () => {
    const { made, pass } = ledger();
    const used = made.begin();
    tell(made, 'a', { name: 'recipient', alias: used.alias, tls: true });
    for (let count = 2; count < MAX_RUNS; count++) made.begin();
    pass(600_000);
    const open = made.begin();
    for (let count = 1; count < MAX_RUNS - 1; count++) made.begin();
    // All that are over went first: those that nobody had sent to, and at last the one that was used.
    expect(made.runs).toContain(open);
    expect(made.runs).toContain(used);
    made.begin();
    expect(made.runs).toContain(open);
    expect(made.runs).not.toContain(used);
  });

  test('after a restart the latest that is open goes on, and what it has not is not asked of it', () => {
    const first = ledger();
    first.made.begin();
    first.pass(1000);
    const run = first.made.begin();
    const again = ledger(first.kept(), START + 2000);
    expect(again.made.openRun()).toEqual(run);
    again.pass(600_000);
    expect(again.made.openRun()).toBeNull();
    const other = first.kept();
    if (other === null) throw new Error('nothing kept');
    const gone = { ...run, scenarios: ['do', 'strip'] as const };
    expect(ledger({ ...other, runs: [gone] }, START + 2000).made.openRun()).toBeNull();
  });

  test('what another base kept is not taken', () => {
    const first = ledger();
    first.made.begin();
    const kept = first.kept();
    if (kept === null) throw new Error('nothing kept');
    expect(ledger({ ...kept, base: 'other.test' }).made.runs).toEqual([]);
  });

  test('what is dated by a clock that was wrong goes, too', () => {
    const first = ledger(null, START + 10 * KEEP_MS);
    first.made.begin();
    expect(ledger(first.kept()).made.runs).toEqual([]);
  });
});
