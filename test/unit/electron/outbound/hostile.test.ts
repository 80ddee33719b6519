// Strangers at the outbound test: whatever they send, it goes on, keeps nothing of theirs, and relays nothing.
import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../electron/net/system-clock.ts';
import { createAdmission, SEAT_MS } from '../../../../electron/outbound/admission.ts';
import type { TestRun } from '../../../../shared/lab/test-run.ts';
import { nameFromText } from '../../../../shared/dns/name.ts';
import { TYPE } from '../../../../shared/dns/record-type.ts';
import { decodeMessage } from '../../../../electron/wire/decode.ts';
import { makeQuery } from '../../../../electron/wire/query.ts';
import {
  BASE,
  Client,
  DNS_PORT,
  give,
  greet,
  hostOf,
  secure,
  SMTP_PORT,
  startRig,
  until,
  type Rig,
} from './rig.ts';

const NETWORK = '127.25.204';
const DNS = `${NETWORK}.53`;

let rig: Rig;
let run: TestRun;

beforeAll(async () => {
  rig = await startRig(NETWORK);
  run = rig.test.begin();
});
afterAll(() => rig.test.close());

/** A mail to the situation, from beginning to end: the service is well. */
async function isWell(): Promise<boolean> {
  const host = hostOf(rig.test, 'do');
  const client = await Client.open(host.address);
  await greet(client);
  await secure(client, host.name);
  const replies = await give(client, `${run.alias}@do.${BASE}`);
  client.end();
  const answered = await ask('do.havedane.test', TYPE.MX);
  return replies.every((reply) => reply.startsWith('250')) && answered;
}

function question(text: string, type: number): Uint8Array {
  const name = nameFromText(text);
  if (!name.ok) throw new Error(text);
  const plain = { recursionDesired: false, checkingDisabled: false, mixedCase: false };
  return makeQuery(
    { ...plain, name: name.value, type, edns: true },
    (count) => new Uint8Array(count),
  ).bytes;
}

function ask(text: string, type: number): Promise<boolean> {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    socket.on('message', (reply) => {
      socket.close();
      const decoded = decodeMessage(new Uint8Array(reply));
      resolve(decoded.ok && decoded.value.answers.length > 0);
    });
    socket.send(question(text, type), DNS_PORT, DNS);
  });
}

describe('mail for others is not taken, and nothing of it is kept:', () => {
  test.each([
    ['an open relay', 'victim@example.org'],
    ['a situation without an alias', `postmaster@do.${BASE}`],
    ['postmaster by itself', 'postmaster'],
    ['percent routing', `victim%example.org@do.${BASE}`],
    ['a source route', `@do.${BASE}:victim@example.org`],
    ['an alias at another domain', 'ALIAS@example.org'],
    ['an alias below the domain', `ALIAS@sub.do.${BASE}`],
    ['an address literal', 'ALIAS@[127.0.0.1]'],
    ['nobody', ''],
  ])('%s', async (_, recipient) => {
    for (const scenario of ['do', 'injected'] as const) {
      const { address, name } = hostOf(rig.test, scenario);
      const before = rig.test.standings(run.alias)?.find((each) => each.scenario.id === scenario)
        ?.sessions.length;
      const client = await Client.open(address);
      await greet(client);
      await secure(client, name);
      await client.say('MAIL FROM:<>');
      const reply = await client.say(`RCPT TO:<${recipient.replace('ALIAS', run.alias)}>`);
      expect(reply).toMatch(/^5\d\d/);
      expect(await client.say('DATA')).toMatch(/^5\d\d/);
      client.end();
      await client.untilClosed();
      const after = rig.test.standings(run.alias)?.find((each) => each.scenario.id === scenario)
        ?.sessions.length;
      expect(after).toBe(before);
    }
  });
});

