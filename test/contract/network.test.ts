// One suite for every implementation of the Network port: datagrams and byte streams.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRecordingNetwork } from '../../electron/evidence/recording-network.ts';
import { resetStream } from '../../electron/net/handler.ts';
import type { Connection, Endpoint } from '../../electron/net/network.ts';
import { systemRig, virtualRig, type Rig } from './network-rig.ts';

const never = new AbortController().signal;
const ms = 300;
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const text = (value: Uint8Array | null): string => Buffer.from(value ?? []).toString('latin1');

const rigs: readonly (readonly [string, () => Rig])[] = [
  ['system sockets, IPv4', () => systemRig('127.0.0.1')],
  ['system sockets, IPv6', () => systemRig('::1')],
  ['virtual internet, IPv4', () => virtualRig('192.0.2.1')],
  ['virtual internet, IPv6', () => virtualRig('2001:db8::1')],
  ['system sockets, recorded', () => recorded(systemRig('127.0.0.1'))],
  ['virtual internet, recorded', () => recorded(virtualRig('192.0.2.1'))],
];

/** Whoever is written down is not to notice it. */
function recorded(rig: Rig): Rig {
  return { ...rig, network: createRecordingNetwork(rig.network).network };
}

describe.each(rigs)('%s', (_name, makeRig) => {
  let rig: Rig;
  beforeEach(() => {
    rig = makeRig();
  });
  afterEach(() => rig.close());

  const open = async (to: Endpoint): Promise<Connection> => {
    const connection = await rig.network.connect(to, ms, never);
    if (!connection.ok) throw new Error(connection.failure.kind);
    return connection.value;
  };

  describe('a datagram', () => {
    it('gets back the first reply that is accepted, the others ignored', async () => {
      const server = await rig.serveDatagrams((question, reply) => {
        reply(bytes('forged'));
        reply(bytes(`echo ${text(question)}`));
        reply(bytes('echo late'));
      });
      const answer = await rig.network.exchangeDatagram(
        server,
        bytes('hello'),
        (reply) => text(reply).startsWith('echo'),
        ms,
        never,
      );
      expect(answer.ok && text(answer.value)).toBe('echo hello');
    });

    it('times out when no reply is accepted, and tells after how long', async () => {
      const server = await rig.serveDatagrams((_question, reply) => reply(bytes('forged')));
      const before = rig.network.clock.monotonic();
      const answer = await rig.network.exchangeDatagram(
        server,
        bytes('q'),
        () => false,
        120,
        never,
      );
      expect(answer).toEqual({ ok: false, failure: { kind: 'timeout', afterMs: 120 } });
      expect(rig.network.clock.monotonic() - before).toBeGreaterThanOrEqual(119);
    });

    it('to a closed port is refused', async () => {
      const closed = await rig.closedPort();
      const answer = await rig.network.exchangeDatagram(closed, bytes('q'), () => true, ms, never);
      expect(answer).toEqual({ ok: false, failure: { kind: 'refused' } });
    });

    it('to a name is not allowed: addresses only', async () => {
      const to = { address: 'localhost', port: 53 };
      const answer = await rig.network.exchangeDatagram(to, bytes('q'), () => true, ms, never);
      expect(answer.ok ? 'ok' : answer.failure.kind).toBe('not-allowed');
    });

    it('rejects with the reason of an abort, before and during', async () => {
      const server = await rig.serveDatagrams(() => undefined);
      const ask = (signal: AbortSignal): Promise<unknown> =>
        rig.network.exchangeDatagram(server, bytes('q'), () => true, 10_000, signal);
      const before = new Error('before');
      await expect(ask(AbortSignal.abort(before))).rejects.toBe(before);
      const during = new Error('during');
      const controller = new AbortController();
      const asked = ask(controller.signal);
      rig.network.clock.setTimer(5, () => controller.abort(during));
      await expect(asked).rejects.toBe(during);
    });
  });

  describe('a connection', () => {
    it('carries bytes both ways, in order, and ends with null', async () => {
      const server = await rig.serveStreams((stream) => {
        stream.write('220 hello\r\n');
        stream.once('data', (line: Buffer) => {
          stream.write(`250 ${line.toString()}`);
          stream.end();
        });
      });
      const connection = await open(server);
      expect(connection.remote).toEqual(server);
      const greeting = await connection.read(ms, never);
      expect(greeting.ok && text(greeting.value)).toBe('220 hello\r\n');
      expect(await connection.write(bytes('EHLO\r\n'), ms, never)).toEqual({ ok: true });
      let received = '';
      for (;;) {
        const part = await connection.read(ms, never);
        if (!part.ok) throw new Error(part.failure.kind);
        if (part.value === null) break;
        received += text(part.value);
      }
      expect(received).toBe('250 EHLO\r\n');
      connection.close();
    });

    it('to a closed port is refused', async () => {
      const connection = await rig.network.connect(await rig.closedPort(), ms, never);
      expect(connection).toEqual({ ok: false, failure: { kind: 'refused' } });
    });

    it('to a name or to an address with a zone is not allowed', async () => {
      for (const address of ['localhost', 'fe80::1%lo', '127.1']) {
        const connection = await rig.network.connect({ address, port: 25 }, ms, never);
        expect(connection.ok ? 'ok' : connection.failure.kind).toBe('not-allowed');
      }
    });

    it('rejects when aborted before', async () => {
      const server = await rig.serveStreams(() => undefined);
      const reason = new Error('stop');
      await expect(rig.network.connect(server, ms, AbortSignal.abort(reason))).rejects.toBe(reason);
    });

    it('still reads what comes after a read has timed out', async () => {
      let greet = (): void => undefined;
      const server = await rig.serveStreams((stream) => {
        greet = () => void stream.write('late');
      });
      const connection = await open(server);
      expect(await connection.read(50, never)).toEqual({
        ok: false,
        failure: { kind: 'timeout', afterMs: 50 },
      });
      greet();
      const read = await connection.read(ms, never);
      expect(read.ok && text(read.value)).toBe('late');
      connection.close();
    });

    it('rejects a read when aborted', async () => {
      const server = await rig.serveStreams(() => undefined);
      const connection = await open(server);
      const controller = new AbortController();
      const reason = new Error('cancelled');
      const read = connection.read(10_000, controller.signal);
      rig.network.clock.setTimer(5, () => controller.abort(reason));
      await expect(read).rejects.toBe(reason);
      connection.close();
    });

    it('hands over what has arrived and was not read', async () => {
      const server = await rig.serveStreams((stream) => {
        stream.write('220 go ahead\r\n250 injected\r\n');
      });
      const connection = await open(server);
      expect(text(connection.drain())).toBe('');
      const settle = new Promise<void>((done) => rig.network.clock.setTimer(40, done));
      const read = await connection.read(ms, never);
      await settle;
      expect((read.ok ? text(read.value) : '') + text(connection.drain())).toBe(
        '220 go ahead\r\n250 injected\r\n',
      );
      expect(connection.drain()).toHaveLength(0);
      connection.close();
    });

    it('tells of a reset as closed', async () => {
      const server = await rig.serveStreams((stream) => {
        stream.once('data', () => resetStream(stream));
      });
      const connection = await open(server);
      await connection.write(bytes('x'), ms, never);
      const read = await connection.read(ms, never);
      expect(read).toEqual({ ok: false, failure: { kind: 'closed', code: 'ECONNRESET' } });
      expect((await connection.write(bytes('y'), ms, never)).ok).toBe(false);
      connection.close();
    });

    it('can be closed twice, and is closed afterwards', async () => {
      const server = await rig.serveStreams((stream) => void stream.write('hi'));
      const connection = await open(server);
      connection.close();
      connection.close();
      expect((await connection.read(ms, never)).ok).toBe(false);
      expect((await connection.write(bytes('z'), ms, never)).ok).toBe(false);
    });

    it('waits for a slow reader without losing bytes', async () => {
      const sent = 1_000_000;
      const server = await rig.serveStreams((stream) => {
        stream.end(Buffer.alloc(sent, 7));
      });
      const connection = await open(server);
      let received = 0;
      for (;;) {
        const part = await connection.read(2_000, never);
        if (!part.ok) throw new Error(part.failure.kind);
        if (part.value === null) break;
        received += part.value.length;
      }
      expect(received).toBe(sent);
      connection.close();
    });
  });
});
