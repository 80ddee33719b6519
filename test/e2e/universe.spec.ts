/** The window on the universe of real name servers and mail servers: it shows what `check` must say. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { expect, test } from '@playwright/test';
import type { HostOutcome } from '../../shared/inspection/report.ts';
import { DEFAULT_PREFERENCES } from '../../shared/ipc/default-preferences.ts';
import { EXPECTATIONS } from '../universe/expectations.ts';
import { startUniverse, type Universe } from '../universe/universe.ts';
import { keyDigest, presentedChain } from '../integration/renewal/mail-server.ts';
import { recordsAtBoth, sendUpdate, setOnly } from '../integration/renewal/updates.ts';
import { launch, type Launched } from './launch.ts';
import { catchNotifications, clickLastNotification, notifications } from './notifications.ts';
import { WatchPage } from './pages/watch-page.ts';
import { DetailsPage } from './pages/details-page.ts';
import { BatchPage } from './pages/batch-page.ts';
import { FindingsPage } from './pages/findings-page.ts';
import { settled } from '../universe/processes.ts';
import { HistoryPage } from './pages/history-page.ts';
import { ChainPage } from './pages/chain-page.ts';
import { SettingsPage } from './pages/settings-page.ts';

/** Milliseconds: keys, certificates and signatures of all zones are made at the start. */
const START_TIMEOUT_MS = 240_000;
/** Milliseconds: some of the servers never answer, and are given their time. */
const INSPECTION_TIMEOUT_MS = 60_000;
/** Milliseconds for all domains, several at a time. */
const LIST_TIMEOUT_MS = 300_000;

const WORDS: Readonly<Record<HostOutcome, string>> = {
  pending: 'looking',
  authenticated: 'authenticated',
  'encrypted-only': 'encrypted only',
  opportunistic: 'opportunistic',
  deferred: 'mail deferred',
  unreachable: 'unreachable',
  gone: 'no address',
};

// The servers need low ports and loopback addresses of their own.
const isPossible = process.platform === 'linux' && process.getuid?.() === 0;
test.skip(!isPossible, 'the real name and mail servers need root on Linux');

let universe: Universe;
let launched: Launched;

test.beforeAll(async () => {
  test.setTimeout(START_TIMEOUT_MS);
  universe = await startUniverse();
  launched = await launch([
    `--root-hints=${universe.rootHints}`,
    `--trust-anchor=${universe.trustAnchor}`,
    `--dns-port=${universe.dnsPort}`,
    `--smtp-port=${universe.smtpPort}`,
    '--allow-private',
  ]);
});

test.afterAll(async () => {
  test.setTimeout(START_TIMEOUT_MS);
  await launched.close();
  await universe.stop();
});

for (const expected of EXPECTATIONS) {
  test(`${expected.domain} is shown as ${expected.outcome}`, async ({}, info) => {
    test.setTimeout(2 * INSPECTION_TIMEOUT_MS);
    test.skip(expected.needs === 'ipv6' && !universe.ipv6, 'this machine has no IPv6');
    const { inspector } = launched;
    await inspector.inspect(expected.domain, INSPECTION_TIMEOUT_MS);
    await info.attach('window', {
      body: await launched.page.screenshot(),
      contentType: 'image/png',
    });
    expect(await inspector.outcome(), expected.why).toBe(expected.outcome);
    for (const [host, outcome] of Object.entries(expected.hosts)) {
      await expect(inspector.node(`host|${host}`), host).toContainText(WORDS[outcome]);
    }
    await expect(inspector.hosts()).toHaveCount(Object.keys(expected.hosts).length);
    const codes = await inspector.codes();
    expect(codes).toEqual(expect.arrayContaining([...expected.must]));
    expect(expected.mustNot.filter((code) => codes.includes(code))).toEqual([]);
    expect(launched.complaints).toEqual([]);
  });
}

test('all of them as one list come to the same, each with what must be found', async () => {
  test.setTimeout(LIST_TIMEOUT_MS);
  const asked = EXPECTATIONS.filter(({ needs }) => needs !== 'ipv6' || universe.ipv6);
  const batch = new BatchPage(launched);
  await batch.open();
  await batch.take(asked.map(({ domain }) => domain));
  await batch.concurrency.fill('8');
  await batch.concurrency.press('Enter');
  await batch.button('Start').click();
  await batch.phase('finished', LIST_TIMEOUT_MS);
  const outcomes = Object.fromEntries(asked.map(({ domain, outcome }) => [domain, outcome]));
  expect(Object.fromEntries(await batch.standings())).toEqual(outcomes);
  const code = 'tlsa-mismatch';
  const [expected] = asked.filter(({ must }) => must.includes(code));
  await batch.codes.selectOption(code);
  await batch.search.fill(expected?.domain ?? '');
  await batch.row(expected?.domain ?? '').click();
  await expect(batch.details).toContainText(code);
  await batch.button('Show all').click();
  await launched.inspector.screen('Inspect').click();
  expect(launched.complaints).toEqual([]);
});

