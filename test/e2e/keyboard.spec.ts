/** Every screen with the keyboard alone: all of it reached, in order, seen where it is, and left again. */
import { expect, test, type Locator } from '@playwright/test';
import { launch, resize, type Launched } from './launch.ts';
import { makeMaterialFiles, type MaterialFiles } from './material-files.ts';
import { HistoryPage } from './pages/history-page.ts';
import { walkThrough } from './pages/keyboard-walk.ts';
import { ReportPage } from './pages/report-page.ts';
import { RolloverPage } from './pages/rollover-page.ts';
import { SCENES } from './pages/scenes.ts';

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
const NOTHING = {
  missed: [],
  unseen: [],
  outside: [],
  disordered: [],
  nameless: [],
  trapped: false,
};

/** Has arrows instead, and a test of its own. */
const MENU = 'report menu';

interface Opened {
  readonly what: string;
  readonly key: string;
  opener(launched: Launched): Promise<Locator>;
}

const DIALOGS: readonly Opened[] = [
  {
    what: 'the hook script',
    key: 'Enter',
    async opener({ page }) {
      const rollover = new RolloverPage(page);
      const button = page.getByRole('button', { name: 'Hook script' });
      if (await button.isVisible()) return button;
      await rollover.open();
      await rollover.lookAt('mx.stale.lab');
      return button;
    },
  },
  {
    what: 'the kept runs',
    key: 'Enter',
    opener: ({ page }) => Promise.resolve(new HistoryPage(page).button),
  },
  {
    what: 'the list of shortcuts',
    key: 'F1',
    opener: ({ page }) =>
      Promise.resolve(page.getByRole('navigation').getByRole('button', { name: 'Settings' })),
  },
];

for (const scene of SCENES.filter(({ isAlike, name }) => isAlike !== true && name !== MENU)) {
  test(`all of it with the Tab key: ${scene.name}`, async () => {
    const stage = { launched, files };
    await scene.show(stage);
    const { met, ...faults } = await walkThrough(launched.page, scene.within);
    expect(met.length).toBeGreaterThan(0);
    expect(faults).toEqual(NOTHING);
    await scene.leave?.(stage);
  });
}

test('the top bar comes first, then the screens, then what is open', async () => {
  await launched.inspector.goToStart();
  const { met } = await walkThrough(launched.page);
  expect(met.slice(0, 3)).toEqual([
    'button DANE Inspector',
    'button Leave the lab: look names up on the internet again',
    'input Domain, mail address or URL',
  ]);
  const place = (name: RegExp): number => met.findIndex((each) => name.test(each));
  expect(place(/^button Settings$/)).toBeGreaterThan(place(/^button Switch to/));
  expect(place(/^button good\.lab/)).toBeGreaterThan(place(/^button Settings$/));
});

test('backwards too', async () => {
  const { page } = launched;
  await page.getByRole('navigation').getByRole('button', { name: 'Generate' }).focus();
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('navigation').getByRole('button').first()).toBeFocused();
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

for (const { what, opener, key } of DIALOGS) {
  test(`${what}: Esc closes it, and the focus is where it was`, async () => {
    const { page } = launched;
    await (await opener(launched)).focus();
    await page.keyboard.press(key);
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await expect(dialog.locator(':focus')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(await opener(launched)).toBeFocused();
  });
}
