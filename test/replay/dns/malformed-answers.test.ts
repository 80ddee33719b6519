// Answers that are no DNS messages, or none to the question: told of the server, and never a status that was not earned.
import { describe, expect, it } from 'vitest';
import type { DatagramHandler } from '../../../electron/net/handler.ts';
import { concatBytes, fromHex, uint16Bytes } from '../../../shared/dns/bytes.ts';
import { nameToWire } from '../../../shared/dns/name.ts';
import type { LookUp } from '../../../electron/resolver/resolver.ts';
import type { Observation } from '../../../shared/dnssec/reason.ts';
import { both, NS1, UNSIGNED_CHILD } from './scripts.ts';
import { createWorld, name, summary, THREE_LEVELS, type ServerScript } from './world.ts';

const QUESTION_END = 12 + nameToWire(name('mx.example.test')).length + 4;

/** What the datagram is made into before it is sent; null sends nothing. */
function altered(change: (bytes: Uint8Array, query: Uint8Array) => Uint8Array): ServerScript {
  return {
    datagrams: (honest) => (payload, reply) =>
      honest(payload, (bytes) => reply(change(Uint8Array.from(bytes), payload))),
  };
}

function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
  bytes[at] = value;
  return bytes;
}

const truncated = (bytes: Uint8Array): Uint8Array =>
  withByte(Uint8Array.from(bytes), 2, (bytes[2] ?? 0) | 0x02);

interface Pace {
  /** Milliseconds before each piece but the first. */
  readonly everyMs: number;
  /** Ends the connection behind the last piece. */
  readonly close: boolean;
}

/** Truncates over UDP, and sends the framed answer over TCP in pieces of its own. */
function overTcp(
  pieces: (framed: Uint8Array) => readonly Uint8Array[],
  pace: Pace = { everyMs: 1, close: true },
): ServerScript {
  let answer: DatagramHandler = () => undefined;
  return {
    datagrams: (honest) => {
      answer = honest;
      return (payload, reply) => honest(payload, (bytes) => reply(truncated(bytes)));
    },
    streams: () => (stream) => {
      stream.on('error', () => undefined);
      const send = ([piece, ...more]: readonly Uint8Array[]): void => {
        if (stream.destroyed) return;
        if (piece !== undefined) stream.write(piece);
        if (more.length > 0) later(pace.everyMs, () => send(more));
        else if (pace.close) stream.end();
      };
      stream.once('data', (query: Uint8Array) =>
        answer(query.subarray(2), (bytes) =>
          send(pieces(concatBytes(uint16Bytes(bytes.length), bytes))),
        ),
      );
    },
  };
}

/** The virtual clock of the world that was made last. */
let later: (ms: number, callback: () => void) => void = () => undefined;

async function lookUp(
  servers: Readonly<Record<string, ServerScript>>,
  zones = THREE_LEVELS,
): Promise<{ readonly result: LookUp; readonly ms: number }> {
  const world = createWorld(zones, servers);
  later = (ms, callback) => world.network.clock.setTimer(ms, callback);
  return world.lookUp('mx.example.test A');
}

function told(result: LookUp, code: Observation['code']): readonly Observation['parameters'][] {
  return result.observations
    .filter((each) => each.code === code)
    .map(({ parameters }) => parameters);
}

