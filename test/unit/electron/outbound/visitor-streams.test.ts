// Pages that are open are told what has changed, and nothing else; so many of them, for so long.
import { beforeEach, describe, expect, test } from 'vitest';
import type { WebStream } from '../../../../electron/net/listen-web.ts';
import {
  createVisitorStreams,
  LOOK_MS,
  STREAM_LIMITS,
  type VisitorStreams,
} from '../../../../electron/outbound/visitor-streams.ts';
import { visitorParts, type VisitorTest } from '../../../../shared/export/visitor-test.ts';
import { FULL_TEST } from '../../shared/export/outbound-report.ts';

/** A clock that goes when it is told to. */
function handClock() {
  let now = 0;
  const timers = new Map<object, { readonly at: number; readonly callback: () => void }>();
  return {
    now: () => now,
    monotonic: () => now,
    setTimer(ms: number, callback: () => void) {
      const key = {};
      timers.set(key, { at: now + ms, callback });
      return () => void timers.delete(key);
    },
    waiting: () => timers.size,
    pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const [next] = [...timers]
          .filter(([, { at }]) => at <= end)
          .sort(([, a], [, b]) => a.at - b.at);
        if (next === undefined) break;
        now = next[1].at;
        timers.delete(next[0]);
        next[1].callback();
      }
      now = end;
    },
  };
}

class Page implements WebStream {
  text = '';
  ended = false;
  #listener: () => void = () => undefined;

  send(text: string): void {
    this.text += text;
  }

  end(): void {
    this.ended = true;
    this.#listener();
  }

  onEnd(listener: () => void): void {
    this.#listener = listener;
  }

  /** Events since the last time, as the HTML standard has a browser read them. */
  events(): readonly { readonly name: string; readonly data: string }[] {
    const blocks = this.text.split('\n\n').slice(0, -1);
    this.text = '';
    return blocks.flatMap((block) => {
      const fields = block.split('\n').map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')] as const;
      });
      const data = fields.filter(([name]) => name === 'data').map(([, value]) => value);
      const name = fields.find(([field]) => field === 'event')?.[1];
      return name === undefined ? [] : [{ name, data: data.join('\n') }];
    });
  }
}

let clock = handClock();
let view: VisitorTest | null;
let looks = 0;
let faulty = '';
let costMs = 0;
let changed: () => void = () => undefined;
let listening = false;
let streams: VisitorStreams;

beforeEach(() => {
  clock = handClock();
  view = {
    report: { ...FULL_TEST, isFinal: false },
    isAlone: true,
    deletedAt: '2026-11-30T12:00:00.000Z',
  };
  looks = 0;
  faulty = '';
  costMs = 0;
  streams = createVisitorStreams(
    {
      onChange(listener) {
        listening = true;
        changed = () => listener(null);
        return () => {
          listening = false;
        };
      },
    },
    {
      read(alias) {
        looks += 1;
        if (alias === faulty) throw new Error('a bug');
        clock.pass(costMs);
        if (view === null) return null;
        const test = view;
        const unread = (): string => '';
        return {
          isFinal: test.report.isFinal,
          parts: () => visitorParts(test),
          ...{ page: unread, stillPage: unread, data: unread },
        };
      },
    },
    clock,
  );
});

function open(address = '192.0.2.1', alias = 'alias'): Page {
  const page = new Page();
  streams.admit(address)?.(alias, page);
  return page;
}

/** With another word of the situation. */
function say(sentence: string): void {
  if (view === null) return;
  const [first, ...more] = view.report.situations;
  if (first === undefined) return;
  view = { ...view, report: { ...view.report, situations: [{ ...first, sentence }, ...more] } };
}

