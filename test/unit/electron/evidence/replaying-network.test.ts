// What a name server did, written down and done again: answers, refusals, silence, closed connections.
import { beforeEach, describe, expect, test } from 'vitest';
import { createRecordingNetwork } from '../../../../electron/evidence/recording-network.ts';
import { createReplayingNetwork } from '../../../../electron/evidence/replaying-network.ts';
import type { StreamHandler } from '../../../../electron/net/handler.ts';
import type { Endpoint, Network } from '../../../../electron/net/network.ts';
import { createVirtualClock } from '../../../../electron/net/simulated-clock.ts';
import { createVirtualInternet } from '../../../../electron/net/virtual-internet.ts';

const START = Date.UTC(2026, 10, 24, 12);
const TIMEOUT = 300;
const never = new AbortController().signal;
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const text = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1');
const framed = (body: string): string => `${String.fromCharCode(0, body.length)}${body}`;

const SERVER: Endpoint = { address: '192.0.2.53', port: 53 };
const CLOSED: Endpoint = { address: '192.0.2.53', port: 54 };
const SILENT: Endpoint = { address: '192.0.2.99', port: 53 };
const NOWHERE: Endpoint = { address: '203.0.113.1', port: 53 };

let recording: ReturnType<typeof createRecordingNetwork>;
let serve: StreamHandler;
beforeEach(() => {
  const internet = createVirtualInternet({
    clock: createVirtualClock(START),
    conditions: { roundTripMs: 20, lossRate: 0 },
    random: (count) => new Uint8Array(count),
  });
  internet.addHost({
    addresses: [SERVER.address],
    datagrams: new Map([
      [
        53,
        (question, reply) => {
          reply(bytes('forged'));
          reply(bytes(`echo ${text(question)}`));
        },
      ],
    ]),
    streams: new Map([[53, (stream) => serve(stream)]]),
  });
  internet.addHost({ addresses: [SILENT.address], silent: true });
  recording = createRecordingNetwork(internet);
});

/** The same twice: on the network, then on what was written down of it. */
async function twice<T>(work: (network: Network) => Promise<T>): Promise<readonly [T, T]> {
  const first = await work(recording.network);
  const tape: unknown = JSON.parse(JSON.stringify(recording.tape));
  const again = createReplayingNetwork(tape as typeof recording.tape, createVirtualClock(START));
  return [first, await work(again)];
}

const ask =
  (to: Endpoint, question: string) =>
  async (network: Network): Promise<unknown> => {
    const { clock } = network;
    const began = clock.monotonic();
    const accept = (reply: Uint8Array): boolean => text(reply).startsWith('echo');
    const result = await network.exchangeDatagram(to, bytes(question), accept, TIMEOUT, never);
    const tookMs = clock.monotonic() - began;
    return result.ok ? { answer: text(result.value), tookMs } : { ...result.failure, tookMs };
  };

describe('a datagram', () => {
  test.each([
    ['is answered, a forged one before it passed over', SERVER, { answer: 'echo a', tookMs: 20 }],
    ['is refused', CLOSED, { kind: 'refused', tookMs: 20 }],
    ['gets no answer', SILENT, { kind: 'timeout', afterMs: TIMEOUT, tookMs: TIMEOUT }],
    ['has nowhere to go', NOWHERE, { kind: 'unreachable', code: 'EHOSTUNREACH', tookMs: 0 }],
  ])('%s, again', async (_, to, expected) => {
    expect(await twice(ask(to, 'a'))).toEqual([expected, expected]);
  });

  test('that was not sent then has no answer now', async () => {
    await ask(SERVER, 'a')(recording.network);
    const again = createReplayingNetwork(recording.tape, createVirtualClock(START));
    expect(await ask(SERVER, 'b')(again)).toMatchObject({ code: 'NOT_RECORDED' });
  });

  test('sent twice is answered as it was each time', async () => {
    const both = async (network: Network) => [
      await ask(SERVER, 'a')(network),
      await ask(SERVER, 'a')(network),
    ];
    const [first, second] = await twice(both);
    expect(second).toEqual(first);
  });

  test('given up early stays without an answer', async () => {
    const controller = new AbortController();
    const given = recording.network.exchangeDatagram(
      SILENT,
      bytes('a'),
      () => true,
      TIMEOUT,
      controller.signal,
    );
    controller.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    const again = createReplayingNetwork(recording.tape, createVirtualClock(START));
    expect(await ask(SILENT, 'a')(again)).toMatchObject({ kind: 'timeout' });
  });

  test('drowned in replies leaves no flood behind', async () => {
    const flood = Array.from({ length: 1000 }, () => bytes('forged'));
    const network = createRecordingNetwork({
      ...recording.network,
      exchangeDatagram: (_to, _payload, accept) => {
        for (const reply of flood) accept(reply);
        return Promise.resolve({ ok: false, failure: { kind: 'timeout', afterMs: 1 } });
      },
    });
    await network.network.exchangeDatagram(SERVER, bytes('a'), () => false, TIMEOUT, never);
    expect(network.tape.exchanges[0]?.answers.length).toBeLessThan(20);
  });

  test('of more octets than are kept is told as not whole', async () => {
    const answer = bytes('four');
    const { network, tape } = createRecordingNetwork(
      {
        ...recording.network,
        exchangeDatagram: (_to, _payload, accept) => {
          accept(answer);
          return Promise.resolve({ ok: true, value: answer });
        },
      },
      9,
    );
    const exchange = () => network.exchangeDatagram(SERVER, bytes('a'), () => true, TIMEOUT, never);
    await exchange();
    await exchange();
    expect(tape.isFull).toBe(false);
    await exchange();
    expect(tape.isFull).toBe(true);
    expect(tape.exchanges.at(-1)?.answers[0]?.octets).toBe('');
  });
});

