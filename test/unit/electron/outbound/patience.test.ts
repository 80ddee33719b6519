// Clients that never finish: each is ended, and that is told apart from a sender that leaves by itself.
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listenForSockets, type Listener } from '../../../../electron/net/listen.ts';
import { createHostKeys } from '../../../../electron/outbound/host-keys.ts';
import { createInjectingReceiver } from '../../../../electron/outbound/injecting-receiver.ts';
import { planMailHosts } from '../../../../electron/outbound/mail-hosts.ts';
import type { Patience } from '../../../../electron/outbound/patience.ts';
import { createReceiver, type Receiver } from '../../../../electron/outbound/receiver.ts';
import type { SmtpStep } from '../../../../shared/lab/observation.ts';
import type { ScenarioId } from '../../../../shared/lab/scenario.ts';
import { BASE, until } from './rig.ts';

const ADDRESS = '127.25.206.1';
/** As short as a busy machine bears: what is measured is that it ends, and how that is told. */
const PATIENCE: Patience = { idleMs: 160, connectionMs: 800, octets: 200_000 };
const KINDS = ['do', 'injected'] as const;

let receivers: readonly Receiver[];
let listeners: readonly Listener[];
let drops: (() => void)[] = [];
const told = new Map<string, SmtpStep[]>();

beforeAll(async () => {
  const hosts = planMailHosts({
    ...{ base: BASE, at: Date.now(), keys: createHostKeys({}) },
    addresses: new Map(KINDS.map((id) => [id, [ADDRESS]])),
  });
  const ports = {
    isRecipient: () => true,
    forget: () => undefined,
    observe: ({ scenario }: { scenario: ScenarioId }, { id }: { id: string }, step: SmtpStep) =>
      void told.set(`${scenario} ${id}`, [...(told.get(`${scenario} ${id}`) ?? []), step]),
  };
  const [proper, injecting] = KINDS.map((id) => hosts.filter(({ scenario }) => scenario === id));
  const [host] = injecting ?? [];
  if (proper === undefined || host === undefined) throw new Error('no hosts');
  receivers = [
    createReceiver(proper, ports, PATIENCE),
    createInjectingReceiver(host, ports, PATIENCE),
  ];
  listeners = await Promise.all(
    receivers.map(async (receiver) => {
      const opened = await listenForSockets({ address: ADDRESS, port: 0 }, (socket) => {
        drops.push(receiver.take(socket));
      });
      if (!opened.ok) throw new Error(JSON.stringify(opened));
      return opened.value;
    }),
  );
});

afterAll(async () => {
  for (const receiver of receivers) receiver.close();
  await Promise.all(listeners.map((listener) => listener.close()));
});

/** A connection to the server of that kind, which reads whatever comes. */
async function open(kind: (typeof KINDS)[number]): Promise<Socket> {
  const socket = connect(listeners[KINDS.indexOf(kind)]?.endpoint.port ?? 0, ADDRESS);
  socket.on('error', () => undefined);
  await reply(socket);
  return socket;
}

function reply(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => socket.once('data', resolve));
}

async function say(socket: Socket, ...lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const answered = reply(socket);
    socket.write(`${line}\r\n`);
    await answered;
  }
}

/** A record of a ClientHello that goes on for longer than what is sent of it (RFC 8446 §5.1). */
const HALF_HELLO = Uint8Array.of(22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3);

type Act = (socket: Socket, kind: (typeof KINDS)[number]) => Promise<void>;

