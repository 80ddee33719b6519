// Which records stand when during a key change, and how long each step waits (RFC 7671 §8.1, §8.4).
import { describe, expect, test } from 'vitest';
import { formatTlsa, type Tlsa } from '../../../../shared/dane/tlsa.ts';
import { planCalendar } from '../../../../shared/rollover/calendar.ts';
import { planRollover, type RolloverQuestion } from '../../../../shared/rollover/plan.ts';
import { planText } from '../../../../shared/rollover/words.ts';

const START = Date.UTC(2026, 10, 24, 12);
const HOUR = 3_600_000;

function record(usage: number, octet: number): Tlsa {
  return { usage, selector: 1, matchingType: 1, data: new Uint8Array(32).fill(octet) };
}

const current = record(3, 0xaa);
const next = record(3, 0xbb);
const issuer = record(2, 0xcc);

function question(more: Partial<RolloverQuestion> = {}): RolloverQuestion {
  return {
    scheme: 'current+next',
    published: [current],
    next: [next],
    ttl: 3600,
    negativeTtl: 86_400,
    refresh: null,
    safety: 2,
    start: START,
    ...more,
  };
}

const text = (...records: readonly Tlsa[]): readonly string[] => records.map(formatTlsa).sort();

describe('planRollover', () => {
  test('publishes beside, waits two TTLs, installs, then removes', () => {
    const { steps } = planRollover(question());
    expect(steps.map(({ kind }) => kind)).toEqual(['publish', 'deploy', 'remove', 'prepare']);
    expect(steps.map(({ earliest }) => (earliest - START) / HOUR)).toEqual([0, 2, 2, 2]);
    expect(steps.map(({ records }) => records)).toEqual([
      text(current, next),
      text(current, next),
      text(next),
      text(next),
    ]);
    expect(steps[0]?.add).toEqual(text(next));
    expect(steps[2]?.remove).toEqual(text(current));
  });

  test('the record set fits the old chain until it is replaced, and the new one from before', () => {
    const { steps } = planRollover(question());
    const upToDeploy = steps.filter(({ kind }) => kind === 'publish' || kind === 'deploy');
    expect(upToDeploy.every(({ records }) => records.includes(formatTlsa(current)))).toBe(true);
    expect(steps.every(({ records }) => records.includes(formatTlsa(next)))).toBe(true);
  });

  test('secondaries may lag by SOA REFRESH, which comes before the TTLs', () => {
    expect(planRollover(question({ refresh: 1800 })).wait).toBe(1800 + 7200);
  });

  test('where nothing is published, caches may hold the absence for the negative TTL (RFC 2308 §5)', () => {
    const plan = planRollover(question({ published: [] }));
    expect(plan.wait).toBe(2 * 86_400);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['publish', 'deploy', 'prepare']);
  });

  test('a record of the new chain that is published already leaves nothing to wait for (RFC 7671 §8.1)', () => {
    const plan = planRollover(question({ published: [current, next] }));
    expect(plan).toMatchObject({ wait: 0, settled: 7200, covered: text(next) });
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['deploy', 'remove', 'prepare']);
  });

  test('with an issuer that stays, the new leaf may be installed at once (RFC 7671 §8.4)', () => {
    const plan = planRollover(
      question({ scheme: 'current+issuer', published: [current, issuer], next: [next, issuer] }),
    );
    expect(plan.wait).toBe(0);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['publish', 'deploy', 'remove']);
    expect(plan.steps.at(-1)?.records).toEqual(text(next, issuer));
  });

  test('the same key again changes nothing', () => {
    const plan = planRollover(question({ next: [current] }));
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['deploy', 'prepare']);
  });
});

test('in words, a plan names the wait and each record once added and once removed', () => {
  const words = planText(planRollover(question()), '_25._tcp.mx.example.org.', 3600);
  expect(words).toContain('Between publishing and installing: 2 h.');
  expect(words).toContain(`+ _25._tcp.mx.example.org. 3600 IN TLSA ${formatTlsa(next)}`);
  expect(words).toContain(`- _25._tcp.mx.example.org. 3600 IN TLSA ${formatTlsa(current)}`);
  expect(words).toContain('Not before 2026-11-24T14:00:00Z.');
});

describe('planCalendar', () => {
  const calendar = planCalendar(planRollover(question()), 'mx.example.org', START);

  test('has an event a step, in UTC', () => {
    expect(calendar.match(/^DTSTART:.*/gm)).toEqual([
      'DTSTART:20261124T120000Z',
      ...Array.from({ length: 3 }, () => 'DTSTART:20261124T140000Z'),
    ]);
    expect(new Set(calendar.match(/^UID:.*/gm)).size).toBe(4);
  });

  test('keeps to 75 octets a line and ends each with CRLF (RFC 5545 §3.1)', () => {
    const lines = calendar.split('\r\n');
    expect(lines.at(-1)).toBe('');
    expect(lines.every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\n'))).toBe(true);
    expect(calendar.replaceAll('\r\n ', '')).toContain(`add ${formatTlsa(next)}`);
  });
});