describe('an answer over UDP that cannot be read', () => {
  const cut = altered((bytes) => bytes.subarray(0, bytes.length - 3));

  it('by every server: nobody can tell, and each server is named with what was wrong', async () => {
    const { result, ms } = await lookUp(both(cut));
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    const malformed = told(result, 'server-malformed');
    expect(malformed).toContainEqual({
      server: 'ns1.example.test',
      address: NS1,
      zone: 'example.test',
      name: 'mx.example.test',
      type: 'A',
      reason: expect.stringMatching(/cut off|past the end/),
    });
    expect(new Set(malformed.map(({ address }) => address)).size).toBe(2);
    expect(result.reason?.text).toMatch(/of no use/);
    expect(ms).toBeLessThan(5000);
  });

  it('by one server leaves the look-up to the other', async () => {
    expect((await lookUp({ [NS1]: cut })).result.security).toBe('secure');
  });

  it('is not believed to be the server’s while the true one may follow', async () => {
    const forger: ServerScript = {
      datagrams: (honest) => (payload, reply) =>
        honest(payload, (bytes) => {
          reply(bytes.subarray(0, bytes.length - 3));
          later(100, () => reply(bytes));
        }),
    };
    const { result } = await lookUp(both(forger));
    expect(result.security).toBe('secure');
    expect(told(result, 'server-malformed')).toEqual([]);
  });

  it.each([
    ['two OPT records (RFC 6891 §6.1.1)', withSecondOpt, /more than one OPT/],
    ['no question', withoutQuestion, /does not repeat the question/],
    [
      'octets behind its end',
      (bytes: Uint8Array) => concatBytes(bytes, uint16Bytes(7)),
      /left over/,
    ],
    ['a record count too high', (bytes: Uint8Array) => withByte(bytes, 9, 99), /past the end/],
    [
      'a name that points at itself',
      (bytes: Uint8Array) => {
        bytes.set(uint16Bytes(0xc000 | QUESTION_END), QUESTION_END);
        return bytes;
      },
      /backwards/,
    ],
  ])('with %s is told, and nothing is made of it', async (_, change, reason) => {
    const onlyForAddresses = altered((bytes, query) => (isForMx(query) ? change(bytes) : bytes));
    const { result } = await lookUp(both(onlyForAddresses), UNSIGNED_CHILD);
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(told(result, 'server-malformed').map((each) => each['reason'])).toContainEqual(
      expect.stringMatching(reason),
    );
  });

  it('for want of the work we allow ourselves is told as a limit, with the server', async () => {
    const bomb = altered((bytes, query) => (isForMx(query) ? pointerBomb(bytes) : bytes));
    const { result, ms } = await lookUp(both(bomb));
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(told(result, 'limit-reached')).toContainEqual({
      limit: 'MAX_POINTERS_PER_NAME',
      server: 'ns1.example.test',
      address: NS1,
      zone: 'example.test',
      name: 'mx.example.test',
      type: 'A',
    });
    expect(ms).toBeLessThan(5000);
  });
});

describe('an answer over UDP', () => {
  it('larger than we said we take is used, and told', async () => {
    // A record of an unknown type in the additional section, 1300 octets long.
    const padding = concatBytes(
      fromHex('00ff00000100000001') ?? new Uint8Array(0),
      uint16Bytes(1300),
      new Uint8Array(1300),
    );
    const oversize = altered((bytes, query) =>
      isForMx(query) ? concatBytes(withByte(bytes, 11, (bytes[11] ?? 0) + 1), padding) : bytes,
    );
    const { result } = await lookUp(both(oversize));
    expect(result.security).toBe('secure');
    expect(told(result, 'server-udp-oversize')).toEqual([
      {
        server: expect.stringMatching(/^ns[12]\.example\.test$/),
        address: expect.stringMatching(/^192\.0\.2\.2[12]$/),
        zone: 'example.test',
        name: 'mx.example.test',
        type: 'A',
        size: expect.any(Number),
        limit: 1232,
      },
    ]);
  });

  it('of another EDNS version is asked for without EDNS (RFC 6891 §6.1.3)', async () => {
    const badVersion: ServerScript = {
      datagrams: (honest) => (payload, reply) =>
        honest(payload, (bytes) => {
          if (payload[11] === 0) reply(bytes);
          else reply(badVersOf(payload));
        }),
    };
    const { result } = await lookUp(both(badVersion), UNSIGNED_CHILD);
    expect(summary(result)[0]).toBe('insecure NOERROR');
    expect(result.observations.map(({ code }) => code)).toContain('server-no-edns');
    const signed = await lookUp(both(badVersion));
    expect(summary(signed.result)).toEqual(['bogus SERVFAIL']);
  });

  it('of FORMERR by a server that does speak EDNS is its word on the question', async () => {
    const formErr = altered((bytes, query) =>
      isForMx(query) ? concatBytes(headerOf(bytes, 1), query.subarray(12)) : bytes,
    );
    const { result } = await lookUp(both(formErr));
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(result.failure).toEqual({ kind: 'rcode', rcode: 'FORMERR' });
    expect(result.observations.map(({ code }) => code)).not.toContain('server-no-edns');
  });
});

