// Where the test may not listen, or another program does: what it says, and that each way out works as it is written.
import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settled, startServer, stopProcess, type ProcessIdentity } from '../universe/processes.ts';

/** Somebody who may do nothing special. */
const NOBODY = '65534';
const MAX_WAIT_MS = 20_000;
const USAGE_ERROR = 3;

interface Ended {
  readonly exit: number;
  readonly lines: readonly string[];
  /** In one line. */
  readonly text: string;
}

let folder: string;
/** A network of its own, so that ports and the firewall are this test’s alone. */
let network: ProcessIdentity;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-listening-'));
  chmodSync(folder, 0o755);
  cpSync(fileURLToPath(new URL('../../out/cli/', import.meta.url)), join(folder, 'program'), {
    recursive: true,
  });
  // A copy, so that the machine’s own Node is left as it is.
  mkdirSync(join(folder, 'bin'));
  copyFileSync(process.execPath, join(folder, 'bin', 'node'));
  chmodSync(join(folder, 'bin', 'node'), 0o755);
  const log = join(folder, 'network.log');
  network = startServer(
    'unshare',
    ['-n', 'sh', '-c', 'ip link set lo up && echo up; exec sleep 600'],
    log,
  );
  await settled(() => readFileSync(log, 'latin1').includes('up'), MAX_WAIT_MS);
});

afterAll(async () => {
  await stopProcess(network);
  rmSync(folder, { recursive: true, force: true });
});

