// `--kit` from its arguments to its files, and `--web` and `--nat` with real sockets of the loopback.
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeAddresses, toOutboundRequest } from '../../../../electron/cli/lab-options.ts';
import { writeOutboundKit } from '../../../../electron/cli/lab-kit.ts';
import { serviceOptions, takeMapping } from '../../../../electron/cli/lab-public.ts';
import { createTerminal } from '../../../../electron/cli/terminal.ts';
import { takeStateLock } from '../../../../electron/outbound/state-lock.ts';
import { until } from '../outbound/rig.ts';
import { run } from './rig.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-kit-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const kit = (...more: readonly string[]) =>
  run([
    ...[
      'lab',
      '--outbound',
      '--public',
      'dane.example.org',
      '--addresses',
      '203.0.113.1-203.0.113.20',
    ],
    ...['--kit', join(folder, 'kit'), ...more],
  ]);
const textOf = (name: string): string => readFileSync(join(folder, 'kit', name), 'utf8');

test('a second export has the same key, and other texts where something changed', async () => {
  expect((await kit()).exit).toBe(0);
  const [delegation, unit, state] = [
    textOf('delegation.zone'),
    textOf('dane-inspector-outbound.service'),
    textOf('state.json'),
  ];
  expect((await kit('--web', 'none')).exit).toBe(0);
  expect(textOf('delegation.zone')).toBe(delegation);
  expect(textOf('state.json')).toBe(state);
  expect(textOf('dane-inspector-outbound.service')).not.toBe(unit);
});

test('while another program has the state, its key is read all the same', async () => {
  await kit();
  const delegation = textOf('delegation.zone');
  const lock = takeStateLock(join(folder, 'kit', 'state.json'));
  try {
    expect((await kit()).exit).toBe(0);
    expect(textOf('delegation.zone')).toBe(delegation);
    // One whose keys have yet to be made is that program's.
    rmSync(join(folder, 'kit', 'state.json'));
    const refused = await kit();
    expect([refused.exit, refused.stderr]).toEqual([3, expect.stringContaining('in use by')]);
  } finally {
    if (lock.ok) lock.lock.release();
  }
});

test('keys that cannot be kept are said, and nothing is said to go on', async () => {
  const { exit, stderr } = await kit('--state', join(folder, 'nowhere', 'state.json'));
  const sentence = `--kit: ${join(folder, 'nowhere', 'state.json')} could not be written (its folder does not exist).`;
  expect([exit, stderr]).toEqual([3, expect.stringContaining(sentence)]);
  expect(stderr).not.toContain('goes on');
});

test('a person is told the DS record that the kit holds, without a TTL of its own', async () => {
  const { stdout } = await kit();
  const [, data = ''] = /^DS +dane\.example\.org\. IN DS (.+)$/m.exec(stdout) ?? [];
  expect(data).toMatch(/^\d+ 13 2 [0-9a-f]{64}$/);
  expect(textOf('delegation.zone')).toContain(`dane.example.org. 3600 IN DS ${data}\n`);
});

test('for a program it is one line of JSON', async () => {
  const { stdout } = await kit('--json', '--state', join(folder, 'elsewhere.json'));
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ event: 'kit', base: 'dane.example.org', state: join(folder, 'elsewhere.json') },
    trustAnchor: expect.stringMatching(/^dane\.example\.org\. 60 IN DS \d+ 13 2 [0-9a-f]{64}$/),
  });
  expect(readdirSync(join(folder, 'kit'))).not.toContain('state.json');
});

