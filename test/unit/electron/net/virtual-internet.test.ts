// The virtual internet keeps time like a real one: round trips, losses, and a clock that waits for nobody.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RandomBytes } from '../../../../electron/net/network.ts';
import {
  createRealTimeClock,
  createVirtualClock,
} from '../../../../electron/net/simulated-clock.ts';
import { connectSockets } from '../../../../electron/net/virtual-socket.ts';
import {
  createVirtualInternet,
  type Conditions,
  type VirtualInternet,
} from '../../../../electron/net/virtual-internet.ts';

const never = new AbortController().signal;
const START = Date.UTC(2026, 10, 24, 12);
const ping = Uint8Array.of(1);
const here = (port: number): { address: string; port: number } => ({ address: '192.0.2.1', port });

/** Reproducible bytes: SHA-256 of a counter. */
function seeded(seed: string): RandomBytes {
  let count = 0;
  return (length) => {
    count += 1;
    return new Uint8Array(
      createHash('sha256').update(`${seed}${count}`).digest().subarray(0, length),
    );
  };
}

function internet(conditions: Conditions, clock = createVirtualClock(START)): VirtualInternet {
  const made = createVirtualInternet({ clock, conditions, random: seeded('loss') });
  made.addHost({
    addresses: ['192.0.2.1'],
    datagrams: new Map([[53, (question, reply) => reply(question)]]),
    streams: new Map([[25, (stream) => void stream.write('220 hi\r\n')]]),
  });
  made.addHost({ addresses: ['192.0.2.66'], silent: true });
  return made;
}

