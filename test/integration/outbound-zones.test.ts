// Independent judges of the outbound test's zones: delv (BIND) calls them secure or bogus as each situation wants.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SigningAlgorithm } from '../../electron/lab/zone-key.ts';
import { systemClock } from '../../electron/net/system-clock.ts';
import { startOutboundTest, type OutboundTest } from '../../electron/outbound/outbound-test.ts';
import { SCENARIOS } from '../../shared/lab/scenario.ts';

const BASE = 'havedane.test';
const DNS = { address: '127.25.3.53', port: 5353 };
const DS = /^(\S+) \d+ IN DS (\d+) (\d+) (\d+) ([0-9A-F]+)$/i;

const ALGORITHMS: readonly SigningAlgorithm[] = [8, 13, 14, 15];

describe.each(ALGORITHMS)('signed with algorithm %d', (algorithm) => {
  let folder: string;
  let service: OutboundTest;
  let anchors: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dane-inspector-outbound-'));
    const started = await startOutboundTest(
      {
        ...{ base: BASE, algorithm, dns: DNS },
        scenarios: SCENARIOS.map(({ id }) => id),
        mailAddresses: Array.from({ length: 20 }, (_, index) => `127.25.3.${100 + index}`),
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
    service = started.test;
    anchors = join(folder, 'anchors');
    const [, owner, tag, alg, digest, hex] = DS.exec(service.trustAnchor) ?? [];
    writeFileSync(
      anchors,
      `trust-anchors { "${owner}" static-ds ${tag} ${alg} ${digest} "${hex}"; };\n`,
    );
  });

  afterAll(async () => {
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const judge = (name: string, type: string): Promise<string> =>
    outputOf('delv', [
      ...[`@${DNS.address}`, '-p', `${DNS.port}`, '-a', anchors, `+root=${BASE}`],
      ...['+nosplit', name, type],
    ]);

  test('every mail host and its records are secure, or what the situation wants', async () => {
    const answers = await Promise.all(
      service.hosts.map(async ({ scenario, name, tlsa }) => {
        const answer = await judge(`_25._tcp.${name}`, 'TLSA');
        return [scenario, tlsa.length, answer] as const;
      }),
    );
    for (const [scenario, records, answer] of answers) {
      if (scenario === 'bogus') expect(answer, scenario).toContain('RRSIG failed to verify');
      else if (scenario === 'servfail')
        expect(answer, scenario).toContain('resolution failed: failure');
      else if (records === 0)
        expect(answer, scenario).toContain('; negative response, fully validated');
      else expect(answer, scenario).toContain('; fully validated');
    }
    const domains = await Promise.all(
      service.hosts.map(
        async ({ scenario, domain }) => [scenario, await judge(domain, 'MX')] as const,
      ),
    );
    for (const [scenario, answer] of domains)
      expect(answer, scenario).toContain(
        scenario === 'insecure' ? '; unsigned answer' : '; fully validated',
      );
  });

  test('the name above the records is proven away where the situation wants it, and there alone', async () => {
    expect(await judge('_tcp.mx.ancestor.havedane.test', 'A')).toContain('NXDOMAIN');
    const others = await judge('_tcp.mx.do.havedane.test', 'A');
    expect(others).toContain('negative response, fully validated');
    expect(others).not.toContain('NXDOMAIN');
  });
});

/** Standard output and error; delv tells of a failure on the latter. */
function outputOf(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output += String(chunk)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}
