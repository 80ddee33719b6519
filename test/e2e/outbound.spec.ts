/** The outbound test as an admin does it: in the window, with a real Unbound and a real Postfix set up by what was copied there. */
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { parse as parseCsv } from 'csv-parse/sync';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { listenForDatagrams, listenForStreams } from '../../electron/net/listen.ts';
import type { ScenarioId } from '../../shared/lab/scenario.ts';
import { startPostfix, type RunningPostfix } from '../integration/outbound-rig.ts';
import { freeNetwork, startResolver } from '../integration/outbound-resolvers.ts';
import { SENDERS } from '../integration/outbound-senders.ts';
import { stopProcess, type ProcessIdentity } from '../universe/processes.ts';
import { copied } from './clipboard.ts';
import { chooseTheme, launch, resize, type Launched } from './launch.ts';
import { OutboundPage, type OutboundReportFormat } from './pages/outbound-page.ts';
import { ReportPage } from './pages/report-page.ts';

/** Milliseconds: a busy machine may sign, start and send slowly. */
const PATIENCE_MS = 60_000;
/** Milliseconds: what is inferred takes half a minute, and a resolver may ask again meanwhile. */
const FINAL_MS = 120_000;
/** Situations of docs/outbound.md. */
const SITUATIONS = 19;
/** Each level of Postfix is a way of its own, so that what one holds back the others do not. */
const LEVELS = ['dane', 'may', 'encrypt'] as const;
type Level = (typeof LEVELS)[number];

// The servers need low ports and loopback addresses of their own.
const isPossible = process.platform === 'linux' && process.getuid?.() === 0;
test.skip(!isPossible, 'a real resolver and a real mail server need root on Linux');

// Each goes on where the one before ended.
test.describe.configure({ mode: 'serial', timeout: 2 * PATIENCE_MS });

let folder = '';
/** The first three octets of all addresses. */
let network = '';
let launched: Launched;
let outbound: OutboundPage;
let reports: ReportPage;
let unbound: ProcessIdentity | null = null;
let postfix: RunningPostfix | null = null;

const file = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(file(name), 'utf8');
const resolver = (): string => `${network}.1`;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dane-outbound-'));
  // Postfix’s own users look into it.
  chmodSync(folder, 0o755);
  network = await freeNetwork();
  await open();
});

test.afterAll(async () => {
  await launched.close();
  await postfix?.stop();
  if (unbound !== null) await stopProcess(unbound);
  rmSync(folder, { recursive: true, force: true });
});

test.afterEach(() => {
  expect(launched.complaints).toEqual([]);
});

async function open(): Promise<void> {
  launched = await launch([], file('user-data'));
  outbound = new OutboundPage(launched.page);
  reports = new ReportPage(launched);
  await launched.page.keyboard.press('Control+5');
  await expect(outbound.screen).toHaveAttribute('data-state', 'stopped');
}

test('a port that another program holds is told, with ways out; once it is free, the test starts', async () => {
  const taken = `${network}.105`;
  const other = createServer().listen(25, taken);
  await once(other, 'listening');
  await outbound.fillIn({
    nameServer: `${network}.53#5300`,
    addresses: `${network}.101-${network}.120`,
  });
  await outbound.startButton.click();
  await expect(outbound.trouble).toContainText(
    `Another program listens on ${taken}, port 25 already.`,
  );
  const ways = outbound.trouble.getByRole('listitem');
  await expect(ways).toHaveCount(2);
  await expect(ways.nth(0)).toContainText('“Mail servers”');
  await expect(ways.nth(1)).toContainText('“Port to listen on”');
  await expect(ways.nth(1)).toContainText(`daddr { ${network}.101-${network}.120 } tcp dport 25`);
  await pictures('taken');
  other.close();
  await once(other, 'close');
  await outbound.startButton.click();
  await expect(outbound.screen).toHaveAttribute('data-state', 'running');
  const phases = Object.values(await outbound.standings()).map(({ phase }) => phase);
  expect(phases).toEqual(Array.from({ length: SITUATIONS }, () => 'waiting'));
  await expect(outbound.verdict).toContainText('Waiting');
});

