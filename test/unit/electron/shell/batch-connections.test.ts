// A list is polite however many domains it asks about at a time: one connection to an address, and so many altogether.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { composeOn, DEFAULT_CORE_OPTIONS } from '../../../../electron/compose.ts';
import { builtInDomains } from '../../../../electron/lab/built-in-domains.ts';
import { createLab } from '../../../../electron/lab/lab.ts';
import type { Connection, Network } from '../../../../electron/net/network.ts';
import { BatchKeeper } from '../../../../electron/shell/batch-keeper.ts';
import { BatchRunner } from '../../../../electron/shell/batch-runner.ts';
import { newBatch } from '../../../../shared/batch/course.ts';
import { nameFromText } from '../../../../shared/dns/name.ts';

const SMTP_PORT = 25;
const MAX_CONNECTIONS = 3;

const folder = mkdtempSync(join(tmpdir(), 'polite-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Counts what is open at a time, from when it is asked for until it is closed. */
class Watched {
  readonly #open = new Map<string, number>();
  readonly visits = new Map<string, number>();
  mostOfOne = 0;
  mostOfAll = 0;

  of(network: Network): Network {
    return {
      clock: network.clock,
      exchangeDatagram: (...question) => network.exchangeDatagram(...question),
      connect: async (to, timeoutMs, signal) => {
        if (to.port !== SMTP_PORT) return network.connect(to, timeoutMs, signal);
        const leave = this.#enter(to.address);
        try {
          const connected = await network.connect(to, timeoutMs, signal);
          if (connected.ok) return { ...connected, value: watched(connected.value, leave) };
          leave();
          return connected;
        } catch (reason) {
          leave();
          throw reason;
        }
      },
    };
  }

  #enter(address: string): () => void {
    this.visits.set(address, (this.visits.get(address) ?? 0) + 1);
    const change = (step: 1 | -1): void => {
      this.#open.set(address, (this.#open.get(address) ?? 0) + step);
    };
    change(1);
    const open = [...this.#open.values()];
    this.mostOfOne = Math.max(this.mostOfOne, ...open);
    this.mostOfAll = Math.max(
      this.mostOfAll,
      open.reduce((sum, count) => sum + count, 0),
    );
    let isOpen = true;
    return () => {
      if (isOpen) change(-1);
      isOpen = false;
    };
  }
}

function watched<C extends Connection>(connection: C, leave: () => void): C {
  return new Proxy(connection, {
    get: (target, name) => {
      if (name === 'close') {
        return () => {
          target.close();
          leave();
        };
      }
      if (name === 'upgradeToTls') {
        return async (...options: Parameters<Connection['upgradeToTls']>) => {
          const upgraded = await target.upgradeToTls(...options);
          return upgraded.ok ? { ...upgraded, value: watched(upgraded.value, leave) } : upgraded;
        };
      }
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

test('sixteen domains at a time, seven of them on one server, are as polite as one', async () => {
  const lab = createLab({ at: Date.UTC(2026, 10, 24, 12), realTime: false, roundTripMs: 20 });
  const visits = new Watched();
  const composed = composeOn(
    visits.of(lab.network),
    {
      ...DEFAULT_CORE_OPTIONS,
      ...{ version: '0', allowPrivate: true, maxConnections: MAX_CONNECTIONS },
      ...{ rootHints: lab.rootHints, trustAnchors: lab.trustAnchors },
    },
    'inspector.lab',
    lab.domains,
  );
  if (!composed.ok) throw new Error(composed.message);
  const { core } = composed;
  const runner = new BatchRunner({
    keeper: new BatchKeeper(folder, () => 0),
    now: () => 0,
    tell: () => undefined,
    begin: (domain) => {
      const name = nameFromText(domain);
      if (!name.ok) throw new Error(domain);
      return Promise.resolve({
        kind: 'begun' as const,
        domain,
        inspect: (signal: AbortSignal) => core.inspect(name.value, signal),
        record: () => {
          throw new Error('a list keeps no evidence in memory');
        },
      });
    },
  });
  // Below one domain, each name of it has the same mail host.
  const same = Array.from({ length: 6 }, (_, index) => `sub${index}.good.lab`);
  const others = builtInDomains.filter(({ hosts }) => hosts.length <= 2).map(({ name }) => name);
  const list = { refused: [], refusedCount: 0, duplicates: 0, leftOut: 0 };
  await runner.setConcurrency(16);
  await runner.replace(newBatch('b1', 'lab', { ...list, domains: [...same, ...others] }));
  await runner.start();
  await vi.waitFor(
    () => {
      expect(runner.state.phase).toBe('finished');
    },
    { timeout: 60_000, interval: 100 },
  );
  expect(Math.max(...visits.visits.values())).toBeGreaterThan(1);
  expect(visits.mostOfOne).toBe(1);
  expect(visits.mostOfAll).toBe(MAX_CONNECTIONS);
}, 90_000);
