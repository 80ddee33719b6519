/** Through a SOCKS5 proxy (RFC 1928, RFC 1929): who is blamed when it fails, and that nothing is lost or told. */
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../../../electron/net/network.ts';
import { createSocksNetwork } from '../../../../electron/net/socks-network.ts';
import { readSocksProxy, type SocksProxy } from '../../../../electron/net/socks-proxy.ts';
import { portOf, startSocksServer, type SocksScript } from './socks-server.ts';

const never = new AbortController().signal;
/** Long enough for a busy machine to get as far as the silence. */
const SOON_MS = 1000;
const MAIL: Endpoint = { address: '192.0.2.25', port: 25 };
const open: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function behind(script: SocksScript, login = '') {
  const server = await startSocksServer(script);
  open.push(server);
  const reading = readSocksProxy(`socks5://${login}127.0.0.1:${server.port}`);
  if (!reading.ok) throw new Error(reading.message);
  return { server, network: createSocksNetwork(reading.proxy), label: reading.proxy.label };
}

async function startMailServer(): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 mx.example ESMTP\r\n');
    socket.on('data', (line) => socket.end(`250 ${line.toString()}`));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push(server);
  return portOf(server);
}

const text = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString();

describe('a proxy that gets us through', () => {
  test('is asked for the address as such, and carries bytes both ways', async () => {
    const { server, network } = await behind({ target: await startMailServer() });
    const connected = await network.connect(MAIL, 3000, never);
    if (!connected.ok) throw new Error(JSON.stringify(connected.failure));
    const greeting = await connected.value.read(3000, never);
    expect(greeting.ok && text(greeting.value)).toBe('220 mx.example ESMTP\r\n');
    await connected.value.write(Buffer.from('EHLO me'), 3000, never);
    const reply = await connected.value.read(3000, never);
    expect(reply.ok && text(reply.value)).toBe('250 EHLO me');
    expect(connected.value.remote).toEqual(MAIL);
    connected.value.close();
    expect(server.requests).toEqual(['192.0.2.25 25']);
  });

  test('takes IPv6 addresses too, and a user with a password', async () => {
    const script = { login: 'me:p@ss word', target: await startMailServer() };
    const { server, network } = await behind(script, 'me:p%40ss%20word@');
    const connected = await network.connect({ address: '2001:db8::19', port: 25 }, 3000, never);
    expect(connected.ok).toBe(true);
    if (connected.ok) connected.value.close();
    expect(server.logins).toEqual(['me:p@ss word']);
    expect(server.requests).toEqual(['20010db8000000000000000000000019 25']);
  });

  test('loses nothing of a greeting that comes in one piece with its reply', async () => {
    const { network } = await behind({ early: '220 quick.example ESMTP\r\n' });
    const connected = await network.connect(MAIL, 3000, never);
    if (!connected.ok) throw new Error(JSON.stringify(connected.failure));
    const greeting = await connected.value.read(1000, never);
    connected.value.close();
    expect(greeting.ok && text(greeting.value)).toBe('220 quick.example ESMTP\r\n');
  });
});

