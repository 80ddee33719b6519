// Aliases, referrals and delegations without end: bounded work and an honest status.
import { describe, expect, it } from 'vitest';
import { uint16Bytes } from '../../../shared/dns/bytes.ts';
import { nameToWire } from '../../../shared/dns/name.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import { atTld, both, NS1, text, TLD, UNSIGNED_CHILD } from './scripts.ts';
import {
  createWorld,
  name,
  type ServerScript,
  summary,
  THREE_LEVELS,
  type ZoneScript,
} from './world.ts';

describe('loops and floods', () => {
  it('of aliases end indeterminate, with what was found on the way', async () => {
    const zones = THREE_LEVELS.map((zone) =>
      zone.apex === 'example.test'
        ? { ...zone, records: 'a CNAME b\n b CNAME c\n c CNAME a' }
        : zone,
    );
    const { result } = await createWorld(zones).lookUp('a.example.test A');
    expect(summary(result)[0]).toBe('indeterminate SERVFAIL');
    expect(result.aliases.map(({ to }) => to.key)).toEqual([
      'b.example.test',
      'c.example.test',
      'a.example.test',
    ]);
    expect(result.reason?.text).toContain('leads back into itself');
  });

  it.each([
    [11, 'secure NOERROR'],
    [12, 'indeterminate SERVFAIL'],
  ])('of %i aliases give %s', async (steps, expected) => {
    const chain = Array.from({ length: steps }, (_, index) => `c${index} CNAME c${index + 1}`);
    const zones = THREE_LEVELS.map((zone) =>
      zone.apex === 'example.test'
        ? { ...zone, records: [...chain, `c${steps} A 198.51.100.9`].join('\n') }
        : zone,
    );
    const { result } = await createWorld(zones).lookUp('c0.example.test A');
    expect(summary(result)[0]).toBe(expected);
    const limits = result.observations.filter(({ code }) => code === 'limit-reached');
    expect(limits.map(({ parameters }) => parameters['limit'])).toEqual(
      steps === 11 ? [] : ['MAX_ALIAS_STEPS'],
    );
  });

  it('of referrals upwards and to the zone itself are called lame', async () => {
    const upwards: ServerScript = {
      tamper: (_, answer) => ({
        ...answer,
        rcode: 0,
        authoritative: false,
        answers: [],
        authorities: text('. 60 NS a.root.test.\nexample.test. 60 NS ns1.example.test.'),
        additionals: [],
      }),
    };
    const { result, queries } = await createWorld(UNSIGNED_CHILD, both(upwards)).lookUp(
      'mx.example.test A',
    );
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(result.observations.filter(({ code }) => code === 'server-lame').length).toBe(2);
    expect(queries).toBeLessThan(12);
  });

  it('of ever deeper referrals end at the limits', async () => {
    const deeper: ServerScript = {
      tamper: (question, answer) => {
        if (question.type === TYPE.DNSKEY) return answer;
        return {
          ...answer,
          rcode: 0,
          authoritative: false,
          answers: [],
          additionals: text(`ns.test. 60 A ${TLD[0]}`),
          authorities: text(
            `${question.name.labels
              .slice(-depth++)
              .map((label) => String.fromCharCode(...label))
              .join('.')}. 60 NS ns.test.`,
          ),
        };
      },
    };
    let depth = 2;
    const deep = `${Array.from({ length: 40 }, (_, index) => `l${index}`).join('.')}.test`;
    const { result, queries } = await createWorld(UNSIGNED_CHILD, atTld(deeper)).lookUp(
      `${deep} A`,
    );
    expect(result.rcode).toBe('SERVFAIL');
    expect(result.security).not.toBe('secure');
    expect(queries).toBeLessThanOrEqual(100);
  });

  it('of delegations to many strange servers cause few look-ups (NXNSAttack)', async () => {
    const many = Array.from(
      { length: 60 },
      (_, index) => `attack.test. 60 NS ns${index}.victim.test.`,
    );
    const zones: readonly ZoneScript[] = [
      ...UNSIGNED_CHILD,
      { apex: 'victim.test', unsigned: true, servers: [['ns.victim.test', '192.0.2.41']] },
    ];
    const script: ServerScript = {
      tamper: (question, answer) =>
        question.name.key.endsWith('attack.test')
          ? {
              ...answer,
              rcode: 0,
              authoritative: false,
              answers: [],
              authorities: text(many.join('\n')),
              additionals: [],
            }
          : answer,
    };
    const world = createWorld(zones, atTld(script));
    const { result } = await world.lookUp('www.attack.test A');
    expect(result.rcode).toBe('SERVFAIL');
    expect(new Set(world.askedAt('192.0.2.41')).size).toBeLessThanOrEqual(10);
    const limits = result.observations.filter(({ code }) => code === 'limit-reached');
    expect(limits.map(({ parameters }) => parameters['limit'])).toEqual([
      'MAX_NAME_SERVERS_PER_DELEGATION',
      'MAX_SERVER_LOOK_UPS_PER_DELEGATION',
    ]);
  });

  it('of zones whose servers lie in each other end at once, not at a time-out', async () => {
    const zones: readonly ZoneScript[] = [
      ...UNSIGNED_CHILD,
      {
        apex: 'one.test',
        unsigned: true,
        servers: [['ns.two.test', null]],
        records: 'www A 203.0.113.1',
      },
      {
        apex: 'two.test',
        unsigned: true,
        servers: [['ns.one.test', null]],
        records: 'www A 203.0.113.2',
      },
    ];
    const world = createWorld(zones);
    const { result, ms } = await world.lookUp('www.one.test A');
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(ms).toBeLessThan(1000);
    const resolver = world.resolver();
    const signal = new AbortController().signal;
    const started = world.network.clock.monotonic();
    await Promise.all([
      resolver.resolve(name('www.one.test'), 1, signal),
      resolver.resolve(name('www.two.test'), 1, signal),
    ]);
    expect(world.network.clock.monotonic() - started).toBeLessThan(1000);
  });

  it('of pointers in a message are refused, and the next server is asked', async () => {
    const loop: ServerScript = {
      datagrams: (honest) => (payload, reply) =>
        honest(payload, (bytes) => {
          const bad = Uint8Array.from(bytes);
          // The first owner name behind the question points at itself.
          const at = 12 + nameToWire(name('mx.example.test')).length + 4;
          bad.set(uint16Bytes(0xc000 | at), at);
          reply(bad);
        }),
    };
    const { result } = await createWorld(THREE_LEVELS, { [NS1]: loop }).lookUp('mx.example.test A');
    expect(result.security).toBe('secure');
    const alone = await createWorld(THREE_LEVELS, both(loop)).lookUp('mx.example.test A');
    expect(summary(alone.result)).toEqual(['indeterminate SERVFAIL']);
    expect(alone.result.failure).toMatchObject({ kind: 'malformed' });
  });
});