test('a name that a real server denies opens to its answer, and to a ticket that names the server', async () => {
  test.setTimeout(2 * INSPECTION_TIMEOUT_MS);
  const { inspector } = launched;
  const findings = new FindingsPage(launched);
  const domain = 'ancestor-nxdomain-one-server.test';
  const denied = `_tcp.mx.${domain}`;
  const [good, bad] = [universe.servers['host-a'], universe.servers['nxdomain-b']];
  await inspector.inspect(domain, INSPECTION_TIMEOUT_MS);
  await inspector.select(`host|mx.${domain}`);
  await inspector.openTab('Name servers');
  await findings.cell('NXDOMAIN').getByRole('button').click();
  await expect(findings.explanation).toContainText(`${bad} says that ${denied} does not exist`);
  const command = `dig +norecurse +dnssec -p ${universe.dnsPort} @${bad} ${denied} A`;
  await expect(findings.explanation).toContainText(command);
  await findings.explanation.getByRole('button', { name: 'Ticket for the DNS operator' }).click();
  const text = await findings.ticketText.inputValue();
  expect(text.replaceAll(/\s+/g, ' ')).toContain(`name servers of the zone ${domain} On`);
  expect(text).toContain(`(${bad})`);
  expect(text).toContain(`  ${command}\n`);
  expect(text).not.toContain(`@${good} ${denied}`);
  await findings.closeTicket();
  expect(launched.complaints).toEqual([]);
});

test('of two hosts the stale one is in sight, crossed out, with its fix beside it', async () => {
  test.setTimeout(2 * INSPECTION_TIMEOUT_MS);
  const chain = new ChainPage(launched.page);
  const { inspector } = launched;
  await inspector.inspect('two-hosts-one-stale.test', INSPECTION_TIMEOUT_MS);
  const stale = 'mx2.two-hosts-one-stale.test';
  await expect(chain.trouble).toContainText(`No record matches the certificate of ${stale}`);
  await expect(chain.trouble).toContainText(`._tcp.${stale}.`);
  await chain.expectInSight(chain.trouble);
  await expect(chain.wires('equal')).not.toHaveCount(0);
  await expect(chain.wires('cross')).not.toHaveCount(0);
  await expect(chain.node(`host|${stale}`)).toContainText('mail deferred');
});

test('what is set in the Settings alone decides whom a run asks and what it believes', async () => {
  test.setTimeout(4 * INSPECTION_TIMEOUT_MS);
  const folder = mkdtempSync(join(tmpdir(), 'dane-universe-settings-'));
  // Whatever fails here, nothing is ever asked beyond this machine.
  const rootHints = '. 3600 IN NS none.test.\nnone.test. 3600 IN A 127.0.0.1\n';
  const preferences = { ...DEFAULT_PREFERENCES, rootHints };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ preferences }));
  const own = await launch(
    [`--dns-port=${universe.dnsPort}`, `--smtp-port=${universe.smtpPort}`],
    folder,
  );
  try {
    const settings = new SettingsPage(own);
    const [expected] = EXPECTATIONS.filter(({ outcome, needs }) => outcome === 'secure' && !needs);
    const domain = expected?.domain ?? '';
    await settings.open();
    await settings.control('allowPrivate').click();
    await settings.choice('resolver', 'A resolver').click();
    await settings.type('resolver', `${universe.recursive}#${universe.dnsPort}`);
    await expect(settings.reset('resolver')).toBeVisible();
    // A resolver that validates nothing, and no key that the universe is signed with: nothing is proven.
    await own.inspector.inspect(domain, INSPECTION_TIMEOUT_MS);
    expect(await own.inspector.outcome()).not.toBe('secure');
    await settings.open();
    await settings.choosesFile(universe.trustAnchor);
    await settings.row('trustAnchors').getByRole('button', { name: 'Choose a file…' }).click();
    await expect(settings.reset('trustAnchors')).toBeVisible();
    await own.inspector.inspect(domain, INSPECTION_TIMEOUT_MS);
    expect(await own.inspector.outcome()).toBe('secure');
    await expect(own.inspector.verdict).toContainText(universe.recursive);
    await settings.open();
    await settings.choice('resolver', 'Name servers').click();
    await settings.control('rootHints').fill(readFileSync(universe.rootHints, 'utf8'));
    await settings.control('rootHints').blur();
    await own.inspector.inspect(domain, INSPECTION_TIMEOUT_MS);
    expect(await own.inspector.outcome()).toBe('secure');
    await expect(own.inspector.verdict).toContainText('iterative');
    expect(own.complaints).toEqual([]);
  } finally {
    await own.close();
    rmSync(folder, { recursive: true });
  }
});

