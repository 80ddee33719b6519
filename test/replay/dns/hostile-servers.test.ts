// Name servers that lie, loop, flood or drop: bounded work, an honest status, never a wrong `secure`.
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../electron/lab/authority.ts';
import { uint16Bytes } from '../../../shared/dns/bytes.ts';
import { nameToWire } from '../../../shared/dns/name.ts';
import type { ResourceRecord } from '../../../shared/dns/record.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import {
  createWorld,
  name,
  records,
  summary,
  THREE_LEVELS,
  type ServerScript,
  type ZoneScript,
} from './world.ts';

const NS1 = '192.0.2.21';
const NS2 = '192.0.2.22';
const TLD = ['192.0.2.11', '192.0.2.12'] as const;

function both(script: ServerScript): Readonly<Record<string, ServerScript>> {
  return { [NS1]: script, [NS2]: script };
}

function atTld(script: ServerScript): Readonly<Record<string, ServerScript>> {
  return { [TLD[0]]: script, [TLD[1]]: script };
}

function text(zone: string): readonly ResourceRecord[] {
  return records(zone, name('.'));
}

const UNSIGNED_CHILD: readonly ZoneScript[] = THREE_LEVELS.map((zone) =>
  zone.apex === 'example.test' ? { ...zone, unsigned: true } : zone,
);

function withoutSignatures(list: readonly ResourceRecord[]): readonly ResourceRecord[] {
  return list.filter(
    ({ type }) => ![TYPE.RRSIG, TYPE.NSEC, TYPE.NSEC3].some((each) => each === type),
  );
}

function strip(answer: Answer): Answer {
  return {
    ...answer,
    answers: withoutSignatures(answer.answers),
    authorities: withoutSignatures(answer.authorities),
  };
}

describe('forged and foreign answers', () => {
  it('are passed over: other ID, other question, other case; the true one that follows counts', async () => {
    const forged = (honest: Uint8Array, change: (bytes: Uint8Array) => void): Uint8Array => {
      const bytes = Uint8Array.from(honest);
      change(bytes);
      // The forger's answer claims that the name does not exist.
      bytes[3] = ((bytes[3] ?? 0) & 0xf0) | 3;
      return bytes;
    };
    const script: ServerScript = {
      datagrams: (honest) => (payload, reply) =>
        honest(payload, (bytes) => {
          reply(forged(bytes, (each) => each.set(uint16Bytes(0xdead), 0)));
          reply(forged(bytes, (each) => each.fill(0x78, 13, 14)));
          reply(Uint8Array.of(1, 2, 3));
          reply(bytes);
        }),
    };
    const { result } = await createWorld(UNSIGNED_CHILD, both(script)).lookUp('mx.example.test A');
    expect(summary(result)).toEqual([
      'insecure NOERROR',
      'mx.example.test. 3600 IN A 198.51.100.1',
    ]);
  });

  it('from a server that does not keep the case of the question are fetched over TCP instead', async () => {
    const script: ServerScript = {
      datagrams: (honest) => (payload, reply) =>
        honest(payload, (bytes) =>
          reply(
            bytes.map((byte, index) =>
              index > 12 && index < 28 && byte < 0x5b && byte > 0x40 ? byte + 32 : byte,
            ),
          ),
        ),
    };
    const world = createWorld(THREE_LEVELS, both(script));
    const { result } = await world.lookUp('mx.example.test A');
    expect(result.security).toBe('secure');
    expect(
      world.traffic.some(
        ({ kind, to }) => kind === 'connect' && to.address.startsWith('192.0.2.2'),
      ),
    ).toBe(true);
  });

  it('about other zones are not believed: an address outside the zone is asked for again', async () => {
    const zones: readonly ZoneScript[] = [
      ...UNSIGNED_CHILD,
      {
        apex: 'other.test',
        unsigned: true,
        servers: [['ns.other.test', '192.0.2.31']],
        records: 'www A 203.0.113.7',
      },
    ];
    const script: ServerScript = {
      tamper: (question, answer) => ({
        ...answer,
        answers:
          question.name.key === 'far.example.test'
            ? [...answer.answers, ...text('www.other.test. 60 A 198.51.100.66')]
            : answer.answers,
      }),
    };
    const { result } = await createWorld(zones, both(script)).lookUp('far.example.test A');
    expect(summary(result)).toEqual([
      'insecure NOERROR',
      'far.example.test. 3600 IN CNAME www.other.test.',
      'www.other.test. 3600 IN A 203.0.113.7',
    ]);
  });

  it('with glue for a stranger in the additional section do not send us to the forger', async () => {
    const zones: readonly ZoneScript[] = [
      ...UNSIGNED_CHILD,
      {
        apex: 'other.test',
        unsigned: true,
        servers: [['ns.other.test', '192.0.2.31']],
        records: 'www A 203.0.113.7',
      },
      {
        apex: 'sub.example.test',
        unsigned: true,
        servers: [['ns.other.test', null]],
        records: 'www A 203.0.113.8',
      },
    ];
    const script: ServerScript = {
      tamper: (_, answer) => ({
        ...answer,
        additionals: [...answer.additionals, ...text('ns.other.test. 60 A 192.0.2.66')],
      }),
    };
    const world = createWorld(zones, { ...both(script), '192.0.2.66': {}, '192.0.2.31': {} });
    const { result } = await world.lookUp('www.other.test A');
    await world.lookUp('www.sub.example.test A');
    expect(result.rcode).toBe('NOERROR');
    expect(world.askedAt('192.0.2.66')).toEqual([]);
  });
});

