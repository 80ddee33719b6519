/** The Settings screen: kept at once, refused in words, carried as a file, and obeyed by the next run. */
import { createSocket, type Socket } from 'node:dgram';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { DEFAULT_PREFERENCES } from '../../shared/ipc/default-preferences.ts';
import { chooseTheme, launch, resize, type Launched } from './launch.ts';
import { SettingsPage } from './pages/settings-page.ts';

const SCREENSHOTS = join('test-results', 'screenshots');
const folder = mkdtempSync(join(tmpdir(), 'dane-settings-'));
const file = (name: string): string => join(folder, name);
const ANCHORS = readFileSync('assets/root-anchors.zone', 'utf8');

// Each goes on where the one before ended.
test.describe.configure({ mode: 'serial', timeout: 120_000 });

let root: Listener;
let resolver: Listener;
let launched: Launched;
let settings: SettingsPage;

test.beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  root = await listen();
  resolver = await listen();
  // Nothing is ever asked beyond this machine: the hints that are kept name a server here.
  writeFileSync(
    file('settings.json'),
    JSON.stringify({ preferences: { ...DEFAULT_PREFERENCES, rootHints: hints } }),
  );
  await start();
});

test.afterAll(async () => {
  await launched.close();
  root.socket.close();
  resolver.socket.close();
  rmSync(folder, { recursive: true });
});

test.afterEach(() => {
  expect(launched.complaints).toEqual([]);
});

const hints = '. 3600 IN NS silent.test.\nsilent.test. 3600 IN A 127.0.0.1\n';

async function start(): Promise<void> {
  launched = await launch([`--dns-port=${root.port}`, '--timeout=0.5'], folder);
  settings = new SettingsPage(launched);
}

interface Listener {
  readonly socket: Socket;
  readonly port: number;
  /** Questions that came, none of them answered. */
  readonly asked: () => number;
}

async function listen(): Promise<Listener> {
  const socket = createSocket('udp4');
  let asked = 0;
  socket.on('message', () => (asked += 1));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { socket, port: socket.address().port, asked: () => asked };
}

const kept = (): { preferences: Record<string, unknown>; theme: string } =>
  JSON.parse(readFileSync(file('settings.json'), 'utf8'));

test('root hints of the settings are where the first question goes', async () => {
  await launched.inspector.inspect('example.org', 30_000);
  expect(root.asked()).toBeGreaterThan(0);
  expect(resolver.asked()).toBe(0);
});

test('a resolver that is set is asked from the next run on, and nobody else', async () => {
  await settings.open();
  await settings.choice('resolver', 'A resolver').click();
  await settings.type('resolver', `127.0.0.1#${resolver.port}`);
  await expect(settings.reset('resolver')).toBeVisible();
  expect(kept().preferences['resolver']).toBe(`127.0.0.1#${resolver.port}`);
  const before = root.asked();
  await launched.inspector.inspect('example.org', 30_000);
  expect(resolver.asked()).toBeGreaterThan(0);
  expect(root.asked()).toBe(before);
});

test('what cannot be used is refused at its field in one sentence, and what was kept stays', async () => {
  await settings.open();
  await settings.type('resolver', 'resolver.example');
  await expect(settings.refusal('resolver')).toContainText('Type the IP address of a resolver');
  await expect(settings.control('resolver')).toHaveAttribute('aria-invalid', 'true');
  await settings.type('timeoutSeconds', 'soon');
  await expect(settings.refusal('timeoutSeconds')).toContainText('Type a number');
  await settings.type('timeoutSeconds', '600');
  await expect(settings.refusal('timeoutSeconds')).toContainText('60 at most');
  await settings.type('proxy', 'socks5://user:word@127.0.0.1:1080');
  await expect(settings.refusal('proxy')).toContainText('keep no secret');
  await settings.type('ehloName', 'two words');
  await expect(settings.refusal('ehloName')).toBeVisible();
  await settings.type('trustAnchors', 'no zone at all');
  await expect(settings.refusal('trustAnchors')).toContainText('trust anchors cannot be read');
  expect(kept().preferences).toEqual({
    ...DEFAULT_PREFERENCES,
    rootHints: hints,
    resolver: `127.0.0.1#${resolver.port}`,
  });
  expect(readFileSync(file('settings.json'), 'utf8')).not.toContain('word');
  await launched.page.screenshot({ path: join(SCREENSHOTS, 'settings-refused.png') });
  await settings.reset('proxy').click();
  await expect(settings.refusal('proxy')).toHaveCount(0);
  await expect(settings.control('proxy')).toHaveValue('');
});

