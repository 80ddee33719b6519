/** Kept runs in the window: how far one is, what is kept, what is told to have changed, and how all of it goes again. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { chooseTheme, launch, resize, type Launched } from './launch.ts';
import { HistoryPage } from './pages/history-page.ts';
import { ReportPage } from './pages/report-page.ts';

// Each goes on with the runs that the ones before it kept; thirty.lab takes its time on a busy machine.
test.describe.configure({ mode: 'serial', timeout: 120_000 });

let folder: string;
let launched: Launched;
let history: HistoryPage;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-history-'));
  await start();
});

test.afterAll(async () => {
  await launched.close();
  rmSync(folder, { recursive: true, force: true });
});

test.afterEach(async () => {
  expect(launched.complaints).toEqual([]);
  await history.close();
});

async function start(): Promise<void> {
  launched = await launch(['--lab'], folder);
  history = new HistoryPage(launched.page);
}

test('nothing is kept at first, and it is said what will be', async () => {
  await history.open();
  await expect(history.drawer).toContainText('Nothing is kept yet');
  await expect(history.rows).toHaveCount(0);
  expect(await violations()).toEqual([]);
});

test('a run that ended is kept, and is opened with the keys alone', async () => {
  const { inspector, page } = launched;
  await inspector.inspect('good.lab');
  await inspector.inspect('stale.lab');
  await page.keyboard.press('Control+h');
  await expect(history.rows).toHaveCount(2);
  await expect(history.rows.first()).toContainText(/stale\.lab.*lab.*Broken · 1 error/);
  await expect(history.rows.last()).toContainText(/good\.lab.*lab.*Secure · nothing to mend/);
  await expect(history.filter).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(history.drawer).toBeHidden();
  await expect(history.banner).toContainText('Nobody was asked now');
  await expect(inspector.verdictWord).toHaveText('Secure');
  await expect(inspector.field).toHaveValue('good.lab');
  await expect(inspector.node('host|mx.good.lab')).toContainText('authenticated');
});

test('a kept run has no evidence for a case file, which is told before a place is chosen', async () => {
  await history.open();
  await history.openButton(history.row('good.lab')).click();
  await expect(history.drawer).toBeHidden();
  const reports = new ReportPage(launched);
  await reports.choose('Case file…');
  await expect(reports.failure).toContainText('raw evidence of this run is not kept');
});

test('F5 asks anew, says that nothing changed where nothing did, and leaves selected what is there', async () => {
  const { inspector, page } = launched;
  await history.open();
  await history.openButton(history.row('good.lab')).click();
  await expect(history.drawer).toBeHidden();
  await expect(history.banner).toBeVisible();
  await inspector.node('host|mx.good.lab').click();
  await inspector.tab('SMTP').click();
  await page.keyboard.press('F5');
  await expect(history.banner).toBeHidden();
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'finished');
  await expect(history.headline).toHaveText(/^Since \d\d:\d\d(:\d\d)? UTC: nothing has changed\.$/);
  await expect(inspector.node('host|mx.good.lab')).toHaveAttribute('aria-pressed', 'true');
  await expect(inspector.tab('SMTP')).toHaveAttribute('aria-selected', 'true');
  await history.changes.getByRole('button', { name: 'Stop comparing' }).click();
  await expect(history.changes).toBeHidden();
});

test('the filter finds runs by domain and verdict; two runs of one domain are compared', async () => {
  await history.open();
  await expect(history.rows).toHaveCount(3);
  await history.filter.fill('secure good');
  await expect(history.rows).toHaveCount(2);
  await expect(history.drawer).toContainText('2 of 3 runs');
  await history.filter.fill('nowhere');
  await expect(history.drawer).toContainText('No run fits “nowhere”.');
  await history.filter.fill('');
  await expect(history.compareButton()).toBeDisabled();
  await history.tick(history.row('good.lab').first()).check();
  await history.tick(history.row('stale.lab')).check();
  await expect(history.drawer).toContainText('Only two runs of the same domain');
  await expect(history.compareButton()).toBeDisabled();
  await history.tick(history.row('good.lab').last()).check();
  await history.tick(history.row('good.lab').first()).check();
  await history.compareButton().click();
  await expect(history.drawer).toBeHidden();
  await expect(history.headline).toContainText('nothing has changed.');
});

test('how far a run is stands there stage by stage; what is selected stays; cancelled, it is not kept', async () => {
  const { inspector, page } = launched;
  await inspector.start('thirty.lab');
  await expect(history.stage('mx')).toHaveClass(/is-done/);
  await expect(history.stage('hosts')).toContainText(/\d+ of 30 hosts/);
  await expect(inspector.hosts().first()).toBeVisible();
  await inspector.hosts().first().click();
  const selected = page.locator('[data-node][aria-pressed="true"]');
  const key = await selected.getAttribute('data-node');
  await expect(history.stage('addresses')).toContainText(/\d+ of \d+( so far)? addresses/);
  await page.keyboard.press('Escape');
  await expect(inspector.verdictWord).toHaveText('Cancelled');
  await expect(history.stages).toBeHidden();
  expect(await selected.getAttribute('data-node')).toBe(key);
  await history.open();
  await expect(history.row('thirty.lab')).toHaveCount(0);
});

test('Escape closes the drawer, and leaves the run behind it alone', async () => {
  const { inspector, page } = launched;
  await inspector.start('three.lab');
  await history.open();
  await page.keyboard.press('Escape');
  await expect(history.drawer).toBeHidden();
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'finished');
});

test('a file that is damaged is told, and the others are there at the next start', async () => {
  await launched.close();
  const kept = join(folder, 'history');
  const [one] = readdirSync(kept).filter((name) => name.endsWith('.run.gz'));
  writeFileSync(join(kept, one ?? ''), 'junk');
  writeFileSync(join(kept, 'index.json'), 'junk');
  await start();
  await history.open();
  await expect(history.rows).toHaveCount(3);
  await expect(history.drawer).toContainText(`${one ?? ''} is left alone: it is damaged.`);
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(launched, theme);
    expect(await violations(), theme).toEqual([]);
  }
});

test('one run is deleted with the keys, once that is asked; then all', async () => {
  const { page } = launched;
  await history.open();
  await expect(history.rows).toHaveCount(3);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Delete');
  await expect(history.rows.first()).toContainText('Delete this run?');
  await page.keyboard.press('Escape');
  await expect(history.rows.first()).not.toContainText('Delete this run?');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  await expect(history.rows).toHaveCount(2);
  await expect(history.openButton(history.rows.first())).toBeFocused();
  await history.drawer.getByRole('button', { name: 'Delete all…' }).click();
  await expect(history.drawer).toContainText('Delete all 2 runs? This cannot be undone.');
  await history.drawer.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(history.rows).toHaveCount(0);
  expect(readdirSync(join(folder, 'history'))).toEqual(['index.json']);
});

test('who wants nothing kept has nothing kept, and is told so', async () => {
  const { inspector, page } = launched;
  await inspector.screen('Settings').click();
  const wanted = page.getByRole('switch', { name: /history/i });
  await wanted.click();
  await expect(wanted).not.toBeChecked();
  await inspector.screen('Inspect').click();
  await inspector.inspect('good.lab');
  await history.open();
  await expect(history.drawer).toContainText('Runs are not kept');
  await expect(history.rows).toHaveCount(0);
});

test('the drawer and what changed have no fault that axe knows, wide and narrow', async () => {
  const { inspector, page } = launched;
  await inspector.inspect('stale.lab');
  await page.keyboard.press('F5');
  await expect(history.changes).toBeVisible();
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'finished');
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(launched, theme);
    await resize(launched, theme === 'light' ? 960 : 1280, 800);
    expect(await violations(), theme).toEqual([]);
  }
});

/** Electron cannot open the second page in which axe would otherwise merge frames: legacy mode. */
async function violations(): Promise<readonly string[]> {
  const { page } = launched;
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return found
    .filter(({ impact }) => impact !== 'minor')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
