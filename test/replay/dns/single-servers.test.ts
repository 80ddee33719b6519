// The servers of a zone one by one, as a QNAME-minimising resolver would ask them (RFC 9156).
import { describe, expect, it } from 'vitest';
import type { Resolver, ServerAddress, ZoneServers } from '../../../electron/resolver/resolver.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import { both, text } from './scripts.ts';
import { createWorld, name, THREE_LEVELS, type ServerScript } from './world.ts';

const signal = new AbortController().signal;

function askUdp(
  resolver: Resolver,
  server: ServerAddress,
  zone: ZoneServers,
  asked: string,
  type: number,
) {
  const question = { server, zone, name: name(asked), type, transport: 'udp', edns: true } as const;
  return resolver.ask(question, signal);
}

describe('single servers', () => {
  const NS1 = '192.0.2.21';
  const missing = (type: number): boolean => type === 1;

  it('are all listed, glue or not, with the zone that holds the name', async () => {
    const resolver = createWorld(THREE_LEVELS).resolver();
    const zone = await resolver.zoneOf(name('_25._tcp.mx.example.test'), signal);
    expect(zone.zone.key).toBe('example.test');
    expect(zone.security).toBe('secure');
    expect(zone.servers.map(({ address }) => address).sort()).toEqual(['192.0.2.21', '192.0.2.22']);
    expect(zone).toMatchObject({ failure: null, unfound: [] });
  });

  it('without an address are named, since nobody can tell what they say', async () => {
    const lost: ServerScript = {
      tamper: (question, answer) =>
        question.type === TYPE.NS
          ? {
              ...answer,
              answers: [...answer.answers, ...text('example.test. 60 NS ns9.example.test.')],
            }
          : answer,
    };
    const resolver = createWorld(THREE_LEVELS, both(lost)).resolver();
    const zone = await resolver.zoneOf(name('example.test'), signal);
    expect(zone.servers).toHaveLength(2);
    expect(zone.unfound).toEqual(['ns9.example.test']);
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
      zone.servers.map((server) => askUdp(resolver, server, zone, ancestor.key, 1)),
    );
    const by = new Map(answers.map((answer) => [answer.server.address, answer]));
    expect(by.get(NS1)).toMatchObject({ rcode: 'NXDOMAIN', denies: 'name', security: 'bogus' });
    expect(by.get('192.0.2.22')).toMatchObject({
      rcode: 'NOERROR',
      denies: 'type',
      security: 'secure',
    });
    expect(by.get('192.0.2.22')?.covers([ancestor])).toEqual([]);
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
    const answer = await askUdp(resolver, server, zone, ancestor.key, 1);
    expect(answer).toMatchObject({ rcode: 'NXDOMAIN', security: 'secure' });
    expect(answer.covers([ancestor]).map(({ key }) => key)).toEqual(['_tcp.mx.example.test']);
  });

  it.each(['nsec', 'nsec3'] as const)(
    'that answer from a wildcard cover nothing with the proof that comes along (%s)',
    async (kind) => {
      const nsec3 = { iterations: 0, salt: new Uint8Array(0), optOut: false } as const;
      const denial =
        kind === 'nsec'
          ? ({ kind } as const)
          : ({ kind, ...nsec3, omitEmptyNonTerminals: false } as const);
      // Without names between, the NSEC that comes along is not the wildcard's own.
      const records = 'mx A 198.51.100.1\n*._tcp.mx TLSA 3 1 1 aabb\n+._tcp.mx TXT "x"';
      const zones = THREE_LEVELS.map((zone) =>
        zone.apex === 'example.test' ? { ...zone, denial, records } : zone,
      );
      const resolver = createWorld(zones).resolver();
      const owner = name('_25._tcp.mx.example.test');
      const zone = await resolver.zoneOf(owner, signal);
      const [server] = zone.servers;
      if (server === undefined) throw new Error('no server');
      const answer = await askUdp(resolver, server, zone, owner.key, 52);
      expect(answer).toMatchObject({ rcode: 'NOERROR', security: 'secure', denies: null });
      expect(answer.answers).toHaveLength(1);
      expect(answer.covers([owner])).toEqual([]);
    },
  );

  it('that answer so much a second, and drop the rest, are heard all the same', async () => {
    let quietUntil = 0;
    const world = createWorld(THREE_LEVELS, {
      [NS1]: {
        datagrams: (honest) => (payload, reply) => {
          if (world.network.clock.monotonic() >= quietUntil) honest(payload, reply);
        },
      },
    });
    const resolver = world.resolver();
    const zone = await resolver.zoneOf(name('example.test'), signal);
    const server = { name: 'ns1.example.test', address: NS1 };
    expect(await askUdp(resolver, server, zone, 'example.test', 6)).toMatchObject({
      failure: null,
    });
    quietUntil = world.network.clock.monotonic() + 1500;
    const answer = await askUdp(resolver, server, zone, 'mx.example.test', 1);
    expect(answer).toMatchObject({ rcode: 'NOERROR', security: 'secure' });
  });

  it('that are silent, lame or not to be asked have a failure and no RCODE', async () => {
    const world = createWorld(THREE_LEVELS, { '192.0.2.99': { silent: true }, '192.0.2.98': {} });
    const resolver = world.resolver({ timeoutMs: 1000 });
    const zone = await resolver.zoneOf(name('example.test'), signal);
    const ask = (address: string): ReturnType<typeof resolver.ask> =>
      askUdp(resolver, { name: 'x', address }, zone, 'example.test', 6);
    expect(await ask('192.0.2.99')).toMatchObject({ rcode: null, failure: { kind: 'timeout' } });
    expect(await ask('192.0.2.98')).toMatchObject({
      rcode: null,
      failure: { kind: 'rcode', rcode: 'REFUSED' },
    });
    expect((await ask('192.0.2.98')).observations.map(({ code }) => code)).toEqual(['server-lame']);
  });
});