test('the check of a resolver says that it is not there, then that it does not trust, then that it is ready', async () => {
  expect(await outbound.check(resolver())).toEqual(['no-answer']);
  await outbound.chooseSoftware('Unbound');
  const text = await copy('the settings for Unbound');
  expect(text).toContain(`stub-addr: ${network}.53@5300`);
  await startUnbound(text.replace(/^.*trust-anchor.*\n/m, ''));
  await expect.poll(() => outbound.check(resolver())).toEqual(['not-trusted']);
  await expect(outbound.step('Resolver')).toContainText('does not validate');
  await pictures('not-trusted');
  await startUnbound(text);
  await expect.poll(() => outbound.check(resolver())).toEqual(['ready']);
  await expect(outbound.step('Resolver')).toContainText('ready');
});

async function startUnbound(text: string): Promise<void> {
  if (unbound !== null) await stopProcess(unbound);
  const place = { folder: file('unbound'), address: resolver(), port: 53, nowhere: `${network}.9` };
  unbound = await startResolver('Unbound', place, text);
}

test('a Postfix with the settings sends by the command, and what it does shows as it happens', async () => {
  await outbound.pane.getByRole('button', { name: 'Next: Mail server' }).click();
  await outbound.chooseSoftware('Postfix');
  const resolvConf = await copy(/^the settings for \/etc\/resolv\.conf/);
  expect(resolvConf).toMatch(new RegExp(`^nameserver ${resolver().replaceAll('.', '\\.')}$`, 'm'));
  const main = await copy('the settings for /etc/postfix/main.cf');
  const ways = LEVELS.map(
    (level) => [level, level === 'dane' ? [] : [`smtp_tls_security_level=${level}`]] as const,
  );
  postfix = await startPostfix(folder, { resolvConf, main, master: '' }, ways);
  await pictures('mail-server');
  const phases = await phasesOf('wrong');
  const command = await sendingCommand('dane');
  await pictures('send');
  await postfix.type(command);
  await outbound.concludes('validates', PATIENCE_MS);
  await expect(outbound.verdict).toContainText('Checks DANE');
  await expect(outbound.row('do')).toHaveAttribute('data-deed', 'delivered-tls');
  await expect(outbound.row('wrong')).toHaveAttribute('data-worth', 'conforms');
  expect(await phases()).toEqual(['waiting', 'under-way', 'decided']);
  // What is done makes room for what happens.
  await expect(outbound.pane).toBeHidden();
  await expect(outbound.step('Send')).toContainText('mail was seen');
});

/** The command that the window has, for mail that goes this way. */
async function sendingCommand(level: Level): Promise<string> {
  await outbound.openStep('Send');
  await outbound.sender.fill(`${level}@rig.test`);
  const command = await copy('the command for sendmail');
  expect(command.match(/@[a-z-]+\.havedane\.test/g)).toHaveLength(SITUATIONS);
  return command;
}

/** Begins to watch a row; gives what it went through since. */
async function phasesOf(id: ScenarioId): Promise<() => Promise<readonly string[]>> {
  const found = await launched.page.evaluateHandle((wanted) => {
    const phases: string[] = [];
    const look = (): void => {
      const row = document.querySelector(`[data-situation="${wanted}"]`);
      const phase = row?.getAttribute('data-phase') ?? 'not shown';
      if (phases.at(-1) !== phase) phases.push(phase);
    };
    look();
    const { body } = document;
    new MutationObserver(look).observe(body, { subtree: true, attributes: true, childList: true });
    return phases;
  }, id);
  return () => found.jsonValue();
}

test('by keyboard alone, “Wrong records” opens to each step of the sender', async () => {
  const button = outbound.row('wrong').getByRole('button');
  await outbound.button('Stop').focus();
  for (let presses = 0; presses < 5; presses += 1) {
    await launched.page.keyboard.press('Tab');
    if (await isFocused(button)) break;
  }
  await launched.page.keyboard.press('Enter');
  const details = launched.page.getByRole('region', { name: '“Wrong records”, step by step' });
  const steps = details.getByRole('listitem');
  const question = steps.filter({ hasText: 'looked up TLSA of _25._tcp.mx.wrong.havedane.test' });
  await expect(question.first()).toContainText('DO');
  const [connection] = await details.locator('.outbound-steps', { hasText: 'Connection' }).all();
  const told = (await connection?.getByRole('listitem').allTextContents()) ?? [];
  expect(told.map((line) => line.replace(/^[\d:.]+/, '').replace(/ with \S+,/, ','))).toEqual([
    'connected',
    'EHLO sender.rig.test, in the clear',
    'STARTTLS',
    'TLSv1.3, asked for mx.wrong.havedane.test',
    'QUIT',
    'closed',
  ]);
  await pictures('wrong');
});

function isFocused(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node === document.activeElement);
}

