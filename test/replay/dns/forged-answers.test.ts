// Answers from elsewhere or about elsewhere: passed over, never believed (RFC 5452 §9, RFC 2181 §5.4.1).
import { describe, expect, it } from 'vitest';
import { uint16Bytes } from '../../../shared/dns/bytes.ts';
import { RCODE } from '../../../shared/dns/rcode.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import { both, text, UNSIGNED_CHILD } from './scripts.ts';
import { createWorld, summary, THREE_LEVELS, type ServerScript, type ZoneScript } from './world.ts';

describe('forged and foreign answers', () => {
  it('are passed over: other ID, other question, other case; the true one that follows counts', async () => {
    const forged = (honest: Uint8Array, change: (bytes: Uint8Array) => void): Uint8Array => {
      const bytes = Uint8Array.from(honest);
      change(bytes);
      // The forger's answer leads elsewhere: 198.51.100.1 becomes 198.51.100.66.
      const at = bytes.findIndex((byte, index) => byte === 198 && bytes[index + 1] === 51);
      if (at >= 0) bytes[at + 3] = 66;
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

  it('with another RCODE on a denial that is proven change nothing about what is proven', async () => {
    for (const rcode of [RCODE.YXDOMAIN, RCODE.NXDOMAIN]) {
      const tamper: ServerScript['tamper'] = (question, answer) =>
        question.type === TYPE.TXT ? { ...answer, rcode } : answer;
      const { result } = await createWorld(THREE_LEVELS, both({ tamper })).lookUp(
        'mx.example.test TXT',
      );
      // NXDOMAIN claims more than the proof shows; YXDOMAIN claims nothing that could be proven.
      expect(summary(result)).toEqual([
        rcode === RCODE.NXDOMAIN ? 'bogus SERVFAIL' : 'secure NOERROR',
      ]);
    }
  });
});
