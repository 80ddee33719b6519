/** The details drawer: what each tab shows and copies, fields and octets that mark each other, its height. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { crowded, early } from '../unit/renderer/streams-of-details.ts';
import { chooseTheme, launch, resize, type Launched } from './launch.ts';
import { DetailsPage, type PaneName } from './pages/details-page.ts';
import { play } from './scripted.ts';

const FOLDER = join('test-results', 'screenshots');
const PANES = ['Records', 'Trust', 'SMTP', 'Certificates', 'Raw'] as const;

let launched: Launched;
let details: DetailsPage;

test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  launched = await launch(['--lab']);
  details = new DetailsPage(launched);
  await resize(launched, 1280, 800);
});

test.afterAll(async () => {
  await launched.close();
});

test.afterEach(() => {
  expect(launched.complaints).toEqual([]);
});

async function show(pane: PaneName): Promise<void> {
  const { inspector } = launched;
  if ((await inspector.node('host|mx.good.lab').count()) === 0) await inspector.inspect('good.lab');
  await inspector.select('host|mx.good.lab');
  await details.open(pane);
}

test('records are shown as every server answered them, and copied as zone-file text and dig', async () => {
  await show('Records');
  const tlsa = details.lookUp('_25._tcp.mx.good.lab TLSA');
  await expect(tlsa).toContainText(/All \d servers asked answer so/);
  await expect(tlsa.getByRole('row').filter({ hasText: 'RRSIG' })).not.toHaveCount(0);
  const zone = await details.copy(/^Copy the TLSA records/, /^Zone-file text/);
  expect(zone).toMatch(/^; _25\._tcp\.mx\.good\.lab TLSA: NOERROR, answered by\n/);
  expect(zone).toMatch(/^_25\._tcp\.mx\.good\.lab\. \d+ IN TLSA [23] 1 1 [0-9a-f]{64}$/m);
  const commands = await details.copy(/^Copy the TLSA records/, /^Commands/);
  const servers = (zone.match(/^; {3}\S+ \(/gm) ?? []).length;
  expect(commands.trimEnd().split('\n')).toHaveLength(servers);
  expect(commands).toMatch(/^dig \+norecurse \+dnssec @\S+ _25\._tcp\.mx\.good\.lab TLSA$/m);
});

test('trust is a ladder from the root, its signatures on one time line with the next to expire', async () => {
  await show('Trust');
  await expect(details.ladder.locator('.rung')).toHaveCount(3);
  await expect(details.ladder).toContainText(
    /trust anchor\d+ ECDSAP256SHA256 · SHA-256 [0-9a-f]{64}/,
  );
  await expect(details.signatures).toContainText(
    /Next to expire: the signature over .+ \(in \d+ days\)\./,
  );
  await expect(details.signatures.getByRole('row')).not.toHaveCount(1);
  expect(await details.choicesOf(/^Copy the chain of trust/)).toEqual(
    expect.arrayContaining([
      expect.stringContaining('Text'),
      expect.stringContaining('validates from the root key down'),
    ]),
  );
  expect(await details.copy(/^Copy the chain of trust/, /validates from the root/)).toBe(
    'delv +rtrace +vtrace _25._tcp.mx.good.lab TLSA\n',
  );
});

test('a conversation is told by stages with their times, and copied as openssl and posttls-finger', async () => {
  await show('SMTP');
  await expect(details.stages()).toHaveText([
    /^connection: \d+ ms$/,
    /greeting/,
    /EHLO/,
    /STARTTLS/,
    /TLS/,
  ]);
  const text = await details.copy(/^Copy the conversation/, /^Text/);
  expect(text).toMatch(/^-- starttls: \d+ ms$/m);
  expect(text).toMatch(/> STARTTLS$/m);
  const openssl = await details.copy(/^Copy the conversation/, /judged by these records/);
  expect(openssl).toMatch(
    /^openssl s_client -starttls smtp -connect \S+ -servername mx\.good\.lab -brief \\\n/,
  );
  expect(openssl).toContain('-dane_tlsa_domain mx.good.lab');
  expect(await details.copy(/^Copy the conversation/, /posttls-finger/)).toContain(
    "'[mx.good.lab]'",
  );
});

test('certificates are decoded, and copied as PEM and as the commands that give their record', async () => {
  await show('Certificates');
  const [first] = await details.certificates().all();
  await expect(first ?? details.drawer).toContainText(/SPKI SHA-512 ?Copy[0-9a-f]{128}/);
  await expect(first ?? details.drawer).toContainText('basicConstraints');
  expect(await details.copy('Copy certificate 1', /^PEM/)).toMatch(
    /^-----BEGIN CERTIFICATE-----\n[\s\S]+\n-----END CERTIFICATE-----\n$/,
  );
  expect(await details.copy('Copy certificate 1', /as it is|the data of a record/)).toMatch(
    /^openssl x509 -noout -pubkey <<'END_OF_CERTIFICATE' \| openssl pkey -pubin -outform DER \| openssl sha256\n/,
  );
});

test('fields and octets of a raw message mark each other, by mouse and by keyboard', async () => {
  const { page } = launched;
  await show('Raw');
  await details.field('ID').click();
  expect(await details.marked()).toHaveLength(2);
  await details.octet(2).click();
  await expect(details.field('flags')).toHaveAttribute('aria-selected', 'true');
  await expect(details.field('flags')).toHaveAttribute('aria-expanded', 'false');
  // From the flags to the first record of the answer, with keys alone.
  await details.fields.focus();
  await page.keyboard.press('ArrowRight');
  await expect(details.field('QR', '1 (response)')).toBeVisible();
  await details.field('record', 'TLSA').click();
  await page.keyboard.press('ArrowRight');
  for (let line = 0; line < 6; line += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(details.field('certificate usage', /\((DANE-EE|DANE-TA)\)/)).toHaveAttribute(
    'aria-selected',
    'true',
  );
  expect(await details.marked()).toEqual([expect.stringMatching(/^0[23]$/)]);
  await details.octets.focus();
  await page.keyboard.press('ArrowRight');
  await expect(details.field('selector', '1 (SPKI)')).toHaveAttribute('aria-selected', 'true');
  expect(await details.copy(/^Copy the answer of/, /^Fields/)).toMatch(/QNAME: .+\n/i);
});

test('the drawer fills the window by key, by button and by dragging, and gives the picture back', async () => {
  const { page, inspector } = launched;
  await show('Records');
  const before = await details.height();
  await details.handle.focus();
  await page.keyboard.press('ArrowUp');
  expect(await details.height()).toBe(before + 6);
  await page.keyboard.press('Enter');
  expect(await details.height()).toBe(100);
  await expect(inspector.node('domain')).toHaveCount(0);
  await details.drawer.getByRole('button', { name: 'Show the picture again' }).click();
  expect(await details.height()).toBe(40);
  await expect(inspector.node('domain')).toHaveCount(1);
  const box = await details.handle.boundingBox();
  if (box === null) throw new Error('the handle is not to be seen');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, 60, { steps: 8 });
  await page.mouse.up();
  expect(await details.height()).toBe(100);
  await page.keyboard.press('Shift+Tab');
  await details.handle.focus();
  await page.keyboard.press('Home');
  expect(await details.height()).toBe(12);
});

/** Axe takes seconds a tab, and sees the same at every size; what differs in the dark is colour alone. */
const AXED: Readonly<Record<'light' | 'dark', readonly PaneName[]>> = {
  light: ['Trust', 'Certificates'],
  dark: ['Raw'],
};

