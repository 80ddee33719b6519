/** What senders do and what breaks next, in the window, on the built-in lab. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator } from '@playwright/test';
import { degraded, manyHosts } from '../unit/renderer/streams.ts';
import { chooseTheme, launch, resize, type Launched } from './launch.ts';
import { play } from './scripted.ts';

let launched: Launched;

test.beforeAll(async () => {
  launched = await launch(['--lab']);
});

test.afterAll(async () => {
  await launched.close();
});

test.afterEach(() => {
  expect(launched.complaints).toEqual([]);
});

const SENDERS = 'What senders do';
const OUTLOOK = 'What breaks next';

/** The way that stands beside the verdict. */
async function open(domain: string, name: string): Promise<void> {
  const { inspector } = launched;
  await inspector.inspect(domain);
  await inspector.verdict.getByRole('button', { name }).click();
  await expect(inspector.details.getByRole('tab', { name })).toHaveAttribute(
    'aria-selected',
    'true',
  );
}

function row(name: string): Locator {
  return launched.inspector.details.getByRole('row').filter({ hasText: name });
}

test('mail to a stale record waits at every sender, and a cell says why, by which source', async () => {
  const { inspector } = launched;
  await open('stale.lab', SENDERS);
  const postfix = row('smtp_tls_dane_insecure_mx_policy = dane (the default)');
  await expect(postfix.getByRole('cell')).toHaveText(['waits', 'waits', 'waits']);
  await row('hosts_require_dane').getByRole('button').last().click();
  const aside = inspector.details.getByRole('region', { name: 'What this sender does' });
  await expect(aside).toContainText('Exim, DANE demanded, behind a strict resolver');
  await expect(aside).toContainText(
    'Mail waits: no TLSA record matches the certificate of mx.stale.lab.',
  );
  await expect(aside).toContainText('Exim');
});

test('a denied name above the records makes the resolver count', async () => {
  await open('denied.lab', SENDERS);
  const postfix = row('smtp_tls_dane_insecure_mx_policy = dane (the default)');
  await expect(postfix.getByRole('cell').nth(0)).toHaveText('verified');
  await expect(postfix.getByRole('cell').nth(1)).not.toHaveText('verified');
});

test('the time line has the next thing first, and judges what comes of it', async () => {
  const { inspector } = launched;
  await open('good.lab', OUTLOOK);
  // The lab signs for eleven days and certifies for seventy.
  await expect(row('Signature over the keys of good.lab')).toContainText('in 10 days');
  await expect(row('Certificate of mx.good.lab')).toContainText('DANE does not mind');
  const judging = inspector.details.getByRole('region', { name: 'Judge at another time' });
  const judgement = inspector.details.getByRole('region', { name: 'Judgement' });
  await judging.getByRole('button', { name: 'In 7 days' }).click();
  await expect(judgement.locator('[data-outcome]')).toHaveCount(2);
  await expect(judgement.locator('[data-outcome]').last()).toHaveAttribute(
    'data-outcome',
    'secure',
  );
  await row('Signature over the keys of good.lab').getByRole('button').click();
  await inspector.details.getByRole('button', { name: 'Judge just after it ends' }).click();
  await expect(judgement.locator('[data-outcome]').last()).toHaveAttribute(
    'data-outcome',
    'broken',
  );
  await expect(judgement).toContainText('Senders defer mail to good.lab');
  await judging.getByRole('button', { name: 'As inspected' }).click();
  await expect(judgement.locator('[data-outcome]')).toHaveCount(0);
});

test('a date is typed, and a new run forgets it', async () => {
  const { inspector } = launched;
  await open('issuer.lab', OUTLOOK);
  const judging = inspector.details.getByRole('region', { name: 'Judge at another time' });
  const judgement = inspector.details.getByRole('region', { name: 'Judgement' });
  const field = judging.getByLabel('Judge at');
  await field.fill('2090-01-01T00:00');
  await field.press('Enter');
  await expect(judgement).toContainText('1 Jan 2090, 00:00 UTC');
  await expect(judgement.locator('[data-outcome]').last()).toHaveAttribute(
    'data-outcome',
    'broken',
  );
  await field.fill('');
  await expect(judging.getByRole('button', { name: 'Judge', exact: true })).toBeDisabled();
  await inspector.inspect('issuer.lab');
  await expect(judgement.locator('[data-outcome]')).toHaveCount(0);
});

