// Many questions over one TCP connection, whatever the server makes of that (RFC 7766 §6.2.1.1, §7).
import type { Duplex } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../../../../electron/net/simulated-clock.ts';
import { createVirtualInternet } from '../../../../electron/net/virtual-internet.ts';
import { createTcpLinks } from '../../../../electron/resolver/tcp-links.ts';
import { makeQuery } from '../../../../electron/wire/query.ts';
import { concatBytes, readUint16, uint16Bytes } from '../../../../shared/dns/bytes.ts';
import { TYPE } from '../../../../shared/dns/record-type.ts';
import { name, NOW_MS, seededRandom } from '../../../replay/dns/world.ts';

const SERVER = { address: '192.0.2.1', port: 53 };
const TIMEOUT_MS = 1000;
const random = seededRandom(7);

/** What a server does with the questions that have arrived so far on one connection. */
type Behaviour = (questions: readonly Uint8Array[], stream: Duplex) => void;

function setUp(behave: Behaviour) {
  const connections = { all: 0, open: 0, most: 0 };
  const clock = createVirtualClock(NOW_MS);
  const network = createVirtualInternet({
    clock,
    conditions: { roundTripMs: 20, lossRate: 0 },
    random,
  });
  network.addHost({
    addresses: [SERVER.address],
    silent: false,
    datagrams: new Map(),
    streams: new Map([
      [
        53,
        (stream: Duplex) => {
          connections.all += 1;
          connections.open += 1;
          connections.most = Math.max(connections.most, connections.open);
          stream.on('error', () => undefined);
          stream.on('close', () => {
            connections.open -= 1;
          });
          let bytes: Uint8Array = new Uint8Array(0);
          const questions: Uint8Array[] = [];
          stream.on('data', (chunk: Uint8Array) => {
            bytes = concatBytes(bytes, chunk);
            while (bytes.length >= 2 && bytes.length >= 2 + readUint16(bytes, 0)) {
              const end = 2 + readUint16(bytes, 0);
              questions.push(bytes.slice(2, end));
              bytes = bytes.slice(end);
            }
            behave(questions, stream);
          });
        },
      ],
    ]),
  });
  const links = createTcpLinks(network, TIMEOUT_MS);
  const types = [TYPE.SOA, TYPE.NS, TYPE.A, TYPE.TLSA];
  const ask = async (signal = new AbortController().signal) =>
    Promise.all(
      types.map(async (type) => {
        const query = makeQuery(
          {
            name: name('example.test'),
            type,
            edns: true,
            recursionDesired: false,
            checkingDisabled: false,
            mixedCase: false,
          },
          random,
        );
        const result = await links.ask(SERVER, query, signal);
        if (!result.ok) return result.failure.kind;
        return readUint16(result.value, 0) === readUint16(query.bytes, 0) ? 'answered' : 'wrong';
      }),
    );
  return { ask, connections, clock };
}

/** The question back, as a response. */
function answerTo(question: Uint8Array): Uint8Array {
  const answer = question.slice();
  answer[2] = (answer[2] ?? 0) | 0x80;
  return concatBytes(uint16Bytes(answer.length), answer);
}

const ALL = ['answered', 'answered', 'answered', 'answered'];

describe('questions to one server', () => {
  test('share a connection, and answers may come in any order', async () => {
    const { ask, connections } = setUp((questions, stream) => {
      if (questions.length === 4) {
        for (const question of [...questions].reverse()) stream.write(answerTo(question));
      }
    });
    expect(await ask()).toEqual(ALL);
    expect(connections).toMatchObject({ all: 1, most: 1 });
  });

  test('are put again where the server closes after one answer, one connection at a time', async () => {
    const { ask, connections } = setUp(([question], stream) => {
      if (question !== undefined) stream.end(answerTo(question));
    });
    expect(await ask()).toEqual(ALL);
    expect(connections).toMatchObject({ all: 4, most: 1 });
  });

  test('are put one by one where the server closes on several', async () => {
    const { ask } = setUp((questions, stream) => {
      if (questions.length > 1) stream.end();
      else for (const question of questions) stream.end(answerTo(question));
    });
    expect(await ask()).toEqual(ALL);
  });

  test('do not wait for the one that is never answered', async () => {
    const { ask, clock } = setUp((questions, stream) => {
      for (const question of questions) {
        if (readUint16(question, 12 + 14) !== TYPE.TLSA) stream.write(answerTo(question));
      }
    });
    expect(await ask()).toEqual(['answered', 'answered', 'answered', 'timeout']);
    expect(clock.monotonic()).toBeLessThanOrEqual(2 * TIMEOUT_MS + 20);
  });

  test('are answered by a server that sends octet by octet', async () => {
    const { ask } = setUp((questions, stream) => {
      if (questions.length < 4) return;
      for (const question of questions) {
        for (const octet of answerTo(question)) stream.write(Uint8Array.of(octet));
      }
    });
    expect(await ask()).toEqual(ALL);
  });

  test('fail where it floods us with answers to other questions', async () => {
    const { ask } = setUp((questions, stream) => {
      const [question] = questions;
      if (question === undefined) return;
      const other = question.slice();
      other[0] = (other[0] ?? 0) ^ 0xff;
      for (let i = 0; i < 100; i++) stream.write(answerTo(other));
    });
    expect(new Set(await ask())).toEqual(new Set(['malformed']));
  });

  test('cost little processor time where it floods us with messages of no octets', async () => {
    const flood = new Uint8Array(262_144);
    const { ask } = setUp((questions, stream) => {
      if (questions.length > 0) stream.write(flood);
    });
    const started = process.cpuUsage();
    expect(new Set(await ask())).toEqual(new Set(['malformed']));
    // Copying the rest of the chunk for each message would take some ten seconds.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
  });

  test('fail where the connection ends within a message', async () => {
    const { ask } = setUp(([question], stream) => {
      if (question !== undefined) stream.end(answerTo(question).slice(0, 9));
    });
    expect(new Set(await ask())).toEqual(new Set(['malformed']));
  });

  test('end with the signal, and leave no connection open', async () => {
    const { ask, connections, clock } = setUp(() => undefined);
    const controller = new AbortController();
    clock.setTimer(100, () => controller.abort(new Error('by a person')));
    await expect(ask(controller.signal)).rejects.toThrow('by a person');
    await new Promise<void>((resolve) => clock.setTimer(100, resolve));
    expect(connections.open).toBe(0);
  });
});
