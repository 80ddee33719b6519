// Which records stand when during a key change, and how long each step waits (RFC 7671 §8.1, §8.4, §9).
import { describe, expect, test } from 'vitest';
import type { Chain, ComingChain } from '../../../../shared/rollover/chain.ts';
import { planCalendar } from '../../../../shared/rollover/calendar.ts';
import {
  planRollover,
  type RolloverPlan,
  type RolloverQuestion,
} from '../../../../shared/rollover/plan.ts';
import { planText } from '../../../../shared/rollover/words.ts';

const START = Date.UTC(2026, 10, 24, 12);
const SECOND = 1000;
const LONG_AGO = Date.UTC(2026, 0, 1);

const key = (octet: string): string => octet.repeat(32);
const leaf = (octet: string): string => `3 1 1 ${key(octet)}`;
const issuer = `2 1 1 ${key('cc')}`;

const CURRENT: Chain = {
  key: key('aa'),
  certificate: 'old ECDSA',
  kind: 'ECDSA',
  records: [leaf('aa')],
};
const RSA: Chain = { key: key('1a'), certificate: 'old RSA', kind: 'RSA', records: [leaf('1a')] };

function coming(octet: string, more: Partial<ComingChain> = {}): ComingChain {
  const records = [leaf(octet)];
  const certificate = `new ${octet}`;
  return {
    key: key(octet),
    certificate,
    kind: 'ECDSA',
    records,
    publish: records,
    issuersKnown: true,
    ...more,
  };
}

const since = (at: number | null, ...records: readonly string[]) =>
  new Map(records.map((record) => [record, at]));

function question(more: Partial<RolloverQuestion> = {}): RolloverQuestion {
  return {
    scheme: 'current+next',
    published: [leaf('aa')],
    everywhere: since(LONG_AGO, leaf('aa')),
    outlived: [],
    presented: [CURRENT],
    presentedComplete: true,
    coming: [coming('bb')],
    ttl: 3600,
    negativeTtl: 86_400,
    refresh: 900,
    safety: 2,
    start: START,
    ...more,
  };
}

function plan(more: Partial<RolloverQuestion> = {}): RolloverPlan {
  const planned = planRollover(question(more));
  if (planned.kind === 'refused') throw new Error(`refused: ${planned.refusal.code}`);
  return planned.plan;
}

const refusal = (more: Partial<RolloverQuestion>): string | null => {
  const planned = planRollover(question(more));
  return planned.kind === 'refused' ? planned.refusal.code : null;
};

const kinds = ({ steps }: RolloverPlan): readonly string[] => steps.map(({ kind }) => kind);
const step = ({ steps }: RolloverPlan, kind: string) => steps.find((each) => each.kind === kind);
const at = (made: RolloverPlan, kind: string): number =>
  ((step(made, kind)?.earliest ?? Number.NaN) - START) / SECOND;
const codes = ({ notes }: RolloverPlan): readonly string[] => notes.map(({ code }) => code);

