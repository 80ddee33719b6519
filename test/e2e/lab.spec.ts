/** The window on the built-in lab: no network needed, so this runs anywhere. */
import { expect, test } from '@playwright/test';
import { launch, type Launched } from './launch.ts';
import { DetailsPage } from './pages/details-page.ts';

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

test('the start screen lists the domains of the lab, and a press on one inspects it', async () => {
  const { inspector } = launched;
  await inspector.labDomain('good.lab').click();
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'finished');
  await expect(inspector.verdictWord).toHaveText('Secure');
  await expect(inspector.node('host|mx.good.lab')).toContainText('authenticated');
  await expect(inspector.match('equal')).toHaveCount(1);
  await expect(inspector.matchLabel('= key')).toBeVisible();
  await expect(inspector.fixButton).toHaveCount(0);
});

test('a stale record is a cross in the picture, and its remedy can be copied', async () => {
  const { app, inspector } = launched;
  await inspector.inspect('stale.lab');
  await expect(inspector.verdictWord).toHaveAttribute('data-outcome', 'broken');
  await expect(inspector.match('differs')).toHaveCount(1);
  await inspector.fixButton.click();
  const card = inspector.finding('tlsa-mismatch');
  await expect(card).toHaveAttribute('data-open', 'true');
  await expect(inspector.node('host|mx.stale.lab')).toHaveAttribute('aria-pressed', 'true');
  await card.getByRole('button', { name: 'Copy the remedy' }).click();
  await expect(card.getByRole('button', { name: 'Copy the remedy' })).toHaveText('Copied');
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toMatch(/_25\._tcp\.mx\.stale\.lab\. \d+ IN TLSA 3 1 1 [0-9a-f]{64}/);
});

test('details show the records, the ladder of trust, the conversation and the certificates', async () => {
  const { inspector } = launched;
  const details = new DetailsPage(launched);
  await inspector.inspect('good.lab');
  await inspector.select('host|mx.good.lab');
  await inspector.openTab('Records');
  await expect(inspector.details).toContainText('_25._tcp.mx.good.lab TLSA');
  await expect(inspector.details).toContainText(/3 1 1 [0-9a-f]{64}/);
  await inspector.openTab('Trust');
  await expect(details.ladder.locator('.rung-zone > .mono')).toHaveText(['.', 'lab', 'good.lab']);
  await expect(inspector.details).toContainText('signs the keys');
  await inspector.openTab('SMTP');
  await expect(inspector.details).toContainText('STARTTLS');
  await expect(inspector.details).toContainText('TLSv1.3');
  await inspector.openTab('Certificates');
  await expect(
    inspector.details.getByRole('button', { name: 'Copy certificate 1', exact: true }),
  ).toBeVisible();
});

test('the ancestors grid marks the denied name and explains it', async () => {
  const { inspector } = launched;
  await inspector.inspect('denied.lab');
  await inspector.openFinding('ancestor-nxdomain');
  await expect(inspector.ancestorCell('NXDOMAIN').first()).toBeVisible();
  await expect(inspector.explanation()).toContainText('_tcp.mx.denied.lab does not exist');
  await expect(inspector.explanation()).toContainText('RFC 8020');
});

test('the policies of a domain stand beside its records', async () => {
  const { inspector } = launched;
  await inspector.inspect('good.lab');
  await inspector.select('domain');
  await inspector.openTab('Policy');
  await expect(inspector.policy('MTA-STS')).toContainText('enforced');
  await expect(inspector.policy('MTA-STS')).toContainText(/mx\.good\.lab\s*is covered/);
  await expect(inspector.policy('TLS reports')).toContainText('mailto:tls-reports@good.lab');
  await inspector.inspect('twohosts.lab');
  await inspector.openFinding('mta-sts-mx-mismatch');
  await expect(inspector.policy('MTA-STS')).toContainText(/mx2\.twohosts\.lab\s*is not covered/);
});

test('every name server of the lab has its column', async () => {
  const { inspector } = launched;
  await inspector.inspect('good.lab');
  await inspector.select('host|mx.good.lab');
  await inspector.openTab('Name servers');
  await expect(inspector.details).toContainText('ns2.good.lab');
  await expect(inspector.ancestorCell('empty, proven')).not.toHaveCount(0);
  await inspector.ancestorCell('serial 1').first().getByRole('button').click();
  await expect(inspector.explanation()).toContainText('SOA over TCP');
});

