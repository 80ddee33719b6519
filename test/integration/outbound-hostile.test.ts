// Strangers at the outbound test by means of others: dig, OpenSSL and curl say what they meet, a raw socket forges.
import { execFile } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OutboundTest } from '../../electron/outbound/outbound-test.ts';
import type { OutboundState } from '../../electron/outbound/state.ts';
import { SEAT_MS } from '../../electron/outbound/admission.ts';
import type { ScenarioId } from '../../shared/lab/scenario.ts';
import type { TestRun } from '../../shared/lab/test-run.ts';
import { run as runTool, settled } from '../universe/processes.ts';
import { BASE, startTest } from './outbound-rig.ts';
import { freeNetwork } from './outbound-resolvers.ts';

const MAX_WAIT_MS = 20_000;
/** Stands in every mail that is sent here, and must stand nowhere else. */
const MARKER = 'the-text-of-the-mail';

let service: OutboundTest;
let run: TestRun;
let read: () => OutboundState;

beforeAll(async () => {
  service = await startTest(await freeNetwork(), 25, (state) => {
    read = state;
  });
  run = service.begin();
});
afterAll(() => service.close());

function addressOf(scenario: ScenarioId): string {
  const found = service.hosts.find((each) => each.scenario === scenario);
  if (found === undefined) throw new Error(scenario);
  return found.address;
}

const standing = (scenario: ScenarioId) => {
  const found = service.standings(run.alias)?.find((each) => each.scenario.id === scenario);
  if (found === undefined) throw new Error(scenario);
  return found;
};

/** What curl ends with when it gives a mail to the recipient of the situation over TLS; empty when it was taken. */
async function mail(scenario: ScenarioId, text = MARKER): Promise<string> {
  const send = [
    ...['--silent', '--show-error', '--max-time', '10', '--insecure', '--ssl-reqd'],
    ...['--mail-from', 'me@sender.example', '--upload-file', '-'],
    ...[
      '--mail-rcpt',
      `${run.alias}@${scenario}.${BASE}`,
      `smtp://${addressOf(scenario)}:25/mx.sender.example`,
    ],
  ];
  return new Promise((resolve) => {
    const curl = execFile('curl', send, (_, __, stderr) => resolve(stderr.trim()));
    curl.stdin?.on('error', () => undefined);
    curl.stdin?.end(`Subject: test\r\n\r\n${text}\r\n`);
  });
}

function deliveries(): number {
  const steps = standing('do').sessions.flatMap((session) => session.steps);
  return steps.filter(({ name }) => name === 'delivered').length;
}

/** An honest sender is served and seen, and a resolver gets its answer. */
async function isWell(): Promise<boolean> {
  const before = deliveries();
  const answer = await dig('+short', `do.${BASE}`, 'MX');
  return (await mail('do')) === '' && deliveries() === before + 1 && answer.includes('mx.do.');
}

function dig(...asked: readonly string[]): Promise<string> {
  const { address, port } = service.nameServer;
  return runTool('dig', [
    `@${address}`,
    '-p',
    `${port}`,
    '+tries=1',
    '+time=5',
    '+norec',
    ...asked,
  ]);
}