describe('what fails at the proxy is blamed on it, with the step', () => {
  test.each<readonly [string, SocksScript, string, string, RegExp]>([
    ['it is silent', { stall: 'greeting' }, '', 'greeting', /did not answer in time/],
    ['it hangs up', { close: 'greeting' }, '', 'greeting', /closed the connection/],
    ['it is no SOCKS5 server', { greeting: 'HTTP/1.1 400' }, '', 'greeting', /not speak SOCKS5/],
    [
      'it wants a password',
      { greeting: '\x05\xff' },
      '',
      'authentication',
      /another way of logging in/,
    ],
    [
      'the password is wrong',
      { login: 'me:right' },
      'me:wrong@',
      'authentication',
      /does not accept the user and password/,
    ],
    [
      'it is silent about the password',
      { login: 'me:x', stall: 'authentication' },
      'me:x@',
      'authentication',
      /did not answer in time/,
    ],
    ['it hangs up on the request', { close: 'request' }, '', 'request', /closed the connection/],
    ['it fails', { reply: 1 }, '', 'request', /does not say why/],
    ['it forbids', { reply: 2 }, '', 'request', /does not allow/],
    ['it cannot', { reply: 8 }, '', 'request', /addresses of this family/],
  ])('%s', async (_, script, login, step, detail) => {
    const { network, label } = await behind(script, login);
    const connected = await network.connect(MAIL, SOON_MS, never);
    const failure = connected.ok ? null : connected.failure;
    expect(failure).toMatchObject({ kind: 'proxy', step, detail: expect.stringMatching(detail) });
    expect(JSON.stringify(failure)).toContain(label);
    expect(JSON.stringify(failure)).not.toMatch(/wrong|right/);
  });

  test('nothing listens there', async () => {
    const { server, network } = await behind({});
    await server.close();
    const connected = await network.connect(MAIL, 3000, never);
    expect(connected).toMatchObject({
      ok: false,
      failure: { kind: 'proxy', step: 'connect', detail: expect.stringMatching(/ECONNREFUSED/) },
    });
  });
});

describe('what the proxy says of the mail server is the mail server’s', () => {
  test.each([
    ['refused', { reply: 5 }, { kind: 'refused' }],
    ['no way to the host', { reply: 4 }, { kind: 'unreachable' }],
    ['no way to its network', { reply: 3 }, { kind: 'unreachable' }],
    ['silence', { stall: 'request' }, { kind: 'timeout' }],
  ] as const)('%s', async (_, script, failure) => {
    const { network } = await behind(script);
    expect(await network.connect(MAIL, SOON_MS, never)).toMatchObject({ ok: false, failure });
  });
});

test('an abort ends the negotiation with its reason', async () => {
  const { network } = await behind({ stall: 'request' });
  const controller = new AbortController();
  const connecting = network.connect(MAIL, 5000, controller.signal);
  setTimeout(() => controller.abort(new Error('enough')), 30);
  await expect(connecting).rejects.toThrow('enough');
});

test('neither datagrams nor names go through', async () => {
  const { server, network } = await behind({});
  const query = network.exchangeDatagram(MAIL, new Uint8Array(1), () => true, 100, never);
  expect(await query).toMatchObject({ ok: false, failure: { kind: 'not-allowed' } });
  const named = network.connect({ address: 'mx.example.org', port: 25 }, 100, never);
  expect(await named).toMatchObject({ ok: false, failure: { kind: 'not-allowed' } });
  expect(server.requests).toEqual([]);
});

describe('how a proxy is named', () => {
  test.each<readonly [string, Partial<SocksProxy>]>([
    ['socks5://127.0.0.1:1080', { host: '127.0.0.1', port: 1080, credentials: null }],
    ['socks5://proxy.example', { host: 'proxy.example', port: 1080 }],
    ['socks5://[::1]:9050/', { host: '::1', port: 9050, label: '[::1]:9050' }],
    ['socks5://a%3Ab:c%40d@h:1', { label: 'h:1', credentials: { user: 'a:b', password: 'c@d' } }],
  ])('%s', (typed, proxy) => {
    expect(readSocksProxy(typed)).toMatchObject({ ok: true, proxy });
  });

  test.each([
    '',
    '127.0.0.1:1080',
    'http://127.0.0.1:8080',
    'socks4://127.0.0.1',
    'socks5://:1080',
    'socks5://h:0',
    'socks5://h:99999',
    'socks5://h/path',
    'socks5://h?x',
    'socks5://secret%zz@h',
    `socks5://me:${'secret'.repeat(50)}@h`,
  ])('not so: %s, and the refusal does not repeat it', (typed) => {
    const reading = readSocksProxy(typed);
    expect(reading.ok).toBe(false);
    expect(JSON.stringify(reading)).not.toContain('secret');
  });
});