describe('current + next', () => {
  test('publishes beside, waits, installs, waits once more, removes', () => {
    const made = plan();
    expect(kinds(made)).toEqual(['publish', 'wait', 'deploy', 'settle', 'remove']);
    expect(step(made, 'publish')?.add).toEqual([leaf('bb')]);
    expect(step(made, 'deploy')?.records).toEqual([leaf('aa'), leaf('bb')]);
    expect(step(made, 'remove')).toMatchObject({ remove: [leaf('aa')], records: [leaf('bb')] });
  });

  // RFC 7671 §8.1: two TTLs; RFC 1035 §3.3.13: the slowest secondary before that.
  test('counts REFRESH once and the TTL twice', () => {
    const made = plan();
    expect(made.wait).toBe(900 + 2 * 3600);
    expect(at(made, 'deploy')).toBe(8100);
    expect(step(made, 'deploy')?.after).toBe(8100);
    expect(at(made, 'remove')).toBe(8100 + 7200);
    expect(step(made, 'remove')?.after).toBe(7200);
  });

  test('a next record that all servers have shown for two TTLs lets the key be changed at once', () => {
    const everywhere = since(START - 7200 * SECOND, leaf('aa'), leaf('bb'));
    const made = plan({ published: [leaf('aa'), leaf('bb')], everywhere });
    expect(made).toMatchObject({ wait: 0, covered: [leaf('bb')] });
    expect(kinds(made)).toEqual(['publish', 'deploy', 'settle', 'remove']);
    expect(step(made, 'publish')?.add).toEqual([]);
  });

  test('one that they have shown for an hour is waited for for one more', () => {
    const everywhere = since(START - 3600 * SECOND, leaf('aa'), leaf('bb'));
    const made = plan({ published: [leaf('aa'), leaf('bb')], everywhere });
    expect(at(made, 'deploy')).toBe(3600);
    expect(step(made, 'deploy')?.after).toBe(0);
  });

  test('one that is there, nobody knows for how long, counts from now', () => {
    const everywhere = since(null, leaf('aa'), leaf('bb'));
    const made = plan({ published: [leaf('aa'), leaf('bb')], everywhere });
    expect(at(made, 'deploy')).toBe(7200);
    expect(codes(made)).toContain('since-unknown');
  });

  test('one that some servers lack is as good as not published', () => {
    const made = plan({ published: [leaf('aa'), leaf('bb')] });
    expect(at(made, 'deploy')).toBe(8100);
    expect(step(made, 'publish')?.add).toEqual([leaf('bb')]);
  });

  test('a record that matches nothing is left to its owner, who may keep its key', () => {
    const published = [leaf('aa'), leaf('dd')];
    const made = plan({ published, everywhere: since(LONG_AGO, ...published) });
    expect(made.undecided).toEqual([leaf('dd')]);
    expect(step(made, 'remove')?.remove).toEqual([leaf('aa')]);
    expect(codes(made)).toContain('undecided');
  });

  test('once the new certificate is in, what matched the old one may go', () => {
    const published = [leaf('aa'), leaf('bb')];
    const made = plan({
      published,
      everywhere: since(START - 60 * SECOND, ...published),
      presented: [{ ...coming('bb') }],
      outlived: [leaf('aa')],
    });
    expect(kinds(made)).toEqual(['publish', 'deploy', 'settle', 'remove']);
    expect(step(made, 'publish')?.add).toEqual([]);
    expect(step(made, 'remove')?.remove).toEqual([leaf('aa')]);
  });

  test('with a key that is in use there is nothing to wait for', () => {
    const made = plan({
      coming: [coming('aa')],
      everywhere: since(0, leaf('aa')),
    });
    expect(kinds(made)).toEqual(['publish', 'deploy', 'prepare']);
    expect(made.wait).toBe(0);
    expect(codes(made)).toContain('same-key');
  });
});

describe('a server with two kinds of key', () => {
  const published = [leaf('1a'), leaf('aa')];
  const both = { published, presented: [CURRENT, RSA], everywhere: since(LONG_AGO, ...published) };

  test('keeps the record of the kind for which nothing came', () => {
    const made = plan(both);
    expect(made.staying).toEqual([RSA]);
    expect(step(made, 'remove')).toMatchObject({
      remove: [leaf('aa')],
      records: [leaf('1a'), leaf('bb')],
    });
    expect(codes(made)).toContain('other-keys-stay');
  });

  test('waits until both new keys are covered, not one of them', () => {
    const rsa = coming('1b', { kind: 'RSA' });
    const shown = [...published, leaf('bb')];
    const made = plan({
      ...both,
      published: shown,
      everywhere: since(LONG_AGO, ...shown),
      coming: [coming('bb'), rsa],
    });
    expect(step(made, 'publish')?.add).toEqual([leaf('1b')]);
    expect(at(made, 'deploy')).toBe(8100);
    expect(step(made, 'remove')?.remove).toEqual(published);
  });

  test('of one kind alone, another kind takes its place', () => {
    const made = plan({ coming: [coming('1b', { kind: 'RSA' })] });
    expect(step(made, 'remove')?.remove).toEqual([leaf('aa')]);
  });
});

