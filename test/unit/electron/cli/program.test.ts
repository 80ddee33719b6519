// The command line from its arguments to what it writes, on the built-in lab.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { builtInDomains } from '../../../../electron/lab/built-in-domains.ts';
import { run } from './rig.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-cli-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('check', () => {
  test('judges every domain of the lab as the lab says', async () => {
    const { stdout, exit } = await run(['check', '--lab', '--json']);
    const reports = stdout
      .trimEnd()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as { domain: string; outcome: string; findings: { code: string }[] },
      );
    const told = reports.map(({ domain, outcome }) => `${domain} ${outcome}`).sort();
    expect(told).toEqual(builtInDomains.map(({ name, outcome }) => `${name} ${outcome}`).sort());
    for (const { name, findings } of builtInDomains) {
      const codes = reports.find(({ domain }) => domain === name)?.findings.map(({ code }) => code);
      expect(codes, name).toEqual(expect.arrayContaining([...findings]));
    }
    expect(exit).toBe(2);
  });

  test('writes JSON and nothing else on stdout, even to a person', async () => {
    const { stdout } = await run(['check', '--lab', '--json', 'good.lab'], { terminal: true });
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, domain: 'good.lab' });
  });

  test('shows a person the outcome, the match and the records to publish', async () => {
    const { stdout, exit } = await run(['check', '--lab', 'twohosts.lab']);
    expect(exit).toBe(2);
    expect(stdout).toMatch(/^twohosts\.lab {2}degraded\n/);
    expect(stdout).toMatch(/✓ 3 1 1 [0-9a-f]{16}… {2}current; matches the server’s certificate/);
    expect(stdout).toMatch(/_25\._tcp\.mx2\.twohosts\.lab\. 3600 IN TLSA 3 1 1 [0-9a-f]{64}\n/);
  });

  test.each([
    ['colour for a person', { terminal: true }, true],
    ['none when the output is piped', { terminal: false }, false],
    ['none with NO_COLOR', { terminal: true, environment: { NO_COLOR: '1' } }, false],
    ['none on a dumb terminal', { terminal: true, environment: { TERM: 'dumb' } }, false],
  ] as const)('uses %s', async (_claim, setting, coloured) => {
    const { stdout } = await run(['check', '--lab', 'good.lab'], setting);
    expect(stdout.includes('\u001b[')).toBe(coloured);
  });

  test('keeps sentences within the width of the terminal', async () => {
    const { stdout } = await run(['check', '--lab', 'denied.lab'], { columns: 60 });
    const sentence = stdout.split('\n').filter((line) => /^ {2}[A-Za-z]/.test(line));
    expect(sentence.length).toBeGreaterThan(3);
    expect(Math.max(...sentence.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  test('goes on after a domain that is none, says so, and ends with 3', async () => {
    const { stdout, stderr, exit } = await run([
      'check',
      '--lab',
      'good.lab',
      'no domain',
      '--json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'secure' });
    expect(stderr).toBe(
      '“no domain” is not a domain: “no domain” holds a character that no mail domain has.\n',
    );
    expect(exit).toBe(3);
  });

  test('reads an address and a URL, and looks at one domain once', async () => {
    const { stdout } = await run(['check', '--lab', '--json', 'a@good.lab', 'https://good.lab/x']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  test('with DNS only speaks to nobody and claims nothing', async () => {
    const { stdout, exit } = await run(['check', '--lab', '--json', '--no-smtp', 'good.lab']);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'unknown', tool: { smtp: false } });
    expect(exit).toBe(3);
  });

  test('stops when it is told to', async () => {
    const controller = new AbortController();
    controller.abort(new Error('stopped'));
    await expect(run(['check', '--lab', 'good.lab'], {}, controller.signal)).rejects.toThrow(
      'stopped',
    );
  });
});

describe('a mistake in the arguments is one sentence and exit code 3:', () => {
  test.each([
    [['check'], /Name a domain/],
    [['check', 'example.org', '--at', 'yesterday'], /instant in UTC/],
    [['check', 'example.org', '--at', '2026-13-41T00:00:00Z'], /instant in UTC/],
    [['check', 'example.org', '--at', '2026-02-31T00:00:00Z'], /instant in UTC/],
    [['check', 'example.org', '--dns-port', '0'], /port, 1 to 65535/],
    [['check', 'example.org', '--smtp-port', '25x'], /port, 1 to 65535/],
    [['check', 'example.org', '--timeout', '0'], /more than 0/],
    [['check', 'example.org', '--timeout', ''], /more than 0/],
    [['check', 'example.org', '--concurrency', '-1'], /from 1 to 64/],
    [['check', 'example.org', '--resolver', 'dns.example'], /"iterative" or an IP address/],
    [['check', 'example.org', '--resolver', '192.0.2.1#99999'], /port, 1 to 65535/],
    [
      ['check', 'example.org', '--root-hints', '/nowhere'],
      /--root-hints: \/nowhere cannot be read \(it does not exist\)/,
    ],
    [['check', 'example.org', '--trust-anchor', '/'], /it is a folder/],
    [['check', 'example.org', '--root-hints', '/dev/zero'], /larger than 16777216 octets/],
    [['check', 'example.org', '--ipv4', '--ipv6'], /exclude each other/],
    [['check', 'good.lab', '--lab', '--proxy', 'socks5://127.0.0.1:1080'], /exclude each other/],
    [['check', 'example.org', '--proxy', 'http://127.0.0.1:8080'], /given as socks5:/],
    [['check', 'example.org', '--proxy', 'socks5://me:secret@'], /^(?!.*secret).*given as socks5:/],
    [['check', 'example.org', '--ehlo', 'a b'], /host name or an address in brackets/],
    [['check', 'example.org', '--max-connections', '0'], /from 1 to 200/],
    [['check', 'example.org', '--chain', 'mx.example.org'], /takes HOST=FILE/],
    [['check', 'example.org', '--chain', 'mx.example.org=/nowhere'], /\/nowhere cannot be read/],
    [['check', 'example.org', '--chain', 'mx.example.org=/'], /it is a folder/],
    [['check', 'example.org', '--chain', 'mx.example.org=/dev/zero'], /larger than 1048576 octets/],
    [['check', 'example.org', '--chain', 'mx.example.org=/dev/null'], /no certificate in PEM form/],
    [['check', 'example.org', '--colour'], /unknown option '--colour'/],
    [['resolve', 'example.org'], /missing required argument 'type'/],
    [['resolve', 'example.org', 'NONSENSE'], /not a record type/],
    [['resolve', 'example.org', 'ANY'], /cannot be looked up/],
    [['resolve', 'example.org', 'RRSIG'], /cannot be looked up/],
    [['resolve', 'a..b', 'A'], /not a domain name/],
    [['verify'], /required option/],
    [['verify', '--host', 'mx.example.org', '--chain', '/nowhere'], /required option '--tlsa/],
    [
      ['verify', '--host', 'mx.example.org', '--chain', '/nowhere', '--tlsa', '3 1 1 00'],
      /cannot be read/,
    ],
    [
      ['verify', '--host', 'mx.example.org', '--chain', '/dev/zero', '--tlsa', '3 1 1 00'],
      /larger than 1048576 octets/,
    ],
    [['rollover', 'next.pem'], /required option '--host <name>' not specified/],
    [['tlsa'], /missing required argument 'files'/],
    [['nonsense'], /unknown command 'nonsense'/],
  ])('%j', async (args, sentence) => {
    const { exit, stdout, stderr } = await run(args);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ exit, stdout }).toEqual({ exit: 3, stdout: '' });
  });

  test('what it quotes of a file cannot steer the terminal', async () => {
    const file = join(folder, 'hostile-hints');
    writeFileSync(file, '. 3600 IN \u001b[2JNS a.example.\n');
    const { exit, stderr } = await run(['check', 'example.org', '--root-hints', file]);
    expect(stderr).toContain('\\x1b[2J');
    expect({ exit, escapes: stderr.includes('\u001b') }).toEqual({ exit: 3, escapes: false });
  });

  test('root hints that are no zone file are named', async () => {
    const file = join(folder, 'hints');
    writeFileSync(file, 'this is ( not a zone file');
    const { exit, stderr } = await run(['check', 'example.org', '--root-hints', file]);
    expect(stderr).toMatch(/^The root hints cannot be read: .*\n$/);
    expect(exit).toBe(3);
  });
});

describe('resolve', () => {
  test('prints the status, the records and the ladder of trust', async () => {
    const { stdout, exit } = await run(['resolve', '--lab', 'good.lab', 'mx']);
    expect(stdout).toMatch(/^good\.lab MX {2}secure, NOERROR\n/);
    expect(stdout).toContain('good.lab 3600 MX 10 mx.good.lab.');
    expect(stdout).toMatch(/From the trust anchor down:\n {2}\. {2}✓ secure\n {4}anchor/);
    expect(exit).toBe(0);
  });

  test('counts the time that is left from the instant of --at', async () => {
    const at = '2026-01-10T00:00:00Z';
    const { stdout } = await run(['resolve', '--lab', '--at', at, 'good.lab', 'mx']);
    expect(stdout).toMatch(/until 2026-01-\d\dT00:00:00Z, 1\d days left/);
  });

  test('gives JSON with every field scripts rely on', async () => {
    const { stdout } = await run(['resolve', '--lab', 'good.lab', 'TYPE15', '--json']);
    const keys = ['name', 'type', 'rcode', 'security', 'answers', 'reason', 'ede', 'chain'];
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(keys);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'good.lab', type: 'MX', security: 'secure' });
  });

  test('ends with 2 for a bogus answer and says why', async () => {
    const { stdout, exit } = await run(['resolve', '--lab', 'expired.lab', 'MX', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ rcode: 'SERVFAIL', security: 'bogus', ede: 7 });
    expect(exit).toBe(2);
  });
});

describe('help', () => {
  test('is short, goes to stdout and ends with 0', async () => {
    const { stdout, exit } = await run(['--help']);
    for (const command of ['check', 'resolve', 'verify', 'tlsa', 'rollover', 'lab']) {
      expect(stdout).toContain(command);
    }
    expect(exit).toBe(0);
  });

  test.each(['check', 'resolve', 'verify', 'tlsa', 'rollover', 'hook', 'lab'])(
    'of %s tells no default that is nothing to a person',
    async (command) => {
      const { stdout, exit } = await run([command, '--help']);
      expect(stdout).toContain(`Usage: dane-inspector ${command}`);
      expect(stdout).not.toMatch(/default:\s+(?:\[\]|null)/);
      expect(exit).toBe(0);
    },
  );

  test('tells the defaults that count', async () => {
    const { stdout } = await run(['check', '--help']);
    const flat = stdout.replace(/\s+/g, ' ');
    for (const text of ['(default: iterative)', '(default: now)', '(default: 25)']) {
      expect(flat).toContain(text);
    }
  });

  test('names what check can do with mail servers', async () => {
    const { stdout } = await run(['check', '--help']);
    expect(stdout).toContain('--trust-anchor');
    for (const option of ['--proxy', '--chain', '--ehlo', '--max-connections', '--without-sni']) {
      expect(stdout).toContain(option);
    }
  });
});

test('lab lists its domains', async () => {
  const { stdout } = await run(['lab']);
  for (const { name } of builtInDomains) expect(stdout).toContain(name);
});