test('all of it is still there after the window was loaded anew, and goes on', async () => {
  const before = await outbound.standings();
  const decided = Object.entries(before).filter(([, { phase }]) => phase === 'decided');
  await launched.page.reload();
  await outbound.open();
  // At once, and not with the next change.
  expect(await outbound.screen.getAttribute('data-state')).toBe('running');
  await outbound.concludes('validates');
  expect(await outbound.standings()).toMatchObject(Object.fromEntries(decided));
  await expect(await outbound.unfold('wrong')).toContainText('EHLO sender.rig.test');
  await outbound.openStep('Resolver');
  await expect(outbound.resolver).toHaveValue(resolver());
  await outbound.foldSteps();
});

test('what Postfix with level “dane” did in every situation is what its documentation says', async () => {
  test.setTimeout(2 * FINAL_MS);
  await outbound.isFinal(FINAL_MS);
  expect(await deeds()).toEqual(documented('dane'));
  await outbound.concludes('validates');
  await expect(outbound.verdict).toContainText('19 of 19 decided');
  await pictures('validates');
});

async function deeds(): Promise<Readonly<Record<string, string>>> {
  const all = Object.entries(await outbound.standings());
  return Object.fromEntries(all.map(([id, { deed }]) => [id, deed]));
}

function documented(level: Level): Readonly<Record<string, string | null>> {
  const sender = SENDERS.find(({ name }) => name === `Postfix \`${level}\``);
  if (sender === undefined) throw new Error(level);
  return sender.deeds;
}

test('the report is saved in every format, and each says what the window says', async () => {
  const standings = await outbound.standings();
  const situation = Object.entries(standings).map(([scenario, told]) => ({ scenario, ...told }));

  await save('JSON…', 'report.json');
  const json = JSON.parse(read('report.json')) as { situations: { id: string }[] };
  expect(json).toMatchObject({ base: 'havedane.test', verdict: { conclusion: 'validates' } });
  expect(json.situations).toHaveLength(SITUATIONS);
  for (const { scenario, ...told } of situation)
    expect(json.situations.find(({ id }) => id === scenario)).toMatchObject(told);

  await save('CSV…', 'report.csv');
  const lines = parseCsv<Record<string, string>>(read('report.csv'), { columns: true });
  expect(lines).toHaveLength(SITUATIONS);
  expect(lines).toEqual(
    expect.arrayContaining(situation.map((told) => expect.objectContaining(told))),
  );
  expect(lines.find(({ scenario }) => scenario === 'wrong')).toMatchObject({
    greeting: 'sender.rig.test',
    tls_version: 'TLSv1.3',
    server_name: 'mx.wrong.havedane.test',
  });

  await save('HTML…', 'report.html');
  const page = parse(read('report.html'));
  const tags = elementsOf(page);
  expect(tags.filter(({ tagName }) => tagName === 'script')).toEqual([]);
  expect(textOf(page)).toContain('Checks DANE');
  const grid = tags.find(({ attrs }) => attrs.some(({ value }) => value === 'grid'));
  // The head of a table is a row too.
  expect(rowsOf(grid)).toBe(SITUATIONS + 1);

  await save('Markdown…', 'report.md');
  const shown = parse(
    micromark(read('report.md'), { extensions: [gfm()], htmlExtensions: [gfmHtml()] }),
  );
  expect(textOf(shown)).toContain('Outbound test havedane.test: Checks DANE');
  expect(rowsOf(shown)).toBe(SITUATIONS + 1);

  await save('PDF…', 'report.pdf');
  const pdf = readFileSync(file('report.pdf'), 'latin1');
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
});

async function save(format: OutboundReportFormat, name: string): Promise<void> {
  await reports.answerSave(file(name));
  await outbound.saveReport(format);
  await expect(reports.said).toHaveText(`Saved as ${file(name)}`, { timeout: PATIENCE_MS });
  await reports.said.getByRole('button', { name: 'Dismiss' }).click();
}

function elementsOf(
  node: DefaultTreeAdapterTypes.Node,
): readonly DefaultTreeAdapterTypes.Element[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  return [...('tagName' in node ? [node] : []), ...children.flatMap(elementsOf)];
}

function rowsOf(node: DefaultTreeAdapterTypes.Node | undefined): number {
  if (node === undefined) return 0;
  return elementsOf(node).filter(({ tagName }) => tagName === 'tr').length;
}

function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

