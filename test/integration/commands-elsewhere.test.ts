// The very text of the commands that the window copies, run by a shell against the universe's real servers: they show the same.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  dataCommand,
  decodeCommand,
  servedDataCommand,
} from '../../shared/elsewhere/command-certificate.ts';
import { delvCommand, digCommand, traceCommand } from '../../shared/elsewhere/command-dns.ts';
import {
  opensslDaneCommand,
  postfixCommand,
  servedChainCommand,
  type MailServer,
} from '../../shared/elsewhere/command-mail.ts';
import type { HostReport, ProbeReport, Report } from '../../shared/inspection/report.ts';
import { z } from 'zod';
import { check } from './command-line.ts';
import { readStatus } from './judges/delv.ts';
import { readVerdict } from './judges/posttls-finger.ts';

const universe = inject('universe');
const { dnsPort, smtpPort } = universe;

/** Milliseconds: a command that hangs is a command that does not work. */
const COMMAND_TIMEOUT_MS = 30_000;

/** Standard output and error of a command, as a person would see them. */
function ran(command: string, before = ''): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      'unshare',
      ['-m', 'sh', '-c', `${before}${command}`],
      { timeout: COMMAND_TIMEOUT_MS, env: { ...process.env, MAIL_CONFIG: folder } },
      (_error, stdout, stderr) => {
        resolve(`${stdout}${stderr}`);
      },
    );
  });
}

/** In the place of the system's resolver, the universe's that validates. */
let viaResolver = '';
const folder = mkdtempSync(join(tmpdir(), 'dane-inspector-commands-'));

