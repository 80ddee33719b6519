/** Watching in the real window: the list, its looks, what is told and where, and what is left after a restart. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { chooseTheme, launch, startAgain, type Launched } from './launch.ts';
import { catchNotifications, clickLastNotification, notifications } from './notifications.ts';
import { WatchPage } from './pages/watch-page.ts';

// What one test leaves behind is where the next begins.
test.describe.configure({ mode: 'serial' });

let folder: string;
let launched: Launched;
let watch: WatchPage;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-watch-'));
  await start();
});

test.afterAll(async () => {
  await launched.close();
  rmSync(folder, { recursive: true, force: true });
});

test.afterEach(() => {
  expect(launched.complaints).toEqual([]);
});

async function start(): Promise<void> {
  launched = await launch(['--lab'], folder);
  watch = new WatchPage(launched.page);
  await catchNotifications(launched);
}

/** As when the computer was asleep: the clock on the wall is on, and the system tells of it. */
async function sleepFor(hours: number): Promise<void> {
  await launched.app.evaluate(({ powerMonitor }, milliseconds) => {
    const wall = Date.now;
    Date.now = () => wall() + milliseconds;
    // No waiting for chance.
    Math.random = () => 0;
    powerMonitor.emit('resume');
  }, hours * 3_600_000);
}

/** Milliseconds for a look at two domains of the lab, on a busy machine. */
const PATIENCE = 40_000;

test('what is typed as elsewhere is watched, looked at at once, and what is no domain is told', async () => {
  await watch.open();
  await expect(watch.screen).toContainText('Nothing is watched yet');
  await watch.add('not a domain');
  await expect(watch.refusal).toContainText('is not a domain');
  await watch.add('postmaster@Stale.Lab');
  await watch.hasOutcome('stale.lab', 'broken', PATIENCE);
  await watch.add('https://good.lab/');
  await watch.hasOutcome('good.lab', 'secure', PATIENCE);
  await watch.add('good.lab');
  await expect(watch.refusal).toHaveText('good.lab is watched already.');
  // Worst first.
  expect(await watch.domains()).toEqual(['stale.lab', 'good.lab']);
  const notes = await watch.unfold('stale.lab');
  await expect(notes).toContainText('First look: “broken”.');
  expect(await notifications(launched)).toEqual([]);
});

test('the last run opens as it was, and nobody is asked', async () => {
  const notes = await watch.unfold('stale.lab');
  await notes.getByRole('button', { name: 'Show the last run' }).click();
  await expect(launched.inspector.verdict).toHaveAttribute('data-phase', 'finished');
  expect(await launched.inspector.outcome()).toBe('broken');
  await watch.open();
});

test('what is looked at is offered to be watched, at the verdict and on the list', async () => {
  await launched.inspector.inspect('unsigned.lab');
  await watch.open();
  await expect(watch.button('Watch unsigned.lab')).toBeVisible();
  await launched.page.keyboard.press('Control+1');
  await watch.atVerdict('Watch this domain').press('Enter');
  // The same button, so that the keyboard stays where it was.
  await expect(watch.atVerdict('Watched')).toBeFocused();
  await watch.atVerdict('Watched').press('Enter');
  await watch.hasOutcome('unsigned.lab', 'insecure', PATIENCE);
  await expect(watch.button('Watch unsigned.lab')).toHaveCount(0);
  const notes = await watch.unfold('unsigned.lab');
  await notes.getByRole('button', { name: 'Stop watching' }).click();
});

test('how often and how far ahead is chosen, and the line for cron follows', async () => {
  await expect(watch.cronLine).toHaveText(
    /^\d+ \d-23\/6 \* \* \* dane-inspector check --since "\$HOME\/\.dane-inspector-watch\.json" --expiry-days 14 --lab stale\.lab good\.lab$/,
  );
  await watch.choice('Look every').selectOption('1 hour');
  await watch.choice('Tell of ends within').selectOption('30 days');
  await expect(watch.headline).toContainText('every 1 hour');
  await expect(watch.cronLine).toHaveText(/^\d+ \* \* \* \* dane-inspector .* --expiry-days 30 /);
  await watch.button('Copy the line for the crontab').click();
  const copied = await launched.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toBe(await watch.cronLine.textContent());
});

