/** A list of domains from the paste to the table and the file, on the lab; and what is left when the program is killed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { builtInDomains } from '../../electron/lab/built-in-domains.ts';
import { chooseTheme, launch, resize, type Launched } from './launch.ts';
import { BatchPage } from './pages/batch-page.ts';

test.describe.configure({ timeout: 120_000 });

/** One with thirty hosts takes as long as all others together. */
const PLANS = builtInDomains.filter(({ hosts }) => hosts.length <= 3);
const LAB = PLANS.map(({ name }) => name);

let folder: string;
let launched: Launched;
let batch: BatchPage;

async function start(): Promise<void> {
  launched = await launch(['--lab', `--user-data-dir=${folder}`]);
  batch = new BatchPage(launched);
  await batch.open();
}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-batch-'));
  await start();
});

test.afterAll(async () => {
  expect(launched.complaints).toEqual([]);
  await launched.close();
  rmSync(folder, { recursive: true, force: true });
});

test('before there is a list it is said how to give one; what is none is refused in words', async () => {
  await expect(batch.field).toBeVisible();
  await batch.file.setInputFiles({
    name: 'picture.png',
    mimeType: 'image/png',
    buffer: Buffer.from([0x89, 0x50, 0, 0, 0, 13]),
  });
  await expect(batch.refusal).toContainText('picture.png is no text');
  await batch.field.fill('no such name\n\u202eevil.example');
  await batch.button('Take this list').click();
  await expect(batch.refusal).toContainText('No line of it names a domain.');
  await expect(batch.refusal).toContainText(String.raw`\u{202e}evil.example`);
  await expect(batch.field).toBeVisible();
  await batch.button('Dismiss').click();
});

test('the lab’s domains come to what is said of each, and are counted', async () => {
  await batch.button('Try the lab’s domains').click();
  await batch.phase('ready');
  expect(await batch.domains()).toEqual(builtInDomains.map(({ name }) => name));
  // Nothing is lost: nobody is asked.
  await batch.button('Clear…').click();
  await batch.take(LAB);
  expect(await batch.domains()).toEqual(LAB);
  await batch.concurrency.fill('8');
  await batch.concurrency.press('Enter');
  await batch.button('Start').click();
  await batch.phase('finished', 60_000);
  const standings = await batch.standings();
  expect(Object.fromEntries(standings)).toEqual(
    Object.fromEntries(PLANS.map(({ name, outcome }) => [name, outcome])),
  );
  for (const standing of new Set(standings.values())) {
    const count = PLANS.filter(({ outcome }) => outcome === standing).length;
    await expect(batch.chip(standing)).toContainText(String(count));
  }
});

test('it is filtered by outcome, finding and text, and sorted by every column', async () => {
  const broken = PLANS.filter(({ outcome }) => outcome === 'broken');
  await batch.chip('broken').click();
  expect(await batch.domains()).toEqual(broken.map(({ name }) => name));
  await batch.chip('broken').click();
  await batch.codes.selectOption('tlsa-mismatch');
  await batch.search.fill('stale');
  expect(await batch.domains()).toEqual(['stale.lab']);
  await batch.button('Show all').click();
  const column = batch.grid.getByRole('columnheader', { name: 'Domain' });
  await column.getByRole('button').click();
  await expect(column).toHaveAttribute('aria-sort', 'ascending');
  expect(await batch.domains()).toEqual([...LAB].sort());
  await column.getByRole('button').click();
  expect(await batch.domains()).toEqual([...LAB].sort().reverse());
  await column.getByRole('button').click();
  for (const name of ['Outcome', 'Errors, warnings', 'First to mend', 'Took', 'When']) {
    const header = batch.grid.getByRole('columnheader', { name });
    await header.getByRole('button').click();
    await expect(header).toHaveAttribute('aria-sort', 'ascending');
  }
  for (let click = 0; click < 2; click += 1) {
    await batch.grid.getByRole('columnheader', { name: 'When' }).getByRole('button').click();
  }
  expect(await batch.domains()).toEqual(LAB);
});

