// The name server of the outbound test by itself: what it sees, and that what it signs holds at any time.
import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateZoneKey } from '../../../../electron/lab/zone-key.ts';
import { assignAddresses } from '../../../../electron/outbound/assign-addresses.ts';
import { createHostKeys } from '../../../../electron/outbound/host-keys.ts';
import { planMailHosts } from '../../../../electron/outbound/mail-hosts.ts';
import { createTestNameServer } from '../../../../electron/outbound/name-server.ts';
import { steadyClock } from '../../../../electron/outbound/steady-clock.ts';
import { buildTestZones } from '../../../../electron/outbound/test-zones.ts';
import { keepZones } from '../../../../electron/outbound/zone-keeper.ts';
import { decodeMessage } from '../../../../electron/wire/decode.ts';
import { makeQuery } from '../../../../electron/wire/query.ts';
import { readUint32 } from '../../../../shared/dns/bytes.ts';
import { nameFromText } from '../../../../shared/dns/name.ts';
import { TYPE } from '../../../../shared/dns/record-type.ts';
import type { DnsQuestion } from '../../../../shared/lab/observation.ts';
import { SCENARIOS } from '../../../../shared/lab/scenario.ts';

const BASE = 'havedane.test';
const START = Date.UTC(2026, 10, 29, 12);
const DAY_MS = 86_400_000;
const ALL = SCENARIOS.map(({ id }) => id);

/** One for each host: with fewer, situations are left out. */
const ADDRESSES = Array.from({ length: 20 }, (_, index) => `127.0.0.${2 + index}`);

const hosts = planMailHosts({
  base: BASE,
  at: START,
  addresses: assignAddresses(ALL, ADDRESSES).addresses,
  keys: createHostKeys({}),
});
const key = generateZoneKey(13, true);

function server(clock: { readonly now: () => number }) {
  const seen: (readonly [string, DnsQuestion])[] = [];
  const zones = keepZones(
    (at) =>
      buildTestZones({
        ...{ base: BASE, hosts, at, keys: [key], smtpPort: 25 },
        ...{ nameServerAddresses: ['127.0.0.1'], webAddress: null },
      }).zones,
    clock,
  );
  const observe = (scenario: string, question: DnsQuestion): void =>
    void seen.push([scenario, question]);
  return { seen, server: createTestNameServer({ zones, hosts, observe, monotonic: clock.now }) };
}

function question(text: string, type: number, edns = true): Uint8Array {
  const name = nameFromText(text);
  if (!name.ok) throw new Error(text);
  const plain = { recursionDesired: false, checkingDisabled: false, mixedCase: true };
  return makeQuery({ ...plain, name: name.value, type, edns }, (count) => randomBytes(count)).bytes;
}

/** Seconds since the epoch, of the first signature in the answer (RFC 4034 §3.1). */
function signedFrom(reply: Uint8Array): {
  readonly inception: number;
  readonly expiration: number;
} {
  const decoded = decodeMessage(reply);
  const rrsig = decoded.ok
    ? decoded.value.answers.find(({ type }) => type === TYPE.RRSIG)
    : undefined;
  if (rrsig === undefined) throw new Error('no signature');
  return { expiration: readUint32(rrsig.rdata, 8), inception: readUint32(rrsig.rdata, 12) };
}