describe('stripped DNSSEC', () => {
  it('makes a signed answer bogus, never insecure', async () => {
    const { result } = await createWorld(
      THREE_LEVELS,
      both({ tamper: (_, answer) => strip(answer) }),
    ).lookUp('mx.example.test A');
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(result.observations.map(({ code }) => code)).toContain('rrsig-missing');
  });

  it('of the answer alone, the keys being left, is told as missing signatures', async () => {
    const tamper = (question: { readonly type: number }, answer: Answer): Answer =>
      question.type === TYPE.A ? strip(answer) : answer;
    const { result } = await createWorld(THREE_LEVELS, both({ tamper })).lookUp(
      'mx.example.test A',
    );
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(result.observations.map(({ code }) => code)).toContain('rrsig-missing');
    expect(result.reason?.ede).toBe(10);
  });

  it('of a denial makes it bogus', async () => {
    const tamper = (question: { readonly type: number }, answer: Answer): Answer =>
      question.type === TYPE.TXT ? strip(answer) : answer;
    for (const question of ['mx.example.test TXT', 'missing.example.test TXT']) {
      const { result } = await createWorld(THREE_LEVELS, both({ tamper })).lookUp(question);
      expect(summary(result)).toEqual(['bogus SERVFAIL']);
    }
  });

  it('of one server is healed by the other one', async () => {
    const world = createWorld(THREE_LEVELS, { [NS1]: { tamper: (_, answer) => strip(answer) } });
    for (const question of [
      'mx.example.test A',
      'missing.example.test A',
      'x.wild.example.test TXT',
    ]) {
      expect((await world.lookUp(question)).result.security).toBe('secure');
    }
  });

  it('of a referral (no DS, no proof) makes what is below bogus, not insecure', async () => {
    const tamper = (_: unknown, answer: Answer): Answer => ({
      ...strip(answer),
      authorities: withoutSignatures(answer.authorities).filter(({ type }) => type !== TYPE.DS),
      answers: answer.answers.filter(({ type }) => type !== TYPE.DS),
    });
    const honestKeys = (question: { readonly type: number }, answer: Answer): Answer =>
      question.type === TYPE.DNSKEY ? answer : tamper(question, answer);
    const { result } = await createWorld(UNSIGNED_CHILD, atTld({ tamper: honestKeys })).lookUp(
      'mx.example.test A',
    );
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
  });

  it('of a referral is healed by asking the parent for DS', async () => {
    const tamper = (question: { readonly type: number }, answer: Answer): Answer =>
      question.type === TYPE.DS || question.type === TYPE.DNSKEY
        ? answer
        : {
            ...answer,
            authorities: answer.authorities.filter(({ type }) => type === TYPE.NS),
          };
    const world = createWorld(THREE_LEVELS, atTld({ tamper }));
    expect((await world.lookUp('mx.example.test A')).result.security).toBe('secure');
    const unsigned = createWorld(UNSIGNED_CHILD, atTld({ tamper }));
    expect((await unsigned.lookUp('mx.example.test A')).result.security).toBe('insecure');
  });

  it('in the shape of expired signatures is bogus, and what expired is told', async () => {
    const zones = THREE_LEVELS.map((zone) =>
      zone.apex === 'example.test' ? { ...zone, expiredBySeconds: 3600 } : zone,
    );
    const { result } = await createWorld(zones).lookUp('mx.example.test A');
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(result.observations.map(({ code }) => code)).toContain('rrsig-expired');
    expect(result.reason?.ede).toBe(7);
  });

  it('by a parent without DS for a signed child is a proven insecure delegation', async () => {
    const zones = THREE_LEVELS.map((zone) =>
      zone.apex === 'example.test' ? { ...zone, withoutDs: true } : zone,
    );
    const { result } = await createWorld(zones).lookUp('mx.example.test A');
    expect(summary(result)[0]).toBe('insecure NOERROR');
    expect(result.zones.map(({ security }) => security)).toEqual(['secure', 'secure', 'insecure']);
  });
});

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
    const { result } = await createWorld(UNSIGNED_CHILD, both(noEdns)).lookUp('mx.example.test A');
    expect(summary(result)[0]).toBe('insecure NOERROR');
    expect(result.observations.map(({ code }) => code)).toContain('server-no-edns');
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