test('with the keyboard alone a row is found, looked at, opened, and left again', async () => {
  await batch.grid.focus();
  await batch.grid.press('Home');
  const place = LAB.indexOf('stale.lab');
  for (let press = 0; press < place; press += 1) await batch.grid.press('ArrowDown');
  const row = batch.row('stale.lab');
  await expect(batch.grid).toHaveAttribute(
    'aria-activedescendant',
    (await row.getAttribute('id')) ?? '?',
  );
  await expect(row).toHaveAttribute('aria-rowindex', String(place + 2));
  await batch.grid.press(' ');
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(batch.details).toContainText('tlsa-mismatch');
  await batch.grid.press('Enter');
  await expect(launched.inspector.verdict).toHaveAttribute('data-phase', 'finished');
  expect(await launched.inspector.outcome()).toBe('broken');
  await expect(launched.inspector.node('host|mx.stale.lab')).toContainText('mail deferred');
  await batch.banner.getByRole('button', { name: 'Next' }).click();
  await expect(launched.inspector.field).toHaveValue(LAB[place + 1] ?? '?');
  await batch.banner.getByRole('button', { name: 'Previous' }).click();
  await expect(launched.inspector.field).toHaveValue('stale.lab');
  await batch.banner.getByRole('button', { name: 'Back to the list' }).click();
  await expect(row).toHaveAttribute('aria-selected', 'true');
});

test('what is shown is saved in each format', async () => {
  const broken = PLANS.filter(({ outcome }) => outcome === 'broken');
  const shown = broken.map(({ name }) => name);
  await batch.chip('broken').click();
  await batch.save('CSV…', join(folder, 'list.csv'));
  const csv = readFileSync(join(folder, 'list.csv'), 'utf8').trimEnd().split('\r\n').slice(1);
  expect(csv.map((line) => line.split(',', 2))).toEqual(
    shown.map((name) => [`"${name}"`, '"broken"']),
  );
  await batch.save('JSON…', join(folder, 'list.json'));
  const documents: unknown = JSON.parse(readFileSync(join(folder, 'list.json'), 'utf8'));
  expect(documents).toMatchObject(
    broken.map(({ name, hosts }) => ({
      domain: name,
      outcome: 'broken',
      schemaVersion: 1,
      // Where its zone is bogus no host is known.
      hosts: name === 'expired.lab' ? [] : hosts.map(() => ({})),
    })),
  );
  await batch.save('Markdown…', join(folder, 'list.md'));
  expect(readFileSync(join(folder, 'list.md'), 'utf8')).toMatch(/^# \d+ domains\n/);
  await batch.save('HTML…', join(folder, 'list.html'));
  const html = readFileSync(join(folder, 'list.html'), 'utf8');
  expect(html.match(/<article/g)).toHaveLength(shown.length);
  await batch.answerSave(join(folder, 'no', 'list.csv'));
  await batch.button('Save').click();
  await batch.page.getByRole('menuitem', { name: 'CSV…' }).click();
  await expect(batch.page.getByRole('alert')).toContainText('its folder does not exist');
  await batch.page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();
  await batch.button('Show all').click();
});

test('it has no serious violation, and nothing is cut off', async () => {
  await batch.row('stale.lab').click();
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(launched, theme);
    const { violations } = await new AxeBuilder({ page: launched.page })
      .setLegacyMode(true)
      .analyze();
    expect(
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
        ),
    ).toEqual([]);
  }
  for (const [width, height] of [
    [960, 800],
    [1280, 800],
  ] as const) {
    await resize(launched, width, height);
    const cut = await launched.page.evaluate(() =>
      [...document.querySelectorAll('.batch-head *, .batch-filters *, .batch-details *')]
        .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
        .map((element) => element.className.toString()),
    );
    expect(cut).toEqual([]);
  }
});