describe('the virtual internet', () => {
  it('takes one round trip for a datagram, one to connect, one more to the greeting', async () => {
    const { clock, exchangeDatagram, connect } = internet({ roundTripMs: 20, lossRate: 0 });
    expect(clock.now()).toBe(START);
    await exchangeDatagram(here(53), ping, () => true, 1_000, never);
    expect(clock.monotonic()).toBe(20);
    const connection = await connect(here(25), 1_000, never);
    expect(clock.monotonic()).toBe(40);
    if (!connection.ok) throw new Error('not connected');
    await connection.value.read(1_000, never);
    expect(clock.monotonic()).toBe(60);
    connection.value.close();
    expect(clock.now()).toBe(START + 60);
  });

  it('answers side by side what is asked side by side', async () => {
    const { clock, exchangeDatagram } = internet({ roundTripMs: 20, lossRate: 0 });
    const ask = (): Promise<unknown> => exchangeDatagram(here(53), ping, () => true, 1_000, never);
    await Promise.all([ask(), ask(), ask(), ask()]);
    expect(clock.monotonic()).toBe(20);
  });

  it('waits out time-outs without real time passing', async () => {
    const { clock, exchangeDatagram, connect } = internet({ roundTripMs: 20, lossRate: 0 });
    const silent = { address: '192.0.2.66', port: 53 };
    const began = Date.now();
    const timeout = { ok: false, failure: { kind: 'timeout', afterMs: 60_000 } };
    expect(await exchangeDatagram(silent, ping, () => true, 60_000, never)).toEqual(timeout);
    expect(await connect(silent, 60_000, never)).toEqual(timeout);
    expect(clock.monotonic()).toBe(120_000);
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('has no route to an address that nobody holds', async () => {
    const { exchangeDatagram, connect } = internet({ roundTripMs: 20, lossRate: 0 });
    const nobody = { address: '2001:db8::dead', port: 53 };
    const unreachable = { ok: false, failure: { kind: 'unreachable', code: 'EHOSTUNREACH' } };
    expect(await exchangeDatagram(nobody, ping, () => true, 1_000, never)).toEqual(unreachable);
    expect(await connect(nobody, 1_000, never)).toEqual(unreachable);
  });

  it('knows an address in whatever spelling', async () => {
    const made = internet({ roundTripMs: 20, lossRate: 0 });
    made.addHost({
      addresses: ['2001:DB8:0:0::5'],
      datagrams: new Map([[53, (question, reply) => reply(question)]]),
    });
    const to = { address: '2001:db8::5', port: 53 };
    expect((await made.exchangeDatagram(to, ping, () => true, 1_000, never)).ok).toBe(true);
  });

  it('loses datagrams at the rate set, the same ones for the same seed', async () => {
    const run = async (): Promise<readonly boolean[]> => {
      const { exchangeDatagram } = internet({ roundTripMs: 20, lossRate: 0.3 });
      const asked = Array.from({ length: 200 }, () =>
        exchangeDatagram(here(53), ping, () => true, 100, never),
      );
      return (await Promise.all(asked)).map((answer) => answer.ok);
    };
    const first = await run();
    // Both ways must get through: 0.7 × 0.7 = 49 %.
    const arrived = first.filter(Boolean).length;
    expect(arrived).toBeGreaterThan(70);
    expect(arrived).toBeLessThan(130);
    expect(await run()).toEqual(first);
  });

  it('delivers a stream whole and in order in spite of loss, only later', async () => {
    const made = internet({ roundTripMs: 20, lossRate: 0.3 });
    made.addHost({
      addresses: ['192.0.2.2'],
      streams: new Map([
        [
          25,
          (stream) => {
            for (let line = 0; line < 50; line += 1) stream.write(`${line}\n`);
            stream.end();
          },
        ],
      ]),
    });
    const connection = await made.connect({ address: '192.0.2.2', port: 25 }, 600_000, never);
    if (!connection.ok) throw new Error('not connected');
    let received = '';
    for (;;) {
      const part = await connection.value.read(600_000, never);
      if (!part.ok || part.value === null) break;
      received += Buffer.from(part.value).toString();
    }
    expect(received).toBe(Array.from({ length: 50 }, (_, line) => `${line}\n`).join(''));
    expect(made.clock.monotonic()).toBeGreaterThan(220);
  });

  it('changes its conditions when told', async () => {
    const made = internet({ roundTripMs: 20, lossRate: 0 });
    made.setConditions({ roundTripMs: 300, lossRate: 0 });
    await made.exchangeDatagram(here(53), ping, () => true, 1_000, never);
    expect(made.clock.monotonic()).toBe(300);
  });

  it('takes real time on the real clock', async () => {
    const { exchangeDatagram } = internet(
      { roundTripMs: 60, lossRate: 0 },
      createRealTimeClock(START),
    );
    const began = performance.now();
    await exchangeDatagram(here(53), ping, () => true, 1_000, never);
    expect(performance.now() - began).toBeGreaterThanOrEqual(58);
  });
});

describe('a virtual socket', () => {
  it('makes a writer wait while the other side does not read', async () => {
    const wire = (arrive: () => void): void => void setImmediate(arrive);
    const { client, server } = connectSockets(wire, wire);
    let taken = 0;
    const chunk = new Uint8Array(16 * 1024);
    for (let count = 0; count < 64; count += 1) client.write(chunk, () => (taken += 1));
    for (let turn = 0; turn < 50; turn += 1) await new Promise((done) => setImmediate(done));
    expect(taken).toBeLessThan(16);
    server.resume();
    for (let turn = 0; turn < 500; turn += 1) await new Promise((done) => setImmediate(done));
    expect(taken).toBe(64);
  });
});

describe('the virtual clock', () => {
  it('runs timers in the order of their time, ties in the order they were set', async () => {
    const clock = createVirtualClock(0);
    const seen: string[] = [];
    await new Promise<void>((done) => {
      clock.setTimer(30, done);
      clock.setTimer(20, () => seen.push(`b at ${clock.monotonic()}`));
      clock.setTimer(10, () => seen.push(`a at ${clock.monotonic()}`));
      clock.setTimer(20, () => seen.push(`c at ${clock.monotonic()}`));
    });
    expect(seen).toEqual(['a at 10', 'b at 20', 'c at 20']);
  });

  it('never calls back a timer that was cancelled', async () => {
    const clock = createVirtualClock(0);
    let called = false;
    clock.setTimer(10, () => {
      called = true;
    })();
    await new Promise<void>((done) => clock.setTimer(20, done));
    expect(called).toBe(false);
  });
});
