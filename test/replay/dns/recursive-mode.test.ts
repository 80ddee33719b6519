// Asking a recursive resolver: its answers are validated like anybody’s (RFC 4035 §4.9.3).
import { describe, expect, it } from 'vitest';
import { createWorld, summary, THREE_LEVELS, type ZoneScript } from './world.ts';

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

  it('that strips signatures does not get round an anchor below the root either', async () => {
    const world = createWorld(withResolver(THREE_LEVELS), {
      [address]: {
        tamper: (question, answer) =>
          question.type === 48
            ? answer
            : {
                ...answer,
                answers: answer.answers.filter(({ type }) => type !== 46),
                authorities: answer.authorities.filter(({ type }) => type === 6),
              },
      },
    });
    const options = { mode, trustAnchors: world.anchorOf('example.test') };
    for (const question of ['mx.example.test A', 'missing.example.test A']) {
      expect(summary((await world.lookUp(question, options)).result)).toEqual(['bogus SERVFAIL']);
    }
  });

  it('does nothing for a name under no anchor', async () => {
    const world = createWorld(withResolver(THREE_LEVELS));
    const options = { mode, trustAnchors: world.anchorOf('example.test') };
    expect((await world.lookUp('mx.example.test A', options)).result.security).toBe('secure');
    expect((await world.lookUp('test SOA', options)).result.security).toBe('indeterminate');
  });
});
