// `lab` from its arguments to what it writes; the outbound test with a sender over real loopback sockets.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  takeAddresses,
  takeBase,
  toOutboundRequest,
} from '../../../../electron/cli/lab-options.ts';
import { tellListening } from '../../../../electron/cli/lab-trouble.ts';
import { createTerminal } from '../../../../electron/cli/terminal.ts';
import { until } from '../outbound/rig.ts';
import { aliasIn, LabRig, told } from './lab-rig.ts';
import { run } from './rig.ts';

const NETWORK = '127.25.203';
const rig = new LabRig(NETWORK);
const start = (...args: readonly string[]) => rig.start(...args);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-lab-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

afterEach(() => rig.close());

describe('the outbound test', () => {
  test('stays until it is stopped, and ends with 0', async () => {
    const running = start();
    await until(() => aliasIn(running) !== '');
    const text = running.lines.join('\n');
    expect(text).toContain(`Name server   ${NETWORK}.53#45353`);
    expect(text).toMatch(/^Trust anchor {2}havedane\.test\. \d+ IN DS \d+ 13 2 [0-9a-f]{64}$/m);
    expect(text).toContain('--settings unbound (or bind');
    expect(text).not.toContain('stub-addr');
    expect(text).toContain(`swaks --server localhost`);
    running.stop();
    expect(await running.exit).toBe(0);
    expect(running.errors).toEqual([]);
  });

  test('tells a person each step, and the verdict as soon as it is certain', async () => {
    const running = start();
    await until(() => aliasIn(running) !== '');
    await rig.deliver(aliasIn(running), 'wrong', 3);
    await until(() => running.lines.some((line) => line === 'Does not check DANE'));
    await until(() => running.lines.some((line) => /wrong .* closed$/.test(line)));
    const live = running.lines
      .filter((line) => /^\d\d:\d\d:\d\d {2}wrong /.test(line))
      .map((line) => line.replace(/^\S+ {2}wrong +127\.0\.0\.1 /, ''));
    expect(live.slice(0, 4)).toEqual([
      'connected',
      'EHLO sender.example, in the clear',
      'STARTTLS',
      expect.stringMatching(/^TLSv1\.3 with \S+, asked for mx\.wrong\.havedane\.test$/),
    ]);
    expect(live.slice(5)).toEqual([
      ...['began a mail, over TLS', 'named the recipient, over TLS', 'delivered, over TLS'],
      ...['QUIT', 'closed'],
    ]);
    expect(running.lines).toContainEqual(
      expect.stringMatching(/^✗ wrong .*Delivered over TLS\. \(unsafe, RFC 7672 §2\.2\)$/),
    );
    running.stop();
    expect(await running.exit).toBe(0);
  });

  test('what a sender says can steer no terminal', async () => {
    const running = start();
    await until(() => aliasIn(running) !== '');
    const client = await rig.open(20);
    await client.reply();
    await client.say('EHLO \u001b[2J\u0007evil');
    await until(() => running.lines.some((line) => line.includes('evil')));
    expect(running.lines.join('')).not.toMatch(/[\u001b\u0007]/);
    client.end();
    running.stop();
    await running.exit;
  });

  test('with --once it ends with the verdict, which the exit code tells', async () => {
    const running = start('--once', '--timeout', '10', '--json');
    await until(() => running.lines.length > 0);
    await rig.deliver(aliasIn(running), 'wrong', 3);
    expect(await running.exit).toBe(2);
    const events = told(running);
    expect(events[0]).toMatchObject({ event: 'started', base: 'havedane.test', goesOn: false });
    expect(events.filter(({ event }) => event === 'seen').length).toBeGreaterThan(8);
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'standing', scenario: 'wrong', deed: 'delivered-tls' }),
    );
    expect(events.at(-1)).toMatchObject({
      event: 'verdict',
      conclusion: 'does-not-check',
      final: true,
    });
  });

  test('silence is no success', async () => {
    const running = start('--once', '--timeout', '1', '--json');
    expect(await running.exit).toBe(3);
    expect(told(running).at(-1)).toMatchObject({ conclusion: 'could-not-tell', final: true });
  });

  test('stopped before its verdict, --once ends as a stopped program does', async () => {
    const running = start('--once');
    await until(() => aliasIn(running) !== '');
    running.stop();
    expect(await running.exit).toBe(130);
  });

  test('key and test are the same after a restart', async () => {
    const state = join(folder, 'state.json');
    const first = start('--json', '--state', state);
    await until(() => first.lines.length > 0);
    await rig.deliver(aliasIn(first), 'wrong', 3);
    first.stop();
    expect(await first.exit).toBe(0);
    expect(statSync(state).mode & 0o777).toBe(0o600);
    const second = start('--json', '--state', state);
    await until(() => told(second).some(({ event }) => event === 'verdict'));
    const [before] = told(first);
    const [after] = told(second);
    expect(after).toMatchObject({ goesOn: true, trustAnchor: before?.['trustAnchor'] });
    expect(after?.['recipients']).toEqual(before?.['recipients']);
    expect(told(second)).toContainEqual(expect.objectContaining({ conclusion: 'does-not-check' }));
    second.stop();
    await second.exit;
    const other = start('--state', state, '--base', 'other.test');
    expect(await other.exit).toBe(3);
    expect(other.errors.join('')).toMatch(/holds the test of havedane\.test, not of other\.test/);
  });

  test('a file that is somebody’s is left alone, and another one may be named', async () => {
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'my notes');
    const running = start('--state', path);
    expect(await running.exit).toBe(3);
    expect(running.errors.join(' ')).toContain(
      `--state: ${path} was not written by an outbound test. It is left as it is: move it away. Or name another file with --state.`,
    );
    expect(readFileSync(path, 'utf8')).toBe('my notes');
  });

  test('a port that is taken is said, with what to do', async () => {
    const first = start();
    await until(() => aliasIn(first) !== '');
    const second = start();
    expect(await second.exit).toBe(3);
    expect(second.errors[0]).toMatch(/^Another program listens on 127\.25\.203\.53, port 45353/);
    first.stop();
    await first.exit;
  });
});

