// The test of a sender behind the window with its real servers on the loopback, and the files that it keeps.
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, BrowserWindow } from 'electron';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  checkTestResolvers,
  composeOutboundTest,
  forgetOldRows,
} from '../../../../electron/compose.ts';
import { takeStateLock } from '../../../../electron/outbound/state-lock.ts';
import { hostOutbound, type OutboundHost } from '../../../../electron/shell/outbound-host.ts';
import type { OutboundStart } from '../../../../shared/ipc/outbound.ts';
import { parseEvent, parseReply } from '../../../../shared/ipc/parse.ts';
import { Client, give, greet, secure, until } from '../outbound/rig.ts';
import { hostIn, reportIn, WISH } from './outbound-rig.ts';

const root = mkdtempSync(join(tmpdir(), 'outbound-servers-'));
afterAll(() => rmSync(root, { recursive: true }));

let count = 0;
let folder = '';
const hosts: OutboundHost[] = [];
beforeEach(() => {
  count += 1;
  folder = join(root, String(count));
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()));
});

function realHost() {
  const ports = { start: composeOutboundTest, check: checkTestResolvers, forget: forgetOldRows };
  const made = hostIn(folder, ports);
  hosts.push(made.host);
  return made;
}

function startedIn(reply: OutboundStart) {
  if (reply.kind !== 'started') throw new Error(JSON.stringify(reply));
  return { state: reply.state, report: reportIn(reply.state) };
}

/** Whether somebody listens there. */
function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

test('mail in the clear is told of as it comes, and all of it passes the border', async () => {
  const { host, told } = realHost();
  const reply = await host.start(WISH);
  const { report } = startedIn(reply);
  expect(report).toMatchObject({ base: 'havedane.test', smtpPort: 42_625, open: false });
  expect(report.situations).toHaveLength(19);
  const { recipient } = report.situations.find(({ id }) => id === 'strip') ?? {};
  expect(recipient).toBe(`${report.alias}@strip.havedane.test`);
  const client = await Client.open(await addressOf('strip'), 42_625);
  await greet(client);
  expect(await give(client, recipient ?? '')).toEqual([
    expect.stringMatching(/^250/),
    expect.stringMatching(/^250/),
  ]);
  client.end();
  const stripOf = (state: (typeof told)[number]) =>
    reportIn(state).situations.find(({ id }) => id === 'strip');
  await until(() => told.some((state) => stripOf(state)?.phase === 'decided'));
  const last = told.at(-1);
  expect(last && stripOf(last)).toMatchObject({ deed: 'delivered-clear', worth: 'unsafe' });
  expect(parseReply('outbound:start', reply)).toEqual({ ok: true, value: reply });
  for (const state of told)
    expect(parseEvent('outbound:changed', state)).toEqual({ ok: true, value: state });
});

/** Of the mail server for it, in the order of the table; those that share one come last. */
async function addressOf(scenario: 'strip'): Promise<string> {
  for (let at = 1; at <= 20; at++) {
    const client = await Client.open(`127.61.0.${at}`, 42_625);
    const greeting = await client.reply();
    client.end();
    if (greeting.includes(`.${scenario}.`)) return `127.61.0.${at}`;
  }
  throw new Error(`no mail server for ${scenario}`);
}

test('a stop frees every port, and a start goes on with the same recipients and key', async () => {
  const { host } = realHost();
  const first = startedIn(await host.start(WISH));
  expect(first.state).toMatchObject({ goesOn: false, problem: null });
  expect(await isOpen('127.61.0.1', 42_625)).toBe(true);
  await host.stop();
  expect(await isOpen('127.61.0.1', 42_625)).toBe(false);
  expect(await isOpen('127.61.0.53', 46_053)).toBe(false);
  // As after a new start of the program.
  await host.close();
  const later = realHost().host;
  expect(await later.read()).toMatchObject({ kind: 'stopped', wish: WISH });
  const second = startedIn(await later.start(WISH));
  expect(second.state).toMatchObject({ goesOn: true, problem: null });
  expect(second.report.alias).toBe(first.report.alias);
  expect(second.report.trustAnchor).toBe(first.report.trustAnchor);
  const third = reportIn(await later.again());
  expect(third.alias).not.toBe(first.report.alias);
  expect(third.trustAnchor).toBe(first.report.trustAnchor);
});

test('another algorithm has a key of its own, and the first comes back', async () => {
  const { host } = realHost();
  const anchors: string[] = [];
  for (const algorithm of [13, 15, 13] as const) {
    anchors.push(startedIn(await host.start({ ...WISH, algorithm })).report.trustAnchor);
    await host.stop();
  }
  const [first = '', second = '', third] = anchors;
  expect(first).toMatch(/ DS \d+ 13 2 /);
  expect(second).toMatch(/ DS \d+ 15 2 /);
  expect(third).toBe(first);
});

