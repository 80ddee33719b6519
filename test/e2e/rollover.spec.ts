/** The Rollover screen on the built-in lab: host, dropped files, plan, and what is taken away. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import {
  basicConstraints,
  dnsNames,
  makeCertificate,
  makePair,
  utcTime,
} from '../unit/shared/x509/certificate-maker.ts';
import AxeBuilder from '@axe-core/playwright';
import type { HostLookReply, Sighting } from '../../shared/ipc/contract.ts';
import { HOST, lookEvents, ownRecord, type Look } from '../unit/renderer/rollover-looks.ts';
import { chooseTheme, launch, resize, type Launched } from './launch.ts';
import { makeMaterialFiles, PASSWORD } from './material-files.ts';
import { RolloverPage } from './pages/rollover-page.ts';

// Each test goes on from where the one before left the screen.
test.describe.configure({ mode: 'serial', timeout: 180_000 });

let launched: Launched;
let rollover: RolloverPage;
let folder: string;

const NEXT = makePair();
const nextData = createHash('sha256').update(NEXT.spki).digest('hex');

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-rollover-'));
  launched = await launch(['--lab']);
  rollover = new RolloverPage(launched.page);
  await rollover.open();
});

test.afterAll(async () => {
  await launched.close();
  rmSync(folder, { recursive: true, force: true });
});

test.afterEach(() => {
  expect(launched.complaints).toEqual([]);
});

function certificateFile(name: string, hosts: readonly string[], key = makePair()): string {
  const path = join(folder, name);
  const der = makeCertificate({
    key,
    subject: hosts[0] ?? '',
    issuer: 'Some CA',
    notAfter: utcTime('300101000000Z'),
    extensions: [dnsNames(...hosts)],
  });
  writeFileSync(path, der);
  return path;
}

/** The next save goes there, without a dialog. */
async function saveTo(path: string): Promise<void> {
  await launched.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);
}

async function clipboard(): Promise<string> {
  return launched.app.evaluate(({ clipboard: board }) => board.readText());
}

/** The next looks at any host are answered so, and counted. */
async function answerLooks(look: Look, sightings: readonly Sighting[]): Promise<void> {
  const reply: HostLookReply = { kind: 'seen', events: lookEvents(look), sightings };
  await launched.app.evaluate(({ ipcMain }, answer) => {
    ipcMain.removeHandler('host:look');
    Object.assign(globalThis, { looks: 0 });
    ipcMain.handle('host:look', () => {
      Object.assign(globalThis, { looks: Number(Reflect.get(globalThis, 'looks')) + 1 });
      return answer;
    });
  }, reply);
}

async function looks(): Promise<number> {
  return launched.app.evaluate(() => Number(Reflect.get(globalThis, 'looks')));
}

test('before anything is named it says what to do', async () => {
  await expect(rollover.screen).toContainText('Which mail host?');
  await expect(rollover.checkNow()).toBeDisabled();
});

test('a dropped certificate names the host, and is told apart from the key in use', async () => {
  await rollover.drop(certificateFile('next.der', ['mx.good.lab'], NEXT));
  await rollover.offer('mx.good.lab').click();
  await rollover.hasLooked();
  await expect(rollover.host).toHaveValue('mx.good.lab');
  await expect(rollover.inUse.getByRole('listitem')).toContainText('ECDSA P-256');
  await expect(rollover.inUse.getByRole('listitem')).toContainText(/3 1 1 [0-9a-f]{8}/);
  const card = rollover.candidate('next.der');
  await expect(card).toContainText('key differs: good');
  await expect(card).toContainText('name fits');
  await expect(card.getByRole('checkbox')).toBeChecked();
  await expect(rollover.recordText).toHaveText(
    `_25._tcp.mx.good.lab. 3600 IN TLSA 3 1 1 ${nextData}`,
  );
});

test('the record is copied in the format that was pressed', async () => {
  await rollover.screen.getByRole('button', { name: 'TYPE52' }).click();
  await expect(rollover.recordText).toHaveText(
    `_25._tcp.mx.good.lab. 3600 IN TYPE52 \\# 35 030101${nextData}`,
  );
  await rollover.screen.getByRole('button', { name: 'Copy the records to publish' }).click();
  await expect.poll(clipboard).toContain(`TYPE52 \\# 35 030101${nextData}`);
  await rollover.screen.getByRole('button', { name: 'Zone file', exact: true }).click();
});

