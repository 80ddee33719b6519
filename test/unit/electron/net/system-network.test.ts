// What only real sockets can show: source ports, foreign datagrams, and that nothing is left open.
import { createSocket } from 'node:dgram';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import {
  listenForDatagrams,
  listenForStreams,
  type Listener,
} from '../../../../electron/net/listen.ts';
import { createSystemNetwork } from '../../../../electron/net/system-network.ts';
import type { Result } from '../../../../shared/failure.ts';

const never = new AbortController().signal;
const anyPort = { address: '127.0.0.1', port: 0 };
const network = createSystemNetwork();
const listeners: Listener[] = [];

async function listening(opening: Promise<Result<Listener>>): Promise<Listener> {
  const listener = await opening;
  if (!listener.ok) throw new Error(listener.failure.kind);
  listeners.push(listener.value);
  return listener.value;
}

afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()));
});

describe('a datagram exchange on real sockets', () => {
  it('uses a fresh source port each time, spread over the whole range (RFC 5452 §9.2)', async () => {
    const ports: number[] = [];
    const server = createSocket('udp4');
    server.on('message', (message, from) => {
      ports.push(from.port);
      server.send(message, from.port, from.address);
    });
    await new Promise<void>((done) => server.bind(0, '127.0.0.1', done));
    const to = { address: '127.0.0.1', port: server.address().port };
    for (let round = 0; round < 24; round += 1) {
      await network.exchangeDatagram(to, Uint8Array.of(1), () => true, 1_000, never);
    }
    server.close();
    expect(new Set(ports).size).toBeGreaterThan(22);
    // Half of the range lies below 32768, where Linux itself takes no ephemeral ports from.
    expect(Math.min(...ports)).toBeLessThan(32_768);
    expect(Math.max(...ports)).toBeGreaterThan(32_768);
  });

  it('ignores a reply from another port of the same host', async () => {
    const stranger = createSocket('udp4');
    const server = createSocket('udp4');
    await new Promise<void>((done) => stranger.bind(0, '127.0.0.1', done));
    await new Promise<void>((done) => server.bind(0, '127.0.0.1', done));
    server.on('message', (_message, from) => {
      stranger.send('forged', from.port, from.address, () => {
        setTimeout(() => server.send('true', from.port, from.address), 20);
      });
    });
    const to = { address: '127.0.0.1', port: server.address().port };
    const answer = await network.exchangeDatagram(to, Uint8Array.of(1), () => true, 1_000, never);
    stranger.close();
    server.close();
    expect(answer.ok && Buffer.from(answer.value).toString()).toBe('true');
  });
});

describe('after all is done', () => {
  it('no socket and no timer is left', async () => {
    const before = process.getActiveResourcesInfo();
    const udp = await listening(listenForDatagrams(anyPort, () => undefined));
    const accepted: Duplex[] = [];
    const tcp = await listening(
      listenForStreams(anyPort, (stream) => void accepted.push(stream.resume())),
    );
    await network.exchangeDatagram(udp.endpoint, Uint8Array.of(1), () => true, 20, never);
    const controller = new AbortController();
    const aborted = network.exchangeDatagram(
      udp.endpoint,
      Uint8Array.of(1),
      () => true,
      60_000,
      controller.signal,
    );
    controller.abort(new Error('stop'));
    await expect(aborted).rejects.toThrow('stop');
    const connecting = new AbortController();
    const connect = network.connect(tcp.endpoint, 60_000, connecting.signal);
    connecting.abort(new Error('stop'));
    await expect(connect).rejects.toThrow('stop');
    const connection = await network.connect(tcp.endpoint, 60_000, never);
    if (!connection.ok) throw new Error(connection.failure.kind);
    await connection.value.read(10, never);
    const upgrade = await connection.value.upgradeToTls(
      { serverName: null, allowOldVersions: false, keyTypes: null },
      30,
      never,
    );
    expect(upgrade.ok).toBe(false);
    await new Promise((done) => setTimeout(done, 30));
    // Seen from the other side, too: every connection has been ended.
    expect(accepted.length).toBeGreaterThanOrEqual(1);
    expect(accepted.filter((stream) => !stream.readableEnded && !stream.destroyed)).toEqual([]);
    await tcp.close();
    await udp.close();
    listeners.length = 0;
    await new Promise((done) => setTimeout(done, 30));
    const left = process.getActiveResourcesInfo();
    expect(left.filter((resource) => /UDP|TCP|TLS|Connect/.test(resource))).toEqual([]);
    // The only timer may be the one just waited for.
    expect(count(left, 'Timeout')).toBeLessThanOrEqual(count(before, 'Timeout') + 1);
  });
});

function count(resources: readonly string[], name: string): number {
  return resources.filter((resource) => resource === name).length;
}