describe('signatures', () => {
  test.each([
    ['at the start', 0],
    ['a day later', DAY_MS],
    ['after weeks', 40 * DAY_MS],
    ['after a sleep of a year', 365 * DAY_MS],
    ['when the clock is set back', -30 * DAY_MS],
  ])('hold %s, for a week to come, with the same key', (_, passed) => {
    let now = START;
    const { server: names } = server({ now: () => now });
    const asked = question('_25._tcp.mx.do.havedane.test', TYPE.TLSA);
    const replies: Uint8Array[] = [];
    names.datagrams(asked, (reply) => replies.push(reply));
    now += passed;
    names.datagrams(asked, (reply) => replies.push(reply));
    const last = replies.at(-1);
    if (last === undefined) throw new Error('no answer');
    const { inception, expiration } = signedFrom(last);
    expect(inception).toBeLessThan(now / 1000);
    expect(expiration).toBeGreaterThan(now / 1000 + 7 * 86_400);
    const tags = replies.map((reply) => {
      const decoded = decodeMessage(reply);
      const rrsig = decoded.ok
        ? decoded.value.answers.find(({ type }) => type === TYPE.RRSIG)
        : undefined;
      return rrsig === undefined ? null : [...rrsig.rdata.subarray(16, 18)];
    });
    expect(tags[0]).toEqual(tags[1]);
  });

  test('are not made anew for every question', () => {
    let made = 0;
    let now = START;
    const zones = keepZones(
      () => {
        made += 1;
        return [];
      },
      { now: () => now },
    );
    for (let hour = 0; hour < 48; hour++) {
      zones();
      now += DAY_MS / 24;
    }
    expect(made).toBe(2);
  });
});