test('what names another host is left out until it is ticked', async () => {
  await rollover.drop(certificateFile('other.der', ['www.elsewhere.lab']));
  const card = rollover.candidate('other.der');
  await expect(card).toContainText('does not name the host');
  await expect(card.getByRole('checkbox')).not.toBeChecked();
  await card.getByRole('checkbox').check();
  await expect(rollover.recordText).toContainText(/TLSA 3 1 1 .*\n.*TLSA 3 1 1 /);
  await card.getByRole('checkbox').uncheck();
});

test('a locked container is opened here, and names its key', async () => {
  const files = makeMaterialFiles();
  await rollover.drop(files.container);
  const password = rollover.password('mx2.p12');
  await password.fill('wrong');
  await password.press('Enter');
  await expect(rollover.next).toContainText('does not open it');
  await password.fill(PASSWORD);
  await password.press('Enter');
  await expect(password).toHaveCount(0);
  await expect(rollover.candidate('mx2.p12')).toContainText('ECDSA P-256');
  files.remove();
});

test('the hook script is made for the host, copied, and saved so that it runs', async () => {
  await rollover.openHook();
  await expect(rollover.script).toHaveValue(/^#!\/bin\/sh\n/);
  await expect(rollover.script).toHaveValue(/mx\.good\.lab:25/);
  await rollover.hook.getByText('lego', { exact: true }).click();
  await rollover.hook.getByText('Cloudflare', { exact: true }).click();
  await expect(rollover.script).toHaveValue(
    /certificates of lego, by way of the API of Cloudflare/,
  );
  await rollover.hook.getByLabel('Command that reloads').fill('systemctl reload exim4');
  await expect(rollover.script).toHaveValue(/systemctl reload exim4/);
  await expect(rollover.script).toHaveValue(/take_setting DANE_FOLDER \/etc\/dane-hook\b/);
  const script = await rollover.script.inputValue();
  await rollover.hook.getByRole('button', { name: 'Copy the script' }).click();
  await expect.poll(clipboard).toBe(script);
  await rollover.hook.getByLabel('Folder for the mail server').fill('not/whole');
  await expect(rollover.hook.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expect(rollover.hook).toContainText('The folder takes a whole path');
  await rollover.hook.getByLabel('Folder for the mail server').fill('/etc/dane-hook');
  const path = join(folder, 'dane-hook');
  await saveTo(path);
  await rollover.hook.getByRole('button', { name: 'Save' }).click();
  await expect(rollover.hook).toContainText(`Saved as ${path}`);
  expect(readFileSync(path, 'utf8')).toBe(script);
  expect(statSync(path).mode & 0o777).toBe(0o755);
  await launched.page.keyboard.press('Escape');
  await expect(rollover.hook).toHaveCount(0);
});

test('settings for each mail software name the host and can be copied', async () => {
  await rollover.settings.getByRole('button', { name: 'Server settings' }).click();
  await expect(rollover.settings).toContainText('smtpd_tls_chain_files');
  await expect(rollover.settings).toContainText('/etc/letsencrypt/live/mx.good.lab/');
  await rollover.settings.getByText('Exim', { exact: true }).click();
  await expect(rollover.settings).toContainText('tls_certificate');
  await rollover.settings
    .getByRole('button', { name: /^Copy the test “The server satisfies/ })
    .first()
    .click();
  await expect.poll(clipboard).toMatch(/^openssl s_client .*mx\.good\.lab:25/);
});

test('choices stay while another screen is open', async () => {
  await rollover.scheme('Current + issuer').check();
  await launched.inspector.screen('Settings').click();
  await expect(rollover.screen).toHaveCount(0);
  await rollover.open();
  await expect(rollover.scheme('Current + issuer')).toBeChecked();
  await expect(rollover.host).toHaveValue('mx.good.lab');
  await expect(rollover.settings).toContainText('tls_certificate');
  await rollover.scheme('Current + next').check();
});

test('what is no host is refused in words, and nothing is lost', async () => {
  await rollover.lookAt('good..lab');
  await expect(rollover.screen).toContainText('is not a domain');
  await expect(rollover.candidate('next.der')).toHaveCount(1);
  await rollover.lookAt('mx.good.lab');
  await expect(rollover.inUse.getByRole('listitem')).toHaveCount(1);
});

test('the plan for a dropped key: publish first, with the picture and every step', async () => {
  await expect(rollover.verdict).toHaveText('Publish first.');
  await expect(rollover.picture).toContainText(`3 1 1 ${nextData.slice(0, 8)}… next`);
  await expect(rollover.picture).toContainText('remove old');
  await expect(rollover.steps.getByRole('row')).toHaveCount(6);
  await expect(rollover.steps.locator('[aria-current=step]')).toContainText(
    'Publish the next record',
  );
  await expect(rollover.steps.locator('[aria-current=step]')).toContainText('0 of 2');
});

test('a step unfolds to the whole set of records, which can be copied', async () => {
  await rollover.step('Publish the next record').getByRole('button').click();
  await rollover.steps
    .getByRole('button', { name: /^Copy the records of the step “Publish/ })
    .click();
  await expect
    .poll(clipboard)
    .toMatch(
      new RegExp(`^(_25\\._tcp\\.mx\\.good\\.lab\\. 3600 IN TLSA 3 1 1 [0-9a-f]{64}\\n?){3}$`),
    );
  expect(await clipboard()).toContain(nextData);
});

test('the plan is copied as text and saved as a calendar', async () => {
  await rollover.steps.getByRole('button', { name: 'Copy as text the plan' }).click();
  await expect.poll(clipboard).toContain(`+ _25._tcp.mx.good.lab. 3600 IN TLSA 3 1 1 ${nextData}`);
  expect(await clipboard()).toMatch(/^1\. Publish the next record/m);
  const path = join(folder, 'plan.ics');
  await saveTo(path);
  await rollover.saveCalendar();
  await expect(rollover.screen.getByRole('status')).toContainText(path);
  const calendar = readFileSync(path, 'utf8').replaceAll('\r\n ', '');
  expect(calendar.match(/^BEGIN:VEVENT/gm)).toHaveLength(5);
  expect(calendar).toContain('SUMMARY:mx.good.lab: Install the new certificate');
});

test('a file that cannot be written is told', async () => {
  await saveTo(join(folder, 'no such folder', 'plan.ics'));
  await rollover.saveCalendar();
  await expect(rollover.screen.getByRole('status')).toContainText('could not be written');
});

test('all of it is reached and done with the keyboard', async () => {
  const { page } = launched;
  await rollover.host.focus();
  await page.keyboard.press('Tab');
  await expect(rollover.port).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await rollover.hasLooked();
  const card = rollover.candidate('next.der').getByRole('checkbox');
  await card.focus();
  await page.keyboard.press('Space');
  await expect(card).not.toBeChecked();
  await page.keyboard.press('Space');
  await expect(rollover.verdict).toHaveText('Publish first.');
  await rollover.scheme('Current + next').focus();
  await page.keyboard.press('ArrowDown');
  await expect(rollover.scheme('Current + issuer')).toBeChecked();
  await page.keyboard.press('ArrowUp');
  const step = rollover.step('Wait for old answers').getByRole('button');
  await step.focus();
  await page.keyboard.press('Enter');
  await expect(step).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Enter');
  const hook = rollover.screen.getByRole('button', { name: 'Hook script' });
  await hook.focus();
  await page.keyboard.press('Enter');
  await expect(rollover.hook).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(hook).toBeFocused();
});

test('another port has records of its own', async () => {
  await rollover.port.fill('465');
  await rollover.port.press('Enter');
  await rollover.hasLooked();
  await expect(rollover.recordText).toHaveText(
    `_465._tcp.mx.good.lab. 3600 IN TLSA 3 1 1 ${nextData}`,
  );
  await rollover.port.fill('no port');
  await rollover.port.press('Enter');
  await rollover.hasLooked();
  await expect(rollover.port).toHaveValue('25');
  await expect(rollover.verdict).toHaveText('Publish first.');
});

test('the hosts of the last inspection are offered', async () => {
  await launched.inspector.inspect('twohosts.lab');
  await rollover.open();
  await expect(rollover.offer('mx1.twohosts.lab')).toBeVisible();
  await rollover.offer('mx2.twohosts.lab').click();
  await rollover.hasLooked();
  await expect(rollover.verdict).toHaveText('Publish the record now.');
  await rollover.lookAt('mx.good.lab');
});

const SIZES = [
  { width: 1280, height: 800 },
  { width: 960, height: 700 },
  { width: 1920, height: 1080 },
];

for (const theme of ['light', 'dark'] as const) {
  test(`nothing is cut off, and axe finds nothing serious, ${theme}`, async () => {
    await chooseTheme(launched, theme);
    for (const { width, height } of SIZES) {
      await resize(launched, width, height);
      expect(await overflowing(), String(width)).toEqual([]);
      await launched.page.screenshot({ path: join(PICTURES, `rollover-${width}-${theme}.png`) });
    }
    await resize(launched, 1280, 800);
    expect(await seriousViolations(), 'plan').toEqual([]);
    await rollover.openHook();
    await launched.page.screenshot({ path: join(PICTURES, `rollover-hook-${theme}.png`) });
    expect(await seriousViolations(), 'hook script').toEqual([]);
    await launched.page.keyboard.press('Escape');
    await expect(rollover.hook).toHaveCount(0);
  });
}

const PICTURES = join('test-results', 'screenshots');

/** What reaches beyond the window, or beyond its pane where that does not scroll sideways. */
async function overflowing(): Promise<readonly string[]> {
  return launched.page.evaluate(() =>
    [...document.querySelectorAll('.rollover *:not(svg, svg *)')]
      .filter((element) => {
        const box = element.getBoundingClientRect();
        const pane = element.closest('.rollover-side, .rollover-plan, .rollover-head');
        const edge = pane?.getBoundingClientRect().right ?? window.innerWidth;
        return box.width > 0 && box.right > edge + 1;
      })
      .map((element) => element.className.toString()),
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

test('a zone that is not signed has no plan, and says why', async () => {
  await rollover.lookAt('mx.unsigned.lab');
  await expect(rollover.screen).toContainText('Could not tell.');
  await expect(rollover.screen).toContainText('DANE needs a signed zone');
});

test('a host without records says how to begin', async () => {
  await rollover.lookAt('mx.nodane.lab');
  await rollover.screen.getByRole('button', { name: 'Clear all files' }).click();
  await expect(rollover.verdict).toHaveText('Publish the record now.');
  await expect(rollover.sentence).toContainText('No record is published yet');
  await expect(rollover.sentence).toContainText('no mail is at risk');
  await expect(rollover.recordText).toHaveText(/^_25\._tcp\.mx\.nodane\.lab\. \d+ IN TLSA 3 1 1 /);
});

test('a certificate that no record matches is told as mail kept back', async () => {
  await rollover.lookAt('mx.stale.lab');
  await expect(rollover.verdict).toHaveText('Publish the record now.');
  await expect(rollover.screen).toContainText('the plan is for the certificate in use');
});

const OLD = ownRecord('aa11aa11');
const NEW = ownRecord('bb22bb22');
const HOUR = 3_600_000;
const presented = { '192.0.2.10': [{ seed: 'aa11aa11' }], '192.0.2.11': [{ seed: 'aa11aa11' }] };

test.describe('with the clock held', () => {
  // Half an hour before the hour of no day in particular: what is shown must not depend on the day.
  const START = Date.UTC(2026, 10, 24, 12, 30);

  test.beforeAll(async () => {
    await launched.page.clock.install({ time: START });
    await launched.page.reload();
    await launched.inspector.isReady();
    await rollover.open();
  });

  test('who knows that the record has stood for long need not wait', async () => {
    const since = new Date(START - HOUR).toISOString();
    await answerLooks({ servers: { ns1: [OLD, NEW], ns2: [OLD, NEW] }, presented }, [
      { record: NEW, since },
    ]);
    await rollover.lookAt(HOST);
    const box = rollover.screen.getByRole('checkbox', { name: /^It had stood for 2 h or longer/ });
    await box.check();
    await expect(rollover.verdict).toHaveText('Safe to deploy now.');
    await box.uncheck();
    await expect(rollover.verdict).toHaveText(/^Wait\./);
    // Seen to be missing an hour and a half ago: nobody can know better.
    await answerLooks({ servers: { ns1: [OLD, NEW], ns2: [OLD, NEW] }, presented }, [
      { record: NEW, since, missedAt: new Date(START - 1.5 * HOUR).toISOString() },
    ]);
    await rollover.checkNow().click();
    await expect(box).toHaveCount(0);
  });

  test('the verdict changes by itself when its time comes', async () => {
    const since = new Date(START - HOUR).toISOString();
    await answerLooks({ servers: { ns1: [OLD, NEW], ns2: [OLD, NEW] }, presented }, [
      { record: NEW, since },
    ]);
    await rollover.lookAt(HOST);
    await expect(rollover.verdict).toHaveText(/^Wait\. Safe to deploy at /);
    await expect(rollover.verdict).toHaveAttribute('title', '24 Nov 2026, 13:30 UTC');
    await expect(rollover.step('Wait for old answers')).toContainText('1 h left');
    await launched.page.clock.fastForward(HOUR / 2);
    await expect(rollover.step('Wait for old answers')).toContainText('30 min left');
    await launched.page.clock.fastForward(HOUR / 2);
    // An hour ago is too long for “now”.
    await expect(rollover.verdict).toHaveText('Look again first.');
    expect(await looks()).toBe(1);
    await rollover.checkNow().click();
    await expect(rollover.verdict).toHaveText('Safe to deploy now.');
  });

  test('it looks again each minute only where the person turned that on, and only while it waits', async () => {
    await launched.page.clock.fastForward(5 * 60_000);
    expect(await looks()).toBe(2);
    await rollover.screen.getByRole('checkbox', { name: /^Check again each minute/ }).check();
    await launched.page.clock.fastForward(6000);
    await expect.poll(looks).toBe(3);
    await launched.page.clock.fastForward(30_000);
    expect(await looks()).toBe(3);
    await launched.page.clock.fastForward(31_000);
    await expect.poll(looks).toBe(4);
    await launched.inspector.screen('Settings').click();
    await launched.page.clock.fastForward(5 * 60_000);
    expect(await looks()).toBe(4);
    await rollover.open();
    await rollover.screen.getByRole('checkbox', { name: /^Check again each minute/ }).uncheck();
  });

  test('once there is nothing to do it does not look by itself, whatever was turned on', async () => {
    const known = createHash('sha256').update(NEXT.spki).digest('hex');
    const same = { '192.0.2.10': [{ seed: known }] };
    const record = `3 1 1 ${known}`;
    await answerLooks({ servers: { ns1: [record], ns2: [record] }, presented: same }, []);
    writeFileSync(join(folder, 'same.pub'), NEXT.spki);
    await rollover.drop(join(folder, 'same.pub'));
    await rollover.checkNow().click();
    await expect(rollover.candidate('same.pub')).toContainText('same key as now');
    await expect(rollover.verdict).toHaveText('Nothing to do.');
    await rollover.screen.getByRole('checkbox', { name: /^Check again each minute/ }).check();
    await launched.page.clock.fastForward(5 * 60_000);
    expect(await looks()).toBe(1);
    await rollover.screen.getByRole('checkbox', { name: /^Check again each minute/ }).uncheck();
    await rollover.screen.getByRole('button', { name: 'Clear all files' }).click();
  });

  test('a wildcard certificate fits, and names no host by itself', async () => {
    await answerLooks({ servers: { ns1: [OLD], ns2: [OLD] }, presented }, []);
    await rollover.drop(certificateFile('wild.der', ['*.example.org']));
    await rollover.checkNow().click();
    await expect(rollover.candidate('wild.der')).toContainText('name fits');
    await expect(rollover.screen).toContainText('A certificate is for *.example.org');
    await expect(rollover.verdict).toHaveText('Publish first.');
  });

  test('what has expired, and what is no certificate, is told and not taken', async () => {
    await rollover.screen.getByRole('button', { name: 'Clear all files' }).click();
    writeFileSync(
      join(folder, 'ended.der'),
      makeCertificate({
        key: makePair(),
        notBefore: utcTime('240101000000Z'),
        notAfter: utcTime('250101000000Z'),
        extensions: [dnsNames(HOST)],
      }),
    );
    writeFileSync(join(folder, 'notes.txt'), 'no certificate at all');
    await rollover.drop(join(folder, 'ended.der'), join(folder, 'notes.txt'));
    await expect(rollover.candidate('ended.der')).toContainText('expired on 1 Jan 2025');
    await expect(rollover.candidate('ended.der').getByRole('checkbox')).not.toBeChecked();
    await expect(rollover.next).toContainText('notes.txt: ');
    await expect(rollover.screen).toContainText('Nothing is chosen.');
    await rollover.screen.getByRole('button', { name: 'Clear all files' }).click();
    await expect(rollover.screen).toContainText('What comes next?');
  });

  test('with an issuer its record is made too, and asked for where it was not dropped', async () => {
    const authority = makePair();
    const key = makePair();
    const server = makeCertificate({
      key,
      signer: authority,
      subject: HOST,
      issuer: 'Some CA',
      notAfter: utcTime('300101000000Z'),
      extensions: [dnsNames(HOST)],
    });
    writeFileSync(join(folder, 'server.der'), server);
    await rollover.drop(join(folder, 'server.der'));
    await rollover.scheme('Current + issuer').check();
    await expect(rollover.screen).toContainText('Drop the whole chain');
    await expect(rollover.recordText).toHaveText(/ TLSA 3 1 1 [0-9a-f]{64}$/);
    writeFileSync(
      join(folder, 'issuer.der'),
      makeCertificate({
        key: authority,
        subject: 'Some CA',
        notAfter: utcTime('300101000000Z'),
        extensions: [basicConstraints(true)],
      }),
    );
    await rollover.drop(join(folder, 'issuer.der'));
    const digest = createHash('sha256').update(authority.spki).digest('hex');
    await expect(rollover.recordText).toContainText(`TLSA 2 1 1 ${digest}`);
    await rollover.scheme('Current + next').check();
    await rollover.screen.getByRole('button', { name: 'Clear all files' }).click();
  });

  test('where nothing is published, the record of the key in use comes along with the next one', async () => {
    await answerLooks({ servers: { ns1: [], ns2: [] }, presented }, []);
    await rollover.drop(certificateFile('first.der', [HOST], NEXT));
    await rollover.checkNow().click();
    await expect(rollover.verdict).toHaveText('Publish the record now.');
    await expect(rollover.recordText).toContainText(`TLSA 3 1 1 ${nextData}`);
    await expect(rollover.recordText).toContainText(`TLSA ${OLD}`);
    await rollover.screen.getByRole('button', { name: 'Clear all files' }).click();
  });

  test('a name server that lags is named', async () => {
    await answerLooks(
      { servers: { 'ns1.example.org': [OLD, NEW], 'ns2.example.org': [OLD] }, presented },
      [],
    );
    await rollover.checkNow().click();
    await expect(rollover.verdict).toHaveText('Publish first.');
    await expect(rollover.step('Publish the next record')).toContainText('1 of 2');
    await expect(rollover.step('Publish the next record')).toContainText('not ns2.example.org');
  });

  test('a name server that is silent leaves it open', async () => {
    await answerLooks(
      { servers: { 'ns1.example.org': [OLD, NEW], 'ns2.example.org': null }, presented },
      [],
    );
    await rollover.checkNow().click();
    await expect(rollover.verdict).toHaveText('Could not tell.');
    await expect(rollover.sentence).toContainText('ns2.example.org did not answer');
  });

  test('keys of two kinds each have their card and their row', async () => {
    const rsa = ownRecord('cc33cc33');
    await answerLooks(
      {
        servers: { ns1: [OLD, rsa], ns2: [OLD, rsa] },
        presented: {
          '192.0.2.10': [{ seed: 'aa11aa11' }, { seed: 'cc33cc33', keyType: 'RSA 2048' }],
        },
      },
      [],
    );
    await rollover.drop(certificateFile('ecdsa.der', [HOST]));
    await rollover.checkNow().click();
    await expect(rollover.inUse.getByRole('listitem')).toHaveCount(2);
    await expect(rollover.picture).toContainText('RSA, key that stays');
    await expect(rollover.picture).toContainText('ECDSA, new key');
    await expect(rollover.screen).toContainText('The host also has a key of another kind (RSA)');
  });

  test('a look that fails leaves the plan of the one before', async () => {
    await launched.app.evaluate(({ ipcMain }) => {
      ipcMain.removeHandler('host:look');
      ipcMain.handle('host:look', () => ({ kind: 'refused', message: 'The network is down.' }));
    });
    await rollover.checkNow().click();
    await expect(rollover.screen).toContainText('Could not look. The network is down.', {
      useInnerText: true,
    });
    await expect(rollover.picture).toBeVisible();
  });
});
