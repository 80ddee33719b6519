// The test of a sender behind the window: what it is asked is done in turn, and whatever goes wrong is a sentence.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StartedTest } from '../../../../electron/compose.ts';
import type { OutboundPorts } from '../../../../electron/shell/outbound-host.ts';
import type { SelfCheck } from '../../../../shared/lab/self-check.ts';
import { fakeTest, hostIn, later, reportIn, started, WISH } from './outbound-rig.ts';

const root = mkdtempSync(join(tmpdir(), 'outbound-host-'));
afterAll(() => rmSync(root, { recursive: true }));

let count = 0;
let folder = '';
beforeEach(() => {
  count += 1;
  folder = join(root, String(count));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

type Start = OutboundPorts['start'];

/** A start that answers with each of these in turn. */
function starts(...answers: readonly StartedTest[]) {
  const left = [...answers];
  return vi.fn<Start>(() => {
    const next = left.shift();
    return next === undefined ? Promise.reject(new Error('once too often')) : Promise.resolve(next);
  });
}

describe('start and stop', () => {
  test('two quick starts are one test', async () => {
    const start = starts(started(fakeTest()));
    const { host } = hostIn(folder, { start });
    const replies = await Promise.all([host.start(WISH), host.start(WISH)]);
    expect(replies).toMatchObject([
      { kind: 'started', state: { report: { alias: 'alias1' } } },
      { kind: 'started', state: { report: { alias: 'alias1' } } },
    ]);
    expect(start).toHaveBeenCalledTimes(1);
    await host.close();
  });

  test('another test is not begun while one runs', async () => {
    const servers = fakeTest();
    const { host } = hostIn(folder, { start: starts(started(servers)) });
    await host.start(WISH);
    expect(await host.start({ ...WISH, base: 'other.test' })).toEqual({
      kind: 'failed',
      message: 'A test runs already: stop it before you start another.',
    });
    expect(servers.closed()).toBe(0);
    await host.close();
  });

  test('a stop while it starts comes after the start, and closes what was opened', async () => {
    const servers = fakeTest();
    const opening = later<StartedTest>();
    const start = vi.fn<Start>(() => opening.promise);
    const { host } = hostIn(folder, { start });
    const starting = host.start(WISH);
    await vi.waitFor(() => expect(start).toHaveBeenCalled());
    const stopping = host.stop();
    opening.resolve(started(servers));
    expect((await starting).kind).toBe('started');
    expect((await stopping).kind).toBe('stopped');
    expect([servers.closed(), host.isBusy]).toEqual([1, false]);
  });

  test('a window that is closed while it starts leaves nothing open', async () => {
    const servers = fakeTest();
    const opening = later<StartedTest>();
    const start = vi.fn<Start>(() => opening.promise);
    const { host } = hostIn(folder, { start });
    const starting = host.start(WISH);
    await vi.waitFor(() => expect(start).toHaveBeenCalled());
    const closing = host.close();
    expect(host.isBusy).toBe(true);
    opening.resolve(started(servers));
    await closing;
    expect(await starting).toEqual({ kind: 'failed', message: 'The window was closed.' });
    expect([servers.closed(), servers.listeners(), host.isBusy]).toEqual([1, 0, false]);
    expect((await host.start(WISH)).kind).toBe('failed');
  });

  test('the end of the window waits for the servers that it closes', async () => {
    const closing = later<undefined>();
    const servers = { ...fakeTest(), close: () => closing.promise };
    const { host } = hostIn(folder, { start: starts(started(servers)) });
    await host.start(WISH);
    let ended = 0;
    const both = [host.close(), host.close()].map((each) => each.then(() => (ended += 1)));
    await new Promise((resolve) => setImmediate(resolve));
    expect([ended, host.isBusy]).toEqual([0, true]);
    closing.resolve(undefined);
    await Promise.all(both);
    expect(host.isBusy).toBe(false);
  });

  test('other recipients, and none where nothing runs', async () => {
    const { host } = hostIn(folder);
    expect((await host.again()).kind).toBe('stopped');
    await host.start(WISH);
    expect(reportIn(await host.again()).alias).toBe('alias2');
    expect(reportIn(await host.read()).alias).toBe('alias2');
    await host.close();
  });

  test('servers that do not close are told of in the log, and keep nobody waiting', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const servers = { ...fakeTest(), close: () => Promise.reject(new Error('stuck')) };
    const { host } = hostIn(folder, { start: starts(started(servers)) });
    await host.start(WISH);
    expect((await host.stop()).kind).toBe('stopped');
    expect(log).toHaveBeenCalledOnce();
  });
});

describe('what is asked for before it is opened', () => {
  const PUBLIC = { ...WISH, addresses: '192.0.2.1' };

  test('nothing is opened before the yes, nor kept of it', async () => {
    const start = starts(started(fakeTest()), started(fakeTest()));
    const { host } = hostIn(folder, { start });
    expect((await host.start(PUBLIC)).kind).toBe('asks');
    expect(start).not.toHaveBeenCalled();
    const reply = await host.start({ ...PUBLIC, open: true });
    expect(reply).toMatchObject({ state: { wish: { open: false }, report: { open: true } } });
    const stopped = await host.stop();
    expect((await host.start(stopped.wish)).kind).toBe('asks');
    const later = hostIn(folder).host;
    expect((await later.read()).wish).toEqual(PUBLIC);
    expect((await later.start((await later.read()).wish)).kind).toBe('asks');
    await later.close();
    await host.close();
  });

  test('a refusal opens nothing', async () => {
    const start = starts();
    const { host } = hostIn(folder, { start });
    expect(await host.start({ ...WISH, base: 'test' })).toMatchObject({ field: 'base' });
    expect(start).not.toHaveBeenCalled();
  });
});

describe('what goes wrong', () => {
  const endpoint = { address: '127.61.0.1', port: 25 };
  const listen = (code: string): StartedTest => ({
    ...{ ok: false, reason: 'listen' },
    failure: { what: 'smtp', endpoint, failure: { kind: 'unreachable', code } },
  });

  test('ports that are not allowed are told of in the words of the window', async () => {
    const { host } = hostIn(folder, { start: starts(listen('EACCES'), started(fakeTest())) });
    const reply = await host.start(WISH);
    expect(reply).toMatchObject({
      kind: 'cannot-listen',
      advice: { trouble: expect.stringContaining('127.61.0.1, port 25') },
    });
    const text = JSON.stringify(reply);
    expect(text).toContain('“Port to listen on”: 2525');
    expect(text).toContain('sysctl net.ipv4.ip_unprivileged_port_start=25');
    expect(text).not.toMatch(/ --[a-z]|setcap/);
    expect((await host.start(WISH)).kind).toBe('started');
    await host.close();
  });

  test('what nobody foresaw is one sentence, and the next start works', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const start = vi.fn<Start>();
    start.mockRejectedValueOnce(new Error('ERR_SECRET'));
    start.mockResolvedValueOnce(started(fakeTest()));
    const { host } = hostIn(folder, { start });
    expect(await host.start(WISH)).toEqual({
      kind: 'failed',
      message: 'The servers could not be started.',
    });
    expect((await host.start(WISH)).kind).toBe('started');
    await host.close();
  });

  test('a file that cannot be used is told of, and the test runs without', async () => {
    const message = 'The file is not ours.';
    const start = starts({ ok: false, reason: 'file', message }, started(fakeTest()));
    const { host } = hostIn(folder, { start });
    const reply = await host.start(WISH);
    expect(reply).toMatchObject({
      state: { kind: 'running', problem: expect.stringContaining(message) },
    });
    expect(start.mock.calls.map(([{ statePath }]) => statePath)).toEqual([
      join(folder, 'zone-havedane.test-13.json'),
      null,
    ]);
    await host.close();
  });

  test('a file that cannot be written later is told of at once', async () => {
    let tell: (message: string) => void = () => undefined;
    const { host, told } = hostIn(folder, {
      start: (options) => {
        tell = options.tell;
        return Promise.resolve(started(fakeTest()));
      },
    });
    await host.start(WISH);
    tell('It could not be written.');
    expect(told).toMatchObject([{ kind: 'running', problem: 'It could not be written.' }]);
    await host.close();
  });

  test('a test that is a day old is stopped, and says why', async () => {
    vi.useFakeTimers();
    const servers = fakeTest();
    const { host, told } = hostIn(folder, { start: starts(started(servers)) });
    await host.start(WISH);
    servers.forget();
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toMatchObject([{ kind: 'stopped', problem: expect.stringMatching(/a day old/) }]);
    expect(servers.closed()).toBe(1);
    await host.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('damage to what was filled in is told, until a test starts', async () => {
    const first = hostIn(folder).host;
    await first.start(WISH);
    await first.close();
    writeFileSync(join(folder, 'wish.json'), '{');
    const { host } = hostIn(folder);
    expect(await host.read()).toMatchObject({
      wish: { base: 'havedane.test', nameServer: '127.25.0.53#5300' },
      problem: expect.stringMatching(/damaged/),
    });
    expect(await host.start(WISH)).toMatchObject({ state: { problem: null } });
    await host.close();
  });
});

describe('the files of zones', () => {
  test('are one for each domain and algorithm, and none chosen is the one used last', async () => {
    const start = vi.fn<Start>(({ statePath }) => {
      if (statePath !== null) writeFileSync(statePath, 'kept');
      return Promise.resolve(started(fakeTest()));
    });
    const { host } = hostIn(folder, { start });
    for (const algorithm of [8, null] as const) {
      await host.start({ ...WISH, algorithm });
      await host.stop();
    }
    await host.start({ ...WISH, base: 'other.test' });
    expect(start.mock.calls.map(([{ statePath }]) => statePath)).toEqual([
      join(folder, 'zone-havedane.test-8.json'),
      join(folder, 'zone-havedane.test-8.json'),
      join(folder, 'zone-other.test-13.json'),
    ]);
    await host.close();
  });

  test('lose what is too old when the window opens and each hour, unless they are in use', async () => {
    vi.useFakeTimers();
    const forget = vi.fn<OutboundPorts['forget']>();
    const start = vi.fn<Start>(({ statePath }) => {
      if (statePath !== null) writeFileSync(statePath, 'kept');
      return Promise.resolve(started(fakeTest()));
    });
    const { host } = hostIn(folder, { start, forget });
    await host.read();
    expect(forget).not.toHaveBeenCalled();
    await host.start({ ...WISH, base: 'one.test' });
    await host.stop();
    await host.start({ ...WISH, base: 'two.test' });
    expect(readdirSync(folder)).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    expect(forget.mock.calls).toEqual([[join(folder, 'zone-one.test-13.json')]]);
    await host.close();
    await vi.advanceTimersByTimeAsync(2 * 60 * 60_000);
    expect(forget).toHaveBeenCalledTimes(1);
  });
});

describe('the check of a resolver', () => {
  const ready: SelfCheck = { state: 'ready', sentence: 'It works.', advice: null };
  const resolver = { address: '127.0.0.1', port: 5335 };

  test('asks nobody while no test runs', async () => {
    const check = vi.fn<OutboundPorts['check']>();
    const { host } = hostIn(folder, { check });
    expect(await host.check(null)).toEqual({
      checks: [],
      problem: expect.stringMatching(/^No test/),
    });
    expect(check).not.toHaveBeenCalled();
  });

  test('asks the one that is typed, or those of the machine', async () => {
    const check = vi.fn<OutboundPorts['check']>();
    check.mockResolvedValue([{ resolver, ...ready }]);
    const { host } = hostIn(folder, { check });
    await host.start(WISH);
    expect(await host.check('127.0.0.1#5335')).toEqual({
      checks: [{ resolver: '127.0.0.1#5335', ...ready }],
      problem: null,
    });
    // For a window that is loaded anew.
    expect(await host.read()).toMatchObject({ resolver: '127.0.0.1#5335' });
    await host.check(null);
    expect(await host.read()).toMatchObject({ resolver: null });
    expect(check.mock.calls.map(([question]) => question)).toEqual([
      { base: 'havedane.test', hosts: [], smtpPort: 42_625, resolvers: [resolver] },
      { base: 'havedane.test', hosts: [], smtpPort: 42_625, resolvers: null },
    ]);
    await host.close();
  });

  test('says what is no resolver, and where there is none', async () => {
    const { host } = hostIn(folder);
    await host.start(WISH);
    expect((await host.check('resolver.example')).problem).toMatch(/^It takes one IP address/);
    expect((await host.check(null)).problem).toBe('This machine is set to ask no resolver.');
    await host.close();
  });

  /** Until it is called off. */
  const endless: OutboundPorts['check'] = (_question, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });

  test('ends with the test, and with the next check', async () => {
    const { host } = hostIn(folder, { check: endless });
    await host.start(WISH);
    const first = host.check(null);
    const second = host.check('127.0.0.1');
    expect((await first).problem).toBe('Another resolver was asked instead.');
    await host.stop();
    expect((await second).problem).toBe('The test was stopped before the resolver answered.');
  });

  test('that fails is a sentence', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const { host } = hostIn(folder, { check: () => Promise.reject(new Error('EMFILE')) });
    await host.start(WISH);
    expect((await host.check(null)).problem).toBe('The resolver could not be asked.');
    await host.close();
  });
});