describe('a connection', () => {
  /** Writes the questions at once and reads until the end, or until nothing comes. */
  const talk =
    (to: Endpoint, ...questions: readonly string[]) =>
    async (network: Network): Promise<unknown> => {
      const connected = await network.connect(to, TIMEOUT, never);
      if (!connected.ok) return connected.failure.kind;
      const connection = connected.value;
      await connection.write(bytes(questions.map(framed).join('')), TIMEOUT, never);
      let heard = '';
      for (;;) {
        const chunk = await connection.read(TIMEOUT, never);
        if (!chunk.ok || chunk.value === null) {
          connection.close();
          return { heard, end: chunk.ok ? 'ended' : chunk.failure.kind };
        }
        heard += text(chunk.value);
      }
    };

  test('carries answers in whatever order they come, and pieces', async () => {
    serve = (stream) => {
      stream.once('data', () => {
        stream.write(bytes(framed('2 two').slice(0, 3)));
        stream.write(bytes(framed('2 two').slice(3) + framed('1 one')));
      });
    };
    const [first, second] = await twice(talk(SERVER, '1 a', '2 b'));
    expect(first).toEqual({ heard: framed('2 two') + framed('1 one'), end: 'timeout' });
    // What came at the same moment may change places.
    expect(second).toMatchObject({
      heard: expect.stringContaining(framed('2 two')),
      end: 'timeout',
    });
    expect(second).toMatchObject({ heard: expect.stringContaining(framed('1 one')) });
  });

  test('that ends without an answer ends again', async () => {
    serve = (stream) => stream.once('data', () => stream.end());
    const expected = { heard: '', end: 'ended' };
    expect(await twice(talk(SERVER, '1 a'))).toEqual([expected, expected]);
  });

  test('that ends within an answer ends there again', async () => {
    serve = (stream) => stream.once('data', () => stream.end(bytes(framed('1 one').slice(0, 4))));
    const [first, second] = await twice(talk(SERVER, '1 a'));
    expect(first).toEqual({ heard: framed('1 one').slice(0, 4), end: 'ended' });
    expect(second).toEqual(first);
  });

  test('that is refused is refused again', async () => {
    expect(await twice(talk(CLOSED, '1 a'))).toEqual(['refused', 'refused']);
  });

  test('leads nowhere else: neither TLS nor HTTPS was recorded', async () => {
    serve = () => undefined;
    await talk(SERVER, '1 a')(recording.network);
    const again = createReplayingNetwork(recording.tape, createVirtualClock(START));
    const connected = await again.connect(SERVER, TIMEOUT, never);
    if (!connected.ok) throw new Error(connected.failure.kind);
    const options = { serverName: null, allowOldVersions: false, keyTypes: null };
    expect(await connected.value.upgradeToTls(options, TIMEOUT, never)).toMatchObject({
      failure: { code: 'NOT_RECORDED' },
    });
  });
});