describe('the name server, to dig, answers', () => {
  // What ISC’s tests of compliance with RFC 6891 ask for: no reply of its own version to another version’s
  // question, no option or flag sent back that it does not know, and the size that the client can take.
  test.each([
    ['plain DNS', ['+noedns', BASE, 'SOA'], 'NOERROR', null],
    ['a type that nobody knows', ['+noedns', BASE, 'TYPE1000'], 'NOERROR', null],
    ['EDNS', ['+edns=0', BASE, 'SOA'], 'NOERROR', 'version: 0, flags:; udp: 1232'],
    [
      'another EDNS version',
      ['+edns=1', '+noednsneg', BASE, 'SOA'],
      'BADVERS',
      'version: 0, flags:; udp: 1232',
    ],
    [
      'an option it does not know',
      ['+ednsopt=100', BASE, 'SOA'],
      'NOERROR',
      'version: 0, flags:; udp: 1232',
    ],
    [
      'a flag it does not know',
      ['+ednsflags=0x40', BASE, 'SOA'],
      'NOERROR',
      'version: 0, flags:; udp: 1232',
    ],
    ['DO', ['+dnssec', BASE, 'SOA'], 'NOERROR', 'version: 0, flags: do; udp: 1232'],
    [
      'both',
      ['+edns=1', '+noednsneg', '+ednsopt=100', '+dnssec', BASE, 'SOA'],
      'BADVERS',
      'version: 0, flags: do; udp: 1232',
    ],
    ['a cookie', ['+cookie', BASE, 'SOA'], 'NOERROR', 'version: 0, flags:; udp: 1232'],
    [
      'a client subnet',
      ['+subnet=0.0.0.0/0', BASE, 'SOA'],
      'NOERROR',
      'version: 0, flags:; udp: 1232',
    ],
    ['no question', ['+header-only'], 'FORMERR', 'version: 0, flags:; udp: 1232'],
    [
      'an operation that nobody knows',
      ['+opcode=15', BASE, 'SOA'],
      'NOTIMP',
      'version: 0, flags:; udp: 1232',
    ],
    ['NOTIFY', ['+opcode=NOTIFY', BASE, 'SOA'], 'NOTIMP', 'version: 0, flags:; udp: 1232'],
    ['UPDATE', ['+opcode=UPDATE', BASE, 'SOA'], 'NOTIMP', 'version: 0, flags:; udp: 1232'],
    [
      'another class',
      ['-c', 'CH', '-t', 'TXT', 'version.bind'],
      'REFUSED',
      'version: 0, flags:; udp: 1232',
    ],
    ['a name of others', ['example.org', 'A'], 'REFUSED', 'version: 0, flags:; udp: 1232'],
    ['the name above', ['test', 'SOA'], 'REFUSED', 'version: 0, flags:; udp: 1232'],
    ['all at once', [BASE, 'ANY'], 'NOTIMP', 'version: 0, flags:; udp: 1232'],
    [
      'a name that is not there: no wildcard',
      [`x.do.${BASE}`, 'A'],
      'NXDOMAIN',
      'version: 0, flags:; udp: 1232',
    ],
    [
      'a name between others',
      [`_tcp.mx.do.${BASE}`, 'A'],
      'NOERROR',
      'version: 0, flags:; udp: 1232',
    ],
  ] as const)('%s', async (_, asked, status, edns) => {
    const answer = await dig(...asked);
    expect(/status: (\w+)/.exec(answer)?.[1]).toBe(status);
    expect(/EDNS: (.*)/.exec(answer)?.[1] ?? null).toBe(edns);
    expect(answer).not.toMatch(/COOKIE|CLIENT-SUBNET|OPT=100|MBZ/);
  });

  test('with the letters of the question as they came', async () => {
    const question = await dig('+noall', '+question', '+answer', `wRoNg.HaVeDaNe.TeSt`, 'MX');
    expect(question.match(/wRoNg\.HaVeDaNe\.TeSt/g)).toHaveLength(2);
  });

  test.each([0, 1, 511, 512, 513, 1231, 1232, 1233, 4096, 65_535])(
    'to who takes %i octets, no more than that, nor than goes through every network',
    async (octets) => {
      const denied = [`+bufsize=${octets}`, '+dnssec', '+ignore', `x.y.ancestor.${BASE}`, 'A'];
      const answer = await dig(...denied);
      const size = Number(/MSG SIZE {2}rcvd: (\d+)/.exec(answer)?.[1]);
      expect(size).toBeGreaterThan(0);
      expect(size).toBeLessThanOrEqual(Math.min(Math.max(octets, 512), 1232));
      if (octets <= 512) expect(answer).toMatch(/flags: qr aa tc;/);
    },
  );

  test('no transfer of the zone', async () => {
    expect(await dig(BASE, 'AXFR')).toContain('Transfer failed');
  });
});

test('a datagram of nobody’s port does not end the service', async () => {
  const { address, port } = service.nameServer;
  // UDP of port 0 (RFC 768), with a question for the base name.
  const forge = `use Socket; socket(my $s, AF_INET, SOCK_RAW, 17) or die $!;
    my $q = pack("n6", 1, 0, 1, 0, 0, 0) . "\\x08havedane\\x04test\\0" . pack("n2", 6, 1);
    send($s, pack("n4", 0, ${port}, 8 + length $q, 0) . $q, 0, sockaddr_in(0, inet_aton("${address}"))) or die $!;`;
  for (let sent = 0; sent < 3; sent++) await runTool('perl', ['-e', forge]);
  expect(await isWell()).toBe(true);
});