test('a stranger’s mail counts neither for nor against the sender', async () => {
  const { address, name } = hostOf(rig.test, 'wrong');
  const client = await Client.open(address);
  await greet(client);
  await secure(client, name);
  await give(client, `someone@wrong.${BASE}`);
  await client.say('QUIT');
  await client.untilClosed();
  const standing = rig.test.standings(run.alias)?.find(({ scenario }) => scenario.id === 'wrong');
  expect(standing).toMatchObject({ phase: 'waiting', sessions: [] });
});

test('plaintext behind STARTTLS counts for nothing', async () => {
  for (const scenario of ['do', 'injected'] as const) {
    const { address, name } = hostOf(rig.test, scenario);
    const client = await Client.open(address);
    await greet(client);
    client.write(
      `STARTTLS\r\nMAIL FROM:<me@sender.example>\r\nRCPT TO:<${run.alias}@${scenario}.${BASE}>\r\n`,
    );
    await client.reply();
    await client.startTls(name);
    await client.say('EHLO sender.example');
    expect(await client.say('DATA')).toMatch(/^50\d/);
    client.end();
  }
});

test('commands that come all at once are answered one by one', async () => {
  const { address, name } = hostOf(rig.test, 'do');
  const client = await Client.open(address);
  await greet(client);
  await secure(client, name);
  client.write(
    `MAIL FROM:<me@sender.example>\r\nRCPT TO:<${run.alias}@do.${BASE}>\r\nRCPT TO:<no@do.${BASE}>\r\nDATA\r\n`,
  );
  const replies = [
    await client.reply(),
    await client.reply(),
    await client.reply(),
    await client.reply(),
  ];
  expect(replies.map((reply) => reply.slice(0, 3))).toEqual(['250', '250', '550', '354']);
  expect(await client.say('.')).toMatch(/^250/);
  client.end();
});