const CLIENTS: Readonly<Record<string, Act>> = {
  'says nothing': () => Promise.resolve(),
  'stops after EHLO': (socket) => say(socket, 'EHLO slow.example'),
  'stops in the middle of a line': async (socket) => {
    await say(socket, 'EHLO slow.example');
    socket.write('MAIL FR');
  },
  'stops before the handshake': (socket) => say(socket, 'EHLO slow.example', 'STARTTLS'),
  'stops in the handshake': async (socket) => {
    await say(socket, 'EHLO slow.example', 'STARTTLS');
    socket.write(HALF_HELLO);
  },
  'stops in the mail': async (socket, kind) => {
    await say(socket, 'EHLO slow.example', 'MAIL FROM:<>', `RCPT TO:<a@${kind}.${BASE}>`);
    await say(socket, 'DATA');
    socket.write('Subject: never ');
  },
  'says a little, again and again': (socket) => {
    const timer = setInterval(() => socket.write('N'), 50);
    socket.once('close', () => clearInterval(timer));
    return Promise.resolve();
  },
  'sends an octet of the handshake now and then': async (socket) => {
    await say(socket, 'EHLO slow.example', 'STARTTLS');
    const record = [...HALF_HELLO, ...new Array<number>(100).fill(0)];
    const timer = setInterval(() => socket.write(Uint8Array.of(record.shift() ?? 0)), 50);
    socket.once('close', () => clearInterval(timer));
  },
  'writes without end': async (socket, kind) => {
    await say(socket, 'EHLO slow.example', 'MAIL FROM:<>', `RCPT TO:<a@${kind}.${BASE}>`);
    await say(socket, 'DATA');
    const timer = setInterval(() => socket.write('x'.repeat(1000)), 2);
    socket.once('close', () => clearInterval(timer));
  },
};

function endsOf(kind: string): readonly (readonly SmtpStep[])[] {
  return [...told].filter(([key]) => key.startsWith(`${kind} `)).map(([, steps]) => steps);
}

describe.each(KINDS)('%s: whoever', (kind) => {
  test.each(Object.entries(CLIENTS))('%s is cut off', async (_, act) => {
    told.clear();
    const socket = await open(kind);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await act(socket, kind);
    await closed;
    await until(() => endsOf(kind).some((steps) => steps.at(-1)?.name === 'closed'));
    const [steps = []] = endsOf(kind);
    expect(steps.at(-1)).toEqual({ name: 'closed', cutOff: true });
    // It did not break the handshake off.
    expect(steps.map(({ name }) => name)).not.toContain('tls-failed');
  });

  test('is silent over TLS is cut off', async () => {
    told.clear();
    const socket = await open(kind);
    await say(socket, 'EHLO slow.example', 'STARTTLS');
    const secured = connectTls({ socket, rejectUnauthorized: false });
    secured.on('error', () => undefined);
    secured.resume();
    await new Promise((resolve) => secured.once('close', resolve));
    await until(() => endsOf(kind).some((steps) => steps.at(-1)?.name === 'closed'));
    expect(endsOf(kind)[0]?.slice(-2)).toMatchObject([
      { name: 'tls' },
      { name: 'closed', cutOff: true },
    ]);
  });

  test('has to make room is cut off', async () => {
    told.clear();
    drops = [];
    const socket = await open(kind);
    await say(socket, 'EHLO slow.example', 'STARTTLS');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    for (const drop of drops) drop();
    await closed;
    await until(() => endsOf(kind).some((steps) => steps.at(-1)?.name === 'closed'));
    expect(endsOf(kind)[0]?.at(-1)).toEqual({ name: 'closed', cutOff: true });
  });

  test.each([
    ['breaks the handshake off', ['EHLO quick.example', 'STARTTLS'], ['tls-failed', 'closed']],
    ['leaves after EHLO', ['EHLO quick.example'], ['ehlo', 'closed']],
  ] as const)('%s has left by itself', async (_, lines, ends) => {
    told.clear();
    const socket = await open(kind);
    await say(socket, ...lines);
    socket.destroy();
    await until(() => endsOf(kind).some((steps) => steps.at(-1)?.name === 'closed'));
    const [steps = []] = endsOf(kind);
    expect(steps.slice(-2).map(({ name }) => name)).toEqual(ends);
    expect(steps.at(-1)).toEqual({ name: 'closed' });
  });
});