describe('what is not its own is left as it is, and nothing is written', () => {
  beforeEach(() => mkdirSync(join(folder, 'kit')));

  test('a file of another', async () => {
    writeFileSync(join(folder, 'kit', 'README.txt'), 'mine\n');
    const { exit, stderr } = await kit();
    expect([exit, stderr]).toEqual([
      3,
      expect.stringContaining('README.txt was not written by it'),
    ]);
    expect(textOf('README.txt')).toBe('mine\n');
    expect(readdirSync(join(folder, 'kit'))).not.toContain('delegation.zone');
  });

  test('a link, wherever it leads', async () => {
    writeFileSync(join(folder, 'target'), 'DANE Inspector outbound kit\n');
    symlinkSync(join(folder, 'target'), join(folder, 'kit', 'firewall.txt'));
    expect((await kit()).stderr).toContain('firewall.txt was not written by it');
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('DANE Inspector outbound kit\n');
  });

  test('a state of another domain', async () => {
    await kit();
    const other = await run([
      ...['lab', '--outbound', '--public', 'other.example.org', '--addresses', '203.0.113.1'],
      ...['--kit', join(folder, 'kit')],
    ]);
    expect(other.exit).toBe(3);
    expect(other.stderr).toContain('holds the test of dane.example.org, not of other.example.org');
    expect(textOf('delegation.zone')).toContain('dane.example.org. 3600 IN NS');
  });
});