test('results are lost only when the person says so', async () => {
  await batch.button('Clear…').click();
  await expect(batch.question).toContainText(`The results of ${LAB.length} domains`);
  await batch.question.getByRole('button', { name: 'Cancel' }).click();
  await batch.phase('finished');
  await batch.button('Clear…').click();
  await batch.question.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(batch.field).toBeVisible();
  expect(readdirSync(join(folder, 'batch'))).toEqual([]);
});

test('a list is taken with its mistakes told, paused and resumed, and killed without losing a result', async () => {
  const few = ['good.lab', 'stale.lab', 'denied.lab'];
  const names = Array.from({ length: 150 }, (_, index) => `sub${index}.nodane.lab`);
  const list = join(folder, 'list.txt');
  writeFileSync(
    list,
    `\ufeff${['# mine', ...few, 'no such name', few[0], ...names].join('\r\n')}`,
    'utf16le',
  );
  await batch.file.setInputFiles(list);
  await batch.phase('ready');
  await expect(batch.notes).toContainText('1 line names no domain');
  await expect(batch.notes).toContainText('1 line names a domain again');
  await batch.button('1 line names no domain').click();
  await expect(batch.notes).toContainText(`Line ${few.length + 2}: “no such name”`);
  await batch.concurrency.fill('2');
  await batch.concurrency.press('Enter');
  await batch.button('Start').click();
  await expect(batch.row('good.lab')).toHaveAttribute('data-standing', 'secure', {
    timeout: 30_000,
  });
  await batch.button('Pause').click();
  await batch.phase('paused');
  await expect(batch.chip('running')).toHaveCount(0, { timeout: 30_000 });
  const paused = await batch.head.locator('.batch-count').textContent();
  await batch.button('Resume').click();
  await expect(batch.head.locator('.batch-count')).not.toHaveText(paused ?? '', {
    timeout: 30_000,
  });

  const pid = launched.app.process().pid ?? 0;
  const ended = launched.app.waitForEvent('close');
  const before = await batch.standings();
  process.kill(pid, 'SIGKILL');
  await ended;
  await start();
  await batch.phase('paused');
  const after = await batch.standings();
  for (const [domain, standing] of before) {
    if (standing !== 'waiting' && standing !== 'running') {
      expect(after.get(domain), domain).toBe(standing);
    }
  }
  await expect(batch.concurrency).toHaveValue('2');
  await batch.concurrency.fill('64');
  await batch.concurrency.press('Enter');
  await batch.button('Resume').click();
  // Whoever waits elsewhere is told at the rail.
  await batch.page.keyboard.press('Control+2');
  await expect(batch.news).toHaveText('The list has finished', { timeout: 90_000 });
  await batch.open();
  await expect(batch.news).toHaveText('');
  await batch.phase('finished');
  const all = await batch.standings();
  expect(all.size).toBe(few.length + names.length);
  expect(few.map((name) => all.get(name))).toEqual(['secure', 'broken', 'insecure']);
  // What was found out before the end of the program can still be opened.
  await batch.search.fill('good.lab');
  await batch.row('good.lab').dblclick();
  expect(await launched.inspector.outcome()).toBe('secure');
  await batch.banner.getByRole('button', { name: 'Back to the list' }).click();
});

test('a row whose evidence is gone is asked for again only when the person says so', async () => {
  const [runs = ''] = readdirSync(join(folder, 'batch')).filter((name) => name.startsWith('runs-'));
  rmSync(join(folder, 'batch', runs), { recursive: true });
  await batch.search.fill('stale.lab');
  await batch.row('stale.lab').dblclick();
  await expect(batch.question).toContainText('cannot be read');
  await batch.question.getByRole('button', { name: 'Inspect now' }).click();
  await expect(launched.inspector.verdict).toHaveAttribute('data-phase', 'finished', {
    timeout: 30_000,
  });
  expect(await launched.inspector.outcome()).toBe('broken');
  await expect(batch.banner).toHaveCount(0);
});