describe('the mail servers, to OpenSSL:', () => {
  /** What it prints of a dialogue: each line is said after a moment. */
  function speak(options: readonly string[], ...lines: readonly string[]): Promise<string> {
    const words = lines.map((line) => `sleep 0.2; printf '%s\\r\\n' '${line}'`).join('; ');
    const client = `timeout 10 openssl s_client -starttls smtp -connect ${addressOf('do')}:25`;
    return runTool('sh', [
      '-c',
      `( ${words}; sleep 0.2 ) | ${client} ${options.join(' ')} 2>&1 || true`,
    ]);
  }

  test.each(['-tls1', '-tls1_1'])(
    '%s is not spoken (RFC 8996), and harms nobody',
    async (version) => {
      const said = await speak([version, '-cipher', 'DEFAULT@SECLEVEL=0'], 'QUIT');
      expect(said).toMatch(/alert/);
      expect(await isWell()).toBe(true);
    },
  );

  test('who negotiates TLS anew in the middle goes on', async () => {
    const said = await speak(['-tls1_2'], 'EHLO sender.example', 'R', 'NOOP');
    expect(said).toMatch(/RENEGOTIATING[^]*250 OK/);
  });

  test('a second STARTTLS, and commands of others, are refused', async () => {
    const said = await speak(
      ['-quiet'],
      ...[
        'EHLO sender.example',
        'STARTTLS',
        'BDAT 5 LAST',
        'ETRN x',
        'AUTH PLAIN AA',
        'WIZ x',
        'QUIT',
      ],
    );
    expect(said).toMatch(/503 Error: TLS already active/);
    expect(said.match(/500 Error: command not recognized/g)).toHaveLength(4);
  });
});

test('an enormous mail is no verdict, and stands nowhere', async () => {
  const told = await mail('expired', `${MARKER}\r\n`.repeat(100_000));
  expect(told).toMatch(/\S/);
  await settled(() => standing('expired').sessions.some(({ end }) => end !== null), MAX_WAIT_MS);
  expect(standing('expired')).toMatchObject({ phase: 'under-way', deed: null });
  expect(await isWell()).toBe(true);
  expect(JSON.stringify(read())).not.toContain(MARKER);
});

describe('a stranger who knows the base, the time, and the sender’s name', () => {
  const STRANGER = '127.27.9.9';
  const held: Socket[] = [];
  afterAll(() => {
    for (const socket of held) socket.destroy();
  });

  /** Says EHLO as the sender does, and stays. */
  async function hold(scenario: ScenarioId, ...lines: readonly string[]): Promise<Socket> {
    const socket = connect({ host: addressOf(scenario), port: 25, localAddress: STRANGER });
    socket.on('error', () => undefined);
    for (const line of ['EHLO mx2.sender.example', ...lines]) {
      await new Promise((resolve) => socket.once('data', resolve));
      socket.write(`${line}\r\n`);
    }
    await new Promise((resolve) => socket.once('data', resolve));
    held.push(socket);
    return socket;
  }

  test('puts no verdict off, and forges none', async () => {
    expect(await mail('do')).toBe('');
    await hold('wrong');
    await hold('wrong', 'MAIL FROM:<>');
    // The sender comes, sees the certificate, and leaves.
    await runTool('sh', [
      '-c',
      `printf 'QUIT\\r\\n' | timeout 10 openssl s_client -starttls smtp -name mx.sender.example -connect ${addressOf('wrong')}:25 -quiet 2>&1 || true`,
    ]);
    await hold('wrong');
    const leftAt = (): number | undefined =>
      standing('wrong').sessions.find(({ from, end }) => from !== STRANGER && end === 'left')
        ?.lastAt;
    await settled(() => leftAt() !== undefined, MAX_WAIT_MS);
    // The strangers are held to be the same sender, by their name, and are still there.
    expect(standing('wrong').sessions.filter(({ from }) => from === STRANGER)).toHaveLength(3);
    expect(standing('wrong').phase).toBe('under-way');
    expect((standing('wrong').nextAt ?? Infinity) - (leftAt() ?? 0)).toBeLessThan(10_000);
    await settled(() => standing('wrong').phase === 'decided', MAX_WAIT_MS);
    expect(standing('wrong')).toMatchObject({ deed: 'refused', basis: 'seen' });
    expect(standing('wrong').sessions.filter(({ end }) => end === null)).toHaveLength(3);
  });

  test('takes no seat for long', async () => {
    const addresses = service.hosts.map(({ address }) => address);
    // More than all seats, from a dozen networks.
    for (let count = 0; count < 720; count++) {
      const socket = connect({
        ...{ host: addresses[count % addresses.length] ?? '', port: 25 },
        localAddress: `127.27.${count % 12}.10`,
      });
      socket.on('error', () => undefined);
      socket.on('data', () => undefined);
      held.push(socket);
    }
    await new Promise((resolve) => setTimeout(resolve, SEAT_MS));
    // Each try takes the place of one who has been silent all the time.
    expect(await settled(isWell, MAX_WAIT_MS)).toBe(true);
  });
});