describe('refused', () => {
  test.each([
    ['--once', []],
    ['--report', ['x.md']],
    ['--settings', ['unbound']],
    ['--check-resolver', []],
    ['--check-resolver', ['127.0.0.1']],
  ])('%s %j, which would do nothing', async (option, value) => {
    const { exit, stdout, stderr } = await kit(option, ...value);
    const sentence = `--kit writes its files and starts no test: leave ${option} out.\n`;
    expect([exit, stdout, stderr]).toEqual([3, '', sentence]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    [['--addresses', '127.0.0.1'], '--kit needs --public'],
    [
      ['--public', 'a.example', '--addresses', '203.0.113.1', '--dns', '203.0.113.1#5300'],
      'port 53',
    ],
    [
      ['--public', 'a.example', '--addresses', '203.0.113.1', '--nat', '203.0.113.2=10.0.0.2'],
      'which is not published',
    ],
  ])('%j', async (args, sentence) => {
    const { exit, stderr } = await run([
      'lab',
      '--outbound',
      '--kit',
      join(folder, 'kit'),
      ...args,
    ]);
    expect([exit, stderr]).toEqual([3, expect.stringContaining(sentence)]);
  });

  // systemd.service(5) leaves it open; systemd 252 takes no “executable name with special characters” (load-fragment.c).
  test.each([
    ['a line break in any of them', '/usr/bin/node', '/opt/a\nb.cjs', true],
    ['a quote in the program that is started', "/opt/it's/node", '/opt/b.cjs', true],
    ['a backslash in it', '/opt/a\\b/node', '/opt/b.cjs', true],
    ['all of it in what that runs', '/usr/bin/node', `/opt/it's "a\\b".cjs`, false],
  ])('a path that no unit can hold: %s', async (_, binary, script, isRefused) => {
    const request = toOutboundRequest({
      ...{ public: 'a.example', kit: 'x', addresses: takeAddresses('203.0.113.1') },
    });
    const terminal = createTerminal({
      ...{ stdout: { write: () => true }, stderr: { write: () => true }, environment: {} },
    });
    const program = { command: [binary, script], environment: {}, image: null };
    const written = writeOutboundKit(request, join(folder, 'kit'), terminal, program);
    if (isRefused)
      await expect(written).rejects.toThrow('characters that no service can be told of');
    else expect(await written).toBe(0);
  });
});

test('a program that others may not read is told of', async () => {
  const hidden = join(folder, 'hidden');
  mkdirSync(hidden);
  const script = join(hidden, 'x.cjs');
  writeFileSync(script, '');
  const doubts = async (): Promise<string> => {
    const lines: string[] = [];
    const terminal = createTerminal({
      stdout: { write: (text) => lines.push(text) },
      ...{ stderr: { write: () => true }, environment: {} },
    });
    const request = toOutboundRequest({
      ...{ public: 'a.example', kit: 'x', addresses: takeAddresses('203.0.113.1-203.0.113.20') },
    });
    const program = { command: ['/bin/sh', script], environment: {}, image: null };
    await writeOutboundKit(request, join(folder, 'kit'), terminal, program);
    return lines.join('');
  };
  chmodSync(folder, 0o755);
  expect(await doubts()).not.toContain('may not read');
  chmodSync(hidden, 0o700);
  expect(await doubts()).toContain(script);
});

test('where a published address is not this machine’s, the way out is --nat', async () => {
  // Documentation’s addresses (RFC 5737): no machine has them.
  const { exit, stderr } = await run([
    ...['lab', '--outbound', '--public', 'dane.example.org', '--yes-public', '--web', 'none'],
    ...['--addresses', '203.0.113.1', '--dns', '203.0.113.1#45353', '--smtp-port', '42529'],
  ]);
  expect(exit).toBe(3);
  expect(stderr).toMatch(/^This machine has no address 203\.0\.113\.1\./);
  expect(stderr.replace(/\s+/g, ' ')).toContain('--nat PUBLIC=OWN says which');
});

test('the service is told all that the request says, and nothing that is usual', () => {
  const request = toOutboundRequest({
    ...{ public: 'dane.example.org', yesPublic: true, timeout: 900, listenPort: 2525 },
    addresses: takeAddresses('203.0.113.1-203.0.113.3,2001:db8::1'),
    nat: takeMapping('203.0.113.1-203.0.113.2=10.0.0.1-10.0.0.2'),
  });
  expect(serviceOptions(request).join(' ')).toBe(
    '--public dane.example.org --yes-public --addresses 203.0.113.1-203.0.113.3,2001:db8::1 ' +
      '--dns 203.0.113.1#53 --nat 203.0.113.1=10.0.0.1,203.0.113.2=10.0.0.2 ' +
      '--web 203.0.113.1#80 --listen-port 2525 --timeout 900',
  );
});

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

describe('the page for visitors', () => {
  const NETWORK = '127.25.208';
  const PLACE = [
    ...['lab', '--outbound', '--dns', `${NETWORK}.53#45353`, '--smtp-port', '42528'],
    ...['--addresses', `${NETWORK}.1`, '--web', `${NETWORK}.80#48080`],
  ];

  test('is opened behind translated addresses, and its address is told', async () => {
    const controller = new AbortController();
    const lines: string[] = [];
    const { runProgram } = await import('../../../../electron/cli/program.ts');
    const terminal = createTerminal({
      stdout: { write: (text) => lines.push(text) },
      ...{ stderr: { write: () => true }, environment: {} },
    });
    const nat = `${NETWORK}.80=${NETWORK}.180,${NETWORK}.53=${NETWORK}.153`;
    const exit = runProgram([...PLACE, '--nat', nat], '9.9.9', terminal, controller.signal);
    try {
      await until(() => lines.join('').includes('Visitors'));
      expect(lines.join('')).toContain(`Visitors      http://${NETWORK}.80:48080/\n`);
      expect(lines.join('')).toContain(`Name server   ${NETWORK}.53#45353`);
      const page = await fetch(`http://${NETWORK}.180:48080/`);
      expect([page.status, await page.text()]).toEqual([
        200,
        expect.stringContaining('havedane.test'),
      ]);
      await expect(fetch(`http://${NETWORK}.80:48080/`)).rejects.toThrow();
      expect(await connects(`${NETWORK}.153`, 45_353)).toBe(true);
      expect(await connects(`${NETWORK}.53`, 45_353)).toBe(false);
    } finally {
      controller.abort(new Error('stopped'));
      expect(await exit).toBe(0);
    }
  });

  test('where something else is, says so, and closes what was opened', async () => {
    const other = createServer();
    await new Promise<void>((ready) => other.listen(48_080, `${NETWORK}.80`, ready));
    try {
      const { exit, stderr } = await run(PLACE);
      expect(exit).toBe(3);
      expect(stderr).toContain(`Another program listens on ${NETWORK}.80, port 48080 already`);
      expect(stderr).toContain('--web none');
      // Nothing is left that the next could find taken.
      expect((await run(PLACE)).stderr).toContain(`${NETWORK}.80, port 48080 already`);
    } finally {
      await new Promise((closed) => other.close(closed));
    }
  });
});
