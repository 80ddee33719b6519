// `check` against real name servers and mail servers: outcome, hosts, exit code and codes of every domain of the universe.
import { describe, expect, inject, test } from 'vitest';
import { EXPECTATIONS } from '../universe/expectations.ts';
import { check } from './command-line.ts';
import { expectDomain } from './expect-domain.ts';

const universe = inject('universe');

describe.concurrent('check tells of', () => {
  for (const expectation of EXPECTATIONS.filter(({ needs }) => universe.ipv6 || needs !== 'ipv6')) {
    const { domain, outcome, why } = expectation;
    test(`${domain}: ${outcome} (${why})`, async () => {
      expectDomain(await check(universe, domain), expectation);
    });
  }
});

describe.concurrent('the document of check', () => {
  test('shows the certificates as presented and which record matched at which depth', async () => {
    const { report } = await check(universe, 'right-211.test');
    const [host] = report.hosts;
    expect(host?.tlsa).toMatchObject({
      name: `_${universe.smtpPort}._tcp.mx.right-211.test`,
      baseDomain: 'mx.right-211.test',
      security: 'secure',
      records: [
        { usage: 2, selector: 1, matchingType: 1, usable: true, matches: true, matchedDepth: 1 },
      ],
    });
    // The issuing CA is sent, its root is not, and nothing may be added.
    expect(host?.addresses[0]?.probes[0]?.chain).toHaveLength(2);
  });

  test('names the zones from the root down', async () => {
    const { report } = await check(universe, 'right-311.test');
    const zones = report.zones.map(({ zone, security }) => `${zone} ${security}`);
    expect(zones).toEqual(
      expect.arrayContaining(['. secure', 'test secure', 'right-311.test secure']),
    );
  });

  test('asks every authoritative address for the ancestors', async () => {
    const { report } = await check(universe, 'ancestor-nxdomain-one-server.test');
    const ancestors = report.hosts[0]?.ancestors.filter(({ name }) => name.startsWith('_tcp.'));
    expect(ancestors?.map(({ address, rcode, ok }) => ({ address, rcode, ok }))).toEqual(
      expect.arrayContaining([
        { address: universe.servers['host-a'], rcode: 'NOERROR', ok: true },
        { address: universe.servers['nxdomain-b'], rcode: 'NXDOMAIN', ok: false },
      ]),
    );
  });

  test('holds both addresses of a host, each with its own certificate', async () => {
    const { report } = await check(universe, 'two-addresses-one-wrong.test');
    const leaves = report.hosts[0]?.addresses.map(({ probes }) => probes[0]?.chain[0]?.pem);
    expect(new Set(leaves).size).toBe(2);
  });

  test('gives every finding that is not good news something to do and a clause', async () => {
    const { report } = await check(universe, 'two-hosts-one-stale.test');
    for (const finding of report.findings) {
      expect(finding.reference).toMatch(/^RFC \d+ §/);
      if (finding.severity !== 'ok') expect(finding.remedy).not.toBe('');
    }
  });

  test('for several domains is one line each', async () => {
    const { runCommandLine, universeOptions } = await import('./command-line.ts');
    const domains = ['right-311.test', 'stale-record.test', 'null-mx.test'];
    const run = await runCommandLine(['check', ...domains, '--json', ...universeOptions(universe)]);
    const lines = run.stdout.trimEnd().split('\n');
    const told = lines.map((line) => (JSON.parse(line) as { domain: string }).domain);
    expect(told.sort()).toEqual([...domains].sort());
    // RFC-less, a promise to scripts: the worst outcome decides.
    expect(run.exit).toBe(2);
  });
});

describe.concurrent('check', () => {
  test('does not touch private addresses unless allowed to', async () => {
    const { runCommandLine, universeOptions } = await import('./command-line.ts');
    const options = universeOptions(universe).filter((option) => option !== '--allow-private');
    const run = await runCommandLine(['check', 'right-311.test', '--json', ...options]);
    const report = JSON.parse(run.stdout) as { outcome: string };
    // The name servers below the root have loopback addresses too, so nothing can be learnt.
    expect(report.outcome).not.toBe('secure');
    expect(run.exit).not.toBe(0);
  });

  test('without SMTP still judges the DNS half, and claims no authentication', async () => {
    const { run, report } = await check(universe, 'right-311.test', ['--no-smtp']);
    expect(report.mx.security).toBe('secure');
    expect(report.hosts[0]?.tlsa.security).toBe('secure');
    expect(
      report.hosts[0]?.addresses.flatMap(({ probes }) => probes).filter(({ ok }) => ok),
    ).toEqual([]);
    expect(run.exit).not.toBe(0);
  });

  test('through a recursive resolver that validates nothing comes to the same outcomes', async () => {
    const resolver = ['--resolver', `${universe.recursive}#${universe.dnsPort}`];
    for (const domain of ['right-311.test', 'bogus-tlsa.test', 'unsigned.test', 'no-tlsa.test']) {
      const expectation = EXPECTATIONS.find((candidate) => candidate.domain === domain);
      const { report } = await check(universe, domain, resolver);
      expect({ domain, outcome: report.outcome }).toEqual({
        domain,
        outcome: expectation?.outcome,
      });
    }
  });

  test('judges signatures at the instant it is told', async () => {
    // Every signature of the universe ends 29 days after its start.
    const late = new Date(Date.now() + 40 * 86_400_000).toISOString().replace(/\.\d+/, '');
    const { report } = await check(universe, 'right-311.test', ['--at', late]);
    expect(report.outcome).toBe('broken');
    expect(report.findings.map(({ code }) => code)).toContain('rrsig-expired');
  });
});
