// What the tables of senders and of deadlines show, worked out by hand.
import { describe, expect, test, vi } from 'vitest';
import { distanceWords, faceOf } from '../../../renderer/outlook/deadline-face.ts';
import {
  endedBetween,
  fieldText,
  hostChanges,
  instantOf,
} from '../../../renderer/outlook/judged-words.ts';
import { tableSentences, worstCell } from '../../../renderer/outlook/sender-face.ts';
import { axisLabels, timeScale } from '../../../renderer/outlook/time-scale.ts';
import type { SenderRow, SenderVerdict } from '../../../shared/mail-software/senders.ts';
import type { Deadline } from '../../../shared/outlook/deadline.ts';
import { address, AT, host, hostNamed, judged, mismatch } from '../shared/inspection/evidence.ts';

const NOW = Date.parse(AT);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function rowOf(...verdicts: readonly [SenderVerdict, SenderVerdict, SenderVerdict]): SenderRow {
  const resolvers = ['plain', 'minimising', 'strict'] as const;
  const cells = resolvers.map((resolver, index) => ({
    resolver,
    verdict: verdicts[index] ?? 'unknown',
    possible: [],
    sentence: '',
    hosts: [],
  }));
  return { sender: 'S', setting: 's', cells };
}

describe('the table of senders in a sentence', () => {
  test('is one where resolvers make no difference', () => {
    const rows = [
      rowOf('deferred', 'deferred', 'deferred'),
      rowOf('authenticated', 'authenticated', 'authenticated'),
    ];
    expect(tableSentences(rows)).toEqual([
      'Whatever resolver they ask: 1 of 2 deliver over verified TLS, 1 of 2 keep the mail waiting.',
    ]);
  });

  test('is one for each kind that differs', () => {
    const rows = [rowOf('authenticated', 'no-dane', 'no-dane')];
    expect(tableSentences(rows)).toEqual([
      'Behind a plain resolver: all 1 deliver over verified TLS.',
      'Behind a minimising or strict resolver: all 1 deliver as if there were no DANE.',
    ]);
  });

  test('begins with nothing, and opens where most is lost', () => {
    expect(tableSentences([])).toEqual([]);
    expect(worstCell([])).toBeNull();
    const rows = [
      rowOf('authenticated', 'unknown', 'depends'),
      rowOf('returned', 'no-dane', 'deferred'),
    ];
    expect(worstCell(rows)?.verdict).toBe('deferred');
  });
});