function execute(command: string, args: readonly string[]): Promise<Ended> {
  const path = `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
  return new Promise((resolve) => {
    const child = execFile(
      command,
      [...args],
      { env: { ...process.env, PATH: path } },
      (_, stdout, stderr) => {
        const all = `${stdout}${stderr}`.trim();
        const text = all.replaceAll(/\s+/g, ' ');
        resolve({ exit: child.exitCode ?? -1, lines: all.split('\n'), text });
      },
    );
  });
}

const within = (command: readonly string[]): readonly string[] => [
  ...['-t', `${network.pid}`, '-n', ...command],
];

/** As the administrator, in that network. */
const administer = (line: string): Promise<Ended> => execute('nsenter', within(['sh', '-c', line]));

const program = (...options: readonly string[]): readonly string[] => [
  ...[join(folder, 'bin', 'node'), join(folder, 'program', 'dane-inspector.cjs')],
  ...['lab', '--outbound', ...options],
];
const NOTHING_SPECIAL = ['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups'];
const asNobody = (...options: readonly string[]): readonly string[] =>
  within(['setpriv', ...NOTHING_SPECIAL, 'env', 'HOME=/nowhere', ...program(...options)]);

/** For as long as a second. */
const SHORT = ['--once', '--timeout', '1'];
/** The test by somebody who may do nothing special. */
const tryIt = (...options: readonly string[]): Promise<Ended> =>
  execute('nsenter', asNobody(...SHORT, ...options));
/** The test by the administrator. */
const tryAllowed = (...options: readonly string[]): Promise<Ended> =>
  execute('nsenter', within(program(...SHORT, ...options)));

/** The commands below the text that has `words`, as the administrator types them. */
function commandsBelow({ lines }: Ended, words: string): readonly string[] {
  let text = '';
  let commands: string[] = [];
  for (const line of [...lines, '']) {
    if (line.startsWith('  ')) commands.push(line.trim().replace(/^sudo /, ''));
    else {
      if (commands.length > 0 && text.includes(words)) return commands;
      text = commands.length > 0 ? line : `${text} ${line}`;
      commands = [];
    }
  }
  return [];
}

async function administerAll(commands: readonly string[]): Promise<void> {
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands)
    expect(await administer(command)).toMatchObject({ exit: 0, text: '' });
}

const HELD = 'the system keeps ports below 1024 for itself';

describe('who may not listen on port 25', () => {
  let refused: Ended;

  beforeAll(async () => {
    refused = await tryIt();
  });

  test('is told so in one sentence, and what to do', () => {
    expect(refused.exit).toBe(USAGE_ERROR);
    expect(refused.text).toContain(
      `The mail servers may not listen on 127.25.0.1, port 25: ${HELD}.`,
    );
    expect(refused.text).not.toMatch(/\bat .*\.cjs:\d+|Error:/);
  });

  test('is not told of the name server, which takes another port by itself', async () => {
    expect(refused.text).not.toContain('name server may not');
    const { text } = await tryIt('--dns', '127.25.0.53#53');
    expect(text).toContain(`The name server may not listen on 127.25.0.53, port 53: ${HELD}.`);
  });

  test('may, once Node is allowed to', async () => {
    await administerAll(commandsBelow(refused, 'et Node listen'));
    const { text } = await tryIt();
    expect(text).toContain('Mail servers 127.25.0.1-127.25.0.20, port 25');
    // Nobody sent anything: that is no verdict, and the likely reasons are named.
    expect(text).toMatch(/Could not tell[^]*resolver does not find the test’s zone/);
    const end = /“(sudo setcap -r [^”]*)”/.exec(refused.text)?.[1] ?? '';
    expect(await administer(end.replace('sudo ', ''))).toMatchObject({ exit: 0, text: '' });
    expect((await tryIt()).text).toContain(HELD);
  });

  test('may, once every program is allowed to', async () => {
    const [command = ''] = commandsBelow(refused, 'et every program listen');
    expect((await administer(command)).exit).toBe(0);
    expect((await tryIt()).text).toContain('Mail servers 127.25.0.1-127.25.0.20, port 25');
    await administer('sysctl net.ipv4.ip_unprivileged_port_start=1024');
    expect((await tryIt()).text).toContain(HELD);
  });
});

/** Holds port 25 of every address, as a mail server with `inet_interfaces = all` does. */
const HOLDER = `require('node:net').createServer((socket) => socket.end('220 another\\r\\n')).listen(25, '0.0.0.0', () => console.log('up'))`;

describe('beside a mail server that holds port 25 of every address', () => {
  let holder: ProcessIdentity;

  beforeAll(async () => {
    const log = join(folder, 'holder.log');
    holder = startServer('nsenter', within([process.execPath, '-e', HOLDER]), log);
    await settled(() => readFileSync(log, 'latin1').includes('up'), MAX_WAIT_MS);
  });
  afterAll(() => stopProcess(holder));

  test('it is said what is held, and that other addresses are too', async () => {
    const { exit, text } = await tryAllowed();
    expect(exit).toBe(USAGE_ERROR);
    expect(text).toContain('Another program listens on 127.25.0.1, port 25 already.');
    expect(text).toMatch(/on every address holds those too/);
    const elsewhere = await tryAllowed('--addresses', '127.25.1.1-127.25.1.20');
    expect(elsewhere.text).toContain('Another program listens on 127.25.1.1, port 25 already.');
  });

  test('mail is led to another port by the commands as they are, and no longer once that is ended', async () => {
    const refused = await tryAllowed();
    await administerAll(commandsBelow(refused, '--listen-port 2525'));
    const log = join(folder, 'led.log');
    const service = startServer('nsenter', asNobody('--json', '--listen-port', '2525'), log);
    const told = (): string => readFileSync(log, 'utf8');
    await settled(() => told().includes('"standing"'), MAX_WAIT_MS);
    const recipient = /\w+@do\.havedane\.test/.exec(told())?.[0] ?? '';
    const send = `printf 'Subject: x\\r\\n\\r\\nx\\r\\n' | curl -sS -k --ssl-reqd --max-time 10 --mail-from me@sender.example --mail-rcpt ${recipient} -T - smtp://127.25.0.1:25`;
    expect(await administer(send)).toMatchObject({ exit: 0, text: '' });
    await settled(() => told().includes('delivered-tls'), MAX_WAIT_MS);
    expect(told()).toContain('"scenario":"do","phase":"decided","deed":"delivered-tls"');
    await stopProcess(service);
    const end = /“(sudo nft delete table[^”]*)”/.exec(refused.text)?.[1] ?? '';
    expect(await administer(end.replaceAll('sudo ', ''))).toMatchObject({ exit: 0, text: '' });
    expect((await administer('nft list ruleset')).text).toBe('');
    // Whoever holds the port has it again.
    expect((await administer(send)).exit).not.toBe(0);
  });
});

test('a name server’s port that is taken is left for another, by the option that is named', async () => {
  const log = join(folder, 'dns.log');
  const taken = `require('node:dgram').createSocket('udp4').bind(5300, '127.25.0.53', () => console.log('up'))`;
  const holder = startServer('nsenter', within([process.execPath, '-e', taken]), log);
  await settled(() => readFileSync(log, 'latin1').includes('up'), MAX_WAIT_MS);
  const { text } = await tryIt('--listen-port', '2525');
  expect(text).toContain('Another program listens on 127.25.0.53, port 5300 already.');
  const options = [...text.matchAll(/--dns (127[\d.]+#\d+)/g)].map((found) => found[1] ?? '');
  expect(options).toHaveLength(2);
  for (const option of options) {
    const again = await tryIt('--listen-port', '2525', '--dns', option);
    expect(again.text).toContain(`Name server ${option}`);
  }
  await stopProcess(holder);
});
