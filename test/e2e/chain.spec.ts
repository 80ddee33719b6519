/** The picture of the chain at any size, on the lab and on streams for states that no lab domain has. */
import { expect, test } from '@playwright/test';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { launch, resize, type Launched } from './launch.ts';
import { ChainPage } from './pages/chain-page.ts';
import { ReportPage } from './pages/report-page.ts';
import { play } from './scripted.ts';

/** Milliseconds: servers, keys and probes of thirty hosts are all in this one process. */
const FARM_TIMEOUT_MS = 120_000;

let launched: Launched;
let chain: ChainPage;

test.beforeAll(async () => {
  launched = await launch(['--lab']);
  chain = new ChainPage(launched.page);
  await resize(launched, 1280, 800);
});

test.afterAll(async () => {
  await launched.close();
});

test.afterEach(() => {
  expect(launched.complaints).toEqual([]);
});

test('addresses that are alike are one, the odd one out stays alone, and folds open', async () => {
  await launched.inspector.inspect('three.lab');
  await expect(chain.addresses('mx1.three.lab')).toHaveText(['6 addressesall alike']);
  const odd = chain.addresses('mx2.three.lab');
  await expect(odd).toHaveCount(2);
  await expect(odd.first()).toContainText('5 addresses');
  await expect(odd.last()).toContainText('the odd one out');
  await chain.button('Show the 5 addresses singly').click();
  await expect(odd).toHaveCount(6);
  await chain.button('Fold the 5 addresses again').click();
  await expect(odd).toHaveCount(2);
});

test('records meet the certificates of both key types, and what is left ends in the air', async () => {
  await launched.inspector.inspect('three.lab');
  // Two records each of mx1 and mx2; those of mx3, and what is free of mx2, meet nothing.
  await expect(chain.wires('equal')).toHaveCount(4);
  await expect(chain.wireLabel('= key')).toHaveCount(4);
  await expect(chain.wires('cross')).toHaveCount(6);
  await expect(chain.node('tlsa|mx1.three.lab|2')).toContainText('next?');
  await expect(chain.pane.getByText('next or leftover')).toHaveCount(2);
});

test('the first broken place is in sight, in one sentence, with its fix', async () => {
  await launched.inspector.inspect('three.lab');
  await chain.expectInSight(chain.trouble);
  await expect(chain.trouble).toContainText('No record matches the certificate of mx2.three.lab');
  await expect(chain.trouble).toContainText('Senders that check DANE defer mail to mx2.three.lab');
  await chain.trouble.getByRole('button', { name: 'Copy the fix' }).click();
  const copied = (): Promise<string> =>
    launched.app.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(copied).toMatch(/_25\._tcp\.mx2\.three\.lab\. \d+ IN TLSA 3 1 1 [0-9a-f]{64}/);
  await chain.trouble.getByRole('button', { name: 'Why, and what else' }).click();
  const card = launched.inspector.finding('tlsa-mismatch');
  await expect(card).toHaveAttribute('data-open', 'true');
});

test('of thirty hosts those that are alike fold, those that are broken never', async () => {
  test.setTimeout(2 * FARM_TIMEOUT_MS);
  const { inspector } = launched;
  await inspector.inspect('thirty.lab', FARM_TIMEOUT_MS);
  await expect(chain.hosts()).toHaveCount(3);
  await expect(chain.node('host|mx12.thirty.lab')).toContainText('mail deferred');
  await expect(chain.node('host|mx21.thirty.lab')).toContainText('mail deferred');
  await expect(chain.fold()).toContainText('27 more hosts, all authenticated');
  await chain.expectInSight(chain.trouble);
  await chain.fold().focus();
  await launched.page.keyboard.press('Enter');
  await expect(chain.hosts()).toHaveCount(30);
  await chain.fold().press('Enter');
  await expect(chain.hosts()).toHaveCount(3);
  await chain.button('Unfold everything').click();
  await expect(chain.hosts()).toHaveCount(30);
  await expect(chain.addresses('mx30.thirty.lab')).toHaveCount(6);
  await chain.button('Fold what is alike').click();
  await expect(chain.hosts()).toHaveCount(3);

  // A finding leads to its place, out of the fold too.
  await inspector.unfoldFindings();
  const cards = inspector.findings.locator('[data-code="tlsa-record-unmatched"]');
  await cards.filter({ hasText: 'mx17.thirty.lab' }).first().getByRole('button').first().click();
  await expect(chain.hosts()).toHaveCount(4);
  await expect(chain.selected()).toHaveAttribute('data-node', /\|mx17\.thirty\.lab/);
  await chain.expectInSight(chain.selected());
  await expect(chain.fold()).toContainText('26 more hosts');
  const stale = inspector.findings.locator('[data-code="tlsa-mismatch"]');
  await stale.filter({ hasText: 'mx21.thirty.lab' }).getByRole('button').first().click();
  await expect(chain.selected()).toHaveAttribute('data-node', /\|mx21\.thirty\.lab/);
  await chain.expectInSight(chain.selected());
});

