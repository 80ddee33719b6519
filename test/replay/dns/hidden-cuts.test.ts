// Parent and child on one server: the cut shows only in the signatures, or in their absence (RFC 4035 §5.2).
import { describe, expect, it } from 'vitest';
import { createWorld, summary, THREE_LEVELS, type ZoneScript } from './world.ts';

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

  it.each(['x CNAME www', '* CNAME www'])(
    'below a name that is an alias itself is found all the same: %s',
    async (alias) => {
      const zones: readonly ZoneScript[] = [
        ...THREE_LEVELS.map((zone) =>
          zone.apex === 'example.test'
            ? { ...zone, servers: shared, records: `${alias}\n www A 198.51.100.1` }
            : zone,
        ),
        {
          apex: 'sub.x.example.test',
          servers: shared,
          unsigned: true,
          records: 'www A 203.0.113.3',
        },
      ];
      const { result } = await createWorld(zones).lookUp('www.sub.x.example.test A');
      expect(summary(result)).toEqual([
        'insecure NOERROR',
        'www.sub.x.example.test. 3600 IN A 203.0.113.3',
      ]);
    },
  );
});
