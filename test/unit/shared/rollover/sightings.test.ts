// Since when every name server shows a record: only what looks have shown counts, and one server without it starts anew.
import { describe, expect, test } from 'vitest';
import type { HostReport } from '../../../../shared/inspection/report.ts';
import {
  remember,
  sightingsOf,
  type HostMemory,
  type Sighting,
} from '../../../../shared/rollover/sightings.ts';
import { leaf, look, type Look } from './looks.ts';

const START = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;
const at = (minute: number): string => new Date(START + minute * MINUTE).toISOString();

/** Looks a minute apart, and what is known after the last of them. */
function after(...looks: readonly (Look | HostReport)[]): readonly Sighting[] {
  let memory: HostMemory | null = null;
  looks.forEach((each, minute) => {
    memory = remember(memory, 'tlsa' in each ? each : look(each), START + minute * MINUTE);
  });
  return memory === null ? [] : sightingsOf(memory);
}

const since = (sightings: readonly Sighting[], octet: string): string | undefined =>
  sightings.find(({ record }) => record === leaf(octet))?.since;

const BOTH = [leaf('aa'), leaf('bb')];
const CURRENT = { ns1: [leaf('aa')], ns2: [leaf('aa')] };
const PUBLISHED = { ns1: BOTH, ns2: BOTH };
const LAGGING = { ns1: BOTH, ns2: [leaf('aa')] };
const SILENT: Look['servers'] = { ns1: BOTH, ns2: 'silent' };

describe('a record', () => {
  test('counts from the first look that finds it at every server', () => {
    const sightings = after({ servers: CURRENT }, { servers: PUBLISHED }, { servers: PUBLISHED });
    expect(since(sightings, 'bb')).toBe(at(1));
    expect(since(sightings, 'aa')).toBe(at(0));
  });

  test('does not count while one server lacks it', () => {
    expect(since(after({ servers: LAGGING }), 'bb')).toBeUndefined();
  });

  test('counts from when the last server followed', () => {
    expect(since(after({ servers: LAGGING }, { servers: PUBLISHED }), 'bb')).toBe(at(1));
  });

  test('starts anew where a server lost it meanwhile', () => {
    const sightings = after({ servers: PUBLISHED }, { servers: LAGGING }, { servers: PUBLISHED });
    expect(since(sightings, 'bb')).toBe(at(2));
    expect(sightings.find(({ record }) => record === leaf('bb'))?.missedAt).toBe(at(1));
  });

  test('does not count while a server never answered', () => {
    expect(since(after({ servers: SILENT }), 'bb')).toBeUndefined();
  });

  test('keeps its time while a server that showed it does not answer', () => {
    expect(since(after({ servers: PUBLISHED }, { servers: SILENT }), 'bb')).toBe(at(0));
  });

  test('with a server that is new to the zone counts from when that shows it', () => {
    const more = { ...PUBLISHED, ns3: BOTH };
    expect(since(after({ servers: PUBLISHED }, { servers: more }), 'bb')).toBe(at(1));
    const silent: Look['servers'] = { ...PUBLISHED, ns3: 'silent' };
    expect(since(after({ servers: PUBLISHED }, { servers: silent }), 'bb')).toBeUndefined();
  });

  test('does not count where a server was not asked at all', () => {
    const unasked = ['ns9.example.net'];
    expect(after({ servers: PUBLISHED, unasked })).toEqual([]);
  });

  test('that does not validate at a server is not shown there', () => {
    const servers: Look['servers'] = { ns1: [leaf('aa')], ns2: 'bogus' };
    expect(after({ servers })).toEqual([]);
  });

  test('at a server without a way over one family counts by the other one', () => {
    const servers: Look['servers'] = { 'ns1 192.0.2.53': BOTH, 'ns1 2001:db8::53': 'no-route' };
    expect(since(after({ servers }), 'bb')).toBe(at(0));
    const alone: Look['servers'] = { ...servers, 'ns2 2001:db8::54': 'no-route' };
    expect(after({ servers: alone })).toEqual([]);
  });

  test('that an address has over UDP alone is not everywhere', () => {
    const both = look({ servers: PUBLISHED });
    const [first, second] = both.tlsa.servers;
    if (first === undefined || second === undefined) throw new Error('two servers');
    const servers = [
      first,
      { ...second, transport: 'udp' as const },
      { ...second, transport: 'tcp' as const, records: [leaf('aa')] },
    ];
    const host = { ...both, tlsa: { ...both.tlsa, servers } };
    expect(since(after(host), 'bb')).toBeUndefined();
    expect(since(after(host), 'aa')).toBe(at(0));
  });
});

describe('what else is kept', () => {
  const mine = (sightings: readonly Sighting[], octet: string) =>
    sightings.find(({ record }) => record === leaf(octet));

  test('when a look last found it missing; nothing on the first look', () => {
    expect(mine(after({ servers: PUBLISHED }), 'bb')).not.toHaveProperty('missedAt');
    const come = after({ servers: CURRENT }, { servers: PUBLISHED });
    expect(mine(come, 'bb')?.missedAt).toBe(at(0));
  });

  test('when it last matched what is presented', () => {
    const changed = { servers: PUBLISHED, presents: { '192.0.2.1': ['bb'] } };
    const sightings = after({ servers: PUBLISHED }, changed, changed);
    expect(mine(sightings, 'aa')?.matchedAt).toBe(at(0));
    expect(mine(sightings, 'bb')?.matchedAt).toBe(at(2));
  });

  test('the TTL of before, for as long as caches may go by it twice', () => {
    const low = { servers: PUBLISHED, ttl: 60 };
    const high = { servers: PUBLISHED, ttl: 240 };
    expect(mine(after(high, low), 'aa')?.ttl).toBe(240);
    // 240 s twice from the first look that found it lowered: minutes 1 to 9.
    expect(mine(after(high, ...Array.from({ length: 8 }, () => low)), 'aa')?.ttl).toBe(240);
    expect(mine(after(high, ...Array.from({ length: 9 }, () => low)), 'aa')?.ttl).toBe(60);
  });
});

describe('a look', () => {
  test('at a zone that is no longer signed forgets everything', () => {
    const unsigned = look({ servers: PUBLISHED, more: { security: 'insecure', servers: [] } });
    expect(after({ servers: PUBLISHED }, unsigned)).toEqual([]);
  });

  test('that learnt nothing forgets nothing', () => {
    const nothing: Look['servers'] = { ns1: 'silent', ns2: 'silent' };
    expect(since(after({ servers: PUBLISHED }, { servers: nothing }), 'bb')).toBe(at(0));
  });

  test('remembers no more records than a host can sensibly have, and none of great length', () => {
    const many = Array.from({ length: 40 }, (_each, index) => leaf((index + 16).toString(16)));
    const records = [`3 0 0 ${'ab'.repeat(2000)}`, ...many];
    const sightings = after({ servers: { ns1: records } });
    expect(sightings).toHaveLength(24);
    expect(sightings.every(({ record }) => record.length < 200)).toBe(true);
  });
});
