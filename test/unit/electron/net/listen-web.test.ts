// The small web server among strangers: slow, enormous, ambiguous, too many. It answers what is plain, and goes on.
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Listener } from '../../../../electron/net/listen.ts';
import {
  listenForRequests,
  WEB_LIMITS,
  type WebLimits,
  type WebRequest,
  type WebStream,
} from '../../../../electron/net/listen-web.ts';
import { createAdmission } from '../../../../electron/outbound/admission.ts';
import { until } from '../outbound/rig.ts';

const ADDRESS = '127.25.212.80';
/** Milliseconds: nobody waits for long here. */
const QUICK: WebLimits = { headMs: 200, requestMs: 300, stillMs: 400, keepMs: 150, lookMs: 50 };
const CONNECTIONS = 40;

const LARGE = { kind: 'answer', status: 200, headers: {} } as const;

let page: Listener;
let asked: WebRequest[] = [];
let streams: WebStream[] = [];

beforeEach(async () => {
  asked = [];
  streams = [];
  page = await listen(WEB_LIMITS);
});
afterEach(() => page.close());

async function listen(limits: WebLimits): Promise<Listener> {
  const admission = createAdmission({ total: CONNECTIONS, perNetwork: CONNECTIONS });
  const opened = await listenForRequests(
    { address: ADDRESS, port: 0 },
    {
      admit: (address) => admission.admit(address),
      answer(request) {
        asked.push(request);
        if (request.target === '/large') return { ...LARGE, body: 'a'.repeat(20 * 1024 * 1024) };
        return request.target === '/stream'
          ? { kind: 'stream', headers: {}, begun: (stream) => void streams.push(stream) }
          : { kind: 'answer', status: 200, headers: { 'x-own': 'yes' }, body: `<${asked.length}>` };
      },
    },
    limits,
  );
  if (!opened.ok) throw new Error(JSON.stringify(opened));
  return opened.value;
}

interface Caller {
  readonly socket: Socket;
  readonly text: () => string;
  readonly closed: () => Promise<void>;
}

async function call(at: Listener = page): Promise<Caller> {
  const socket = connect(at.endpoint.port, ADDRESS);
  let text = '';
  let isClosed = false;
  socket.on('data', (chunk: Uint8Array) => {
    text += Buffer.from(chunk).toString('latin1');
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    isClosed = true;
  });
  await new Promise((resolve) => socket.once('connect', resolve));
  return { socket, text: () => text, closed: () => until(() => isClosed) };
}

/** All that comes back until the other side closes. */
async function say(request: string, at: Listener = page): Promise<string> {
  const { socket, text, closed } = await call(at);
  socket.write(request);
  await closed();
  return text();
}

const LAST = 'Host: x\r\nConnection: close\r\n\r\n';

function statuses(text: string): readonly string[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status = '']) => status);
}

