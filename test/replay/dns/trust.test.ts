// Where trust comes from and where it ends: anchors, opt-out, aliases (RFC 4035 §5, RFC 4033 §2).
import { describe, expect, it } from 'vitest';
import { createWorld, summary, THREE_LEVELS, type ZoneScript } from './world.ts';

describe('trust anchors', () => {
  it('missing altogether leave everything indeterminate, the data being there all the same', async () => {
    const { result } = await createWorld(THREE_LEVELS).lookUp('mx.example.test A', {
      trustAnchors: [],
    });
    expect(summary(result)).toEqual([
      'indeterminate NOERROR',
      'mx.example.test. 3600 IN A 198.51.100.1',
    ]);
    expect(result.reason?.ede).toBe(5);
    expect(result.failure).toBeNull();
  });

  it('below the root hold for what is at or below them, and for nothing else', async () => {
    const world = createWorld(THREE_LEVELS);
    const options = { trustAnchors: world.anchorOf('test') };
    const inside = await world.lookUp('mx.example.test A', options);
    expect(inside.result.security).toBe('secure');
    expect(inside.result.zones.map(({ zone }) => zone.key)).toEqual(['test', 'example.test']);
    expect((await world.lookUp('. SOA', options)).result.security).toBe('indeterminate');
  });

  it('leave the DS RRset of their own zone to the anchor above (RFC 4035 §2.4)', async () => {
    const world = createWorld(THREE_LEVELS);
    const onlyChild = { trustAnchors: world.anchorOf('example.test') };
    expect((await world.lookUp('example.test DS', onlyChild)).result.security).toBe(
      'indeterminate',
    );
    expect((await world.lookUp('example.test MX', onlyChild)).result.security).toBe('secure');
    const both = { trustAnchors: [...world.anchors, ...world.anchorOf('example.test')] };
    const { result } = await world.lookUp('example.test DS', both);
    expect(result.security).toBe('secure');
    expect(result.zones.map(({ zone }) => zone.key)).toEqual(['.', 'test']);
  });

  it('nested count for the closest zone: a wrong one below makes bogus what the root would vouch for', async () => {
    const world = createWorld(THREE_LEVELS);
    const stranger = createWorld(THREE_LEVELS).anchorOf('example.test');
    const { result } = await world.lookUp('mx.example.test A', {
      trustAnchors: [...world.anchors, ...stranger],
    });
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(
      (await world.lookUp('test SOA', { trustAnchors: [...world.anchors, ...stranger] })).result
        .security,
    ).toBe('secure');
  });

  it('reach into an island below an unsigned zone', async () => {
    const zones = THREE_LEVELS.map((zone) =>
      zone.apex === 'test' ? { ...zone, unsigned: true } : zone,
    );
    const world = createWorld(zones);
    expect((await world.lookUp('mx.example.test A')).result.security).toBe('insecure');
    const options = { trustAnchors: [...world.anchors, ...world.anchorOf('example.test')] };
    expect((await world.lookUp('mx.example.test A', options)).result.security).toBe('secure');
  });
});

describe('denial with NSEC3', () => {
  const zones = (optOut: boolean): readonly ZoneScript[] => [
    ...THREE_LEVELS.map((zone) =>
      zone.apex === 'test'
        ? {
            ...zone,
            denial: {
              kind: 'nsec3',
              iterations: 0,
              salt: new Uint8Array(0),
              optOut,
              omitEmptyNonTerminals: false,
            } as const,
          }
        : zone,
    ),
    {
      apex: 'plain.test',
      unsigned: true,
      servers: [['ns.plain.test', '192.0.2.51']],
      records: 'www A 203.0.113.9',
    },
  ];

  it.each([
    [false, 'secure'],
    [true, 'insecure'],
  ])('under opt-out %s: an absent name is %s', async (optOut, status) => {
    const { result } = await createWorld(zones(optOut)).lookUp('nothing.test A');
    expect(summary(result)).toEqual([`${status} NXDOMAIN`]);
  });

  it('an unsigned delegation is insecure with and without opt-out', async () => {
    for (const optOut of [true, false]) {
      const { result } = await createWorld(zones(optOut)).lookUp('www.plain.test A');
      expect(summary(result)[0]).toBe('insecure NOERROR');
    }
  });
});

describe('the weakest link', () => {
  const world = createWorld([
    ...THREE_LEVELS,
    {
      apex: 'other.test',
      unsigned: true,
      servers: [['ns.other.test', '192.0.2.31']],
      records: 'www CNAME mx.example.test.',
    },
    {
      apex: 'bad.test',
      servers: [['ns.bad.test', '192.0.2.32']],
      records: 'www A 203.0.113.3',
      expiredBySeconds: 60,
    },
    {
      apex: 'dname.test',
      servers: [['ns.dname.test', '192.0.2.33']],
      records:
        'tree DNAME example.test.\n bad CNAME www.bad.test.\n gone CNAME missing.example.test.',
    },
  ]);

  it('of a chain through an unsigned zone makes the whole insecure', async () => {
    const { result } = await world.lookUp('far.example.test A');
    expect(summary(result)).toEqual([
      'insecure NOERROR',
      'far.example.test. 3600 IN CNAME www.other.test.',
      'www.other.test. 3600 IN CNAME mx.example.test.',
      'mx.example.test. 3600 IN A 198.51.100.1',
    ]);
    expect(result.aliases.map(({ security }) => security)).toEqual(['secure', 'insecure']);
  });

  it('of a chain into a bogus zone makes the whole bogus', async () => {
    expect(summary((await world.lookUp('bad.dname.test A')).result)[0]).toBe('bogus SERVFAIL');
  });

  it('of a secure chain is secure, and the last name’s RCODE counts', async () => {
    expect(summary((await world.lookUp('gone.dname.test A')).result)).toEqual([
      'secure NXDOMAIN',
      'gone.dname.test. 3600 IN CNAME missing.example.test.',
    ]);
  });

  it('a DNAME is followed and its CNAME shown, made here and not believed from the server', async () => {
    const { result } = await world.lookUp('mx.tree.dname.test A');
    expect(summary(result)).toEqual([
      'secure NOERROR',
      'tree.dname.test. 3600 IN DNAME example.test.',
      'mx.tree.dname.test. 3600 IN CNAME mx.example.test.',
      'mx.example.test. 3600 IN A 198.51.100.1',
    ]);
    expect(result.aliases.map(({ via }) => via)).toEqual(['DNAME']);
    const cname = await world.lookUp('mx.tree.dname.test CNAME');
    expect(summary(cname.result).length).toBe(3);
    expect(cname.result.rrset?.type).toBe(5);
  });
});