test('a saved chain dropped on a host, or pasted beside it, is judged in its place', async () => {
  const { inspector } = launched;
  await inspector.inspect('good.lab');
  await inspector.select('host|mx.good.lab');
  await inspector.openTab('Certificates');
  const chain = await new DetailsPage(launched).copy(/^Copy the chain of/, /PEM/);
  expect(chain).toContain('BEGIN CERTIFICATE');

  await inspector.dropText('host|mx.good.lab', chain);
  // A new run begins with the first tab.
  await expect(inspector.tab('Records')).toHaveAttribute('aria-selected', 'true');
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'finished');
  await expect(inspector.verdictWord).toHaveText('Secure');
  expect(await inspector.codes()).toContain('chain-from-file');
  await inspector.openTab('SMTP');
  await expect(inspector.conversation('from a file')).toHaveCount(1);
  await inspector.details.getByRole('button', { name: 'Ask the server itself' }).click();
  await expect(inspector.tab('Records')).toHaveAttribute('aria-selected', 'true');
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'finished');
  expect(await inspector.codes()).not.toContain('chain-from-file');

  await inspector.openTab('SMTP');
  await inspector.details.getByRole('button', { name: 'Judge a saved chain instead' }).click();
  await inspector.details.getByRole('textbox').fill(chain);
  await inspector.details.getByRole('button', { name: 'Judge this chain' }).click();
  await expect(inspector.tab('Records')).toHaveAttribute('aria-selected', 'true');
  expect(await inspector.codes()).toContain('chain-from-file');

  await inspector.dropText('host|mx.good.lab', 'no certificate at all');
  await expect(inspector.refusal).toContainText('there is no certificate in PEM form');
  await expect(inspector.verdictWord).toHaveText('Secure');
});

test('a typing mistake gets a sentence at the field and loses nothing', async () => {
  const { inspector } = launched;
  await inspector.inspect('good.lab');
  await inspector.start('good..lab');
  await expect(inspector.refusal).toContainText('is not a domain');
  await expect(inspector.field).toHaveValue('good..lab');
  await expect(inspector.verdictWord).toHaveText('Secure');
  await expect(inspector.node('host|mx.good.lab')).toBeVisible();
  await inspector.field.press('End');
  await inspector.field.press('Backspace');
  await expect(inspector.refusal).toHaveCount(0);
});

test('an address and a URL are taken for their domain', async () => {
  const { inspector } = launched;
  for (const typed of ['postmaster@good.lab', 'https://good.lab/index.html', 'GOOD.LAB.']) {
    await inspector.start(typed);
    await expect(inspector.field).toHaveValue('good.lab');
    await expect(inspector.verdict).toHaveAttribute('data-phase', 'finished');
  }
});

test('the outline holds the same and is walked with the keyboard', async () => {
  const { inspector, page } = launched;
  await inspector.inspect('stale.lab');
  await inspector.show('Outline');
  const items = inspector.outline.getByRole('treeitem');
  await expect(items.first()).toContainText('stale.lab');
  await items.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(items.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(items.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(inspector.details).toContainText('mx.stale.lab');
  await page.keyboard.press('ArrowLeft');
  await expect(items.nth(1)).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await expect(items.last()).toBeFocused();
  await inspector.show('Chain');
});

test('F5 inspects again', async () => {
  const { inspector, page } = launched;
  await inspector.inspect('good.lab');
  await page.keyboard.press('F5');
  await expect(inspector.verdict).not.toHaveAttribute('data-phase', 'finished');
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'finished');
});

test('the drawer grows with the arrow keys until it fills the room', async () => {
  const { inspector, page } = launched;
  await inspector.inspect('good.lab');
  await inspector.select('host|mx.good.lab');
  const handle = page.getByRole('separator', { name: 'Height of the details' });
  await handle.focus();
  await page.keyboard.press('End');
  await expect(handle).toHaveAttribute('aria-valuenow', '100');
  await expect(inspector.hosts()).toHaveCount(0);
  await page.keyboard.press('Home');
  await expect(inspector.hosts()).toHaveCount(1);
});

test('a link shows its address before anything is opened', async () => {
  const { app, inspector, page } = launched;
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (address: string) => {
      opened.push(address);
      return Promise.resolve();
    };
  });
  await inspector.inspect('stale.lab');
  const card = await inspector.openFinding('tlsa-mismatch');
  await card.getByRole('button', { name: /^RFC 7672/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('https://www.rfc-editor.org/rfc/rfc7672#section-');
  await dialog.getByRole('button', { name: 'Open' }).click();
  await expect(dialog).toHaveCount(0);
  await expect
    .poll(() =>
      app.evaluate(() => Object.entries(globalThis).find(([key]) => key === 'opened')?.[1]),
    )
    .toEqual([expect.stringMatching(/^https:\/\/www\.rfc-editor\.org\/rfc\/rfc7672/)]);
});

test('the theme button goes to the other theme and back', async () => {
  const { inspector } = launched;
  await expect(inspector.themed('light')).toBeVisible();
  await inspector.themeButton().click();
  await expect(inspector.themed('dark')).toBeVisible();
  await inspector.themeButton().click();
  await expect(inspector.themed('light')).toBeVisible();
});