describe('too much', () => {
  test('of a mail is refused', async () => {
    for (const scenario of ['do', 'injected'] as const) {
      const { address, name } = hostOf(rig.test, scenario);
      const client = await Client.open(address);
      await greet(client);
      await secure(client, name);
      await client.say('MAIL FROM:<me@sender.example>');
      await client.say(`RCPT TO:<${run.alias}@${scenario}.${BASE}>`);
      await client.say('DATA');
      const line = `${'x'.repeat(76)}\r\n`.repeat(1024);
      for (let sent = 0; sent < 16; sent++) client.write(line);
      client.write('.\r\n');
      expect(await client.reply()).toMatch(/^552/);
      client.end();
    }
  });

  test('that is announced is refused before it comes', async () => {
    const { address } = hostOf(rig.test, 'do');
    const client = await Client.open(address);
    await greet(client);
    expect(await client.say('MAIL FROM:<me@sender.example> SIZE=99999999')).toMatch(/^552/);
    client.end();
  });

  test.each(['do', 'injected'] as const)(
    'without an end ends the connection: %s',
    async (scenario) => {
      const { address } = hostOf(rig.test, scenario);
      const client = await Client.open(address);
      await client.reply();
      const piece = 'x'.repeat(64 * 1024);
      while (!client.closed) {
        client.write(piece);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect(await isWell()).toBe(true);
    },
  );

  test.each(['do', 'injected'] as const)(
    'commands without reading the answers: %s',
    async (scenario) => {
      const { address } = hostOf(rig.test, scenario);
      const socket = connect(SMTP_PORT, address);
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.once('data', resolve));
      socket.pause();
      const closed = new Promise((resolve) => socket.once('close', resolve));
      const noise = 'NONSENSE\r\n'.repeat(5000);
      for (let sent = 0; sent < 20; sent++) socket.write(noise);
      socket.resume();
      await closed;
      expect(await isWell()).toBe(true);
    },
  );

  test('of DNS questions over one connection ends it', async () => {
    const socket = connect(DNS_PORT, DNS);
    socket.on('error', () => undefined);
    socket.on('data', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const asked = question('mx.do.havedane.test', TYPE.A);
    const framed = Buffer.concat([Buffer.from([0, asked.length]), asked]);
    socket.write(Buffer.concat(Array.from({ length: 400 }, () => framed)));
    await closed;
    expect(await isWell()).toBe(true);
  });

  test('a DNS message of 64 KiB is not waited for', async () => {
    const socket = connect(DNS_PORT, DNS);
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(Buffer.from([0xff, 0xff, 0]));
    await closed;
  });
});

test('whoever has left makes room again, by TLS or not', async () => {
  const { address, name } = hostOf(rig.test, 'ta');
  const visit = async (act: (client: Client) => Promise<unknown>): Promise<void> => {
    const client = await Client.open(address);
    expect(await greet(client)).toContain('STARTTLS');
    await act(client);
    client.end();
    await client.untilClosed();
  };
  // Three times forty are more than one network may have at a time.
  for (const act of [
    (client: Client) => secure(client, name),
    (client: Client) => client.say('STARTTLS'),
    async (client: Client) => client.write('STARTTLS\r\nneither TLS nor SMTP'),
  ])
    await Promise.all(Array.from({ length: 40 }, () => visit(act)));
  expect(await isWell()).toBe(true);
});

test('a thousand connections: most are turned away, and afterwards all is as before', async () => {
  const addresses = rig.test.hosts.map(({ address }) => address);
  const sockets: Socket[] = [];
  let closed = 0;
  for (let count = 0; count < 1000; count++) {
    const socket = connect(SMTP_PORT, addresses[count % addresses.length] ?? '');
    socket.on('error', () => undefined);
    socket.on('data', () => undefined);
    socket.on('close', () => (closed += 1));
    sockets.push(socket);
  }
  // Sixty of one network may stay.
  await until(() => closed >= 940);
  expect(closed).toBeLessThanOrEqual(1000);
  for (const socket of sockets) socket.destroy();
  await until(() => closed === 1000);
  await until(() => rig.steps('do').length > 0);
  await expect.poll(isWell, { timeout: 20_000 }).toBe(true);
});

test.each([
  ['ahead', 40 * 86_400_000],
  ['back', -40 * 86_400_000],
])('a machine whose clock is set %s in the middle of a test goes on with it', async (_, jump) => {
  let set = 0;
  const clock = { ...systemClock, now: () => Date.now() + set };
  const own = await startRig('127.25.207', {}, { clock });
  const { alias } = own.test.begin();
  set = jump;
  const host = hostOf(own.test, 'do');
  const client = await Client.open(host.address);
  await greet(client);
  await secure(client, host.name);
  await give(client, `${alias}@do.${BASE}`);
  client.end();
  const standing = own.test.standings(alias)?.find(({ scenario }) => scenario.id === 'do');
  expect(standing).toMatchObject({ deed: 'delivered-tls' });
  const last = own.test.standings(alias)?.at(-1);
  expect(last).toMatchObject({ phase: 'waiting' });
  await own.test.close();
});

describe('who may connect', () => {
  test('so many of one network, and so many in all', () => {
    const admission = createAdmission({ total: 3, perNetwork: 2 });
    const leave = admission.admit('192.0.2.1');
    expect(admission.admit('192.0.2.1')).not.toBeNull();
    expect(admission.admit('192.0.2.1')).toBeNull();
    expect(admission.admit('192.0.2.2')).not.toBeNull();
    expect(admission.admit('192.0.2.3')).toBeNull();
    leave?.();
    // Once only, however often it is said.
    leave?.();
    expect(admission.admit('192.0.2.3')).not.toBeNull();
    expect(admission.admit('192.0.2.4')).toBeNull();
  });

  test('whoever holds most of the seats gives one up for a newcomer, the one held longest', () => {
    let now = 0;
    const admission = createAdmission({ total: 4, perNetwork: 3 }, () => now);
    const dropped: string[] = [];
    const admit = (address: string, name: string) =>
      admission.admit(address, () => void dropped.push(name));
    for (const name of ['first', 'second', 'third']) admit('192.0.2.1', name);
    admit('192.0.2.2', 'other');
    // Not before it has had its time.
    now = SEAT_MS - 1;
    expect(admit('192.0.2.3', 'new')).toBeNull();
    now = SEAT_MS;
    expect(admit('192.0.2.3', 'new')).not.toBeNull();
    expect(dropped).toEqual(['first']);
    expect(admission.count()).toBe(4);
    // Nobody takes a seat of who has no more than itself.
    expect(admit('192.0.2.3', 'again')).not.toBeNull();
    expect(dropped).toEqual(['first', 'second']);
    expect(admit('192.0.2.3', 'once more')).toBeNull();
    now = 2 * SEAT_MS;
    expect(admit('192.0.2.1', 'back')).not.toBeNull();
    expect(dropped).toEqual(['first', 'second', 'new']);
  });

  test('who cannot be asked to go keeps the seat', () => {
    let now = 0;
    const admission = createAdmission({ total: 2, perNetwork: 2 }, () => now);
    admission.admit('192.0.2.1');
    admission.admit('192.0.2.1');
    now = SEAT_MS;
    expect(admission.admit('192.0.2.2')).toBeNull();
  });

  test('addresses of one IPv6 customer count as one', () => {
    const admission = createAdmission({ total: 9, perNetwork: 1 });
    expect(admission.admit('2001:db8:0:1::1')).not.toBeNull();
    expect(admission.admit('2001:db8:0:1:ffff::2')).toBeNull();
    expect(admission.admit('2001:db8:0:2::1')).not.toBeNull();
  });
});

describe('noise', () => {
  test('as datagrams', async () => {
    const socket = createSocket('udp4');
    socket.on('message', () => undefined);
    const header = question('wrong.havedane.test', TYPE.TLSA);
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 600 }),
        fc.nat(header.length - 1),
        fc.nat(255),
        async (bytes, at, value) => {
          socket.send(bytes, DNS_PORT, DNS);
          const spoilt = Uint8Array.from(header);
          spoilt[at] = value;
          socket.send(spoilt, DNS_PORT, DNS);
          await new Promise((resolve) => setImmediate(resolve));
        },
      ),
      { numRuns: 400 },
    );
    socket.close();
    // The flood is over within a second.
    await expect.poll(isWell, { timeout: 20_000 }).toBe(true);
  });

  test('as streams to the name server', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) => poke(DNS_PORT, DNS, [bytes])),
      { numRuns: 60 },
    );
    expect(await isWell()).toBe(true);
  });

  const verb = fc.constantFrom(
    'EHLO',
    'HELO',
    'MAIL FROM:',
    'RCPT TO:',
    'DATA',
    'RSET',
    'NOOP',
    'QUIT',
    'STARTTLS',
    'AUTH',
    'VRFY',
    'XCLIENT',
    'BDAT',
    'HELP',
    '.',
    '',
  );
  const line = fc
    .tuple(
      verb,
      fc.oneof(
        fc.string({ maxLength: 80 }),
        fc.constantFrom('<a@b>', '<>', '\u0000', ' x=y', '\r', '\n'),
      ),
    )
    .map(([head, tail]) => Buffer.from(`${head} ${tail}\r\n`));

  test.each(['do', 'strip', 'injected'] as const)(
    'as streams to the mail server: %s',
    async (scenario) => {
      const { address } = hostOf(rig.test, scenario);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.oneof(line, fc.uint8Array({ maxLength: 200 })), { maxLength: 12 }),
          (pieces) => poke(SMTP_PORT, address, pieces),
        ),
        { numRuns: 40 },
      );
      expect(await isWell()).toBe(true);
    },
  );
});

/** Says all of it after the greeting, or at once, and leaves. */
async function poke(port: number, address: string, pieces: readonly Uint8Array[]): Promise<void> {
  const socket = connect(port, address);
  socket.on('error', () => undefined);
  socket.on('data', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  if (port === SMTP_PORT) await new Promise((resolve) => socket.once('data', resolve));
  for (const piece of pieces) socket.write(piece);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.end();
  const linger = setTimeout(() => socket.destroy(), 300);
  await closed;
  clearTimeout(linger);
}