test.each([
  ['was not written by an outbound test. It is left as it is: move it away.', 'my notes'],
  ['is in use by another program', null],
])(
  'a file that %s: the test has another key, and the window names no way that only a command has',
  async (why, text) => {
    const path = join(folder, 'zone-havedane.test-13.json');
    mkdirSync(folder, { recursive: true });
    const taken = text === null ? takeStateLock(path) : null;
    if (text !== null) writeFileSync(path, text);
    const { host } = realHost();
    const { state } = startedIn(await host.start(WISH));
    expect(state.problem).toContain(`${path} ${why}`);
    expect(state.problem).toContain('the trust anchor in your resolver has to be set anew.');
    expect(state.problem).not.toMatch(/another file|--/);
    await host.stop();
    // Where no test runs, none has a key.
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(42_625, '127.61.0.5', resolve));
    expect((await host.start(WISH)).kind).toBe('cannot-listen');
    expect((await host.read()).problem).toBeNull();
    await new Promise((resolve) => other.close(resolve));
    if (text === null) {
      if (taken?.ok === true) taken.lock.release();
    } else expect(readFileSync(path, 'utf8')).toBe(text);
  },
);

test('what was seen last is on the disk when it has closed', async () => {
  const { host } = realHost();
  const { alias } = startedIn(await host.start(WISH)).report;
  await host.close();
  expect(readFileSync(join(folder, 'zone-havedane.test-13.json'), 'utf8')).toContain(alias);
});

test('a port that another program has is told of, and nothing stays open', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(42_625, '127.61.0.5', resolve));
  const { host } = realHost();
  expect(await host.start(WISH)).toMatchObject({
    kind: 'cannot-listen',
    advice: {
      trouble: 'Another program listens on 127.61.0.5, port 42625 already.',
      ways: [{ text: expect.stringContaining('“Mail servers”') }, {}],
    },
  });
  expect((await host.read()).kind).toBe('stopped');
  expect(await isOpen('127.61.0.1', 42_625)).toBe(false);
  await new Promise((resolve) => other.close(resolve));
  expect((await host.start(WISH)).kind).toBe('started');
});

test('a server that validates nothing is told from a resolver that does', async () => {
  const { host } = realHost();
  await host.start(WISH);
  const reply = await host.check('127.61.0.53#46053');
  expect(reply).toMatchObject({
    checks: [{ resolver: '127.61.0.53#46053', state: 'not-trusted' }],
    problem: null,
  });
  expect(parseReply('outbound:check', reply)).toEqual({ ok: true, value: reply });
});

test('what a sender does over TLS is told with version and name', async () => {
  const { host } = realHost();
  const { report } = startedIn(await host.start(WISH));
  const client = await Client.open('127.61.0.1', 42_625);
  await greet(client);
  await secure(client, 'mx.do.havedane.test');
  expect(await give(client, `${report.alias}@do.havedane.test`)).toHaveLength(2);
  await client.say('QUIT');
  const { situations } = reportIn(await host.read());
  const seen = situations.find(({ id }) => id === 'do')?.seen ?? [];
  expect(seen).toContainEqual({
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    what: expect.objectContaining({
      step: expect.objectContaining({ name: 'tls', serverName: 'mx.do.havedane.test' }),
    }),
  });
});

/** A program with one window, and what that asks. */
function program() {
  const quit = vi.fn();
  const app = Object.assign(new EventEmitter(), { getPath: () => folder, quit });
  const window = Object.assign(new EventEmitter(), { isDestroyed: () => true });
  const answers = new Map<string, (payload: unknown) => unknown>();
  const answer = hostOutbound(app as unknown as App, window as unknown as BrowserWindow);
  answer((channel, each) => {
    answers.set(channel, each as (payload: unknown) => unknown);
  });
  /** Whether the program would end now. */
  const ends = (): boolean => {
    const event = { preventDefault: vi.fn() };
    app.emit('will-quit', event);
    return event.preventDefault.mock.calls.length === 0;
  };
  return { quit, window, ends, ask: (channel: string) => answers.get(channel) };
}

test('a program without a test ends at once', async () => {
  const { ends, ask, quit } = program();
  await ask('outbound:read')?.(null);
  expect(ends()).toBe(true);
  expect(quit).not.toHaveBeenCalled();
});

test('a program ends when the servers of its test have closed', async () => {
  const { ends, ask, quit, window } = program();
  expect(await ask('outbound:start')?.(WISH)).toMatchObject({ kind: 'started' });
  window.emit('closed');
  expect(ends()).toBe(false);
  await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
  expect(await isOpen('127.61.0.1', 42_625)).toBe(false);
  expect(ends()).toBe(true);
});