describe('an answer over TCP', () => {
  it('in pieces of one octet is as good as any', async () => {
    const { result } = await lookUp(
      both(overTcp((framed) => [...framed].map((octet) => Uint8Array.of(octet)))),
    );
    expect(result.security).toBe('secure');
  });

  it('that trickles without end ends with the time-out, and is told', async () => {
    const endless = overTcp(
      () => [uint16Bytes(65_535), ...Array.from({ length: 300 }, () => Uint8Array.of(0))],
      { everyMs: 100, close: false },
    );
    const { result, ms } = await lookUp(both(endless));
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(ms).toBeLessThanOrEqual(10_000);
    expect(told(result, 'server-malformed')[0]).toMatchObject({
      reason: expect.stringMatching(/the time was over after \d+ of the 65535 octets announced/),
    });
  });

  it.each([
    [
      'longer than the message',
      (framed: Uint8Array) => reframed(framed, 20),
      /ended after \d+ of the \d+/,
    ],
    [
      'shorter than the message',
      (framed: Uint8Array) => reframed(framed, -20),
      /cut off|past the end/,
    ],
    ['of nothing', () => uint16Bytes(0), /header is cut off/],
    ['cut in half', () => Uint8Array.of(1), /within the length/],
  ])('behind a length %s is told, and nothing is made of it', async (_, change, reason) => {
    const { result } = await lookUp(both(overTcp((framed) => [change(framed)])), UNSIGNED_CHILD);
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(told(result, 'server-malformed')[0]?.['reason']).toMatch(reason);
    // It does answer over TCP.
    expect(told(result, 'server-no-tcp')).toEqual([]);
  });

  it.each([
    ['truncated there too', 2, 0x02, /truncated over TCP/],
    ['to another ID', 0, 0xff, /another question/],
    ['to another question', 14, 0x01, /another question/],
    ['without QR', 2, 0x80, /another question/],
    ['of another opcode', 2, 0x20, /another question/],
  ])('%s is told, and nothing is made of it', async (_, at, bits, reason) => {
    const change = (framed: Uint8Array): Uint8Array =>
      withByte(Uint8Array.from(framed), at + 2, (framed[at + 2] ?? 0) ^ bits);
    const { result } = await lookUp(both(overTcp((framed) => [change(framed)])), UNSIGNED_CHILD);
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(told(result, 'server-malformed')[0]?.['reason']).toMatch(reason);
  });

  it('that never begins is a lack of TCP', async () => {
    const { result } = await lookUp(both(overTcp(() => [])));
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(told(result, 'server-no-tcp')).toHaveLength(2);
  });
});

/** Whether a query is for the address of mx.example.test, whatever its case. */
function isForMx(query: Uint8Array): boolean {
  return ((query[13] ?? 0) | 0x20) === 0x6d && query[12] === 2 && query[QUESTION_END - 3] === 1;
}

function headerOf(bytes: Uint8Array, rcode: number): Uint8Array {
  const flags = Uint8Array.of(0x80, rcode, 0, 1, 0, 0, 0, 0, 0, 1);
  return concatBytes(bytes.subarray(0, 2), flags);
}

/** BADVERS is 16: nothing of it is in the header, all of it in the OPT record. */
function badVersOf(query: Uint8Array): Uint8Array {
  const bytes = concatBytes(headerOf(query, 0), query.subarray(12));
  return withByte(bytes, bytes.length - 6, 1);
}

function withSecondOpt(bytes: Uint8Array): Uint8Array {
  return concatBytes(withByte(bytes, 11, (bytes[11] ?? 0) + 1), bytes.subarray(bytes.length - 11));
}

function withoutQuestion(bytes: Uint8Array): Uint8Array {
  return withByte(concatBytes(bytes.subarray(0, 12), bytes.subarray(QUESTION_END)), 5, 0);
}

function reframed(framed: Uint8Array, by: number): Uint8Array {
  const length = framed.length - 2;
  return concatBytes(uint16Bytes(length + by), framed.subarray(2));
}

/** One record whose RDATA is a ladder of pointers, and one whose owner starts at its top. */
function pointerBomb(honest: Uint8Array): Uint8Array {
  const first = QUESTION_END + 11;
  const rungs = 200;
  const pointers = Array.from({ length: rungs }, (_, index) =>
    uint16Bytes(0xc000 | (index === 0 ? QUESTION_END - 5 : first + 2 * (index - 1))),
  );
  const fixed = fromHex('ff00000100000001') ?? new Uint8Array(0);
  const top = uint16Bytes(0xc000 | (first + 2 * (rungs - 1)));
  return concatBytes(
    honest.subarray(0, 6),
    Uint8Array.of(0, 2, 0, 0, 0, 0),
    honest.subarray(12, QUESTION_END),
    Uint8Array.of(0),
    fixed,
    uint16Bytes(2 * rungs),
    ...pointers,
    top,
    fixed,
    uint16Bytes(0),
  );
}
