/** Reports saved from the window and read back; a case file that is opened again, and what is said of it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { electronRuntime } from '../../scripts/electron-runtime.mjs';
import { chooseTheme, launch, resize, type Launched } from './launch.ts';
import { unzipFiles } from '../../shared/export/zip.ts';
import { damage, ReportPage } from './pages/report-page.ts';

const SCREENSHOTS = join('test-results', 'screenshots');
const folder = mkdtempSync(join(tmpdir(), 'dane-reports-'));

// Each goes on where the one before ended.
test.describe.configure({ mode: 'serial', timeout: 120_000 });

let launched: Launched;
let report: ReportPage;

test.beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  launched = await launch(['--lab']);
  report = new ReportPage(launched);
});

test.afterAll(async () => {
  await launched.close();
  rmSync(folder, { recursive: true });
});

test.afterEach(() => {
  expect(launched.complaints).toEqual([]);
});

const file = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(file(name), 'utf8');

test('there is nothing to save before an inspection', async () => {
  await expect(report.button).toHaveCount(0);
  await launched.page.keyboard.press('Control+s');
  await expect(report.menu).toHaveCount(0);
});

test('HTML: one page that holds the domain and the picture, and no script', async () => {
  await launched.inspector.inspect('stale.lab');
  await report.save('HTML…', file('stale.html'));
  const today = new Date().toISOString().slice(0, 4);
  expect(await report.suggestion()).toMatchObject({
    defaultPath: expect.stringMatching(
      new RegExp(`^stale\\.lab-dane-${today}-\\d\\d-\\d\\d\\.html$`),
    ),
    filters: [{ extensions: ['html', 'htm'] }],
  });
  const tags = elementsOf(parse(read('stale.html')));
  expect(tags.filter((tag) => tag === 'svg').length).toBeGreaterThan(0);
  expect(tags).not.toContain('script');
  expect(read('stale.html')).toContain('<title>stale.lab: DANE Inspector</title>');
});

test('JSON: the report that is shown', async () => {
  await report.save('JSON…', file('stale.json'));
  const document: unknown = JSON.parse(read('stale.json'));
  expect(document).toMatchObject({
    domain: 'stale.lab',
    outcome: await launched.inspector.outcome(),
    summary: await launched.inspector.sentence.textContent(),
  });
  const codes = (document as { findings: { code: string }[] }).findings.map(({ code }) => code);
  expect([...new Set(codes)].sort()).toEqual([...new Set(await launched.inspector.codes())].sort());
});

test('CSV and Markdown say the same', async () => {
  await report.save('CSV…', file('stale.csv'));
  expect(parseCsv(read('stale.csv'), { columns: true })).toMatchObject([
    { domain: 'stale.lab', outcome: 'broken', first_to_mend: 'tlsa-mismatch' },
  ]);
  // Spreadsheets and scripts read it alike: no mark at its beginning, and no letter that needs one.
  expect(read('stale.csv')).toMatch(/^"domain",[\r\n -~]*$/);
  await report.save('Markdown…', file('stale.md'));
  expect(read('stale.md')).toContain('stale.lab');
  // What the window’s own table says of the first sender.
  expect(read('stale.md')).toMatch(/^\| Postfix: .* \| waits \| waits \| waits \|$/m);
  expect(read('stale.md')).toContain('## What breaks next');
  await report.choose('Copy as Markdown');
  await expect(report.said).toHaveText('Copied as Markdown');
  const copied = await launched.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied.trim()).toBe(read('stale.md').trim());
});

test('PDF: pages, printed where nothing can be fetched and no script runs', async () => {
  await report.save('PDF…', file('stale.pdf'));
  const octets = readFileSync(file('stale.pdf'));
  expect(octets.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  expect(pagesIn('stale.pdf')).toBeGreaterThan(1);
  // The window in which it was printed is gone.
  const windows = await launched.app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
  );
  expect(windows).toBe(1);
});

function pagesIn(name: string): number {
  return [...readFileSync(file(name), 'latin1').matchAll(/\/Type\s*\/Page\b/g)].length;
}

/** The run that a case file holds. */
function runIn(name: string): unknown {
  const archive = unzipFiles(readFileSync(file(name)));
  if (!archive.ok) throw new Error(archive.reason);
  return JSON.parse(archive.read('1-stale.lab/run.json') ?? '');
}

