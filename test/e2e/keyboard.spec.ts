/** Every screen with the keyboard alone: all of it reached, in order, seen where it is, and left again. */
import { expect, test } from '@playwright/test';
import { launch, resize, type Launched } from './launch.ts';
import { makeMaterialFiles, type MaterialFiles } from './material-files.ts';
import { GeneratePage } from './pages/generate-page.ts';
import { walkThrough } from './pages/keyboard-walk.ts';
import { ReportPage } from './pages/report-page.ts';
import { RolloverPage } from './pages/rollover-page.ts';

let launched: Launched;
let files: MaterialFiles;

test.beforeAll(async () => {
  files = makeMaterialFiles();
  launched = await launch(['--lab']);
  await resize(launched, 1280, 800);
});

test.afterAll(async () => {
  await launched.close();
  files.remove();
});

/** Nothing missed, nothing hidden, nothing out of order, nothing without a name, and a way on. */
async function isWalkable(what: string, within?: string): Promise<readonly string[]> {
  const { met, ...faults } = await walkThrough(launched.page, within);
  expect.soft(faults, what).toEqual({
    missed: [],
    unseen: [],
    outside: [],
    disordered: [],
    nameless: [],
    trapped: false,
  });
  return met;
}

test('the start screen, and each screen by its key', async () => {
  const met = await isWalkable('start');
  expect(met.slice(0, 3)).toEqual([
    'button DANE Inspector',
    'button Leave the lab: look names up on the internet again',
    'input Domain, mail address or URL',
  ]);
  expect(met).toContain('button Settings');
});

test('a result: the picture, its findings, and every tab of the drawer', async () => {
  const { inspector, page } = launched;
  await inspector.inspect('stale.lab');
  await isWalkable('picture');
  await inspector.fixButton.focus();
  await page.keyboard.press('Enter');
  for (const tab of await page.getByRole('tab').allTextContents()) {
    await inspector.details.getByRole('tab', { name: tab }).click();
    await isWalkable(`tab ${tab}`);
  }
  await inspector.show('Outline');
  await isWalkable('outline');
  await inspector.show('Chain');
  await inspector.unfoldFindings();
  await isWalkable('findings');
});

test('tabs with the arrows', async () => {
  const { inspector, page } = launched;
  await inspector.inspect('stale.lab');
  await inspector.fixButton.click();
  const tab = page.locator('[role=tab][aria-selected=true]');
  await tab.focus();
  const before = await tab.textContent();
  await page.keyboard.press('ArrowRight');
  await expect(tab).not.toHaveText(before ?? '');
  await expect(tab).toBeFocused();
});

test('the report menu: arrows inside, Esc closes it, and the focus is where it was', async () => {
  const report = new ReportPage(launched);
  const { inspector, page } = launched;
  await inspector.inspect('stale.lab');
  await report.button.focus();
  await page.keyboard.press('Enter');
  await expect(report.menu).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /^HTML/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: /^PDF/ })).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: /^Copy as/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(report.menu).toBeHidden();
  await expect(report.button).toBeFocused();
});

test('Generate, empty and with material', async () => {
  const generate = new GeneratePage(launched.page);
  await generate.screen('Generate').click();
  await isWalkable('empty');
  await generate.drop([files.bundle, files.container]);
  await expect(generate.card('certificate mx1.example.org')).toBeVisible();
  await isWalkable('material');
});

test('Rollover with a plan, unfolded, and its hook script', async () => {
  const rollover = new RolloverPage(launched.page);
  const { page } = launched;
  await rollover.open();
  await rollover.lookAt('mx.stale.lab');
  await expect(rollover.steps).toBeVisible();
  await rollover.settings.getByRole('button').first().click();
  await rollover.steps.getByRole('button').first().click();
  await isWalkable('plan');
  const opener = page.getByRole('button', { name: 'Hook script' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(rollover.hook).toBeVisible();
  await isWalkable('hook script', '[role=dialog]');
  await page.keyboard.press('Escape');
  await expect(rollover.hook).toBeHidden();
  await expect(opener).toBeFocused();
});

test('the settings', async () => {
  await launched.inspector.screen('Settings').click();
  await isWalkable('settings');
});