describe('the scale of time', () => {
  test('keeps the order of instants, and both ends on the line', () => {
    const instants = [-90, -1, 0, 0.01, 1, 7, 30, 400].map((days) => NOW + days * DAY);
    const scale = timeScale(NOW, instants);
    const places = instants.map((at) => scale.place(at));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThanOrEqual(0);
    expect(places.at(-1)).toBeLessThanOrEqual(1);
    expect(scale.place(NOW)).toBe(scale.now);
  });

  test('gives the next day more room than a day in a year', () => {
    const scale = timeScale(NOW, [NOW + 400 * DAY]);
    const first = scale.place(NOW + DAY) - scale.place(NOW);
    const last = scale.place(NOW + 400 * DAY) - scale.place(NOW + 399 * DAY);
    expect(first).toBeGreaterThan(100 * last);
  });

  test('reaches a month ahead at least, and its ticks stand apart', () => {
    const { now, ticks } = timeScale(NOW, []);
    expect(ticks.map(({ label }) => label)).toContain('1 month');
    const places = [now, ...ticks.map(({ place }) => place)];
    const gaps = places.slice(1).map((place, index) => place - (places[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(0.12);
  });
});

describe('the labels of the scale', () => {
  const words = (...args: Parameters<typeof axisLabels>): readonly string[] =>
    axisLabels(...args).map((label) => label.text);

  test('leave out what would stand over another', () => {
    // 36 days: a month and a week are close together at the end of the line.
    const scale = timeScale(NOW, [NOW + 36 * DAY]);
    expect(words(scale, null)).toEqual(['inspected', '1 day', '1 week']);
    const year = timeScale(NOW, [NOW + 400 * DAY]);
    expect(words(year, null)).toEqual(['inspected', '1 day', '3 months']);
  });

  test('never leave out the instant that was judged at', () => {
    const scale = timeScale(NOW, [NOW + 36 * DAY]);
    expect(words(scale, NOW + HOUR / 2)).toContain('judged');
    expect(words(scale, NOW + HOUR / 2)).not.toContain('inspected');
    const last = axisLabels(scale, NOW + 36 * DAY)[0];
    expect(last).toMatchObject({ text: 'judged', isLast: true });
  });
});

describe('a deadline', () => {
  const deadline: Deadline = {
    key: 'k',
    kind: 'certificate',
    weight: 'stops',
    from: NOW - 60 * DAY,
    at: NOW + 70 * DAY,
    what: 'Certificate',
    consequence: '',
    mends: 'mail host',
    reference: '',
    parts: [],
  };

  test('is red only when it has come to pass', () => {
    const tone = (at: number, weight = deadline.weight): string =>
      faceOf({ ...deadline, at, weight }, NOW).tone;
    expect(tone(NOW + 70 * DAY)).toBe('ok');
    expect(tone(NOW + 13 * DAY)).toBe('warn');
    expect(tone(NOW - 1)).toBe('err');
    expect(tone(NOW - 1, 'some')).toBe('none');
    expect(tone(NOW + DAY, 'routine')).toBe('none');
  });

  test('of a short life is soon only in its last quarter', () => {
    const short = { ...deadline, from: NOW - 3 * DAY };
    expect(faceOf({ ...short, at: NOW + 3 * DAY }, NOW).word).toBe('in time');
    expect(faceOf({ ...short, at: NOW + 0.9 * DAY }, NOW).word).toBe('soon');
  });

  test('is so far away', () => {
    expect(distanceWords(NOW + HOUR, NOW)).toBe('in 1 hour');
    expect(distanceWords(NOW - 3 * DAY, NOW)).toBe('3 days ago');
  });

  test('that ends between two instants has ended; going back, it had not begun', () => {
    const harmless = { ...deadline, what: 'Cache', weight: 'harmless' as const, at: NOW + HOUR };
    const both = [deadline, harmless];
    expect(endedBetween(both, NOW, NOW + 69 * DAY)).toEqual([]);
    expect(endedBetween(both, NOW, NOW + 71 * DAY)).toEqual(['Certificate']);
    expect(endedBetween(both, NOW, NOW - 61 * DAY)).toEqual(['Certificate']);
    const many = Array.from({ length: 11 }, (_, index) => ({ ...deadline, what: `C${index}` }));
    expect(endedBetween(many, NOW, NOW + 71 * DAY).at(-1)).toBe('and 3 more');
  });
});

describe('judged at another time', () => {
  test('hosts whose outcome changes are told, and why', () => {
    const before = judged([host(), hostNamed('mx2.example.org')]);
    const stale = host({ addresses: [address('192.0.2.1', [mismatch()])] });
    const changes = hostChanges(before, judged([stale, hostNamed('mx2.example.org')]));
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatch(/^mx\.example\.org: authenticated → mail deferred\. /);
  });

  test('the field is in UTC, wherever the window stands', () => {
    vi.stubEnv('TZ', 'Asia/Tokyo');
    expect(new Date(NOW).getHours()).toBe(21);
    expect(fieldText(NOW)).toBe('2026-11-24T12:00');
    expect(instantOf('2026-11-24T12:00')).toBe(NOW);
    vi.unstubAllEnvs();
  });

  test.each(['', '2026-13-01T00:00', '1066-10-14T09:00', '9999-01-01T00:00', 'tomorrow'])(
    'what is no instant to judge at is refused: %s',
    (typed) => {
      expect(instantOf(typed)).toBeNull();
    },
  );
});