test('the keyboard goes along the chain, opens, and zooms', async () => {
  const { inspector, page } = launched;
  await inspector.inspect('three.lab');
  await chain.node('domain').focus();
  const path: (string | null)[] = [];
  for (const key of ['Right', 'Right', 'Right', 'Right', 'Left', 'Down']) {
    await page.keyboard.press(`Arrow${key}`);
    path.push(await chain.focused());
  }
  expect(path).toEqual([
    'host|mx1.three.lab',
    'tlsa|mx1.three.lab|0',
    'chain|mx1.three.lab|0',
    expect.stringMatching(/^addresses\|mx1\.three\.lab\|/),
    'chain|mx1.three.lab|0',
    'chain|mx1.three.lab|1',
  ]);
  await page.keyboard.press('Enter');
  await expect(inspector.tab('Certificates')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  expect(await chain.focused()).toBe('host|mx3.three.lab');
  await chain.expectInSight(chain.node('host|mx3.three.lab'));
  const before = await chain.viewport();
  await page.keyboard.press('+');
  await expect.poll(async () => (await chain.viewport()).zoom).toBeGreaterThan(before.zoom);
  await page.keyboard.press('0');
  await expect.poll(async () => (await chain.viewport()).zoom).toBeLessThanOrEqual(1);
  await page.keyboard.press('Tab');
  expect(await chain.focused()).toBe('tlsa|mx3.three.lab|0');
});

test('the mouse pans, and the wheel with it; fitting brings everything back', async () => {
  const { inspector, page } = launched;
  await inspector.inspect('three.lab');
  await chain.button('Fit the picture').click();
  const fitted = await chain.viewport();
  const room = await chain.canvas.boundingBox();
  if (room === null) throw new Error('there is no picture');
  await page.mouse.move(room.x + 20, room.y + room.height / 2);
  await page.mouse.down();
  await page.mouse.move(room.x + 60, room.y + room.height / 2 - 80, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await chain.viewport()).y - fitted.y)).toBe(-80);
  await page.mouse.wheel(0, 100);
  await expect.poll(async () => (await chain.viewport()).y).toBeLessThan(fitted.y - 100);
  await chain.button('Fit the picture').click();
  await expect.poll(async () => (await chain.viewport()).x).toBe(fitted.x);
});

test('the outline is a tree that says the same, and is found by typing', async () => {
  const { inspector, page } = launched;
  await inspector.inspect('three.lab');
  await chain.show('Outline');
  const items = chain.outline.getByRole('treeitem');
  await items.first().focus();
  await expect(items.first()).toHaveAttribute('aria-level', '1');
  await page.keyboard.type('mx3');
  const third = chain.outline.getByRole('treeitem', {
    name: /^mx3\.three\.lab 30 · mail deferred/,
  });
  await expect(third).toBeFocused();
  await expect(third).toHaveAttribute('aria-level', '2');
  await expect(third).toHaveAttribute('aria-posinset', '3');
  await expect(third).toHaveAttribute('aria-setsize', '3');
  await page.keyboard.press('ArrowLeft');
  await expect(third).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowRight');
  await expect(third).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Enter');
  await expect(third).toHaveAttribute('aria-selected', 'true');
  await expect(inspector.details).toContainText('mx3.three.lab');
  await expect(chain.outline).toContainText('6 addresses, all alike');
  await chain.show('Chain');
});