beforeAll(() => {
  const resolv = join(folder, 'resolv.conf');
  writeFileSync(resolv, `nameserver ${universe.validating ?? ''}\noptions edns0 trust-ad\n`);
  writeFileSync(join(folder, 'main.cf'), 'compatibility_level = 3.6\n');
  viaResolver = `mount --bind '${resolv}' /etc/resolv.conf && `;
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Checked {
  readonly report: Report;
  readonly host: HostReport;
  readonly probe: ProbeReport;
  readonly server: MailServer;
}

/** Everything that a report has; the command line wrote it a moment ago. */
const WHOLE = z.custom<Report>((value) => typeof value === 'object' && value !== null);

async function checked(domain: string): Promise<Checked> {
  const report = WHOLE.parse((await check(universe, domain)).report);
  const [host] = report.hosts;
  const [address] = host?.addresses ?? [];
  const [probe] = address?.probes ?? [];
  if (host === undefined || address === undefined || probe === undefined) {
    throw new Error(`${domain} has no host that was spoken to`);
  }
  const server = { host: host.name, address: address.address, port: smtpPort, sni: host.name };
  return { report, host, probe, server };
}

const right = checked('right-311.test');
const issued = checked('right-211.test');
const stale = checked('stale-record.test');

/** dig breaks long data into pieces and writes hexadecimal large. */
function flat(text: string): string {
  return text.replaceAll(/\s+/g, '').toLowerCase();
}

describe('dig and delv', () => {
  test('every server shows the records that the report has, with their TTL', async () => {
    const { host } = await right;
    const question = { name: host.tlsa.name, type: 'TLSA' };
    const [record] = host.tlsa.records;
    expect(host.tlsa.servers.length).toBeGreaterThan(1);
    for (const { address } of host.tlsa.servers) {
      for (const tcp of [false, true]) {
        const said = await ran(digCommand(question, { address, port: dnsPort, tcp }));
        expect(said).toMatch(/status: NOERROR/);
        expect(said).toMatch(/flags: qr aa/);
        expect(said).not.toMatch(/recursion requested/);
        expect(flat(said)).toContain(
          flat(`${host.tlsa.name}.${host.tlsa.ttl}INTLSA3 1 1${record?.data}`),
        );
        expect(said).toMatch(/\sRRSIG\s+TLSA /);
      }
    }
  });

  test('delv validates what the report calls secure, and refuses what it calls bogus', async () => {
    const { host } = await right;
    const validation = {
      server: { address: universe.recursive, port: dnsPort },
      anchorFile: universe.delvAnchor,
    };
    const secure = await ran(delvCommand({ name: host.tlsa.name, type: 'TLSA' }, validation));
    expect(readStatus(secure)).toBe('secure');
    expect(flat(secure)).toContain(host.tlsa.records[0]?.data);
    const verbose = { ...validation, verbose: true };
    expect(await ran(delvCommand({ name: host.tlsa.name, type: 'TLSA' }, verbose))).toMatch(
      /fetch: right-311\.test\/DNSKEY/,
    );
    const bogus = await ran(delvCommand({ name: 'expired-zone.test', type: 'MX' }, validation));
    expect(readStatus(bogus)).toBe('bogus');
  });

  test('dig walks down from the root to the servers of the zone', async () => {
    const { host } = await right;
    const command = traceCommand(
      { name: host.tlsa.name, type: 'TLSA' },
      { address: universe.recursive, port: dnsPort },
    );
    const said = await ran(command, viaResolver);
    expect(flat(said)).toContain(host.tlsa.records[0]?.data);
    expect(said).toMatch(/\sDS\s/);
  });

  test('names that look like options are asked for as names', async () => {
    const { host } = await right;
    const [server] = host.tlsa.servers;
    for (const name of [
      '+short.right-311.test',
      '@127.0.0.1.right-311.test',
      '-x.right-311.test',
    ]) {
      const said = await ran(
        digCommand({ name, type: 'A' }, { address: server?.address ?? '', port: dnsPort }),
      );
      expect(said, name).toMatch(/status: NXDOMAIN/);
      expect(said.toLowerCase(), name).toContain('.right-311.test.');
    }
  });
});

describe('openssl', () => {
  test('shows the certificates that the report has', async () => {
    for (const each of [right, issued]) {
      const { probe, server } = await each;
      for (const one of [server, { ...server, sni: null }]) {
        const said = await ran(servedChainCommand(one));
        const served = said.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
        const ours = probe.chain.map(({ pem }) => new X509Certificate(pem).fingerprint256);
        // The leaf stands there once more, as “Server certificate”, in some versions.
        const theirs = (served ?? []).map((pem) => new X509Certificate(pem).fingerprint256);
        expect(theirs.slice(0, ours.length)).toEqual(ours);
      }
    }
  });

  test('judges by the records as the report does', async () => {
    for (const [each, verdict] of [
      [right, true],
      [issued, true],
      [stale, false],
    ] as const) {
      const { host, server, probe } = await each;
      const command = opensslDaneCommand(server, host.tlsa.baseDomain, host.tlsa.records);
      const said = await ran(command ?? '');
      expect(said).toMatch(/CONNECTION ESTABLISHED/);
      expect(/^Verification: OK$/m.test(said), host.name).toBe(verdict);
      expect(probe.verdict === 'authenticated', host.name).toBe(verdict);
    }
  });

  test('decodes a certificate from the command itself', async () => {
    const { probe } = await right;
    const [certificate] = probe.chain;
    const said = await ran(decodeCommand(certificate?.pem ?? '') ?? '');
    expect(said).toContain(`CN = ${certificate?.names[0]}`);
    expect(flat(said).replaceAll(':', '')).toContain(certificate?.certSha256);
  });

  test('works out the data of the records, from the command itself and from what is served', async () => {
    for (const [each, depth] of [
      [right, 0],
      [issued, 1],
    ] as const) {
      const { host, probe, server } = await each;
      const [record] = host.tlsa.records;
      if (record === undefined) throw new Error('no record');
      expect(probe.associations[0]?.matchedDepth).toBe(depth);
      const given = dataCommand(probe.chain[depth]?.pem ?? '', record);
      expect(await ran(given ?? '')).toContain(record.data);
      const served = servedDataCommand(server, depth, record);
      expect(await ran(served ?? '')).toContain(record.data);
    }
  });

  test('and for every selector and matching type', async () => {
    const { probe } = await right;
    const [certificate] = probe.chain;
    if (certificate === undefined) throw new Error('no certificate');
    const judge = new X509Certificate(certificate.pem);
    const spki = judge.publicKey.export({ type: 'spki', format: 'der' });
    for (const [selector, octets] of [judge.raw, spki].entries()) {
      const full = dataCommand(certificate.pem, { selector, matchingType: 0 });
      expect(await ran(full ?? '')).toBe(octets.toString('hex'));
      for (const [matchingType, hash] of [
        [1, 'sha256'],
        [2, 'sha512'],
      ] as const) {
        const digest = createHash(hash).update(octets).digest('hex');
        const command = dataCommand(certificate.pem, { selector, matchingType });
        expect(await ran(command ?? '')).toContain(digest);
      }
    }
  });
});

describe('posttls-finger', () => {
  test('Postfix comes to the same verdict', async () => {
    const { host } = await right;
    expect(readVerdict(await ran(postfixCommand(host.name, smtpPort), viaResolver))).toBe(
      'verified',
    );
    const other = await stale;
    expect(readVerdict(await ran(postfixCommand(other.host.name, smtpPort), viaResolver))).toBe(
      'mismatch',
    );
  });
});
