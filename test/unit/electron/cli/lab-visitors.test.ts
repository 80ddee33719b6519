// `lab --outbound` with a page for visitors: it begins no test, and tells nothing of theirs, with real sockets of the loopback.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../outbound/rig.ts';
import { LabRig, told, type Running } from './lab-rig.ts';
import { run } from './rig.ts';

const NETWORK = '127.25.209';
const PAGE = `http://${NETWORK}.80:48080`;
const rig = new LabRig(NETWORK);
const start = (...args: readonly string[]) => rig.start('--web', `${NETWORK}.80#48080`, ...args);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-visitors-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
afterEach(() => rig.close());

/** No connection is kept: a restart would end it. */
const headers = { connection: 'close' };

/** Its alias. */
async function beginOnThePage(): Promise<string> {
  const begun = await fetch(`${PAGE}/tests`, { method: 'POST', redirect: 'manual', headers });
  return /^\/tests\/([a-z2-9]{18})$/.exec(begun.headers.get('location') ?? '')?.[1] ?? '';
}

async function pageOf(alias: string): Promise<string> {
  return (await fetch(`${PAGE}/tests/${alias}`, { headers })).text();
}

const isReady = ({ lines }: Running): boolean => lines.join('\n').includes('Ctrl-C ends it');

test('a visitor is alone, and nothing is told of what their sender does', async () => {
  const running = start();
  await until(() => isReady(running));
  expect(running.lines).toContain(`Visitors      ${PAGE}/`);
  const before = running.lines.length;
  const alias = await beginOnThePage();
  await rig.deliver(alias, 'wrong', 3);
  await expect.poll(() => pageOf(alias)).toContain('Does not check DANE');
  expect(await pageOf(alias)).not.toContain('Another test');
  // Longer than what a test is told in.
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(running.lines.slice(before)).toEqual([]);
  expect(running.lines.join('\n')).not.toMatch(/@(?:do|wrong)\.havedane\.test/);
  running.stop();
  expect(await running.exit).toBe(0);
  expect(running.errors).toEqual([]);
});

test('after a restart a visitor’s test is theirs, and is not told', async () => {
  const state = join(folder, 'state.json');
  const first = start('--state', state);
  await until(() => isReady(first));
  const alias = await beginOnThePage();
  first.stop();
  expect(await first.exit).toBe(0);
  expect(readFileSync(state, 'utf8')).toContain(alias);
  const second = start('--state', state);
  await until(() => isReady(second));
  await rig.deliver(alias, 'wrong', 3);
  await expect.poll(() => pageOf(alias)).toContain('Does not check DANE');
  second.stop();
  expect(await second.exit).toBe(0);
  expect(second.lines.join('\n')).not.toContain(alias);
});

test('its own troubles are told: that nothing can be kept, and that it goes on', async () => {
  const path = join(folder, 'nowhere', 'state.json');
  const running = start('--state', path);
  await until(() => isReady(running));
  running.stop();
  expect(await running.exit).toBe(0);
  expect(running.errors.join('')).toBe(
    `${path} could not be written (its folder does not exist). The test goes on, and a restart begins anew.\n`,
  );
});

test('a program is told the place and the page, and of no test', async () => {
  const running = start('--json', '--timeout', '300');
  await until(() => running.lines.length > 1);
  await rig.deliver(await beginOnThePage(), 'do', 1);
  running.stop();
  expect(await running.exit).toBe(0);
  expect(told(running)).toEqual([
    expect.objectContaining({
      ...{ event: 'started', base: 'havedane.test', recipients: [], startedAt: null },
      ...{ silentAfterMs: 300_000, goesOn: false },
    }),
    { event: 'page', url: `${PAGE}/` },
  ]);
});

describe('what is of one test goes with no page, and nothing is opened', () => {
  test.each([
    [['--once'], '--once ends with one test'],
    [['--report', 'x.html'], '--report is of one test'],
  ])('%j', async (args, sentence) => {
    const place = ['--public', 'dane.example.org', '--yes-public', '--addresses', '203.0.113.1'];
    for (const web of [place, ['--web', '127.0.0.1#48080']]) {
      const { exit, stdout, stderr } = await run(['lab', '--outbound', ...web, ...args]);
      expect([exit, stdout, stderr]).toEqual([3, '', expect.stringContaining(sentence)]);
      expect(stderr).toContain('--web none');
    }
  });
});