test('on paper it is the picture alone, told by dash, shape and word', async () => {
  const { app, inspector, page } = launched;
  await inspector.inspect('three.lab');
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(chain.sheet).toBeVisible();
  await expect(chain.pane).toBeHidden();
  await expect(chain.sheet).toContainText('Degraded');
  for (const word of ['mail deferred', 'next or leftover', '6 addresses, all alike', 'no match']) {
    await expect(chain.sheet.locator('svg').first()).toContainText(word);
  }
  const widths = await chain.sheet.evaluate((sheet) =>
    [...sheet.querySelectorAll('rect.chip')].map((chip) => chip.getBoundingClientRect().width),
  );
  const most = await chain.sheet.evaluate((sheet) => sheet.clientWidth / 5);
  // They keep to their column: no style of the window reaches into the sheet.
  expect(Math.max(...widths)).toBeLessThan(most);
  // Nothing that is drawn needs a colour to be told from another.
  const colours = await chain.sheet.evaluate((sheet) =>
    [...sheet.querySelectorAll('.wire, .box, .chip, .icon')].map(
      (shape) => getComputedStyle(shape).stroke,
    ),
  );
  expect(colours.length).toBeGreaterThan(20);
  expect(colours.filter((colour) => !isGrey(colour))).toEqual([]);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(chain.sheet).toHaveCount(0);
  await page.emulateMedia({ media: null });
  // Printing itself asks for the sheet.
  const words = await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const pdf = await window?.webContents.printToPDF({});
    return pdf?.subarray(0, 5).toString('latin1') ?? '';
  });
  expect(words).toBe('%PDF-');
  await expect(chain.sheet).toHaveCount(0);
});

test('Ctrl+P prints the report as PDF, and opens no other dialog beside it', async () => {
  const { page, inspector } = launched;
  await inspector.inspect('good.lab');
  const report = new ReportPage(launched);
  await report.answerSave('');
  await page.evaluate(() => {
    window.print = () => {
      document.body.dataset['printed'] = 'by the system';
    };
  });
  await page.keyboard.press('Control+p');
  await expect.poll(() => report.suggestion()).toMatchObject({ title: expect.any(String) });
  expect(await page.evaluate(() => document.body.dataset['printed'] ?? null)).toBeNull();
});

function isGrey(colour: string): boolean {
  const [red, green, blue] = (colour.match(/\d+/g) ?? []).map(Number);
  return red === green && green === blue;
}

const STARTED: InspectionEvent = {
  kind: 'started',
  domain: 'example.org',
  at: '2026-11-24T15:03:00.000Z',
  startedAt: '2026-11-24T15:03:00.000Z',
  version: '0.1.0',
  resolver: 'iterative',
  smtpPort: 25,
  smtp: true,
};

const UNANSWERED: InspectionEvent = {
  kind: 'mx',
  nonexistent: false,
  failed: true,
  mx: {
    security: 'indeterminate',
    records: [],
    implicit: false,
    null: false,
    nonexistent: false,
    failed: true,
    networkDown: true,
    lookUp: null,
  },
};

test('each way of having no host to draw has its own words, red only where something is broken', async () => {
  for (const [domain, title, tone] of [
    ['nomail.lab', 'This domain takes no mail, and says so', 'is-none'],
    ['nothing-here.lab', 'This name does not exist', 'is-none'],
    ['expired.lab', 'Nobody can trust the MX records', 'is-err'],
  ] as const) {
    await launched.inspector.inspect(domain);
    await expect(chain.empty).toContainText(title);
    await expect(chain.empty).toHaveClass(new RegExp(tone));
  }
  await expect(chain.trouble).toBeVisible();
});

test('while nothing is known it shows what is to come, and stopped it says so', async () => {
  const { inspector } = launched;
  await play(launched, 'example.org', [STARTED], 'running');
  await expect(chain.empty).toContainText('Looking');
  await expect(chain.ghosts()).toHaveText([
    'mail hosts',
    'TLSA records',
    'certificates',
    'addresses',
  ]);
  await play(launched, 'example.org', [STARTED], 'cancelled');
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'cancelled');
  await expect(chain.empty).toContainText('Stopped before the mail hosts were known');
  await expect(chain.ghosts()).toHaveCount(0);
  await play(launched, 'example.org', [STARTED, UNANSWERED]);
  await expect(chain.empty).toContainText('Could not tell');
  await expect(chain.empty).toHaveClass(/is-none/);
});