test('trust anchors come out of a file as well, and a wrong file changes nothing', async () => {
  await settings.choosesFile('assets/root-hints.zone');
  const choose = settings.row('trustAnchors').getByRole('button', { name: 'Choose a file…' });
  await choose.click();
  await expect(settings.refusal('trustAnchors')).toContainText('no usable record');
  await settings.choosesFile('assets/root-anchors.zone');
  await choose.click();
  await expect(settings.refusal('trustAnchors')).toHaveCount(0);
  await expect(settings.control('trustAnchors')).toHaveValue(ANCHORS);
  expect(kept().preferences['trustAnchors']).toBe(ANCHORS);
});

test('what rests on other keys than the root’s says so beside the verdict', async () => {
  const trust = launched.page.getByText('own trust anchors');
  await launched.inspector.inspect('example.org', 30_000);
  await expect(trust).toHaveCount(0);
  await settings.open();
  await settings.type('trustAnchors', `. 3600 IN DS 4711 8 2 ${'A0'.repeat(32)}\n`);
  await expect(settings.refusal('trustAnchors')).toHaveCount(0);
  await launched.inspector.inspect('example.org', 30_000);
  await expect(trust).toBeVisible();
  await launched.page.screenshot({ path: join(SCREENSHOTS, 'verdict-own-trust.png') });
  await settings.open();
  await settings.type('trustAnchors', ANCHORS);
});

test('an option of the command line is said where it counts instead', async () => {
  await expect(settings.row('timeoutSeconds')).toContainText('started with --timeout 0.5');
  await expect(settings.row('proxy')).not.toContainText('started with');
  await expect(settings.page.getByText(`started with --dns-port ${root.port}`)).toBeVisible();
});

test('switches and choices are kept at once, and all of it is there at the next start', async () => {
  await settings.control('keepHistory').click();
  await settings.control('smtp').press('Space');
  await settings.choice('families', 'IPv4').click();
  await settings.type('timeoutSeconds', '2,5');
  await settings.type('ehloName', 'probe.example.org');
  await settings.control('maxConnections').fill('3');
  await settings.control('maxConnections').press('Enter');
  await expect.poll(() => kept().preferences['maxConnections']).toBe(3);
  await launched.close();
  await start();
  await settings.open();
  await expect(settings.control('keepHistory')).not.toBeChecked();
  await expect(settings.control('smtp')).not.toBeChecked();
  await expect(settings.row('families').getByRole('radio', { name: 'IPv4' })).toBeChecked();
  await expect(settings.control('timeoutSeconds')).toHaveValue('2.5');
  await expect(settings.control('ehloName')).toHaveValue('probe.example.org');
  await expect(settings.control('maxConnections')).toHaveValue('3');
  await expect(settings.control('trustAnchors')).toHaveValue(ANCHORS);
});

test('settings are saved as a file and taken from it again', async () => {
  await settings.choosesFile(file('mine.json'));
  await settings.button('Save as a file…').click();
  await expect(settings.outcome).toContainText('Saved as');
  expect(Object.keys(JSON.parse(readFileSync(file('mine.json'), 'utf8'))).sort()).toEqual([
    ...['format', 'preferences', 'theme', 'version'],
  ]);
  await settings.button('Reset').click();
  await expect(settings.control('ehloName')).toHaveValue('');
  expect(kept().preferences).toEqual({ ...DEFAULT_PREFERENCES });
  await settings.button('Take from a file…').click();
  await expect(settings.outcome).toContainText(
    'All settings of the file were taken. It changed who is asked and what is believed: Who is asked, Root hints, Trust anchors',
  );
  await expect(settings.control('ehloName')).toHaveValue('probe.example.org');
  expect(kept().preferences['resolver']).toBe(`127.0.0.1#${resolver.port}`);
});