test('a restart keeps the list, and while it was off an outcome changed: it is looked at soon, told, and a click opens it', async () => {
  await watch.isIdle();
  await launched.app.close();
  const file = join(folder, 'watch-lab.json');
  const kept = JSON.parse(readFileSync(file, 'utf8'));
  expect(kept.domains.map(({ domain }: { domain: string }) => domain)).toEqual([
    'stale.lab',
    'good.lab',
  ]);
  for (const domain of kept.domains) {
    if (domain.domain !== 'stale.lab') continue;
    // As if it had been well, and had been due while the program was off; one alone is caught up on soonest.
    domain.dueAt -= 10 * 3_600_000;
    domain.outcome = 'secure';
  }
  writeFileSync(file, JSON.stringify(kept));
  await start();
  await watch.open();
  await watch.hasOutcome('stale.lab', 'broken', 60_000);
  await expect.poll(() => notifications(launched), { timeout: 60_000 }).toHaveLength(1);
  const [told] = await notifications(launched);
  expect(told).toMatch(/^stale\.lab: the outcome has changed\nFrom “secure” to “broken”\. /);
  await clickLastNotification(launched);
  await expect(launched.inspector.verdict).toHaveAttribute('data-phase', 'finished');
  expect(await launched.inspector.outcome()).toBe('broken');
  await expect(launched.inspector.field).toHaveValue('stale.lab');
});

test('after hours of sleep all are looked at again, and nothing is told where all is as before', async () => {
  await watch.open();
  await watch.isIdle();
  const before = await notifications(launched);
  await sleepFor(9);
  await expect(watch.headline).toContainText(/looking|wait/, { timeout: 60_000 });
  await watch.isIdle();
  expect(await notifications(launched)).toEqual(before);
});

test('what ends within the days is told once', async () => {
  const before = (await notifications(launched)).length;
  // The lab certifies for seventy days.
  await watch.choice('Tell of ends within').selectOption('90 days');
  await watch.button('Look at all now').click();
  await expect.poll(() => notifications(launched), { timeout: 60_000 }).toHaveLength(before + 1);
  // Both domains at once: one notification.
  expect((await notifications(launched)).at(-1)).toMatch(
    /^News of 2 watched domains\n.*\.lab: something ends soon\n.*\.lab: something ends soon$/,
  );
  await expect(await watch.unfold('good.lab')).toContainText(
    /Certificate of mx\.good\.lab ends in 69 days/,
  );
  await watch.isIdle();
  await watch.button('Look at all now').click();
  await expect(watch.headline).toContainText(/looking/);
  await watch.isIdle();
  expect(await notifications(launched)).toHaveLength(before + 1);
});

test('paused, nothing is looked at by itself', async () => {
  await watch.button('Pause').click();
  await expect(watch.headline).toContainText('paused');
  await expect(watch.row('good.lab')).toContainText('paused');
  await watch.button('Go on watching').click();
  await expect(watch.headline).not.toContainText('paused');
});

test('closing leaves the program running only where that was chosen', async () => {
  const isVisible = (): Promise<boolean | undefined> =>
    launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await watch.check('Keep watching when the window is closed').check();
  await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(isVisible).toBe(false);
  await clickLastNotification(launched);
  await expect.poll(isVisible).toBe(true);
  await expect(watch.screen).toBeVisible();
  // Where no desktop shows the tray, whatever start brings it back; one with options has a window of its own beside it.
  for (const args of [[], ['--lab']]) {
    await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(isVisible).toBe(false);
    const second = startAgain(folder, args);
    await expect.poll(isVisible).toBe(true);
    (await second).stop();
  }
  await watch.check('Keep watching when the window is closed').uncheck();
});

test('the screen is sound for those who do not see it, light and dark', async () => {
  await watch.unfold('stale.lab');
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(launched, theme);
    const { violations } = await new AxeBuilder({ page: launched.page })
      .setLegacyMode(true)
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
  }
});

test('a domain that is watched no more leaves nothing behind', async () => {
  const notes = await watch.unfold('stale.lab');
  await notes.getByRole('button', { name: 'Stop watching' }).click();
  await expect(watch.row('stale.lab')).toHaveCount(0);
  expect(readdirSync(join(folder, 'watch-lab-runs'))).toHaveLength(1);
});

test('a damaged list is told, set aside, and the program starts', async () => {
  await launched.app.close();
  writeFileSync(join(folder, 'watch-lab.json'), '{"format":"dane-insp');
  await start();
  await watch.open();
  await expect(watch.problem).toContainText('was damaged');
  await watch.add('good.lab');
  await watch.hasOutcome('good.lab', 'secure', PATIENCE);
  const aside = readdirSync(folder).filter((name) => name.includes('.damaged-'));
  expect(aside).toHaveLength(1);
  expect(readFileSync(join(folder, aside[0] ?? ''), 'utf8')).toBe('{"format":"dane-insp');
});