describe('current + issuer', () => {
  const published = [issuer, leaf('aa')];
  const inUse = { ...CURRENT, records: published };
  const next = coming('bb', { records: [leaf('bb'), issuer], publish: [leaf('bb'), issuer] });
  const same = { scheme: 'current+issuer', published, presented: [inUse], coming: [next] } as const;

  test('an issuer that stays lets each new key in without a wait (RFC 7671 §8.4)', () => {
    const made = plan({ ...same, everywhere: since(LONG_AGO, ...published) });
    expect(made).toMatchObject({ wait: 0, covered: [issuer] });
    expect(step(made, 'deploy')?.after).toBe(0);
    expect(step(made, 'publish')?.add).toEqual([leaf('bb')]);
    expect(step(made, 'remove')).toMatchObject({
      remove: [leaf('aa')],
      records: [issuer, leaf('bb')],
    });
  });

  test('an issuer published a minute ago does not', () => {
    const everywhere = since(START - 60 * SECOND, ...published);
    expect(at(plan({ ...same, everywhere }), 'deploy')).toBe(7200 - 60);
  });

  test('a new issuer has to be published first', () => {
    const other = `2 1 1 ${key('dd')}`;
    const made = plan({
      ...same,
      everywhere: since(LONG_AGO, ...published),
      coming: [coming('bb', { records: [leaf('bb'), other], publish: [leaf('bb'), other] })],
    });
    expect(at(made, 'deploy')).toBe(8100);
    expect(step(made, 'remove')?.remove).toEqual([issuer, leaf('aa')]);
  });

  test('of a bare key nobody knows who will sign it: the issuer’s record is not relied on, and stays', () => {
    const bare = coming('bb', { publish: [leaf('bb'), issuer], issuersKnown: false });
    const made = plan({ ...same, everywhere: since(LONG_AGO, ...published), coming: [bare] });
    expect(at(made, 'deploy')).toBe(8100);
    expect(step(made, 'remove')?.remove).toEqual([leaf('aa')]);
  });
});

describe('where nothing is published', () => {
  const none = { published: [], everywhere: since(null) };

  test('the key in use gets its record along with the next one, or mail would be kept back', () => {
    const made = plan(none);
    expect(step(made, 'publish')?.add).toEqual([leaf('aa'), leaf('bb')]);
    expect(step(made, 'remove')?.remove).toEqual([leaf('aa')]);
  });

  test('caches may hold the absence for the negative TTL (RFC 2308 §5)', () => {
    expect(plan(none).wait).toBe(900 + 2 * 86_400);
  });

  test('and nothing was seen of the host, the certificate comes before its record', () => {
    const made = plan({ ...none, presented: null, presentedComplete: false });
    expect(kinds(made)).toEqual(['deploy', 'publish', 'prepare']);
    expect(codes(made)).toContain('deploy-first');
  });
});

describe('a host that is broken now', () => {
  test('gets the record of the key in use at once', () => {
    const stale = [leaf('99')];
    const made = plan({
      published: stale,
      everywhere: since(LONG_AGO, ...stale),
      presented: [{ ...CURRENT, records: [] }],
    });
    expect(step(made, 'publish')?.add).toEqual([leaf('aa'), leaf('bb')]);
    expect(codes(made)).toContain('uncovered-now');
  });

  test('whose new certificate was installed before its record need not wait to publish', () => {
    const made = plan({ presented: [{ ...coming('bb'), records: [] }] });
    expect(step(made, 'publish')?.add).toEqual([leaf('bb')]);
    expect(made.wait).toBe(0);
  });
});

describe('what could not be seen', () => {
  test('of the host leaves every old record where it is', () => {
    const made = plan({ presented: null, presentedComplete: false });
    expect(kinds(made)).toEqual(['publish', 'wait', 'deploy', 'prepare']);
    expect(made.undecided).toEqual([leaf('aa')]);
    expect(codes(made)).toContain('presented-unknown');
  });

  test('of one address is told', () => {
    expect(codes(plan({ presentedComplete: false }))).toContain('presented-in-part');
  });
});

