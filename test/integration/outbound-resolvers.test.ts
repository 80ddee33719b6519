// Real resolvers, set up by the text that is given to copy, find the test's zone and judge it, for each algorithm.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SigningAlgorithm } from '../../electron/lab/zone-key.ts';
import { systemClock } from '../../electron/net/system-clock.ts';
import { startOutboundTest, type OutboundTest } from '../../electron/outbound/outbound-test.ts';
import { SCENARIOS } from '../../shared/lab/scenario.ts';
import { run, settled, stopProcess, type ProcessIdentity } from '../universe/processes.ts';
import { freePort } from './mail-software-rig.ts';
import {
  factsOf,
  freeNetwork,
  startResolver,
  textFor,
  type ResolverName,
  type ResolverPlace,
} from './outbound-resolvers.ts';

const BASE = 'havedane.test';
const ALGORITHMS: readonly SigningAlgorithm[] = [8, 13, 14, 15];
const RESOLVERS: readonly ResolverName[] = ['Unbound', 'BIND', 'Knot Resolver'];
/** Milliseconds in which a resolver is up, on a busy machine. */
const START_MS = 30_000;

describe.each(ALGORITHMS)('a zone signed with algorithm %d', (algorithm) => {
  let folder: string;
  let service: OutboundTest;
  const running: ProcessIdentity[] = [];
  const places = new Map<ResolverName, ResolverPlace>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dane-inspector-resolvers-'));
    const network = await freeNetwork();
    service = await startService(algorithm, network);
    for (const [index, software] of RESOLVERS.entries()) {
      const own = { address: `${network}.${index + 1}`, port: 53 };
      const place = {
        ...(software === 'BIND' ? { address: '127.0.0.1', port: await freePort() } : own),
        ...{ folder: join(folder, `${index}`), nowhere: `${network}.9` },
      };
      places.set(software, place);
      running.push(await startResolver(software, place, textFor(software, factsOf(service))));
    }
  });

  afterAll(async () => {
    await Promise.all(running.map(stopProcess));
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (software: ResolverName, name: string, type: string): Promise<string> => {
    const { address, port } = places.get(software) ?? {};
    const options = ['-p', `${port}`, '+dnssec', '+tries=3', '+timeout=10'];
    return run('dig', [`@${address}`, ...options, name, type]).catch(String);
  };

  describe.each(RESOLVERS)('%s', (software) => {
    test('comes up with the text, and finds the zone secure', async () => {
      const up = async (): Promise<boolean> =>
        /flags:[^;]* ad[ ;]/.test(await ask(software, BASE, 'SOA'));
      expect(await settled(up, START_MS)).toBe(true);
    });

    test('says of each situation’s records what is so', async () => {
      const answers = await Promise.all(
        service.hosts.map(async ({ scenario, name, tlsa }) => ({
          ...{ scenario, records: tlsa.length },
          answer: await ask(software, `_25._tcp.${name}`, 'TLSA'),
        })),
      );
      for (const { scenario, records, answer } of answers) {
        if (scenario === 'bogus' || scenario === 'servfail') {
          expect(answer, scenario).toContain('status: SERVFAIL');
          continue;
        }
        expect(answer, scenario).toMatch(/flags:[^;]* ad[ ;]/);
        // Who minimises loses what lies below a denied name (RFC 8020).
        if (records > 0 && scenario !== 'ancestor')
          expect(answer, scenario).toMatch(/\sIN\s+TLSA\s/);
      }
    });

    test('finds the unsigned domain, and calls it insecure', async () => {
      const answer = await ask(software, `insecure.${BASE}`, 'MX');
      expect(answer).toMatch(/\sIN\s+MX\s/);
      expect(answer).not.toMatch(/flags:[^;]* ad[ ;]/);
    });
  });
});

async function startService(algorithm: SigningAlgorithm, network: string): Promise<OutboundTest> {
  const started = await startOutboundTest(
    {
      ...{ base: BASE, algorithm, dns: { address: `${network}.53`, port: 5353 } },
      scenarios: SCENARIOS.map(({ id }) => id),
      mailAddresses: Array.from({ length: 20 }, (_, index) => `${network}.${100 + index}`),
      ...{ listenPort: 2525, smtpPort: 25, silentAfterMs: 60_000 },
    },
    {
      clock: systemClock,
      random: (count) => randomBytes(count),
      kept: null,
      keep: () => undefined,
    },
  );
  if (!started.ok) throw new Error(JSON.stringify(started));
  return started.test;
}
