// Where trust comes from and where it ends: anchors, hidden zone cuts, wildcards, aliases (RFC 4035 §5, RFC 4033 §2).
import { describe, expect, it } from 'vitest';
import { createWorld, name, summary, THREE_LEVELS, type ZoneScript } from './world.ts';

const signal = new AbortController().signal;

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

describe('a zone cut that no referral shows, parent and child sharing their server', () => {
  const shared = [['ns1.example.test', '192.0.2.21']] as const;
  const child = (more: Partial<ZoneScript>): readonly ZoneScript[] => [
    ...THREE_LEVELS.map((zone) =>
      zone.apex === 'example.test' ? { ...zone, servers: shared } : zone,
    ),
    {
      apex: 'sub.example.test',
      servers: shared,
      records: 'www A 203.0.113.1\n*.wild TXT "x"\n alias CNAME www',
      ...more,
    },
  ];
  const questions = [
    ['www.sub.example.test A', 'NOERROR'],
    ['sub.example.test SOA', 'NOERROR'],
    ['www.sub.example.test AAAA', 'NOERROR'],
    ['missing.sub.example.test A', 'NXDOMAIN'],
    ['a.wild.sub.example.test TXT', 'NOERROR'],
    ['alias.sub.example.test A', 'NOERROR'],
  ] as const;

  it.each(questions)('%s is secure through the DS that is asked for', async (question, rcode) => {
    const { result } = await createWorld(child({})).lookUp(question);
    expect(summary(result)[0]).toBe(`secure ${rcode}`);
    expect(result.zones.map(({ zone }) => zone.key)).toEqual([
      '.',
      'test',
      'example.test',
      'sub.example.test',
    ]);
  });

  it.each(questions)(
    '%s is insecure where the child is proven unsigned',
    async (question, rcode) => {
      const { result } = await createWorld(child({ unsigned: true })).lookUp(question);
      expect(summary(result)[0]).toBe(`insecure ${rcode}`);
    },
  );

  it.each(questions)('%s is bogus where the child has a DS but no signatures', async (question) => {
    const signed = createWorld(child({}));
    const strip = createWorld(child({}), {
      '192.0.2.21': {
        tamper: (asked, answer) =>
          asked.name.key.endsWith('sub.example.test') && asked.type !== 43
            ? {
                ...answer,
                answers: answer.answers.filter(({ type }) => type !== 46),
                authorities: answer.authorities.filter(({ type }) => type === 6),
              }
            : answer,
      },
    });
    expect((await signed.lookUp(question)).result.security).toBe('secure');
    expect(summary((await strip.lookUp(question)).result)).toEqual(['bogus SERVFAIL']);
  });

  it('the DS of the child is the parent’s, and its absence is proven by the parent', async () => {
    expect(summary((await createWorld(child({})).lookUp('sub.example.test DS')).result)[0]).toBe(
      'secure NOERROR',
    );
    const { result } = await createWorld(child({ unsigned: true })).lookUp('sub.example.test DS');
    expect(summary(result)).toEqual(['secure NOERROR']);
  });

  it('two levels deep is found as well, the middle one unsigned', async () => {
    const zones: readonly ZoneScript[] = [
      ...child({ unsigned: true }),
      { apex: 'low.sub.example.test', servers: shared, records: 'www A 203.0.113.2' },
    ];
    const { result } = await createWorld(zones).lookUp('www.low.sub.example.test A');
    expect(summary(result)[0]).toBe('insecure NOERROR');
  });

  it('two levels deep is found as well, all signed', async () => {
    const zones: readonly ZoneScript[] = [
      ...child({}),
      { apex: 'low.sub.example.test', servers: shared, records: 'www A 203.0.113.2' },
    ];
    const { result } = await createWorld(zones).lookUp('www.low.sub.example.test A');
    expect(summary(result)[0]).toBe('secure NOERROR');
    expect(result.zones.length).toBe(5);
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

describe('a recursive resolver', () => {
  const address = '203.0.113.53';
  // It has every zone, as a cache would, and parents answer for DS.
  const withResolver = (zones: readonly ZoneScript[]): readonly ZoneScript[] =>
    zones.map((zone) => ({
      ...zone,
      servers: [...zone.servers, ['cache.test', address] as const],
    }));
  const mode = { kind: 'recursive', server: { address, port: 53 } } as const;

  it.each([
    ['mx.example.test A', 'secure NOERROR'],
    ['missing.example.test A', 'secure NXDOMAIN'],
    ['mx.example.test TXT', 'secure NOERROR'],
    ['x.wild.example.test TXT', 'secure NOERROR'],
    ['www.example.test A', 'secure NOERROR'],
    ['www.plain.test A', 'insecure NOERROR'],
    ['missing.plain.test A', 'insecure NXDOMAIN'],
    ['www.bad.test A', 'bogus SERVFAIL'],
    ['. SOA', 'secure NOERROR'],
  ])(
    'is not trusted: what it says of %s is %s by our own validation',
    async (question, expected) => {
      const world = createWorld(
        withResolver([
          ...THREE_LEVELS,
          { apex: 'plain.test', unsigned: true, servers: [], records: 'www A 203.0.113.9' },
          { apex: 'bad.test', servers: [], records: 'www A 203.0.113.3', expiredBySeconds: 60 },
        ]),
      );
      const { result } = await world.lookUp(question, { mode, rootHints: [] });
      expect(summary(result)[0]).toBe(expected);
      expect(new Set(world.traffic.map(({ to }) => to.address))).toEqual(new Set([address]));
    },
  );

  it('that strips signatures makes signed names bogus, not insecure', async () => {
    const world = createWorld(withResolver(THREE_LEVELS), {
      [address]: {
        tamper: (_, answer) => ({
          ...answer,
          answers: answer.answers.filter(({ type }) => type !== 46),
          authorities: answer.authorities.filter(({ type }) => type === 6),
        }),
      },
    });
    for (const question of ['mx.example.test A', 'missing.example.test A', 'example.test DS']) {
      expect(summary((await world.lookUp(question, { mode })).result)).toEqual(['bogus SERVFAIL']);
    }
  });

  it('does nothing for a name under no anchor', async () => {
    const world = createWorld(withResolver(THREE_LEVELS));
    const options = { mode, trustAnchors: world.anchorOf('example.test') };
    expect((await world.lookUp('mx.example.test A', options)).result.security).toBe('secure');
    expect((await world.lookUp('test SOA', options)).result.security).toBe('indeterminate');
  });
});

describe('single servers', () => {
  const NS1 = '192.0.2.21';
  const missing = (type: number): boolean => type === 1;

  it('are all listed, glue or not, with the zone that holds the name', async () => {
    const resolver = createWorld(THREE_LEVELS).resolver();
    const zone = await resolver.zoneOf(name('_25._tcp.mx.example.test'), signal);
    expect(zone.zone.key).toBe('example.test');
    expect(zone.security).toBe('secure');
    expect(zone.servers.map(({ address }) => address).sort()).toEqual(['192.0.2.21', '192.0.2.22']);
    expect(zone.failure).toBeNull();
  });

  it('name the parent’s zone for the DS side and the child’s for its apex', async () => {
    const resolver = createWorld(THREE_LEVELS).resolver();
    expect((await resolver.zoneOf(name('example.test'), signal)).zone.key).toBe('example.test');
    expect((await resolver.zoneOf(name('nothing.test'), signal)).zone.key).toBe('test');
  });

  it('answer each for itself: the one that says NXDOMAIN for an ancestor is found out', async () => {
    const world = createWorld(THREE_LEVELS, {
      [NS1]: {
        tamper: (question, answer) =>
          question.name.key === '_tcp.mx.example.test' && missing(question.type)
            ? { ...answer, rcode: 3 }
            : answer,
      },
    });
    const resolver = world.resolver();
    const ancestor = name('_tcp.mx.example.test');
    const zone = await resolver.zoneOf(ancestor, signal);
    const answers = await Promise.all(
      zone.servers.map((server) => resolver.ask(server, zone, ancestor, 1, [ancestor], signal)),
    );
    const by = new Map(answers.map((answer) => [answer.server.address, answer]));
    expect(by.get(NS1)).toMatchObject({ rcode: 'NXDOMAIN', denies: 'name', security: 'bogus' });
    expect(by.get('192.0.2.22')).toMatchObject({
      rcode: 'NOERROR',
      denies: 'type',
      security: 'secure',
      covered: [],
    });
  });

  it('that cover a name known to exist are told', async () => {
    // The zone as it was before the TLSA record came: a valid proof that the ancestor does not exist.
    const nsec3 = {
      kind: 'nsec3',
      iterations: 0,
      salt: new Uint8Array(0),
      optOut: false,
      omitEmptyNonTerminals: false,
    } as const;
    const zones = THREE_LEVELS.map((zone) =>
      zone.apex === 'example.test'
        ? { ...zone, denial: nsec3, records: 'mx A 198.51.100.1' }
        : zone,
    );
    const resolver = createWorld(zones).resolver();
    const ancestor = name('_tcp.mx.example.test');
    const zone = await resolver.zoneOf(ancestor, signal);
    const [server] = zone.servers;
    if (server === undefined) throw new Error('no server');
    const answer = await resolver.ask(server, zone, ancestor, 1, [ancestor], signal);
    expect(answer).toMatchObject({ rcode: 'NXDOMAIN', security: 'secure' });
    expect(answer.covered.map(({ key }) => key)).toEqual(['_tcp.mx.example.test']);
  });

  it('that are silent, lame or not to be asked have a failure and no RCODE', async () => {
    const world = createWorld(THREE_LEVELS, { '192.0.2.99': { silent: true }, '192.0.2.98': {} });
    const resolver = world.resolver({ timeoutMs: 1000 });
    const zone = await resolver.zoneOf(name('example.test'), signal);
    const ask = (address: string): ReturnType<typeof resolver.ask> =>
      resolver.ask({ name: 'x', address }, zone, name('example.test'), 6, [], signal);
    expect(await ask('192.0.2.99')).toMatchObject({ rcode: null, failure: { kind: 'timeout' } });
    expect(await ask('192.0.2.98')).toMatchObject({
      rcode: null,
      failure: { kind: 'rcode', rcode: 'REFUSED' },
    });
    expect((await ask('192.0.2.98')).observations.map(({ code }) => code)).toEqual(['server-lame']);
  });
});