// RFC 7671 §9: clients set aside all but the strongest digest of a usage and selector.
describe('digests of two strengths', () => {
  const strong = `3 1 2 ${'ee'.repeat(64)}`;

  test('a SHA-512 record of the new key alone would silence that of the key in use', () => {
    const next = coming('bb', { records: [strong], publish: [strong] });
    expect(refusal({ coming: [next] })).toBe('digest-shadows-current');
  });

  test('one of the key in use would silence the SHA-256 record of the new key', () => {
    const inUse = { ...CURRENT, records: [strong] };
    const published = [strong];
    expect(refusal({ published, presented: [inUse] })).toBe('digest-shadows-next');
  });

  test('both keys with both are no harm', () => {
    const other = `3 1 2 ${'ef'.repeat(64)}`;
    const published = [strong];
    const next = coming('bb', { records: [leaf('bb'), other], publish: [leaf('bb'), other] });
    const inUse = { ...CURRENT, records: [strong] };
    const made = plan({ published, presented: [inUse], coming: [next] });
    expect(step(made, 'remove')?.remove).toEqual([strong]);
  });
});

test('without anything to come there is no plan', () => {
  expect(refusal({ coming: [] })).toBe('nothing-to-come');
});

test('in words, a plan names the wait and each record once added and once removed', () => {
  const words = planText(plan(), '_25._tcp.mx.example.org.', 3600);
  expect(words).toContain('Between publishing and installing: 2 h 15 min.');
  expect(words).toContain(`+ _25._tcp.mx.example.org. 3600 IN TLSA ${leaf('bb')}`);
  expect(words).toContain(`- _25._tcp.mx.example.org. 3600 IN TLSA ${leaf('aa')}`);
  expect(words).toContain('Not before 2026-11-24T14:15:00Z, and 2 h 15 min after the records');
  expect(words).toContain('2 h after it was installed everywhere');
});

describe('planCalendar', () => {
  const place = { host: 'mx.example.org', owner: '_25._tcp.mx.example.org' };
  const calendar = planCalendar(plan(), place, START);

  test('has an event a step, in UTC', () => {
    expect(calendar.match(/^DTSTART:.*/gm)).toEqual([
      'DTSTART:20261124T120000Z',
      'DTSTART:20261124T120000Z',
      'DTSTART:20261124T141500Z',
      'DTSTART:20261124T141500Z',
      'DTSTART:20261124T161500Z',
    ]);
    expect(new Set(calendar.match(/^UID:.*/gm)).size).toBe(5);
  });

  test('names its events alike when it is made again later, so that they move', () => {
    const uids = (of: string): readonly string[] | null => of.match(/^UID:.*(?:\r\n .*)*/gm);
    const later = planCalendar(
      plan({ start: START + 3600 * SECOND }),
      place,
      START + 3600 * SECOND,
    );
    expect(uids(later)).toEqual(uids(calendar));
    expect(later.match(/^SEQUENCE:\d+/m)).not.toEqual(calendar.match(/^SEQUENCE:\d+/m));
    const other = { ...place, owner: '_465._tcp.mx.example.org' };
    expect(uids(planCalendar(plan(), other, START))).not.toEqual(uids(calendar));
  });

  test('says what a time counts from', () => {
    expect(calendar.replaceAll('\r\n ', '')).toContain(
      String.raw`Not before this time\, and 2 h 15 min after the records were published.`,
    );
  });

  test('keeps to 75 octets a line and ends each with CRLF (RFC 5545 §3.1)', () => {
    const lines = calendar.split('\r\n');
    expect(lines.at(-1)).toBe('');
    expect(lines.every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\n'))).toBe(true);
    expect(calendar.replaceAll('\r\n ', '')).toContain(`add ${leaf('bb')}`);
  });
});