test('new recipients; a Postfix with level “may” is caught, in red, and told what to do next', async () => {
  const before = await outbound.recipients();
  await outbound.again();
  const after = await outbound.recipients();
  expect(after).toHaveLength(SITUATIONS);
  expect(after.filter((address) => before.includes(address))).toEqual([]);
  await sends('may');
  await outbound.concludes('does-not-check', PATIENCE_MS);
  await outbound.isFinal(FINAL_MS);
  expect(await deeds()).toEqual(documented('may'));
  await expect(outbound.verdict).toContainText('Does not check DANE');
  const standings = Object.entries(await outbound.standings());
  for (const [id, { worth }] of standings) {
    const face = outbound.row(id as ScenarioId).locator('.outbound-face');
    expect(await isRed(face), id).toBe(worth === 'unsafe');
  }
  expect(standings.filter(([, { worth }]) => worth === 'unsafe').length).toBeGreaterThan(8);
  await pictures('may');
  await outbound.verdict.getByRole('button', { name: 'Settings for the mail server' }).click();
  await expect(outbound.pane).toContainText('smtp_tls_security_level = dane');
  await expect(outbound.pane).toContainText(`nameserver ${resolver()}`);
});

async function sends(level: Level): Promise<void> {
  const command = await sendingCommand(level);
  await postfix?.type(command);
}

async function isRed(element: Locator): Promise<boolean> {
  return element.evaluate((node) => {
    const [, red = 0, green = 0, blue = 0] = /(\d+), (\d+), (\d+)/
      .exec(getComputedStyle(node).color)
      ?.map(Number) ?? [0, 0, 0, 0];
    return red > green + 60 && red > blue + 60;
  });
}

test('the mail saved as a file goes by “sendmail -t”; level “encrypt” is caught as well', async () => {
  await outbound.again();
  await outbound.openStep('Send');
  await outbound.sender.fill('encrypt@rig.test');
  await reports.answerSave(file('mail.eml'));
  await outbound.pane.getByRole('button', { name: 'Save as .eml…' }).click();
  await expect(outbound.pane).toContainText(`Saved as ${file('mail.eml')}`);
  await postfix?.type(`sendmail -t -f encrypt@rig.test <'${file('mail.eml')}'`);
  await outbound.concludes('encrypts-without-checking', PATIENCE_MS);
  await outbound.isFinal(FINAL_MS);
  expect(await deeds()).toEqual(documented('encrypt'));
});

test('quit while it runs, it leaves every port free, and goes on with the next start', async () => {
  await outbound.again();
  const recipients = await outbound.recipients();
  await launched.close();
  expect(await heldPorts()).toEqual([]);
  await open();
  await outbound.startButton.click();
  await expect(outbound.screen).toHaveAttribute('data-state', 'running');
  await expect(outbound.screen).toContainText('before the restart goes on');
  expect(await outbound.recipients()).toEqual(recipients);
  // With the same keys: what the resolver was told to trust holds.
  expect(await outbound.check(resolver())).toEqual(['ready']);
});

/** Those of the test that cannot be listened on. */
async function heldPorts(): Promise<readonly string[]> {
  const nameServer = { address: `${network}.53`, port: 5300 };
  const mailServers = Array.from({ length: 20 }, (_, index) => ({
    address: `${network}.${101 + index}`,
    port: 25,
  }));
  const opened = await Promise.all([
    listenForDatagrams(nameServer, () => undefined),
    ...[nameServer, ...mailServers].map((at) => listenForStreams(at, () => undefined)),
  ]);
  for (const each of opened) if (each.ok) await each.value.close();
  return opened.flatMap((each) => (each.ok ? [] : [JSON.stringify(each)]));
}

/** As a person copies it: by the button beside the text. */
function copy(what: string | RegExp): Promise<string> {
  const name =
    typeof what === 'string' ? `Copy ${what}` : new RegExp(`^Copy ${what.source.slice(1)}`);
  return copied(launched.app, outbound.pane.getByRole('button', { name, exact: true }));
}

/** To be looked at: both themes, each width. */
const VIEWS = [
  ['light', 1280, 800],
  ['dark', 960, 800],
  ['light', 1920, 1080],
] as const;

async function pictures(name: string): Promise<void> {
  const folderOf = join(test.info().project.outputDir, 'screenshots');
  for (const [theme, width, height] of VIEWS) {
    await chooseTheme(launched, theme);
    await resize(launched, width, height);
    const path = join(folderOf, `outbound-postfix-${name}-${theme}-${width}.png`);
    await launched.page.screenshot({ path });
  }
}