describe('what it sees', () => {
  const asked = [
    ['_25._tcp.mx.wrong.havedane.test', TYPE.TLSA, true, 'wrong', false],
    ['_tcp.mx.wrong.havedane.test', TYPE.A, true, 'wrong', true],
    ['tlsa.mx.cname.havedane.test', TYPE.TLSA, true, 'cname', false],
    ['mx.insecure-host.havedane.test', TYPE.A, false, 'insecure', false],
    ['fallback.havedane.test', TYPE.MX, true, 'fallback', false],
  ] as const;

  test.each(['datagrams', 'streams'] as const)('is the same over %s', async (way) => {
    const { seen, server: names } = server({ now: () => START });
    for (const [name, type, edns] of asked) await send(names, way, question(name, type, edns));
    expect(
      seen.map(([scenario, { name, dnssec, minimised }]) => [name, dnssec, scenario, minimised]),
    ).toEqual(
      asked.map(([name, , edns, scenario, minimised]) => [name, edns, scenario, minimised]),
    );
  });

  test.each([
    'havedane.test',
    'other.havedane.test',
    'do.havedane.test.example',
    'xdo.havedane.test',
    'example.org',
  ])('%s is no situation’s', async (name) => {
    const { seen, server: names } = server({ now: () => START });
    await send(names, 'datagrams', question(name, TYPE.A));
    await send(names, 'streams', question(name, TYPE.A));
    expect(seen).toEqual([]);
  });

  test('a question that comes in pieces is seen once', async () => {
    const { seen, server: names } = server({ now: () => START });
    const stream = new PassThrough();
    const bytes = framed(question('do.havedane.test', TYPE.MX));
    names.streams(stream);
    for (const octet of bytes) {
      stream.write(Uint8Array.of(octet));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(seen).toHaveLength(1);
    stream.destroy();
  });
});

async function send(
  names: ReturnType<typeof server>['server'],
  way: 'datagrams' | 'streams',
  bytes: Uint8Array,
): Promise<void> {
  if (way === 'datagrams') {
    names.datagrams(bytes, () => undefined, '192.0.2.1');
    return;
  }
  // What is written comes back as if it had been sent: the answers are responses, and count for nothing.
  const stream = new PassThrough();
  names.streams(stream);
  stream.write(framed(bytes));
  await new Promise((resolve) => setTimeout(resolve, 5));
  stream.destroy();
}

function framed(bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(bytes.length >> 8, bytes.length & 0xff, ...bytes);
}

describe('a flood', () => {
  const asked = question('havedane.test', TYPE.DNSKEY);
  const repliesTo = (names: ReturnType<typeof server>['server'], from: string, count: number) => {
    const replies: Uint8Array[] = [];
    for (let sent = 0; sent < count; sent++)
      names.datagrams(asked, (reply) => replies.push(reply), from);
    return replies;
  };

  test('of one address gets answers no longer than its questions, which ask it to come by TCP', () => {
    const { server: names } = server({ now: () => START });
    const replies = repliesTo(names, '192.0.2.1', 300);
    expect(replies).toHaveLength(300);
    const short = replies.slice(200);
    expect(short.every(({ length }) => length === asked.length)).toBe(true);
    const decoded = decodeMessage(short[0] ?? new Uint8Array(0));
    expect(decoded).toMatchObject({
      ok: true,
      value: { flags: { response: true, truncated: true }, answers: [] },
    });
    expect(replies[199]?.length).toBeGreaterThan(2 * asked.length);
    expect(repliesTo(names, '198.51.100.2', 1)[0]?.length).toBeGreaterThan(2 * asked.length);
    // Its neighbours are the same victim.
    expect(repliesTo(names, '192.0.2.2', 1)[0]?.length).toBe(asked.length);
  });

  test('in the names of many gets no more than two thousand full answers a second', () => {
    const { server: names } = server({ now: () => START });
    const replies = Array.from({ length: 3000 }, (_, index) =>
      repliesTo(names, `10.${index >> 8}.${index & 255}.1`, 1),
    ).flat();
    expect(replies.filter(({ length }) => length > asked.length)).toHaveLength(2000);
    expect(replies).toHaveLength(3000);
  });

  test('is over after a second', () => {
    let now = START;
    const { server: names } = server({ now: () => now });
    repliesTo(names, '192.0.2.1', 300);
    now += 1000;
    expect(repliesTo(names, '192.0.2.1', 1)[0]?.length).toBeGreaterThan(2 * asked.length);
  });

  test('of answers is not answered', () => {
    const { server: names } = server({ now: () => START });
    repliesTo(names, '192.0.2.1', 200);
    const replies: Uint8Array[] = [];
    const answer = Uint8Array.from(asked);
    answer[2] = 0x80;
    for (const bytes of [answer, asked.subarray(0, 11), new Uint8Array(0)])
      names.datagrams(bytes, (reply) => replies.push(reply), '192.0.2.1');
    expect(replies).toEqual([]);
  });
});

describe('whatever comes as a datagram', () => {
  const label = fc.constantFrom('_25', '_tcp', 'mx', 'tlsa', '*', 'x', ...ALL, 'insecure-host');
  const asked = fc
    .tuple(fc.array(label, { maxLength: 6 }), fc.integer({ min: 0, max: 0xffff }), fc.boolean())
    .map(([labels, type, edns]) => question([...labels, BASE].join('.'), type, edns));
  /** A few octets are others, and the end may be missing, or too much. */
  const spoilt = fc
    .tuple(
      asked,
      fc.array(fc.tuple(fc.nat(80), fc.nat(255)), { maxLength: 4 }),
      fc.option(fc.nat(80)),
      fc.uint8Array({ maxLength: 40 }),
    )
    .map(([bytes, changes, end, more]) => {
      const whole = Uint8Array.of(...bytes.subarray(0, end ?? bytes.length), ...more);
      for (const [at, value] of changes) if (at < whole.length) whole[at] = value;
      return whole;
    });

  test('is answered once at most, with its own number, in what goes through every network', () => {
    let now = START;
    const { server: names } = server({ now: () => (now += 1000) });
    fc.assert(
      fc.property(fc.oneof(spoilt, fc.uint8Array({ maxLength: 700 })), (bytes) => {
        const replies: Uint8Array[] = [];
        names.datagrams(bytes, (reply) => replies.push(reply), '192.0.2.1');
        expect(replies.length).toBeLessThanOrEqual(1);
        const [reply] = replies;
        if (reply === undefined) return;
        expect([...reply.subarray(0, 2)]).toEqual([...bytes.subarray(0, 2)]);
        expect((reply[2] ?? 0) & 0x80).toBe(0x80);
        expect(reply.length).toBeLessThanOrEqual(1232);
      }),
      { numRuns: 2000, seed: 7672 },
    );
  });
});

test('a clock that is set does not change how much time has passed', () => {
  let wall = START;
  let passed = 0;
  const setTimer = (): (() => void) => () => undefined;
  const clock = steadyClock({ now: () => wall, monotonic: () => passed, setTimer });
  passed += 1000;
  wall += 5 * DAY_MS;
  expect(clock.now()).toBe(START + 1000);
});
