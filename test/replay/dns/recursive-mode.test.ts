// Asking a recursive resolver: its answers are validated like anybody’s (RFC 4035 §4.9.3).
import { describe, expect, it } from 'vitest';
import { answerFrom, type Answer } from '../../../electron/lab/authority.ts';
import { decodeMessage } from '../../../electron/wire/decode.ts';
import type { Question } from '../../../electron/wire/message.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
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

  const script = (change: (question: Question, answer: Answer) => Answer | null) => ({
    [address]: { tamper: change },
  });
  const without = (answer: Answer, types: readonly number[]): Answer => ({
    ...answer,
    answers: answer.answers.filter(({ type }) => !types.includes(type)),
    authorities: answer.authorities.filter(({ type }) => !types.includes(type)),
  });

  it('that strips DNSSEC is named in the reason, with what it seems to do', async () => {
    const world = createWorld(
      withResolver(THREE_LEVELS),
      script((_, answer) => without(answer, [TYPE.RRSIG, TYPE.NSEC, TYPE.NSEC3])),
    );
    const { result } = await world.lookUp('mx.example.test A', { mode });
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(result.reason?.text).toContain(
      `the resolver ${address}, which answers so, seems to strip`,
    );
  });

  it('that strips the signatures of the answer alone is named too', async () => {
    const world = createWorld(
      withResolver(THREE_LEVELS),
      script((question, answer) =>
        question.type === TYPE.A ? without(answer, [TYPE.RRSIG]) : answer,
      ),
    );
    const { result } = await world.lookUp('mx.example.test A', { mode });
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(result.reason?.ede).toBe(10);
    expect(result.reason?.text).toContain(
      `the resolver ${address}, which answers so, seems to strip`,
    );
  });

  it('with keys that are not those of the trust anchor: both are named', async () => {
    const stranger = createWorld(THREE_LEVELS).anchors;
    const world = createWorld(withResolver(THREE_LEVELS));
    const { result } = await world.lookUp('mx.example.test A', { mode, trustAnchors: stranger });
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(result.reason?.text).toMatch(/^The trust anchor for \. fits none of the keys/);
    expect(result.reason?.text).toContain(`the resolver ${address} gives`);
  });

  it.each([
    ['SERVFAIL', 2],
    ['REFUSED', 5],
    ['NOTIMP', 4],
  ])('that answers %s: nobody can tell, and it is named', async (mnemonic, rcode) => {
    const refuse = (answer: Answer): Answer => ({
      ...answer,
      rcode,
      answers: [],
      authorities: [],
      additionals: [],
    });
    const world = createWorld(
      withResolver(THREE_LEVELS),
      script((_, answer) => refuse(answer)),
    );
    const { result } = await world.lookUp('mx.example.test A', { mode });
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(result.failure).toEqual({ kind: 'rcode', rcode: mnemonic });
    expect(result.reason?.text).toContain(
      `the resolver ${address} gives no usable answer: it answers ${mnemonic}`,
    );
  });

  it('that ignores CD and refuses what it finds bogus leaves it indeterminate, not bogus', async () => {
    const world = createWorld(
      withResolver([
        ...THREE_LEVELS,
        { apex: 'bad.test', servers: [], records: 'www A 203.0.113.3', expiredBySeconds: 60 },
      ]),
      script((question, answer) =>
        question.name.key.endsWith('bad.test') && question.type === TYPE.A
          ? { ...answer, rcode: 2, answers: [], authorities: [] }
          : answer,
      ),
    );
    expect(summary((await world.lookUp('www.bad.test A', { mode })).result)).toEqual([
      'indeterminate SERVFAIL',
    ]);
    expect((await world.lookUp('mx.example.test A', { mode })).result.security).toBe('secure');
  });

  it('that is asked with RD, CD and DO', async () => {
    const world = createWorld(withResolver(THREE_LEVELS));
    await world.lookUp('mx.example.test A', { mode });
    for (const { payload } of world.traffic) {
      const decoded = decodeMessage(payload);
      if (!decoded.ok) throw new Error('an unreadable query');
      const { flags, edns } = decoded.value;
      expect([flags.recursionDesired, flags.checkingDisabled]).toEqual([true, true]);
      expect(edns).toMatchObject({ dnssecOk: true, udpSize: 1232 });
    }
  });

  it('that answers for DS from the child makes no unsigned zone of a signed one', async () => {
    // As a server of both zones without care for RFC 4035 §3.1.4.1: NODATA, proven by the child's own NSEC.
    const zones = withResolver(THREE_LEVELS);
    const child = createWorld(zones).zone('example.test');
    const world = createWorld(
      zones,
      script((question, answer) =>
        question.type === TYPE.DS && question.name.key === 'example.test'
          ? answerFrom(child, question.name, question.type, true)
          : answer,
      ),
    );
    const { result } = await world.lookUp('mx.example.test A', { mode });
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    const stripped = createWorld(
      zones,
      script((question, answer) =>
        question.type === TYPE.DS && question.name.key === 'example.test'
          ? without(answerFrom(child, question.name, question.type, false), [TYPE.RRSIG])
          : without(answer, question.type === TYPE.A ? [TYPE.RRSIG] : []),
      ),
    );
    expect(summary((await stripped.lookUp('mx.example.test A', { mode })).result)).toEqual([
      'bogus SERVFAIL',
    ]);
  });

  it('that leaves out what is not asked for (minimal responses) is as good as any', async () => {
    const world = createWorld(
      withResolver(THREE_LEVELS),
      script((_, answer) => ({
        ...(answer.answers.length > 0 ? { ...answer, authorities: [] } : answer),
        additionals: [],
      })),
    );
    for (const question of ['mx.example.test A', 'missing.example.test A', 'www.example.test A']) {
      expect((await world.lookUp(question, { mode })).result.security).toBe('secure');
    }
    // What proves a wildcard is no decoration.
    const wild = await world.lookUp('x.wild.example.test TXT', { mode });
    expect(summary(wild.result)).toEqual(['bogus SERVFAIL']);
  });

  it('without EDNS hands out no signatures, which is told of it and makes nothing insecure', async () => {
    const world = createWorld(withResolver(THREE_LEVELS), {
      [address]: {
        datagrams: (honest) => (payload, reply) => {
          if (payload[11] === 0) honest(payload, reply);
          else
            reply(Uint8Array.of(payload[0] ?? 0, payload[1] ?? 0, 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0));
        },
      },
    });
    const { result } = await world.lookUp('mx.example.test A', { mode });
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(result.observations).toContainEqual(
      expect.objectContaining({ code: 'server-no-edns', subject: address }),
    );
    expect(result.reason?.text).toContain(address);
  });

  it('does nothing for a name under no anchor', async () => {
    const world = createWorld(withResolver(THREE_LEVELS));
    const options = { mode, trustAnchors: world.anchorOf('example.test') };
    expect((await world.lookUp('mx.example.test A', options)).result.security).toBe('secure');
    expect((await world.lookUp('test SOA', options)).result.security).toBe('indeterminate');
  });
});