for (const theme of ['light', 'dark'] as const) {
  test(`every tab for the eye, and axe has nothing against it, ${theme}`, async () => {
    test.setTimeout(120_000);
    const { inspector, page } = launched;
    await chooseTheme(launched, theme);
    await inspector.inspect('three.lab');
    await inspector.reach('host|mx1.three.lab');
    await details.handle.press('End');
    for (const width of theme === 'light' ? [1280, 960] : [1280]) {
      await resize(launched, width, 800);
      for (const pane of PANES) {
        await details.open(pane);
        await page.screenshot({ path: join(FOLDER, `details-${pane}-${width}-${theme}.png`) });
        const isAxed = width === 1280 && AXED[theme].includes(pane);
        if (isAxed) expect(await seriousViolations(), pane).toEqual([]);
      }
    }
    await resize(launched, 1280, 800);
    await details.handle.press('Enter');
  });
}

// The last, since scripted streams take the place of the lab.
test('twelve servers, a damaged message and a hundred certificates are all told', async () => {
  const { inspector } = launched;
  await play(launched, 'example.org', crowded());
  await inspector.select('host|mx1.example.org');
  await details.open('Records');
  const tlsa = details.lookUp('_25._tcp.mx1.example.org TLSA');
  await expect(tlsa).toContainText('The servers do not answer alike.');
  await expect(tlsa).toContainText('10 of 12 servers answer so');
  await expect(tlsa).toContainText('1 of 12 servers answers so');
  await details.open('Certificates');
  await expect(details.certificates()).toHaveCount(100);
  await expect(details.drawer.getByRole('button', { name: /^Fold certificate/ })).toHaveCount(4);
  await details.drawer.getByRole('button', { name: 'Show certificate 100' }).click();
  await expect(details.certificates().last()).toContainText('SPKI SHA-256');
  await details.open('Raw');
  await expect(details.servers()).toHaveCount(23);
  await details.servers().nth(20).click();
  await expect(details.drawer).toContainText('1 place in it could not be read');
  await details.drawer.getByRole('button', { name: 'Show where' }).click();
  await expect(details.field('unread', 'the message ends within a record')).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(details.octets.locator('.is-unread')).not.toHaveCount(0);
  await details.servers().nth(22).click();
  await expect(details.empty).toHaveText(/ns12\.example\.org: no answer within 5 seconds/);
});

test('a tab that has nothing yet says so', async () => {
  const { inspector } = launched;
  await play(launched, 'example.org', early());
  await inspector.select('host|mx1.example.org');
  for (const [pane, words] of [
    ['Records', 'Nothing has been answered yet.'],
    ['Trust', 'No zone has been followed from the root to here yet.'],
    ['SMTP', 'No mail server has been spoken to yet.'],
    ['Certificates', 'No certificate has been presented yet.'],
    ['Raw', 'No server has been asked by itself yet.'],
  ] as const) {
    await details.open(pane);
    await expect(details.empty, pane).toHaveText(words);
  }
});

async function seriousViolations(): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page: launched.page })
    .setLegacyMode(true)
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
