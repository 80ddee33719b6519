/** The page for visitors of a public outbound test, in a real browser, with a sender that speaks to the real servers. */
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import type { Listener } from '../../electron/net/listen.ts';
import { PROJECT } from '../../scripts/project.mjs';
import { findProgram } from '../../scripts/setup/packages.mjs';
import { SCENARIOS, type ScenarioId } from '../../shared/lab/scenario.ts';
import {
  Client,
  give,
  greet,
  hostOf,
  secure,
  startRig,
  type Rig,
} from '../unit/electron/outbound/rig.ts';

/** What a person may look at. */
const FOLDER = join('test-results', 'screenshots');
const NETWORK = '127.25.214';
const NAME = 'dane.visitors.test';
const PORT = 48_080;
const HOME = `http://${NAME}:${PORT}/`;
const FOREIGN = 'http://foreign.visitors.test/';

let rig: Rig;
let vite: ViteDevServer;
let service: Listener;
let browser: Browser;
const requests: string[] = [];
const complaints: string[] = [];

test.beforeAll(async () => {
  rig = await startRig(NETWORK);
  // The page’s style and script are texts in the program, which Vite puts there.
  vite = await createServer({
    ...{ configFile: false, root: PROJECT, appType: 'custom', logLevel: 'error' },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  const { openVisitorPage } = (await vite.ssrLoadModule(
    '/electron/outbound/visitor-page.ts',
  )) as typeof import('../../electron/outbound/visitor-page.ts');
  const opened = await openVisitorPage(rig.test, {
    ...{ endpoint: { address: `${NETWORK}.80`, port: PORT }, name: NAME, version: '9.9.9' },
    ...{ smtpPort: 25, open: true, silentAfterMs: 600_000 },
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened));
  service = opened.value;
  browser = await chromium.launch({
    executablePath: findProgram('chromium') ?? 'chromium',
    // A name that is no loopback address: to such a page browsers say less of where a form comes from.
    args: [
      `--host-resolver-rules=MAP ${NAME} ${NETWORK}.80, MAP * ~NOTFOUND, EXCLUDE ${NETWORK}.80`,
    ],
  });
});

test.afterAll(async () => {
  await browser.close();
  await service.close();
  await vite.close();
  await rig.test.close();
});

/** As a browser comes that was never here; what it asks for, and complains of, is written down. */
async function visit(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return page;
}

async function begin(page: Page): Promise<string> {
  await page.goto(HOME);
  await page.getByRole('button', { name: 'Start a test' }).click();
  await page.waitForURL(`${HOME}tests/*`);
  return page.url().slice(`${HOME}tests/`.length);
}

function situation(page: Page, id: ScenarioId) {
  return page.locator(`#situation-${id}`);
}

/** To the point where a sender has seen the certificate. */
async function knock(id: ScenarioId): Promise<Client> {
  const host = hostOf(rig.test, id);
  const client = await Client.open(host.address);
  await greet(client);
  await secure(client, host.name);
  return client;
}

async function deliver(alias: string, id: ScenarioId): Promise<void> {
  const client = await knock(id);
  const [, done] = await give(client, `${alias}@${id}.${rig.test.base}`);
  expect(done).toMatch(/^250/);
  client.end();
}

/** Looks at the certificate, and leaves. */
async function breakOff(id: ScenarioId): Promise<void> {
  const client = await knock(id);
  await client.say('QUIT');
  client.end();
}

test('what arrives is seen as it happens: live, by asking from time to time, and without a script', async () => {
  const live = await visit();
  const alias = await begin(live);
  await expect(live.locator('#verdict h2')).toHaveText('No verdict yet');
  await expect(situation(live, 'do')).toContainText('nothing seen yet');
  const all = SCENARIOS.map(({ id }) => `${alias}@${id}.${rig.test.base}`).join(', ');
  await expect(live.getByLabel('All in one line, to copy')).toHaveValue(all);

  const asking = await visit();
  await asking.route('**/events', (route) => route.fulfill({ status: 503 }));
  await asking.goto(live.url());
  const plain = await visit({ javaScriptEnabled: false });
  await plain.goto(live.url());
  const still = await visit({ javaScriptEnabled: false });
  await still.goto(live.url());
  await still.getByRole('link', { name: 'Let it stand still' }).click();
  await expect(still.locator('noscript p')).toContainText('This page stands still.');

  // Whoever loads the page anew loses what a script has put there.
  await live.evaluate(() => document.documentElement.setAttribute('data-kept', ''));
  await deliver(alias, 'do');
  await expect(situation(live, 'do')).toContainText('Delivered over TLS.');
  const opened = situation(live, 'do').locator('summary');
  await opened.press('Enter');
  await expect(situation(live, 'do').locator('details')).toHaveAttribute('open', '');

  await breakOff('wrong');
  // Five seconds later it counts as kept: a sender that falls back comes again at once.
  await expect(situation(live, 'wrong')).toContainText('as it must be', { timeout: 15_000 });
  await expect(live.locator('#verdict h2')).toHaveText('Checks DANE, so far');
  await expect(live.locator('#news')).toContainText('Wrong records: ');
  await expect(situation(live, 'do').locator('details')).toHaveAttribute('open', '');
  await expect(opened).toBeFocused();

  await deliver(alias, 'do');
  const connections = situation(live, 'do').locator('.episode');
  await expect(connections).toHaveCount(2);
  await expect(situation(live, 'do').locator('details')).toHaveAttribute('open', '');
  await expect(opened).toBeFocused();
  await expect(live.locator('html')).toHaveAttribute('data-kept', '');

  await expect(asking.locator('#verdict h2')).toHaveText('Checks DANE, so far', {
    timeout: 15_000,
  });
  await expect(plain.locator('#verdict h2')).toHaveText('Checks DANE, so far', { timeout: 15_000 });
  await expect(situation(still, 'do')).toContainText('nothing seen yet');
  await still.getByRole('link', { name: 'Look for what is new' }).click();
  await expect(situation(still, 'do')).toContainText('Delivered over TLS.');

  for (const page of [live, asking, plain, still]) {
    expect(await page.context().cookies()).toEqual([]);
    await page.context().close();
  }
  // That the stream was refused is what the one was for.
  expect(complaints.filter((text) => !text.includes('503'))).toEqual([]);
  expect(requests.filter((url) => !url.startsWith(HOME))).toEqual([]);
});

test('another site cannot start a test through a visitor’s browser', async () => {
  const page = await visit();
  await page.route(`${FOREIGN}**`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="${HOME}tests"><button>Win</button></form>`,
    }),
  );
  const before = rig.test.runs().length;
  await page.goto(FOREIGN);
  await page.getByRole('button').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Do you want to start a test?');
  expect(rig.test.runs()).toHaveLength(before);
  await page.getByRole('button', { name: 'Start a test' }).click();
  await page.waitForURL(`${HOME}tests/*`);
  expect(rig.test.runs()).toHaveLength(before + 1);
  await page.context().close();
});

test('is readable for everyone, light and dark, wide and narrow, and on paper', async () => {
  const page = await visit({ viewport: { width: 1280, height: 900 } });
  const alias = await begin(page);
  await deliver(alias, 'do');
  await deliver(alias, 'ta-name');
  const waiting = await knock('wrong');
  await waiting.say('MAIL FROM:<me@sender.example>');
  await waiting.say(`RCPT TO:<${alias}@wrong.${rig.test.base}>`);
  await expect(situation(page, 'ta-name')).toContainText('unsafe');
  await expect(situation(page, 'wrong')).toContainText('not decided yet');
  await situation(page, 'ta-name').locator('summary').click();
  await look(page, 'test');
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
    'rgb(255, 255, 255)',
  );
  await page.emulateMedia({ media: 'screen' });
  await page.goto(HOME);
  await look(page, 'start');
  await page.goto(`${HOME}tests/gone`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such test');
  await page.context().close();
});

async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await overflow(page), `${name} at ${width}`).toBe(0);
      const path = join(FOLDER, `visitor-${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
    }
  }
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}
