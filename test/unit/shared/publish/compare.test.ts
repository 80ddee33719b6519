// What is published and presented beside what is wanted: nothing is called safe that was not seen.
import { describe, expect, test } from 'vitest';
import { wordsOfPublished, wordsOfWanted } from '../../../../shared/publish/compare-words.ts';
import { compareWithWorld, type ComparisonQuestion } from '../../../../shared/publish/compare.ts';
import { MATCH } from '../inspection/evidence.ts';
import { key, leaf, look, type Look } from '../rollover/looks.ts';

const AT = Date.UTC(2026, 10, 24, 12);
const HOUR = 3_600_000;
const iso = (instant: number): string => new Date(instant).toISOString();

function compared(seen: Look, more: Partial<ComparisonQuestion> = {}) {
  const host = look(seen);
  return compareWithWorld({
    wanted: [leaf('bb')],
    fitting: [],
    host,
    sightings: [],
    safety: 2,
    ...more,
  });
}

const BOTH = [leaf('aa'), leaf('bb')];
const wanted = (seen: Look, more: Partial<ComparisonQuestion> = {}) => {
  const [only] = compared(seen, more).wanted;
  if (only === undefined) throw new Error('nothing wanted');
  return only;
};
const published = (seen: Look, octet: string, more: Partial<ComparisonQuestion> = {}) => {
  const found = compared(seen, more).published.find(({ record }) => record === leaf(octet));
  if (found === undefined) throw new Error('not published');
  return found;
};

describe('a wanted record', () => {
  test('that no server shows is to add', () => {
    expect(wanted({})).toMatchObject({ code: 'to-add', since: null });
  });

  test('that all show is published, since when it is known', () => {
    const sightings = [{ record: leaf('bb'), since: iso(AT - HOUR) }];
    const servers = { ns1: BOTH, ns2: BOTH };
    expect(wanted({ servers })).toMatchObject({ code: 'published', since: null });
    expect(wanted({ servers }, { sightings }).since).toBe(AT - HOUR);
  });

  test('that one lacks is published in part, and that one is named', () => {
    const half = wanted({ servers: { ns1: BOTH, ns2: [leaf('aa')] } });
    expect(half).toMatchObject({
      code: 'published-in-part',
      servers: { right: ['ns1.example.org'], wrong: ['ns2.example.org'], silent: [] },
    });
    expect(wordsOfWanted(half)).toBe('published at 1 of 2 name servers; not at ns2.example.org');
  });

  test('that one did not say is not called published', () => {
    const open = wanted({ servers: { ns1: BOTH, ns2: 'silent' } });
    expect(open.code).toBe('published-in-part');
    expect(wordsOfWanted(open)).toContain('no answer from ns2.example.org');
  });

  test('at servers none of which answered cannot be told', () => {
    expect(wanted({ servers: { ns1: 'silent', ns2: 'silent' } }).code).toBe('could-not-tell');
  });

  test('where the look-up fails cannot be told', () => {
    const failed = { more: { security: 'bogus', failed: true, servers: [] } } as const;
    expect(wanted(failed).code).toBe('could-not-tell');
    expect(compared(failed).refusal).toMatchObject({ code: 'failed', status: 'bogus' });
  });

  test('in a zone that is not signed is told, and that it does not count', () => {
    const unsigned = {
      servers: { ns1: BOTH },
      more: { security: 'insecure', servers: [] },
    } as const;
    expect(compared(unsigned).refusal).toMatchObject({ code: 'insecure' });
    expect(wanted(unsigned).code).toBe('published');
    expect(compared(unsigned).published.map(({ removal }) => removal.kind)).toEqual([
      'could-not-tell',
      'could-not-tell',
    ]);
  });
});

