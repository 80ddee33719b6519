// Which resolvers are asked about the test’s zone: those that are named, else those of the machine.
import dns from 'node:dns';
import { afterEach, expect, test } from 'vitest';
import type { Network } from '../../../../electron/net/network.ts';
import { systemClock } from '../../../../electron/net/system-clock.ts';
import { checkResolvers } from '../../../../electron/outbound/check-resolvers.ts';
import { fail } from '../../../../shared/failure.ts';

const before = dns.getServers();
afterEach(() => {
  dns.setServers(before);
});

const QUESTION = { base: 'havedane.test', hosts: [], smtpPort: 25 };

/** In which nobody answers. */
function silentNetwork() {
  const asked = new Set<string>();
  const network: Network = {
    clock: systemClock,
    exchangeDatagram({ address, port }) {
      asked.add(`${address}#${port}`);
      return Promise.resolve(fail({ kind: 'timeout', afterMs: 0 }));
    },
    connect: () => Promise.resolve(fail({ kind: 'refused' })),
  };
  return { asked, ports: { network, random: (count: number) => new Uint8Array(count) } };
}

test('of the machine the first three, as the C library does', async () => {
  dns.setServers(['127.0.0.1', '[::1]:5335', '127.0.0.3', '127.0.0.4', '127.0.0.5']);
  const { asked, ports } = silentNetwork();
  const question = { ...QUESTION, resolvers: null };
  const checks = await checkResolvers(question, ports, new AbortController().signal);
  expect([...asked]).toEqual(['127.0.0.1#53', '::1#5335', '127.0.0.3#53']);
  expect(checks.map(({ resolver, state }) => [resolver.address, state])).toEqual([
    ['127.0.0.1', 'no-answer'],
    ['::1', 'no-answer'],
    ['127.0.0.3', 'no-answer'],
  ]);
});

test('the one that is named, and none of the machine', async () => {
  dns.setServers(['127.0.0.1']);
  const { asked, ports } = silentNetwork();
  const question = { ...QUESTION, resolvers: [{ address: '127.0.0.9', port: 5335 }] };
  await checkResolvers(question, ports, new AbortController().signal);
  expect([...asked]).toEqual(['127.0.0.9#5335']);
});
