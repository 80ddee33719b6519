// What of a row of looks is told: changes, once; passing faults, never; ends, once each.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_NOTES, MAX_TOLD } from '../../../../shared/watch/limits.ts';
import type { Look } from '../../../../shared/watch/look.ts';
import { certificateEnd, DAY, failed, followed, NOON, seen, toldAt } from './looks.ts';

describe('the outcome', () => {
  test('of the first look is noted, and no news', () => {
    const [first] = followed([seen('broken')]);
    expect(first?.news).toEqual([]);
    expect(first?.watched.notes.map(({ text }) => text)).toEqual([
      'First look: “broken”. So it is.',
    ]);
  });

  test('is told when it changes, and not while it stays', () => {
    const looks = [seen('secure'), seen('secure'), seen('broken'), seen('broken'), seen('secure')];
    expect(toldAt(looks)).toEqual([
      [],
      [],
      ['From “secure” to “broken”. So it is.'],
      [],
      ['From “broken” to “secure”. So it is.'],
    ]);
  });

  test('that may be a passing fault is told at the second look, and until then the former one counts', () => {
    const looks = [seen('secure'), seen('unknown'), seen('unknown'), seen('unknown')];
    const taken = followed(looks);
    expect(taken.map(({ news }) => news.length)).toEqual([0, 0, 1, 0]);
    expect(taken.map(({ again }) => again)).toEqual([false, true, false, false]);
    expect(taken.map(({ watched }) => watched.outcome)).toEqual([
      'secure',
      'secure',
      'unknown',
      'unknown',
    ]);
    expect(taken[1]?.watched.doubt).toBe('unknown');
  });

  test('that was a passing fault is never told', () => {
    const broken = seen('broken', { passing: true });
    expect(toldAt([seen('secure'), seen('unknown'), seen('secure')]).flat()).toEqual([]);
    expect(toldAt([seen('secure'), broken, seen('secure'), broken, seen('secure')]).flat()).toEqual(
      [],
    );
  });

  test('that is proven takes the place of a doubt at once', () => {
    expect(toldAt([seen('secure'), seen('unknown'), seen('broken')])).toEqual([
      [],
      [],
      ['From “secure” to “broken”. So it is.'],
    ]);
  });
});

describe('looks that fail', () => {
  test('are told after the second in a row, once, and so is the end of it', () => {
    const looks = [seen('secure'), failed(), failed(), failed(), seen('secure'), failed()];
    expect(toldAt(looks)).toEqual([
      [],
      [],
      ['Could not be looked at 2 times in a row. No network.'],
      [],
      ['Can be looked at again: “secure”.'],
      [],
    ]);
  });

  test('say nothing about the domain', () => {
    const taken = followed([seen('secure'), failed(), failed()]);
    expect(taken.at(-1)?.watched).toMatchObject({ outcome: 'secure', failures: 2, lookedAt: NOON });
    expect(taken.map(({ again }) => again)).toEqual([false, true, false]);
  });

  test('and their end are no change of the outcome', () => {
    const news = followed([seen('secure'), failed(), failed(), seen('secure')]).flatMap(
      (taken) => taken.news,
    );
    expect(news.map(({ kind }) => kind)).toEqual(['failed', 'recovered']);
  });

  test('make no news of the outcome that is found afterwards for the first time', () => {
    expect(toldAt([failed(), failed(), seen('secure')]).at(-1)).toEqual([]);
  });
});

describe('what ends', () => {
  test('is told once it is near, and never again for the same end', () => {
    const look = (days: number): Look =>
      seen('secure', { at: NOON + days * DAY, deadlines: [certificateEnd(20)] });
    const told = toldAt([look(0), look(5), look(6), look(7), look(19), look(21)]);
    expect(told).toEqual([
      [],
      [],
      ['Certificate of mx.example.org ends in 14 days, on 14 Dec 2026, 12:00 UTC. Senders defer.'],
      [],
      [],
      [],
    ]);
  });

  test('is told again for another end of the same thing', () => {
    const first = certificateEnd(3);
    const second = certificateEnd(5);
    const at = (deadline: typeof first): Look => seen('secure', { deadlines: [deadline] });
    expect(
      toldAt([at(first), at(second), at(first), at(second)]).map((news) => news.length),
    ).toEqual([1, 1, 0, 0]);
  });

  test('is not told again after its host was out of sight', () => {
    const near = seen('secure', { deadlines: [certificateEnd(3)] });
    expect(toldAt([near, seen('secure'), near]).map((news) => news.length)).toEqual([1, 0, 0]);
  });

  test('is told as ended when nobody saw it coming', () => {
    expect(toldAt([seen('secure', { deadlines: [certificateEnd(-2)] })])).toEqual([
      ['Certificate of mx.example.org has ended on 22 Nov 2026, 12:00 UTC. Senders defer.'],
    ]);
  });

  test('is told once though it has ended long ago and is still presented', () => {
    const look = seen('secure', { deadlines: [certificateEnd(-400)] });
    expect(toldAt([look, look, look, look]).map((news) => news.length)).toEqual([1, 0, 0, 0]);
  });

  test('is told once each where more end than can be remembered', () => {
    const deadlines = Array.from({ length: MAX_TOLD + 50 }, (_, index) =>
      certificateEnd(-400, { key: `certificate ${index}` }),
    );
    const look = seen('secure', { deadlines });
    expect(toldAt([look, look, look]).map((news) => news.length)).toEqual([MAX_TOLD, 0, 0]);
  });

  test('is not told where nobody wishes it, and the next one is known all the same', () => {
    const look = seen('secure', { deadlines: [certificateEnd(-1), certificateEnd(2)] });
    const [taken] = followed([look], 0);
    expect(taken?.news).toEqual([]);
    expect(taken?.watched.ends).toEqual({
      what: 'Certificate of mx.example.org',
      at: NOON + 2 * DAY,
      soon: false,
    });
  });
});

const looks = fc.array(
  fc.oneof(
    fc.constant(failed()),
    fc.constantFrom('secure', 'broken', 'insecure').map((outcome) => seen(outcome)),
    fc.constant(seen('unknown')),
    fc
      .integer({ min: -5, max: 30 })
      .map((days) => seen('secure', { deadlines: [certificateEnd(days)] })),
  ),
  { maxLength: 60 },
);

test('of any row of looks each end is told once, outcomes in turn, and what is kept is bounded', () => {
  fc.assert(
    fc.property(looks, (row) => {
      const taken = followed(row);
      const news = taken.flatMap((each) => each.news);
      const ends = news.filter(({ kind }) => kind === 'expiry').map(({ text }) => text);
      expect(new Set(ends).size).toBe(ends.length);
      const changes = news.flatMap(
        ({ text }) => /^From (“.+”) to (“.+”)\. /.exec(text)?.slice(1, 3) ?? [],
      );
      // Each change begins where the one before ended.
      changes.forEach((outcome, index) => {
        if (index > 0 && index % 2 === 0) expect(outcome).toBe(changes[index - 1]);
      });
      for (const { watched } of taken) expect(watched.notes.length).toBeLessThanOrEqual(MAX_NOTES);
    }),
  );
});