function elementsOf(node: DefaultTreeAdapterTypes.Node): readonly string[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  return [node.nodeName, ...children.flatMap(elementsOf)];
}

test('a PDF is made of what is given alone: no script runs, nothing is fetched, nothing is followed', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('fetched');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const url = `http://127.0.0.1:${port}`;
  const text = `<!DOCTYPE html><title>hostile</title><p>untouched</p>
    <script>addEventListener('load', () => document.body.append(more()));
      const more = () => Object.assign(document.createElement('p'), { style: 'break-before: page', textContent: 'RAN' });
      fetch('${url}/fetch')</script>
    <img src="${url}/img" onerror="this.style.breakBefore = 'page'; document.body.append(this)"><link rel="stylesheet" href="${url}/css">
    <iframe src="${url}/frame"></iframe><iframe src="app://inspector/index.html"></iframe>
    <object data="${url}/object"></object><meta http-equiv="refresh" content="0; url=${url}/refresh">`;
  await report.answerSave(file('hostile.pdf'));
  const reply = await launched.page.evaluate(
    (content) => {
      const preload = Reflect.get(window, 'daneInspector') as {
        saveReport(request: unknown): Promise<unknown>;
      };
      return preload.saveReport({ domain: 'x', at: '2026-11-29T12:00:00Z', content });
    },
    { format: 'pdf', text },
  );
  server.close();
  expect(asked).toEqual([]);
  expect(reply).toEqual({ kind: 'saved', path: file('hostile.pdf') });
  // Every script in it would have made a page of its own.
  expect(pagesIn('hostile.pdf')).toBe(1);
});

test('a path that cannot be written is told in one sentence, and the next one is taken', async () => {
  const nowhere = file(join('missing', 'stale.html'));
  await report.answerSave(nowhere);
  await report.choose('HTML…');
  await expect(report.failure).toContainText(
    `${nowhere} could not be written: its folder does not exist.`,
  );
  await report.answerSave(file('elsewhere.html'));
  await report.failure.getByRole('button', { name: 'Save elsewhere…' }).click();
  await expect(report.said).toHaveText(`Saved as ${file('elsewhere.html')}`);
  // Nothing half written lies about.
  expect(readdirSync(folder).filter((name) => name.startsWith('elsewhere'))).toEqual([
    'elsewhere.html',
  ]);
});

test('what was there before stays when a folder is in the way', async () => {
  mkdirSync(file('taken.json'));
  writeFileSync(file(join('taken.json', 'kept')), 'kept');
  await report.answerSave(file('taken.json'));
  await report.choose('JSON…');
  await expect(report.failure).toContainText('it is a folder');
  expect(readFileSync(file(join('taken.json', 'kept')), 'utf8')).toBe('kept');
  await report.failure.getByRole('button', { name: 'Dismiss' }).click();
});

test('thinking better of it in the dialog changes nothing', async () => {
  await report.answerSave('');
  await report.choose('CSV…');
  await expect(report.button).toBeEnabled();
  await expect(report.said).toHaveCount(0);
  await expect(report.failure).toHaveCount(0);
});

test('a case file comes to the same outcome again, and says where it is from', async () => {
  const { inspector } = launched;
  await report.save('Case file…', file('stale.danecase'));
  const codes = await inspector.codes();
  await inspector.inspect('good.lab');
  await expect(inspector.verdictWord).toHaveText('Secure');
  await report.open(file('stale.danecase'));
  await expect(report.banner).toContainText('it comes to the same report');
  await expect(report.banner).toContainText('It brings its own trust anchors');
  await expect(inspector.verdictWord).toHaveAttribute('data-outcome', 'broken');
  await expect(inspector.field).toHaveValue('stale.lab');
  expect(await inspector.codes()).toEqual(codes);
});

test('a damaged case is told in one sentence, and what was shown stays', async () => {
  const { inspector } = launched;
  damage(file('damaged.danecase'), readFileSync(file('stale.danecase')));
  await inspector.inspect('good.lab');
  await report.open(file('damaged.danecase'));
  await expect(report.problem).toContainText('damaged.danecase cannot be opened: ');
  await expect(inspector.verdictWord).toHaveText('Secure');
  await expect(report.banner).toHaveCount(0);
  await report.problem.getByRole('button', { name: 'Dismiss' }).click();
});