describe('asked for twice', () => {
  const refused = async (...args: readonly string[]): Promise<string> => {
    const { exit, stderr } = await run(['lab', '--outbound', ...args]);
    expect(exit).toBe(3);
    return stderr;
  };

  test.each([
    [['--addresses', '192.0.2.1'], /Other machines could reach 192\.0\.2\.1/],
    [['--dns', '192.0.2.1'], /Other machines could reach 192\.0\.2\.1/],
    [['--addresses', '127.0.0.1,2001:db8::1'], /Other machines could reach 2001:db8::1/],
    [['--addresses', '192.0.2.1', '--yes-public'], /Other machines could reach/],
    [['--addresses', '192.0.2.1', '--public', 'dane.example.org'], /say --yes-public too/],
    [['--public', 'dane.example.org', '--yes-public'], /--public needs --addresses/],
    [
      ['--public', 'dane.example.org', '--yes-public', '--addresses', '127.0.0.1'],
      /of this machine alone/,
    ],
    [
      ['--public', 'a.example', '--base', 'b.example', '--addresses', '192.0.2.1'],
      /leave --base out/,
    ],
  ])('%j', async (args, sentence) => {
    expect(await refused(...args)).toMatch(sentence);
  });

  test('then it is done, on port 53 of the first address', () => {
    const request = toOutboundRequest({
      public: 'dane.example.org',
      yesPublic: true,
      addresses: takeAddresses('192.0.2.1-192.0.2.3'),
    });
    expect(request).toMatchObject({
      ...{ base: 'dane.example.org', open: true, dns: { address: '192.0.2.1', port: 53 } },
      ...{ smtpPort: 25, listenPort: 25, algorithm: null },
    });
  });
});

describe('arguments', () => {
  test.each([
    ['HaveDane.Test.', 'havedane.test'],
    ['müller.example', 'xn--mller-kva.example'],
  ])('the domain %s is %s', (given, read) => {
    expect(takeBase(given)).toBe(read);
  });

  test.each([
    'test',
    '',
    'a b.test',
    'a..test',
    '-a.test',
    'a_b.test',
    '192.0.2.1',
    `${'a.'.repeat(100)}test`,
  ])('“%s” is no domain for it', (given) => {
    expect(() => takeBase(given)).toThrow('two labels');
  });

  test.each([
    ['127.0.0.254-127.0.1.1', ['127.0.0.254', '127.0.0.255', '127.0.1.0', '127.0.1.1']],
    ['192.0.2.1, ::1', ['192.0.2.1', '::1']],
    ['192.0.2.1,192.0.2.1', ['192.0.2.1']],
  ])('the addresses %s', (given, read) => {
    expect(takeAddresses(given).addresses).toEqual(read);
  });

  test.each([
    '',
    '192.0.2.1-',
    '192.0.2.9-192.0.2.1',
    '::1-::2',
    'mx.example',
    '0.0.0.0',
    '::',
    '224.0.0.1',
    'ff02::1',
    '10.0.0.0-10.255.255.255',
    '1.2.3.4-1.2.3.5-1.2.3.6',
  ])('“%s” are no addresses for it', (given) => {
    expect(() => takeAddresses(given)).toThrow(/^It takes/);
  });

  test('an option of the test alone means nothing to the list', async () => {
    const { exit, stderr } = await run(['lab', '--base', 'havedane.test']);
    expect([exit, stderr]).toEqual([3, '--base goes with --outbound.\n']);
  });

  test('the list says how to use what is in it', async () => {
    const { exit, stdout } = await run(['lab']);
    expect(exit).toBe(0);
    expect(stdout).toContain('dane-inspector lab --outbound');
  });
});

describe('what it may not listen on', () => {
  const tell = (code: string, platform: string): string => {
    const written: string[] = [];
    const stream = { write: (text: string) => written.push(text) };
    tellListening(
      {
        what: 'smtp',
        endpoint: { address: '127.25.0.1', port: 25 },
        failure: { kind: 'unreachable', code },
      },
      toOutboundRequest({}, 'linux'),
      createTerminal({ stdout: stream, stderr: stream, environment: {} }),
      platform,
    );
    return written.join('');
  };

  test('on Linux there are three ways out, to be copied', () => {
    const text = tell('EACCES', 'linux');
    expect(text).toContain('setcap cap_net_bind_service=+ep');
    expect(text).toContain('sysctl net.ipv4.ip_unprivileged_port_start=25');
    expect(text).toContain(
      "nft 'add rule ip dane_test here ip daddr { 127.25.0.1-127.25.0.20 } tcp dport 25 dnat to :2525'",
    );
    expect(text).toContain('--listen-port 2525');
  });

  test('elsewhere no command is offered that is not there', () => {
    expect(tell('EACCES', 'darwin')).not.toMatch(/setcap|sysctl|nft/);
    expect(tell('EADDRNOTAVAIL', 'darwin')).toContain('sudo ifconfig lo0 alias 127.25.0.1');
    expect(tell('EADDRINUSE', 'linux')).toContain('Another program listens');
  });
});