test('everything is reached with the keyboard', async () => {
  const { inspector, page } = launched;
  await open('good.lab', OUTLOOK);
  await inspector.details.getByRole('tab', { name: OUTLOOK }).focus();
  const reached = new Set<string>();
  for (let step = 0; step < 30; step++) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => document.activeElement?.textContent ?? ''));
  }
  for (const name of ['Judge just after it ends', 'Judge', 'In 90 days']) {
    expect([...reached]).toContain(name);
  }
  await inspector.details.getByRole('tab', { name: OUTLOOK }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(inspector.details.getByRole('tab', { name: SENDERS })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row('KumoMTA')).toBeVisible();
});

const SIZES = [
  { width: 1280, height: 800 },
  { width: 960, height: 700 },
  { width: 1920, height: 1080 },
];
const FOLDER = join('test-results', 'screenshots');

for (const theme of ['light', 'dark'] as const) {
  test(`nothing is cut off and no serious violation, ${theme}`, async () => {
    const { page } = launched;
    mkdirSync(FOLDER, { recursive: true });
    await chooseTheme(launched, theme);
    for (const { width, height } of SIZES) {
      await resize(launched, width, height);
      for (const [domain, tab] of [
        ['denied.lab', SENDERS],
        ['good.lab', OUTLOOK],
      ] as const) {
        await open(domain, tab);
        if (tab === OUTLOOK) await judgeLater();
        await page.screenshot({ path: join(FOLDER, `outlook-${domain}-${width}-${theme}.png`) });
        await page.getByRole('separator', { name: 'Height of the details' }).press('End');
        await page.screenshot({
          path: join(FOLDER, `outlook-${domain}-${width}-${theme}-full.png`),
        });
        expect(await overflowing(), `${domain} ${width}`).toEqual([]);
        expect(await seriousViolations(), `${domain} ${width}`).toEqual([]);
        await page.getByRole('separator', { name: 'Height of the details' }).press('Home');
      }
    }
  });
}

test('many hosts, and hosts that differ, have room in both tables', async () => {
  const { inspector, page } = launched;
  await chooseTheme(launched, 'light');
  await resize(launched, 1280, 800);
  for (const [name, events] of [
    ['three', degraded()],
    ['thirty', manyHosts(30)],
  ] as const) {
    await play(launched, 'example.org', events);
    for (const tab of [SENDERS, OUTLOOK]) {
      await inspector.verdict.getByRole('button', { name: tab }).click();
      await page.getByRole('separator', { name: 'Height of the details' }).press('End');
      await page.screenshot({ path: join(FOLDER, `outlook-${name}-${tab.split(' ')[1]}.png`) });
      expect(await overflowing(), `${name} ${tab}`).toEqual([]);
    }
  }
});

async function judgeLater(): Promise<void> {
  const { inspector } = launched;
  await inspector.details.getByRole('button', { name: 'In 30 days' }).click();
  await expect(inspector.details.locator('[data-outcome="broken"]')).toBeVisible();
}

/** Things in the drawer that stand out of it to the right. */
async function overflowing(): Promise<readonly string[]> {
  return launched.page.evaluate(() => {
    const panel = document.querySelector('.drawer-panel');
    if (panel === null) return ['no drawer'];
    const right = panel.getBoundingClientRect().right + 1;
    return [...panel.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > right)
      .map((element) => element.className.toString());
  });
}

/** Electron cannot open the second page in which axe would otherwise merge frames: legacy mode. */
async function seriousViolations(): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page: launched.page })
    .setLegacyMode(true)
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