describe('a published record', () => {
  test('in use says where, and goes after the new certificate is in', () => {
    const presents = { '192.0.2.1': ['aa'], '2001:db8::1': ['aa', '1a'] };
    const mine = published({ presents }, 'aa');
    expect(mine).toMatchObject({
      code: 'matches-now',
      matches: [
        { address: '192.0.2.1', kinds: ['ECDSA'] },
        { address: '2001:db8::1', kinds: ['ECDSA'] },
      ],
      removal: { kind: 'after-installing' },
    });
    expect(wordsOfPublished(mine, iso)).toContain('matches now (ECDSA, at 2 addresses)');
  });

  test('in use stays where nothing else is wanted', () => {
    expect(published({}, 'aa', { wanted: [] }).removal).toEqual({ kind: 'keep', reason: 'in-use' });
  });

  test('that the dropped material fits is kept for what comes', () => {
    const servers = { ns1: BOTH };
    expect(published({ servers }, 'bb')).toMatchObject({
      code: 'matches-dropped',
      removal: { kind: 'keep', reason: 'to-come' },
    });
    const fitting = published({ servers }, 'bb', { wanted: [], fitting: [leaf('bb')] });
    expect(fitting.code).toBe('matches-dropped');
  });

  describe('by a server that the look-up did not ask', () => {
    const servers = { ns1: [leaf('bb')], ns2: [leaf('aa')] };

    test('is no less in use', () => {
      const mine = published({ servers, presents: { '192.0.2.1': ['aa'] } }, 'aa');
      expect(mine).toMatchObject({ code: 'matches-now', removal: { kind: 'after-installing' } });
    });

    test('and of other kinds it cannot be told', () => {
      const whole = `3 1 2 ${key('ab')}${key('cd')}`;
      const found = compared({ servers: { ns1: [leaf('aa')], ns2: [leaf('aa'), whole] } });
      expect(found.published.find(({ record }) => record === whole)).toMatchObject({
        code: 'could-not-tell',
        removal: { kind: 'could-not-tell' },
      });
    });
  });

  const stray = { servers: { ns1: [leaf('aa'), leaf('dd')] } };

  test('that matches nothing may be of a key that is kept', () => {
    expect(published(stray, 'dd')).toMatchObject({
      code: 'matches-nothing',
      removal: { kind: 'unless-kept' },
    });
  });

  test('that matched once goes two TTLs after it did', () => {
    const sightings = [
      { record: leaf('dd'), since: iso(AT - 9 * HOUR), matchedAt: iso(AT - HOUR), ttl: 3600 },
    ];
    const mine = published(stray, 'dd', { sightings });
    expect(mine.removal).toEqual({ kind: 'after', instant: AT + HOUR });
    expect(wordsOfPublished(mine, iso)).toContain('remove it from 2026-11-24T13:00:00.000Z');
  });

  describe('of an issuer', () => {
    const issuer = `2 1 1 ${key('1c')}`;
    const host = look({ servers: { ns1: [leaf('aa'), issuer] } });
    /** The chain that is presented holds the issuer. */
    const presenting = {
      ...host,
      addresses: host.addresses.map((each) => ({
        ...each,
        probes: each.probes.map((probe) => ({ ...probe, associations: [MATCH, MATCH] })),
      })),
    };
    const ofIssuer = (more: Partial<ComparisonQuestion>) => {
      const found = compared({}, more).published.find(({ record }) => record === issuer);
      if (found === undefined) throw new Error('not published');
      return found;
    };

    test('in use stays where only a certificate without its issuers was dropped', () => {
      expect(ofIssuer({ host: presenting }).removal).toEqual({ kind: 'keep', reason: 'in-use' });
      const wantsOther = [leaf('bb'), `2 1 1 ${key('1d')}`];
      expect(ofIssuer({ host: presenting, wanted: wantsOther }).removal.kind).toBe(
        'after-installing',
      );
    });

    test('not in use any more may come to be used again', () => {
      const sightings = [
        { record: issuer, since: iso(AT - 9 * HOUR), matchedAt: iso(AT), ttl: 60 },
      ];
      const mine = ofIssuer({ host, sightings });
      expect(mine.removal).toEqual({ kind: 'unless-kept' });
      expect(wordsOfPublished(mine, iso)).toBe(
        'matches nothing: remove it, unless its issuer may sign a certificate to come',
      );
    });
  });

  test('of which an address was not seen may be in use there', () => {
    const presents = { '192.0.2.1': ['aa'], '2001:db8::1': [] };
    expect(published({ ...stray, presents }, 'dd')).toMatchObject({
      code: 'could-not-tell',
      removal: { kind: 'could-not-tell' },
    });
  });

  test('that one server alone still shows is listed too', () => {
    const servers = { ns1: [leaf('aa')], ns2: [leaf('aa'), leaf('dd')] };
    expect(published({ servers }, 'dd').servers.wrong).toEqual(['ns1.example.org']);
  });
});
