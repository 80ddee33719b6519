/** The HTML report in a real browser: nothing fetched, nothing run, readable for everyone, in light, dark and print. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { buildStale, bundlePath } from '../../scripts/build.mjs';
import { launch, type Launched } from './launch.ts';

let launched: Launched;
let folder = '';
let page: Page;
const requests: string[] = [];
const complaints: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(120_000);
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-report-'));
  expect(buildStale(['cli'])).toBe(true);
  const report = join(folder, 'report.html');
  const args = ['check', '--lab', 'twohosts.lab', 'denied.lab', 'nodane.lab', '--report', report];
  spawnSync(process.execPath, [bundlePath('cli'), ...args]);
  launched = await launch(['--lab']);
  page = await openPage(report);
});

test.afterAll(async () => {
  await launched.close();
  rmSync(folder, { recursive: true, force: true });
});

test('opens by itself: it asks for nothing and complains of nothing', async () => {
  await expect(page.locator('article h2')).toHaveText(['twohosts.lab', 'denied.lab', 'nodane.lab']);
  expect(requests).toEqual([`file://${join(folder, 'report.html')}`]);
  expect(complaints).toEqual([]);
});

test('holds what senders do and what breaks next of every domain, as tables', async () => {
  for (const [place, domain] of ['twohosts.lab', 'denied.lab', 'nodane.lab'].entries()) {
    const article = page.locator('article').nth(place);
    await expect(article.locator('h2'), domain).toHaveText(domain);
    const senders = article.locator('table.senders');
    await expect(senders.locator('tbody tr'), domain).toHaveCount(10);
    await expect(article.locator('table.deadlines tbody tr').first(), domain).toBeVisible();
  }
  // RFC 8020 §2: whoever minimises names loses the records of the second one.
  const exim = page.locator('article').nth(1).locator('table.senders tr', {
    hasText: 'hosts_try_dane',
  });
  await expect(exim.locator('td').nth(0)).toContainText('verified');
  await expect(exim.locator('td').nth(1)).toContainText('no DANE');
});

test('a script that got into it would not run, an image would not load', async () => {
  const altered = join(folder, 'altered.html');
  const html = readFileSync(join(folder, 'report.html'), 'utf8');
  const attack =
    '<script>document.title = "run"</script><img src="altered.png" onerror="document.title = \'run\'">';
  writeFileSync(altered, html.replace('<main>', `<main>${attack}`));
  const other = await openPage(altered);
  await expect(other.locator('article h2')).toHaveCount(3);
  expect(await other.title()).not.toBe('run');
  expect(complaints.join('\n')).toContain('Content Security Policy');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has no serious violation, ${colorScheme}`, async () => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme, media: 'screen' });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const serious = violations.filter(
      ({ impact }) => impact === 'serious' || impact === 'critical',
    );
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  });
}

test('is dark on white on paper, whatever the screen is', async () => {
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  const colours = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body);
    return { color, backgroundColor };
  });
  expect(colours).toEqual({ color: 'rgb(27, 35, 48)', backgroundColor: 'rgb(255, 255, 255)' });
});

test('keeps to the width there is, and no line of the picture leaves it', async () => {
  await page.emulateMedia({ colorScheme: 'light', media: 'screen' });
  const overflow = await page.evaluate(() => {
    const texts = [...document.querySelectorAll('.picture text')].filter((text) => {
      const svg = text.closest('.picture > svg')?.getBoundingClientRect();
      const box = text.getBoundingClientRect();
      return svg !== undefined && (box.right > svg.right + 1 || box.left < svg.left - 1);
    });
    return {
      page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      texts: texts.map((text) => text.textContent),
    };
  });
  expect(overflow).toEqual({ page: 0, texts: [] });
});

/** In a window of its own, as far from the app as a browser is. */
async function openPage(file: string): Promise<Page> {
  const opened = launched.app.waitForEvent('window');
  await launched.app.evaluate(({ BrowserWindow }) => {
    // The app's own guard denies the window everything; a browser would not.
    void new BrowserWindow({
      width: 1280,
      height: 900,
      webPreferences: { partition: 'elsewhere', sandbox: true },
    }).loadURL('about:blank');
  });
  const other = await opened;
  other.on('request', (request) => requests.push(request.url()));
  other.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  other.on('pageerror', (error) => complaints.push(error.message));
  await other.goto(`file://${file}`);
  return other;
}