test('a case that is dropped anywhere opens, and is saved again as it was', async () => {
  const { inspector } = launched;
  await launched.page.getByRole('navigation').getByRole('button', { name: 'Generate' }).click();
  await report.drop(file('stale.danecase'));
  await expect(report.banner).toBeVisible();
  await expect(inspector.verdictWord).toHaveAttribute('data-outcome', 'broken');
  await report.save('Case file…', file('again.danecase'));
  expect(runIn('again.danecase')).toEqual(runIn('stale.danecase'));
});

test('a case named on the command line opens in the window that is there', async () => {
  const { app, inspector } = launched;
  await inspector.inspect('good.lab');
  const userData = await app.evaluate(({ app: own }) => own.getPath('userData'));
  const runtime = await electronRuntime();
  if (runtime.kind === 'missing') throw new Error(runtime.reason);
  const args = [...runtime.args, `--user-data-dir=${userData}`, file('stale.danecase')];
  const second = spawn(runtime.executablePath, args, { stdio: 'ignore' });
  await once(second, 'exit');
  await expect(report.banner).toBeVisible();
  await expect(inspector.field).toHaveValue('stale.lab');
});

test('F5 asks before the case is left for the live domain', async () => {
  const { inspector, page } = launched;
  await page.keyboard.press('F5');
  await expect(report.question).toContainText('stale.lab');
  await report.question.getByRole('button', { name: 'Stay with the case' }).click();
  await expect(report.question).toHaveCount(0);
  await expect(report.banner).toBeVisible();
  await page.keyboard.press('F5');
  await report.question.getByRole('button', { name: 'Ask now' }).click();
  await expect(report.banner).toHaveCount(0);
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'finished');
  await expect(inspector.verdictWord).toHaveAttribute('data-outcome', 'broken');
});

test('the menu is reached, walked and left with the keyboard', async () => {
  const { page } = launched;
  await report.answerSave(file('keys.pdf'));
  await page.keyboard.press('Control+s');
  await expect(report.menu).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(report.menu).toHaveCount(0);
  await report.button.focus();
  await page.keyboard.press('Enter');
  await expect(report.menu).toBeVisible();
  await expect(report.menu.getByRole('menuitem', { name: 'HTML…' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(report.menu.getByRole('menuitem', { name: 'PDF…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(report.said).toHaveText(`Saved as ${file('keys.pdf')}`, { timeout: 30_000 });
  await report.said.getByRole('button', { name: 'Dismiss' }).click();
});

for (const theme of ['light', 'dark'] as const) {
  test(`no serious violation, and a picture to look at, ${theme}`, async () => {
    const { page } = launched;
    await resize(launched, 1280, 800);
    await chooseTheme(launched, theme);
    await launched.inspector.inspect('stale.lab');
    await report.button.click();
    await expect(report.menu).toBeVisible();
    expect(await seriousViolations(), 'menu').toEqual([]);
    await page.screenshot({ path: join(SCREENSHOTS, `report-menu-${theme}.png`) });
    await page.keyboard.press('Escape');
    await report.answerSave(file(join('missing', 'stale.html')));
    await report.choose('HTML…');
    await expect(report.failure).toBeVisible();
    expect(await seriousViolations(), 'failure').toEqual([]);
    await page.screenshot({ path: join(SCREENSHOTS, `report-failed-${theme}.png`) });
    await report.save('PDF…', join(SCREENSHOTS, `report-${theme}.pdf`));
    await report.open(file('stale.danecase'));
    await expect(report.banner).toBeVisible();
    expect(await seriousViolations(), 'banner').toEqual([]);
    await page.screenshot({ path: join(SCREENSHOTS, `report-case-${theme}.png`) });
    await page.keyboard.press('F5');
    await expect(report.question).toBeVisible();
    expect(await seriousViolations(), 'question').toEqual([]);
    await page.screenshot({ path: join(SCREENSHOTS, `report-question-${theme}.png`) });
    await page.keyboard.press('Escape');
    await report.open(file('damaged.danecase'));
    await expect(report.problem).toBeVisible();
    expect(await seriousViolations(), 'problem').toEqual([]);
    await page.screenshot({ path: join(SCREENSHOTS, `report-problem-${theme}.png`) });
    await report.problem.getByRole('button', { name: 'Dismiss' }).click();
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