test('of a file with faults the good part is taken, and the rest is told one by one', async () => {
  const document = {
    ...{ format: 'dane-inspector-settings', version: 1, colour: 'blue' },
    preferences: { timeoutSeconds: 9, maxConnections: 'many', proxy: 'socks5://a:b@c' },
  };
  writeFileSync(file('faulty.json'), JSON.stringify(document));
  await settings.choosesFile(file('faulty.json'));
  await settings.button('Take from a file…').click();
  await expect(settings.control('timeoutSeconds')).toHaveValue('9');
  const told = settings.outcome.getByRole('listitem');
  await expect(told).toHaveCount(3);
  await expect(settings.outcome).toContainText('“colour” is no setting');
  await expect(settings.outcome).toContainText('“maxConnections” was left as it is');
  await expect(settings.outcome).toContainText('“proxy” was left as it is');
  await settings.outcome.scrollIntoViewIfNeeded();
  await launched.page.screenshot({ path: join(SCREENSHOTS, 'settings-taken.png') });
  for (const [name, text, said] of [
    ['junk.json', 'no json', 'holds no settings of DANE Inspector'],
    ['later.json', '{"format":"dane-inspector-settings","version":2}', 'does not know'],
    ['large.json', 'x'.repeat(1024 * 1024 + 1), 'larger than'],
  ] as const) {
    writeFileSync(file(name), text);
    await settings.choosesFile(file(name));
    await settings.button('Take from a file…').click();
    await expect(settings.outcome).toContainText(said);
  }
  await settings.choosesFile(folder);
  await settings.button('Take from a file…').click();
  await expect(settings.outcome).toContainText('is no file');
  await settings.choosesFile(join(folder, 'none', 'x.json'));
  await settings.button('Save as a file…').click();
  await expect(settings.outcome).toContainText('could not be written: its folder does not exist');
  await expect(settings.control('timeoutSeconds')).toHaveValue('9');
});

test('every control is reached with Tab, in the order in which it is read', async () => {
  const { page } = launched;
  await settings.open();
  await page.getByRole('heading', { name: 'Settings', exact: true }).click();
  const seen: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    seen.push(
      await page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.closest('[data-setting]')?.getAttribute('data-setting') ?? '';
      }),
    );
  }
  const order = [...new Set(seen.filter((field) => field !== ''))];
  expect(order).toEqual([
    ...['contrast', 'resolver', 'timeoutSeconds', 'families', 'rootHints', 'trustAnchors'],
    ...['smtp', 'proxy', 'ehloName', 'maxConnections', 'allowPrivate', 'keepHistory'],
  ]);
});

for (const theme of ['light', 'dark'] as const) {
  test(`nothing serious is found by axe in all of the settings, ${theme}`, async () => {
    const { page } = launched;
    await chooseTheme(launched, theme);
    await settings.type('ehloName', 'two words');
    await expect(settings.refusal('ehloName')).toBeVisible();
    for (const contrast of ['System', 'More']) {
      await settings.choice('contrast', contrast).click();
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      const serious = violations.filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
      expect(
        serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`),
      ).toEqual([]);
      for (const [width, height] of [
        [1280, 800],
        [960, 800],
        [1920, 1080],
      ] as const) {
        await resize(launched, width, height);
        await page.screenshot({
          path: join(SCREENSHOTS, `settings-${contrast}-${width}-${theme}.png`),
        });
      }
    }
    await settings.choice('contrast', 'System').click();
  });
}
