// Servers without TCP, without EDNS, with error codes, or where nobody should ask: told, and not taken for a denial.
import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../../../electron/wire/decode.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import { both, UNSIGNED_CHILD } from './scripts.ts';
import {
  createWorld,
  type ServerScript,
  summary,
  THREE_LEVELS,
  type ZoneScript,
  name,
} from './world.ts';

describe('servers that cannot do it all', () => {
  const truncate: ServerScript = {
    datagrams: (honest) => (payload, reply) =>
      honest(payload, (bytes) => {
        const cut = Uint8Array.from(bytes);
        cut[2] = (cut[2] ?? 0) | 0x02;
        reply(cut);
      }),
  };

  it('answer over TCP what does not fit', async () => {
    const { result } = await createWorld(THREE_LEVELS, both(truncate)).lookUp('mx.example.test A');
    expect(result.security).toBe('secure');
  });

  it('always truncate and have no TCP: failed, and told', async () => {
    const { result, ms } = await createWorld(
      THREE_LEVELS,
      both({ ...truncate, noTcp: true }),
    ).lookUp('mx.example.test A');
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(result.observations.map(({ code }) => code)).toContain('server-no-tcp');
    expect(ms).toBeLessThanOrEqual(10_000);
  });

  it('answer FORMERR to EDNS are asked once more without it', async () => {
    const noEdns: ServerScript = {
      datagrams: (honest) => (payload, reply) => {
        if (payload[11] === 0) honest(payload, reply);
        else
          reply(Uint8Array.of(payload[0] ?? 0, payload[1] ?? 0, 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0));
      },
    };
    const world = createWorld(UNSIGNED_CHILD, both(noEdns));
    const resolver = world.resolver();
    const signal = new AbortController().signal;
    const result = await resolver.resolve(name('mx.example.test'), TYPE.A, signal);
    expect(summary(result)[0]).toBe('insecure NOERROR');
    expect(result.observations.map(({ code }) => code)).toContain('server-no-edns');
    const sent = (): readonly boolean[] =>
      world.traffic
        .filter(({ to }) => ['192.0.2.21', '192.0.2.22'].includes(to.address))
        .map(({ payload }) => payload[11] !== 0);
    // One fall-back for the question, and what was learnt is kept.
    expect(sent()).toEqual([true, false]);
    await resolver.resolve(name('mx.example.test'), TYPE.AAAA, signal);
    expect(sent()).toEqual([true, false, false]);
  });

  it('are told to send no more than 1232 octets in a datagram', async () => {
    const world = createWorld(THREE_LEVELS);
    await world.lookUp('mx.example.test A');
    const sizes = world.traffic.map(({ payload }) => {
      const decoded = decodeMessage(payload);
      return decoded.ok ? decoded.value.edns?.udpSize : null;
    });
    expect(new Set(sizes)).toEqual(new Set([1232]));
  });

  it.each([
    ['SERVFAIL', 2],
    ['REFUSED', 5],
    ['NOTIMP', 4],
  ])('answer %s: the look-up failed, which is not a denial', async (mnemonic, rcode) => {
    const script: ServerScript = {
      tamper: (question, answer) =>
        question.type === TYPE.TLSA
          ? {
              ...answer,
              rcode,
              authoritative: false,
              answers: [],
              authorities: [],
              additionals: [],
            }
          : answer,
    };
    const { result } = await createWorld(THREE_LEVELS, both(script)).lookUp(
      '_25._tcp.mx.example.test TLSA',
    );
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(result.failure).toEqual({ kind: 'rcode', rcode: mnemonic });
  });

  it('answer NOTIMP to a type, with and without EDNS: that is no lack of EDNS', async () => {
    const script: ServerScript = {
      datagrams: (honest) => (payload, reply) =>
        honest(payload, (bytes) => {
          const isTlsa = payload.some(
            (byte, at) => byte === 0 && payload[at + 2] === 52 && at > 12,
          );
          if (!isTlsa) reply(bytes);
          else
            reply(
              Uint8Array.from([
                ...payload.subarray(0, 2),
                0x80,
                4,
                0,
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                ...payload.subarray(12, -11),
              ]),
            );
        }),
    };
    const world = createWorld(THREE_LEVELS, both(script));
    const resolver = world.resolver();
    const signal = new AbortController().signal;
    const tlsa = await resolver.resolve(name('_25._tcp.mx.example.test'), 52, signal);
    expect(summary(tlsa)).toEqual(['indeterminate SERVFAIL']);
    expect(tlsa.observations.map(({ code }) => code)).not.toContain('server-no-edns');
    expect((await resolver.resolve(name('mx.example.test'), 1, signal)).security).toBe('secure');
  });

  it('do not answer for their keys: nobody can tell, which is neither bogus nor insecure', async () => {
    const script: ServerScript = {
      tamper: (question, answer) => (question.type === TYPE.DNSKEY ? null : answer),
    };
    const { result, ms } = await createWorld(THREE_LEVELS, both(script)).lookUp(
      'mx.example.test A',
    );
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(result.reason?.text).toContain('DNSKEY records of example.test cannot be had');
    expect(result.zones.map(({ zone, security }) => `${zone.key} ${security}`)).toEqual([
      '. secure',
      'test secure',
      'example.test indeterminate',
    ]);
    expect(ms).toBeLessThanOrEqual(10_000);
  });

  it('leave the trust above them to be seen when they say nothing at all', async () => {
    const { result } = await createWorld(THREE_LEVELS, both({ silent: true })).lookUp(
      'mx.example.test A',
    );
    expect(result.zones.map(({ zone, security }) => `${zone.key} ${security}`)).toEqual([
      '. secure',
      'test secure',
      'example.test indeterminate',
    ]);
  });

  it('stand at a private address are not asked, unless allowed or among the hints', async () => {
    const zones: readonly ZoneScript[] = [
      { apex: '.', servers: [['a.root.test', '127.0.0.1']] },
      { apex: 'test', servers: [['a.nic.test', '10.0.0.1']], records: 'www A 203.0.113.1' },
    ];
    const world = createWorld(zones);
    const { result } = await world.lookUp('www.test A', { allowPrivate: false });
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(result.failure).toMatchObject({ kind: 'not-allowed', address: '10.0.0.1' });
    expect(world.askedAt('10.0.0.1')).toEqual([]);
    expect((await world.lookUp('. NS', { allowPrivate: false })).result.security).toBe('secure');
    expect((await world.lookUp('www.test A')).result.security).toBe('secure');
  });
});