describe('a page', () => {
  test('is told everything at first, and then what has changed, whole', () => {
    const page = open();
    const [first] = page.events();
    expect(first?.name).toBe('parts');
    expect(first?.data.match(/data-news=/g)).toHaveLength(FULL_TEST.situations.length + 1);
    say('Connected.');
    changed();
    clock.pass(LOOK_MS);
    const events = page.events();
    expect(events).toHaveLength(1);
    expect(events[0]?.data).toMatch(/^<article\s+id="situation-do"[^]*Connected\.[^]*<\/article>$/);
  });

  test('is told nothing where nothing has changed for it', () => {
    const page = open();
    page.events();
    changed();
    clock.pass(LOOK_MS);
    expect(page.events()).toEqual([]);
  });

  test('is told what time alone has decided', () => {
    const page = open();
    page.events();
    say('Left without giving the mail.');
    clock.pass(5000);
    expect(page.events()).toHaveLength(1);
  });

  test('is told of many changes at once', () => {
    const page = open();
    page.events();
    const before = looks;
    for (let count = 0; count < 1000; count += 1) {
      say(`Step ${count}.`);
      changed();
    }
    clock.pass(LOOK_MS);
    expect(page.events()).toHaveLength(1);
    expect(looks - before).toBe(1);
  });

  test('gets a sign of life where nothing happens, which is no event', () => {
    const page = open();
    page.events();
    clock.pass(40_000);
    expect(page.text).toBe(':\n\n:\n\n');
    expect(page.events()).toEqual([]);
  });

  test.each([
    [
      'nothing more is waited for',
      () => view && { ...view, report: { ...view.report, isFinal: true } },
    ],
    ['the test is deleted', () => null],
  ])('is told that it is over when %s', (_, next) => {
    const page = open();
    page.events();
    view = next();
    changed();
    clock.pass(LOOK_MS);
    expect(page.events().at(-1)).toEqual({ name: 'over', data: '' });
    expect(page.ended).toBe(true);
    expect(clock.waiting()).toBeLessThanOrEqual(1);
    clock.pass(LOOK_MS);
    expect(clock.waiting()).toBe(0);
  });

  test('is let go after half an hour, to come back', () => {
    const page = open();
    clock.pass(31 * 60_000);
    expect(page.ended).toBe(true);
    expect(page.events().map(({ name }) => name)).not.toContain('over');
  });
});

describe('a bug that one test brings to light', () => {
  test('ends that page alone, whose browser comes back; the others are told what is new', () => {
    const [one, other] = [open('192.0.2.1', 'odd'), open('198.51.100.1')];
    one.events();
    other.events();
    faulty = 'odd';
    say('Connected.');
    changed();
    clock.pass(LOOK_MS);
    expect([one.ended, other.ended]).toEqual([true, false]);
    expect(one.events()).toEqual([]);
    expect(other.events()).toHaveLength(1);
    say('Left.');
    changed();
    clock.pass(LOOK_MS);
    expect(other.events()).toHaveLength(1);
  });

  test('ends a page that has only been opened, and gives its place back', () => {
    faulty = 'odd';
    for (let count = 0; count <= STREAM_LIMITS.perNetwork; count += 1)
      expect(open('192.0.2.1', 'odd').ended).toBe(true);
    expect(streams.admit('192.0.2.1')).not.toBeNull();
  });
});

describe('bounds', () => {
  test('so many of one network, and again once one has gone', () => {
    const pages = Array.from({ length: STREAM_LIMITS.perNetwork }, () => open());
    expect(streams.admit('192.0.2.1')).toBeNull();
    expect(streams.admit('198.51.100.1')).not.toBeNull();
    pages[0]?.end();
    expect(streams.admit('192.0.2.1')).not.toBeNull();
  });

  test('so many in all', () => {
    for (let count = 0; count < STREAM_LIMITS.total; count += 1) open(`192.0.2.${count}`);
    expect(streams.admit('198.51.100.1')).toBeNull();
  });

  test('looking takes no more than a fifth of the time', () => {
    open();
    costMs = 1000;
    const before = clock.now();
    const earlier = looks;
    for (let count = 0; count < 100; count += 1) {
      changed();
      clock.pass(LOOK_MS);
    }
    expect(((looks - earlier) * costMs) / (clock.now() - before)).toBeLessThanOrEqual(0.22);
  });

  test('nothing is looked at while no page is open', () => {
    const page = open();
    page.end();
    clock.pass(10_000);
    const before = looks;
    changed();
    clock.pass(10_000);
    expect(looks).toBe(before);
    expect(clock.waiting()).toBe(0);
  });

  test('closing ends all of them, and nothing is heard any more', () => {
    const pages = [open(), open()];
    streams.close();
    expect(pages.map(({ ended }) => ended)).toEqual([true, true]);
    expect(listening).toBe(false);
    expect(clock.waiting()).toBe(0);
  });
});