describe('whoever asks plainly', () => {
  test('is answered, with the length of what comes', async () => {
    const text = await say(`GET /a?b HTTP/1.1\r\nX-One: 1\r\n${LAST}`);
    expect(statuses(text)).toEqual(['200']);
    expect(text).toContain('x-own: yes\r\n');
    expect(text).toContain('content-length: 3\r\n');
    expect(text.endsWith('\r\n\r\n<1>')).toBe(true);
    expect(asked[0]).toMatchObject({ method: 'GET', target: '/a?b' });
    expect(asked[0]?.from).toMatch(/^127\./);
    expect(asked[0]?.header('x-one')).toBe('1');
    expect(asked[0]?.header('x-two')).toBeNull();
  });

  test('with HEAD hears the head alone (RFC 9110 §9.3.2)', async () => {
    const text = await say(`HEAD / HTTP/1.1\r\n${LAST}`);
    expect(text).toContain('content-length: 3\r\n');
    expect(text.endsWith('\r\n\r\n')).toBe(true);
  });

  test('in HTTP/1.0 needs no host, and the connection ends with the answer', async () => {
    const text = await say('GET / HTTP/1.0\r\n\r\n');
    expect(statuses(text)).toEqual(['200']);
    expect(text.endsWith('<1>')).toBe(true);
  });

  test('in one breath is answered in order', async () => {
    const text = await say(
      `GET /1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /3 HTTP/1.1\r\n${LAST}`,
    );
    expect(statuses(text)).toEqual(['200', '200', '200']);
    expect([...text.matchAll(/<\d>/g)].map(String)).toEqual(['<1>', '<2>', '<3>']);
    expect(asked.map(({ target }) => target)).toEqual(['/1', '/2', '/3']);
  });

  test('a hundred times is told that it was the last time', async () => {
    const other = await listen({ ...WEB_LIMITS, keepMs: 50, lookMs: 50 });
    const { socket, text, closed } = await call(other);
    for (let count = 1; count <= 100; count += 1) {
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      await until(() => text().endsWith(`<${count}>`));
    }
    await closed();
    expect(text().match(/^Connection: close/gim)).toHaveLength(1);
    await other.close();
  });

  test('without end is heard a hundred times, and then cut off', async () => {
    await say('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(150));
    expect(asked.length).toBeLessThanOrEqual(100);
  });

  test('for another protocol is answered in this one', async () => {
    const upgrade = 'Connection: Upgrade, close\r\nUpgrade: websocket\r\nHost: x\r\n\r\n';
    expect(statuses(await say(`GET / HTTP/1.1\r\n${upgrade}`))).toEqual(['200']);
  });
});

describe('what may be read in two ways is refused (RFC 9112 §3.2, §6.3, §11.2)', () => {
  test.each([
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
    ],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'chunks that are not last',
      'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
    ],
    [
      'a blank before the colon',
      'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a length with a sign', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc'],
    ['a folded header', 'GET / HTTP/1.1\r\nHost: x\r\nX: 1\r\n\0y\r\n\r\n'],
    ['two hosts', 'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['no known method', 'FETCH / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a later version', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['another protocol', 'EHLO sender.example\r\n\r\n'],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('%s', async (_, request) => {
    const text = await say(request);
    expect(statuses(text)).toEqual(['400']);
    expect(asked).toEqual([]);
  });

  test('a way through to elsewhere is not opened', async () => {
    expect(await say('CONNECT elsewhere.example:25 HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('');
    expect(asked).toEqual([]);
  });
});

describe('too much', () => {
  test('of a head is refused', async () => {
    const text = await say(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(9000)}\r\n\r\n`);
    expect(statuses(text)).toEqual(['431']);
    expect(asked).toEqual([]);
  });

  test('of a path is refused', async () => {
    const text = await say(`GET /${'a'.repeat(9000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(statuses(text)).toEqual(['431']);
  });

  test('of a body is refused before it has come', async () => {
    const { socket, text, closed } = await call();
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n');
    const more = setInterval(() => socket.write('a'.repeat(1000)), 1);
    await closed();
    clearInterval(more);
    expect(statuses(text())).toEqual(['413']);
    expect(asked).toEqual([]);
  });

  test('of a body in chunks is refused too', async () => {
    const { socket, text, closed } = await call();
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    const more = setInterval(() => socket.write(`3e8\r\n${'a'.repeat(1000)}\r\n`), 1);
    await closed();
    clearInterval(more);
    expect(statuses(text())).toEqual(['413']);
    expect(asked).toEqual([]);
  });

  test('of connections is told when to come again, until one has gone', async () => {
    const callers: Caller[] = [];
    for (let count = 0; count < CONNECTIONS; count += 1) callers.push(await call());
    const text = await say(`GET / HTTP/1.1\r\n${LAST}`);
    expect(statuses(text)).toEqual(['503']);
    expect(text).toContain('Retry-After: 10\r\n');
    expect(asked).toEqual([]);
    callers[0]?.socket.destroy();
    await untilAnswered();
    for (const { socket } of callers) socket.destroy();
  });
});

/** The place of whoever has gone is given to another. */
async function untilAnswered(): Promise<void> {
  while (!statuses(await say(`GET / HTTP/1.1\r\n${LAST}`)).includes('200')) {
    // It takes the other side a moment to hear of it.
  }
}

describe('too slow', () => {
  let quick: Listener;
  beforeEach(async () => {
    quick = await listen(QUICK);
  });
  afterEach(() => quick.close());

  test('with the head is not waited for', async () => {
    const { socket, text, closed } = await call(quick);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n');
    const more = setInterval(() => socket.write('X: y\r\n'), 20);
    await closed();
    clearInterval(more);
    expect(statuses(text())).toEqual(['408']);
    expect(asked).toEqual([]);
  });

  test('with anything at all is not waited for', async () => {
    const { text, closed } = await call(quick);
    await closed();
    expect(statuses(text())).toEqual(['408']);
  });

  test('with the body is not waited for', async () => {
    const { socket, text, closed } = await call(quick);
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n');
    const more = setInterval(() => socket.write('a'), 20);
    await closed();
    clearInterval(more);
    expect(statuses(text())).toEqual(['408']);
    expect(asked).toEqual([]);
  });

  test('with a next request is not waited for', async () => {
    const { socket, text, closed } = await call(quick);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await closed();
    expect(statuses(text())).toEqual(['200']);
  });

  test('with anything, while an answer goes on, is not waited for', async () => {
    const { socket, closed } = await call(quick);
    socket.write('GET /stream HTTP/1.1\r\nHost: x\r\n\r\n');
    await closed();
    expect(streams).toHaveLength(1);
  });
});

test('answers that nobody reads fill no memory: the next large one is put off until they have gone', async () => {
  const idle = await Promise.all([call(), call(), call()]);
  for (const { socket } of idle) {
    socket.pause();
    socket.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n');
  }
  await until(() => asked.length === 3);
  const refused = await say(`GET /large HTTP/1.1\r\n${LAST}`);
  expect(statuses(refused)).toEqual(['503']);
  expect(refused).toContain('retry-after: ');
  // What is small is answered all the same.
  expect(statuses(await say(`GET / HTTP/1.1\r\n${LAST}`))).toEqual(['200']);
  for (const { socket } of idle) socket.destroy();
  let last = '';
  while (statuses(last)[0] !== '200') last = await say(`GET /large HTTP/1.1\r\n${LAST}`);
  expect(last.length).toBeGreaterThan(20 * 1024 * 1024);
  // What was read is forgotten.
  for (let count = 0; count < 4; count += 1)
    expect(statuses(await say(`GET /large HTTP/1.1\r\n${LAST}`))).toEqual(['200']);
});

test('whoever does not read an answer that goes on is cut off', async () => {
  const { socket } = await call();
  const ends: true[] = [];
  socket.pause();
  socket.write('GET /stream HTTP/1.1\r\nHost: x\r\n\r\n');
  await until(() => streams.length === 1);
  streams[0]?.onEnd(() => {
    ends.push(true);
  });
  // More than the system takes for it.
  for (let count = 0; count < 200 && ends.length === 0; count += 1) {
    streams[0]?.send('a'.repeat(100_000));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until(() => ends.length === 1);
  socket.destroy();
});

describe('an answer that goes on', () => {
  test('comes as it is said, and ends when it is ended', async () => {
    const { socket, text, closed } = await call();
    socket.write(`GET /stream HTTP/1.1\r\n${LAST}`);
    await until(() => streams.length === 1);
    const [stream] = streams;
    stream?.send('one');
    await until(() => text().includes('one'));
    stream?.send('two');
    await until(() => text().includes('two'));
    stream?.end();
    await closed();
    stream?.send('three');
    expect(text()).not.toContain('three');
  });

  test('tells that the other side has gone, also to whoever asks late', async () => {
    const { socket } = await call();
    socket.write('GET /stream HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => streams.length === 1);
    let count = 0;
    streams[0]?.onEnd(() => {
      count += 1;
    });
    socket.destroy();
    await until(() => count === 1);
    streams[0]?.onEnd(() => {
      count += 1;
    });
    expect(count).toBe(2);
  });
});

test('closing ends all that is open, and the port is free again', async () => {
  const idle = await call();
  const half = await call();
  half.socket.write('GET / HTTP/1.1\r\n');
  const streaming = await call();
  streaming.socket.write('GET /stream HTTP/1.1\r\nHost: x\r\n\r\n');
  await until(() => streams.length === 1);
  const { endpoint } = page;
  await page.close();
  await Promise.all([idle.closed(), half.closed(), streaming.closed()]);
  const again = await listenForRequests(endpoint, {
    admit: () => () => undefined,
    answer: () => ({ kind: 'answer', status: 200, headers: {}, body: '' }),
  });
  expect(again.ok).toBe(true);
  if (again.ok) await again.value.close();
});

test('a port that is taken is told', async () => {
  const again = await listenForRequests(page.endpoint, {
    admit: () => null,
    answer: () => ({ kind: 'answer', status: 200, headers: {}, body: '' }),
  });
  expect(again).toEqual({ ok: false, failure: { kind: 'unreachable', code: 'EADDRINUSE' } });
});
