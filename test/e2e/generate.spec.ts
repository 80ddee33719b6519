/** Real files on the real window: dropped, chosen, pasted, opened; and the records that come of them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { electronRuntime } from '../../scripts/electron-runtime.mjs';
import { chooseTheme, launch, resize, type Launched } from './launch.ts';
import { makeMaterialFiles, PASSWORD, type MaterialFiles } from './material-files.ts';
import { DetailsPage } from './pages/details-page.ts';
import { GeneratePage } from './pages/generate-page.ts';

const FOLDER = join('test-results', 'screenshots');

let launched: Launched;
let generate: GeneratePage;
let files: MaterialFiles;

test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  files = makeMaterialFiles();
  launched = await launch(['--lab']);
  generate = new GeneratePage(launched.page);
  // Turns the system's dialogs off for good: a test that began to listen for one could be too late.
  launched.page.on('filechooser', () => undefined);
});

test.afterAll(async () => {
  await launched.close();
  files.remove();
});

test.beforeEach(async () => {
  await generate.clear();
});

test.afterEach(() => {
  expect(launched.complaints).toEqual([]);
});

const clipboard = (): Promise<string> =>
  launched.app.evaluate(({ clipboard }) => clipboard.readText());

test('files dropped on any screen become records, and what is none of them is named', async () => {
  await generate.screen('Inspect').click();
  await generate.drop([files.noise, files.bundle, files.privateKey]);
  await expect(generate.card('certificate mx1.example.org')).toContainText('RSA 2048');
  await expect(generate.card('certificate mx1.example.org')).toContainText('private key fits');
  await expect(generate.card('certificate mx1.example.org')).toContainText('Example Issuer X1');
  await expect(generate.card('issuer Example Issuer X1')).toContainText('self-signed');
  await expect(generate.card('noise.bin')).toContainText('neither a certificate nor a key');
  await expect
    .poll(() => generate.lines())
    .toEqual([
      `_25._tcp.mx1.example.org. 3600 IN TLSA 3 1 1 ${files.keyDigests.mx1}`,
      `_25._tcp.mx1.example.org. 3600 IN TLSA 2 1 1 ${files.keyDigests.issuer}`,
    ]);
  // Nothing of the private key is anywhere in the page.
  const secret = readFileSync(files.privateKey, 'utf8').split('\n')[5] ?? '';
  expect(secret.length).toBe(64);
  expect(await launched.page.content()).not.toContain(secret);
});

test('where nothing can be used, that is said, and nothing is offered', async () => {
  await generate.drop([files.noise]);
  await expect(generate.records).toContainText('Nothing of what you dropped can be used.');
  await expect(generate.hostField).toHaveCount(0);
  await generate.drop([files.container]);
  await expect(generate.records).toContainText('Type the password of what is locked');
});

test('a thing, a file and all of it can be taken away again', async () => {
  await generate.drop([files.noise, files.bundle]);
  const issuer = generate.card('issuer Example Issuer X1');
  await issuer.getByRole('checkbox').uncheck();
  await expect.poll(() => generate.lines()).toHaveLength(1);
  await issuer.getByRole('button', { name: /^Remove/ }).click();
  await expect(issuer).toHaveCount(0);
  await generate.card('noise.bin').getByRole('button', { name: 'Remove noise.bin' }).click();
  await expect(generate.card('noise.bin')).toHaveCount(0);
  await expect(generate.card('certificate mx1.example.org')).toContainText('is not here');
  await generate.clear();
});

test('a PKCS #12 file asks for its password, says when it is wrong, and opens', async () => {
  await generate.drop([files.container]);
  await generate.open('mx2.p12', 'wrong');
  await expect(generate.card('mx2.p12')).toContainText('does not open it');
  await expect(generate.passwordField('mx2.p12')).toHaveValue('');
  await expect(generate.passwordField('mx2.p12')).toBeFocused();
  await generate.open('mx2.p12', PASSWORD);
  await expect(generate.card('certificate mx2.example.org')).toContainText('ECDSA P-256');
  await expect
    .poll(() => generate.lines())
    .toContain(`_25._tcp.mx2.example.org. 3600 IN TLSA 3 1 1 ${files.keyDigests.mx2}`);
  expect(await launched.page.content()).not.toContain(PASSWORD);
});

test('a folder of links, as certbot makes it, is read when the person agrees', async () => {
  const answer = (response: number): Promise<void> =>
    launched.app.evaluate(({ dialog }, chosen) => {
      dialog.showMessageBox = ((_window: unknown, question: { detail: string }) => {
        Object.assign(globalThis, { lastQuestion: question.detail });
        return Promise.resolve({ response: chosen, checkboxChecked: false });
      }) as typeof dialog.showMessageBox;
    }, response);
  await answer(0);
  await generate.drop([files.live]);
  await expect(generate.card('certificate mx1.example.org')).toContainText('private key fits');
  await expect(generate.things).toContainText('1 other file of the folder');
  const asked = await launched.app.evaluate(
    () => Object.entries(globalThis).find(([key]) => key === 'lastQuestion')?.[1],
  );
  expect(asked).toContain('cert.pem → ../../mx1.pem');
  await generate.clear();
  await answer(1);
  await generate.drop([files.live]);
  await expect(generate.things).toContainText('1 other file of the folder');
  await expect(generate.card('certificate mx1.example.org')).toHaveCount(0);
});

test('text is pasted anywhere, and in a field only what may belong there', async () => {
  const { app, page } = launched;
  const pem = readFileSync(files.certificate, 'utf8');
  await app.evaluate(async ({ clipboard }, text) => {
    await clipboard.writeText(text);
  }, pem);
  await generate.screen('Inspect').click();
  await launched.inspector.field.click();
  await page.keyboard.press('Control+V');
  await expect(generate.card('certificate mx1.example.org')).toContainText('pasted text');
  await expect(launched.inspector.field).toHaveValue('');
  await generate.clear();
  await generate.screen('Inspect').click();
  await page.getByRole('heading', { name: /Will mail/ }).click();
  await page.keyboard.press('Control+V');
  await expect(generate.card('certificate mx1.example.org')).toContainText('pasted text');
  await app.evaluate(async ({ clipboard }) => {
    await clipboard.writeText('mx9.example.org');
  });
  await generate.hostField.click();
  await page.keyboard.press('Control+V');
  await expect(generate.hostField).toHaveValue('mx9.example.org');
});

test('hosts, ports, kind and format change the text, which is copied and saved as it is shown', async () => {
  const { app } = launched;
  await generate.drop([files.certificate]);
  await generate.host('mail.example.org').check();
  await generate.hostField.fill('Bücher.Example.');
  await generate.hostField.press('Enter');
  await generate.host('mx1.example.org').uncheck();
  await generate.port(465).check();
  await generate.port(25).uncheck();
  await generate.format('nsupdate').check();
  const { mx1 } = files.keyDigests;
  const wanted = [
    `update add _465._tcp.mail.example.org. 3600 IN TLSA 3 1 1 ${mx1}`,
    'send',
    `update add _465._tcp.xn--bcher-kva.example. 3600 IN TLSA 3 1 1 ${mx1}`,
    'send',
  ];
  await expect.poll(() => generate.lines()).toEqual(wanted);
  await generate.copyButton.click();
  await expect.poll(clipboard).toBe(`${wanted.join('\n')}\n`);

  await generate.format('CSV').check();
  await generate.kind('3 1 2').check();
  await expect.poll(() => generate.lines()).toHaveLength(5);
  const saved = join(files.folder, 'saved.csv');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, saved);
  await generate.saveButton.click();
  await expect(generate.saved).toContainText(saved);
  expect(readFileSync(saved, 'utf8')).toBe(`${(await generate.lines()).join('\n')}\n`);
  await generate.port(25).check();
  await expect(generate.saved).toHaveCount(0);
  await generate.port(465).uncheck();
});

test('what is typed wrongly is told at its field, and loses nothing', async () => {
  await generate.drop([files.certificate]);
  await generate.hostField.fill('mx..example.org');
  await generate.hostField.press('Enter');
  await expect(generate.records).toContainText('there is nothing between two dots');
  await generate.page.getByRole('textbox', { name: 'TTL, seconds' }).fill('soon');
  await expect(generate.records).toContainText('whole number of seconds');
  await generate.page.getByRole('textbox', { name: 'Another port' }).fill('70000');
  await expect(generate.records).toContainText('whole number from 1 to 65535');
  await expect.poll(() => generate.lines()).toHaveLength(1);
});

test('all of it is done with the keyboard', async () => {
  const { page } = launched;
  await generate.screen('Inspect').click();
  await page.keyboard.press('Control+2');
  await expect(generate.dropPlace).toBeVisible();
  const asked = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+Shift+O');
  await (await asked).setFiles([files.certificate, files.issuer]);
  await expect(generate.card('certificate mx1.example.org')).toBeVisible();
  await generate.format('Zone file').focus();
  await page.keyboard.press('ArrowRight');
  await expect(generate.format('TYPE52 (RFC 3597)')).toBeChecked();
  await generate.copyButton.focus();
  await page.keyboard.press('Enter');
  await expect.poll(clipboard).toMatch(/IN TYPE52 \\# 35 030101[0-9a-f]{64}\n/);
  await page.keyboard.press('Control+3');
  await expect(generate.screen('Rollover')).toHaveAttribute('aria-current', 'page');
});

test('the menu asks for files on its own', async () => {
  const { app } = launched;
  await app.evaluate(({ dialog, Menu }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    const menu = Menu.getApplicationMenu()?.items.find(({ label }) => label === '&Records');
    menu?.submenu?.items.find(({ label }) => label.startsWith('Open certificates'))?.click();
  }, files.certificate);
  await expect(generate.card('certificate mx1.example.org')).toBeVisible();
});

test('a second start with a file hands it to this window and ends', async () => {
  const folder = await launched.app.evaluate(({ app }) => app.getPath('userData'));
  const runtime = await electronRuntime();
  if (runtime.kind === 'missing') throw new Error(runtime.reason);
  const args = [...runtime.args, `--user-data-dir=${folder}`, files.certificate];
  const second = spawn(runtime.executablePath, args, { stdio: 'ignore' });
  await once(second, 'exit');
  await expect(generate.card('certificate mx1.example.org')).toBeVisible();
});

test('a second start with very many files leaves this window whole, and has one of its own', async () => {
  await generate.drop([files.certificate]);
  const folder = await launched.app.evaluate(({ app }) => app.getPath('userData'));
  // More than Chromium takes from another start: it would end this one.
  const many = Array.from({ length: 600 }, () => files.certificate);
  const other = await launch([`--user-data-dir=${folder}`, ...many]);
  try {
    await expect(new GeneratePage(other.page).card('certificate mx1.example.org')).toBeVisible();
  } finally {
    await other.close();
  }
  await expect(generate.card('certificate mx1.example.org')).toBeVisible();
});

test('a start with a file shows it', async () => {
  const other = await launch([files.container]);
  try {
    await expect(new GeneratePage(other.page).passwordField('mx2.p12')).toBeVisible();
  } finally {
    await other.close();
  }
});

test('a file dropped on a mail host in the picture is judged there, as before', async () => {
  const { inspector, page } = launched;
  await generate.screen('Inspect').click();
  await inspector.inspect('good.lab');
  const box = await inspector.node('host|mx.good.lab').boundingBox();
  if (box === null) throw new Error('the host is not drawn');
  await generate.drop([files.certificate], { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'finished');
  expect(await inspector.codes()).toContain('chain-from-file');
  await expect(page.getByRole('button', { name: 'Inspect', exact: true }).first()).toBeVisible();
});

test('records are held against what a host publishes and presents, and judged as if they were live', async () => {
  const { inspector, app } = launched;
  await generate.screen('Inspect').click();
  await inspector.inspect('stale.lab');
  await inspector.select('host|mx.stale.lab');
  await inspector.openTab('Certificates');
  const chain = await new DetailsPage(launched).copy(/^Copy the chain of/, /PEM/);
  expect(chain).toContain('BEGIN CERTIFICATE');
  await generate.screen('Generate').click();
  await generate.page.keyboard.press('Control+V');
  const target = generate.target('mx.stale.lab');
  await target.getByRole('button', { name: 'Look at mx.stale.lab, port 25' }).click();
  await expect(target).toContainText('to add');
  await expect(target).toContainText('matches nothing');
  await target.getByRole('button', { name: 'What if these were live?' }).click();
  await target.getByRole('button', { name: 'Judge', exact: true }).click();
  const whatIf = generate.whatIf('mx.stale.lab');
  await expect(whatIf.getByRole('region', { name: 'Now' })).toContainText('mail deferred');
  await expect(whatIf.getByRole('region', { name: 'Now' })).toContainText('Broken');
  await expect(whatIf.getByRole('region', { name: 'Then' })).toContainText('authenticated');
  await expect(whatIf.getByRole('region', { name: 'Then' })).toContainText('Secure');
  // What was judged is not said of other records.
  await generate.kind('3 1 2').check();
  await expect(whatIf.getByRole('region', { name: 'Then' })).toHaveCount(0);
  await generate.kind('3 1 2').uncheck();
  await expect(whatIf.getByRole('region', { name: 'Then' })).toContainText('Secure');
  // The window still shows what is, not what would be.
  await generate.screen('Inspect').click();
  await expect(inspector.verdictWord).toHaveText('Broken');
  await app.evaluate(({ clipboard }) => {
    clipboard.clear();
  });
});

const SIZES = [
  { width: 1280, height: 800 },
  { width: 960, height: 700 },
  { width: 1920, height: 1080 },
];

for (const theme of ['light', 'dark'] as const) {
  test(`for the eye, and axe has nothing against it, ${theme}`, async () => {
    test.setTimeout(180_000);
    const { page } = launched;
    await chooseTheme(launched, theme);
    const shoot = async (name: string): Promise<void> => {
      for (const { width, height } of SIZES) {
        await resize(launched, width, height);
        await page.screenshot({ path: join(FOLDER, `generate-${name}-${width}-${theme}.png`) });
        expect(await overflowing(), `${name} ${width}`).toEqual([]);
      }
      expect(await seriousViolations(), name).toEqual([]);
    };
    await shoot('empty');
    await generate.drop([files.noise, files.container, files.bundle, files.privateKey]);
    await expect(generate.passwordField('mx2.p12')).toBeVisible();
    await generate.kind('3 0 1').check();
    await shoot('full');
    await generate.hostField.fill('mx.good.lab');
    await generate.hostField.press('Enter');
    const target = generate.target('mx.good.lab');
    await target.getByRole('button', { name: /^Look / }).click();
    await expect(target).toContainText('Published now');
    await target.scrollIntoViewIfNeeded();
    await shoot('world');
  });
}

/** Parts that reach beyond the window. */
async function overflowing(): Promise<readonly string[]> {
  return launched.page.evaluate(() =>
    [...document.querySelectorAll('.generate *, .generate-empty *')]
      .filter((element) => {
        const box = element.getBoundingClientRect();
        const scrolls = element.closest('.published-lines') !== null;
        return !scrolls && box.width > 0 && (box.right > window.innerWidth + 1 || box.left < -1);
      })
      .map((element) => `${element.tagName} ${element.className.toString()}`),
  );
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