test('the details show what BIND and the mail server sent, and copy what asks them again', async () => {
  test.setTimeout(2 * INSPECTION_TIMEOUT_MS);
  const { inspector } = launched;
  const details = new DetailsPage(launched);
  await inspector.inspect('right-311.test', INSPECTION_TIMEOUT_MS);
  await inspector.select('host|mx.right-311.test');
  await details.open('Records');
  const zone = await details.copy(/^Copy the TLSA records/, /^Zone-file text/);
  const served = await dig(universe.servers['host-a'], ['mx.right-311.test', 'TLSA']);
  const [, data = 'no record'] = /TLSA\s+3 1 1 ([0-9A-F ]+)/.exec(served) ?? [];
  expect(zone).toContain(`TLSA 3 1 1 ${data.replaceAll(' ', '').toLowerCase()}\n`);
  const commands = await details.copy(/^Copy the TLSA records/, /^Commands/);
  expect(commands).toContain(`@${universe.servers['host-a']} `);
  await details.open('Raw');
  await details.field('record', 'TLSA').click();
  await details.fields.press('ArrowRight');
  await expect(details.field('TYPE', '52 (TLSA)')).toBeVisible();
  expect(await details.copy(/^Copy the answer of/, /^Fields/)).toContain(
    `certificate association data: ${data.replaceAll(' ', '').toLowerCase()}\n`,
  );
  await details.open('SMTP');
  expect(await details.copy(/^Copy the conversation/, /as sent/)).toMatch(
    new RegExp(
      `-connect 127\\.\\S+:${universe.smtpPort} -servername mx\\.right-311\\.test -showcerts`,
    ),
  );
});

/** What dig makes of the records at the service port of a host. */
function dig(server: string, [host, type]: readonly [string, string]): Promise<string> {
  const owner = `_${universe.smtpPort}._tcp.${host}`;
  const args = [`@${server}`, '-p', String(universe.dnsPort), owner, type];
  return new Promise((resolve, reject) => {
    execFile('dig', args, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(error);
    });
  });
}

test('a watched domain whose record is mended is told of, and the notification opens its run', async () => {
  test.setTimeout(4 * INSPECTION_TIMEOUT_MS);
  const [zone, host] = ['updated.test', 'mx.updated.test'];
  const owner = `_${universe.smtpPort}._tcp.${host}`;
  const chain = join(universe.workFolder, 'watched.pem');
  writeFileSync(chain, await presentedChain(universe, host));
  const record = `3 1 1 ${await keyDigest(chain)}`;
  const watch = new WatchPage(launched.page);
  await catchNotifications(launched);
  await watch.open();
  await watch.add(zone);
  await watch.hasOutcome(zone, 'broken', INSPECTION_TIMEOUT_MS);
  const [before = ''] = (await recordsAtBoth(universe, owner))[0];
  await setOnly(universe, { zone, owner, ttl: 2, record });
  await watch.button('Look at all now').click();
  await watch.hasOutcome(zone, 'secure', INSPECTION_TIMEOUT_MS);
  await expect.poll(() => notifications(launched)).toHaveLength(1);
  expect((await notifications(launched))[0]).toContain('From “broken” to “secure”.');
  await setOnly(universe, { zone, owner, ttl: 2, record: before });
  await clickLastNotification(launched);
  await expect(launched.inspector.field).toHaveValue(zone);
  expect(await launched.inspector.outcome()).toBe('secure');
  expect(launched.complaints).toEqual([]);
});

test('a record that was put into a real zone between two runs is told and marked', async ({}, info) => {
  test.setTimeout(4 * INSPECTION_TIMEOUT_MS);
  const { inspector, page } = launched;
  const history = new HistoryPage(page);
  const host = 'mx.updated.test';
  const owner = `_${universe.smtpPort}._tcp.${host}`;
  await inspector.inspect('updated.test', INSPECTION_TIMEOUT_MS);
  await page.keyboard.press('F5');
  await expect(history.headline).toContainText('nothing has changed', {
    timeout: INSPECTION_TIMEOUT_MS,
  });
  // The digest of nothing: a script whose pipe was empty publishes it.
  const record = '3 1 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  const [before] = await recordsAtBoth(universe, owner);
  await sendUpdate(universe, `zone updated.test.\nupdate add ${owner}. 2 IN TLSA ${record}\nsend`);
  const followed = await settled(async () => {
    const both = await recordsAtBoth(universe, owner);
    return both.every((records) => records.length === before.length + 1);
  }, INSPECTION_TIMEOUT_MS);
  expect(followed).toBe(true);
  await page.keyboard.press('F5');
  await expect(history.headline).toContainText('1 record new', { timeout: INSPECTION_TIMEOUT_MS });
  await history.unfold();
  await expect(history.changes).toContainText(`New record at ${owner}: ${record}`);
  const fresh = page.locator('[data-node^="tlsa|"]', { hasText: 'new' });
  await expect(fresh).toHaveCount(1);
  await expect(fresh).toContainText('3 1 1 e3b0');
  await info.attach('window', { body: await page.screenshot(), contentType: 'image/png' });
  expect(launched.complaints).toEqual([]);
});
