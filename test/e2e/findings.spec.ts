/** Findings that are filtered, tickets for those who have something to mend, and the grid of name servers by keyboard. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import type { AncestorReport } from '../../shared/inspection/report.ts';
import { degraded, manyHosts } from '../unit/renderer/streams.ts';
import { ancestors, question, surveyed } from '../unit/renderer/streams-of-servers.ts';
import { chooseTheme, launch, resize, type Launched } from './launch.ts';
import { FindingsPage } from './pages/findings-page.ts';
import { play } from './scripted.ts';

const FOLDER = join('test-results', 'screenshots');
const DOMAIN = 'example.org';
const HOST = 'host|mx1.example.org';
const DENIED = '_tcp.mx1.example.org';

let launched: Launched;
let findings: FindingsPage;

test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  launched = await launch(['--lab']);
  findings = new FindingsPage(launched);
});

test.afterAll(async () => {
  await launched.close();
});

test.afterEach(() => {
  expect(launched.complaints).toEqual([]);
});

// First: the scripted streams of the others stand in the way of real inspections.
test('nothing to mend is said as good news', async () => {
  await launched.inspector.inspect('good.lab');
  await expect(findings.panel).toContainText('Nothing to mend.');
  await findings.field.fill('zzz');
  await expect(findings.status).toContainText('No finding fits the filter.');
  await findings.showAll();
  await expect(findings.panel).toContainText('Nothing to mend.');
});

test('each finding says whose it is to mend', async () => {
  await play(launched, DOMAIN, surveyed());
  await expect(findings.card('tlsa-mismatch')).toContainText(
    'To mend: whoever runs mx2.example.org',
  );
  await expect(findings.card('ancestor-nxdomain')).toContainText(
    'To mend: the DNS operator of example.org',
  );
  await expect(findings.card('mta-sts-mx-mismatch')).toContainText(
    'To mend: the owner of example.org',
  );
});

test('they are filtered by severity, by whose they are, by host and by words', async () => {
  await play(launched, DOMAIN, surveyed());
  const all = await findings.shownCodes();
  await findings.count('warning').click();
  await expect(findings.count('warning')).toHaveAttribute('aria-pressed', 'true');
  expect(new Set(await findings.shownCodes())).toEqual(
    new Set(['soa-servers-disagree', 'server-no-tcp', 'tlsa-none']),
  );
  await findings.count('error').click();
  expect((await findings.shownCodes()).slice(0, 1)).toEqual(['tlsa-mismatch']);
  await findings.showAll();
  expect(await findings.shownCodes()).toEqual(all);

  await findings.mender.selectOption('domain’s owner');
  expect(await findings.shownCodes()).toEqual(['mta-sts-mx-mismatch']);
  await findings.showAll();

  await findings.host.selectOption('mx2.example.org');
  expect(await findings.shownCodes()).toContain('tlsa-mismatch');
  expect(await findings.shownCodes()).not.toContain('ancestor-nxdomain');
  await findings.showAll();

  await findings.field.fill('RFC 8020 nxdomain');
  expect(await findings.shownCodes()).toEqual(['ancestor-nxdomain']);
  await findings.field.fill('no such words');
  await expect(findings.status).toContainText('No finding fits the filter.');
  expect(await findings.shownCodes()).toEqual([]);
});

test('Ctrl+F leads to the filter, Esc empties it and ends no inspection', async () => {
  const { page, inspector } = launched;
  await play(launched, DOMAIN, surveyed());
  await inspector.field.focus();
  await page.keyboard.press('Control+f');
  await expect(findings.field).toBeFocused();
  await page.keyboard.type('mta-sts');
  await expect(findings.status).toContainText(/^\d+ of \d+ shown/);
  await page.keyboard.press('Escape');
  await expect(findings.field).toHaveValue('');
  await expect(findings.status).toHaveCount(0);
});

test('one that somebody is led to is never filtered away, and another domain begins without a filter', async () => {
  const { inspector } = launched;
  await play(launched, DOMAIN, surveyed());
  await findings.mender.selectOption('domain’s owner');
  await inspector.fixButton.click();
  await expect(findings.card('tlsa-mismatch')).toHaveAttribute('data-open', 'true');
  await findings.field.fill('mta-sts-mx');
  // What is open may be filtered away by whoever types.
  await expect(findings.status).toContainText(/^1 of \d+ shown/);
  await play(launched, 'example.com', degraded().map(renamed));
  await expect(findings.field).toHaveValue('');
});

/** The stream of another domain. */
function renamed(event: InspectionEvent): InspectionEvent {
  return event.kind === 'started' ? { ...event, domain: 'example.com' } : event;
}

test('a finding leads to its place in the picture', async () => {
  const { page, inspector } = launched;
  await play(launched, DOMAIN, surveyed());
  const card = await inspector.openFinding('tlsa-mismatch');
  await inspector.select(HOST);
  await card.getByRole('button', { name: 'Show in the picture' }).click();
  await expect(inspector.node('host|mx2.example.org')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator(':focus')).toHaveAttribute('data-node', 'host|mx2.example.org');
});

test('the clause shows its address, and one press more opens it', async () => {
  const { app, inspector } = launched;
  await app.evaluate(({ shell }) => {
    shell.openExternal = (address: string) => {
      Object.assign(globalThis, { openedPage: address });
      return Promise.resolve();
    };
  });
  await play(launched, DOMAIN, surveyed());
  const card = await inspector.openFinding('ancestor-nxdomain');
  await card.getByRole('button', { name: 'RFC 8020 §2, a page on the web' }).click();
  await expect(findings.link).toContainText('https://www.rfc-editor.org/rfc/rfc8020#section-2');
  await findings.link.getByRole('button', { name: 'Open' }).press('Enter');
  await expect
    .poll(() =>
      app.evaluate(() => Object.entries(globalThis).find(([key]) => key === 'openedPage')?.[1]),
    )
    .toBe('https://www.rfc-editor.org/rfc/rfc8020#section-2');
});

test('a ticket is offered by the finding, by the answer and by the drawer, and is copied whole', async () => {
  const { app, inspector } = launched;
  await play(launched, DOMAIN, surveyed());
  const card = await inspector.openFinding('ancestor-nxdomain');
  await card.getByRole('button', { name: 'Ticket for the DNS operator' }).click();
  const text = await findings.ticketText.inputValue();
  expect(text).toContain('To whoever runs the name servers of the zone example.org');
  expect(text).toContain(`  dig +norecurse +dnssec @198.51.100.53 ${DENIED} A\n`);
  await findings.ticket.getByRole('button', { name: 'Copy the text' }).click();
  await expect(findings.ticket.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(text);
  await findings.ticketChoice.selectOption({ index: 0 });
  await expect(findings.ticketText).not.toHaveValue('');
  await findings.closeTicket();

  await inspector.select(HOST);
  await inspector.openTab('Name servers');
  await findings.explanation.getByRole('button', { name: 'Ticket for the DNS operator' }).click();
  await expect(findings.ticketText).toHaveValue(text);
  await findings.closeTicket();

  await inspector.select('host|mx2.example.org');
  await inspector.details.getByRole('button', { name: /^Ticket for the / }).click();
  await expect(findings.ticketText).toHaveValue(/mx2\.example\.org/);
  await findings.closeTicket();
});

test('a red answer tells what it should have been, what breaks, who is known for it and whom to tell', async () => {
  const { inspector } = launched;
  await play(launched, DOMAIN, surveyed());
  await inspector.select(HOST);
  await inspector.openTab('Name servers');
  await findings.cell('NXDOMAIN').getByRole('button').click();
  for (const part of [
    'What it should have been: The answer should be NOERROR without records (RFC 8020 §2',
    'What breaks because of it: A resolver that minimises names (RFC 9156)',
    'Known to do this: ',
    'How it is mended: ',
    'Whom to tell: Whoever runs ns2.example.org',
    `dig +norecurse +dnssec @198.51.100.53 ${DENIED} A`,
  ]) {
    await expect(findings.explanation).toContainText(part);
  }
});

/** As many name servers and names above the record as given. */
function large(servers: number, labels: number): readonly InspectionEvent[] {
  const deep = Array.from({ length: labels - 4 }, (_, index) => `deep${index}.example.org`);
  const [model] = ancestors();
  if (model === undefined) throw new Error('no ancestor');
  const more = deep.map((name): AncestorReport => ({
    ...model,
    name,
    questions: ['A', 'NS'].map((type) => question({ name, type })),
  }));
  const wide = [...ancestors().filter(({ server }) => server.startsWith('ns2')), ...more].flatMap(
    (cell) =>
      Array.from({ length: servers }, (_, index) => ({
        ...cell,
        server: `ns${index + 1}.example.org`,
        address: `192.0.2.${index + 1}`,
        ...(index > 0 && !cell.ok ? { ok: true, fault: null } : {}),
      })),
  );
  return surveyed().flatMap((event): InspectionEvent[] => {
    if (event.kind === 'survey') return [];
    if (event.kind !== 'ancestors' || event.host !== 'mx1.example.org') return [event];
    return [{ ...event, ancestors: wide }];
  });
}

test('the grid is walked with arrow keys, one stop for the tab key, and its heads stay in sight', async () => {
  const { page, inspector } = launched;
  await resize(launched, 1280, 800);
  await play(launched, DOMAIN, large(12, 8));
  await inspector.select(HOST);
  await inspector.openTab('Name servers');
  await expect(findings.grid.getByRole('columnheader')).toHaveCount(13);
  await expect(findings.grid.getByRole('row')).toHaveCount(9);
  await expect(findings.stop()).toHaveCount(1);
  await findings.stop().focus();
  await page.keyboard.press('Control+Home');
  await expect(page.locator(':focus')).toHaveAttribute('data-place', '0 0');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator(':focus')).toHaveAttribute('data-place', '1 1');
  await page.keyboard.press('Control+End');
  await expect(page.locator(':focus')).toHaveAttribute('data-place', '7 11');
  await expect(findings.stop()).toHaveCount(1);
  // The last column is in sight, and so are the name and the server that it belongs to.
  await expect(findings.grid.getByRole('rowheader').nth(7)).toBeInViewport({ ratio: 0.9 });
  await expect(findings.grid.getByRole('columnheader').nth(12)).toBeInViewport({ ratio: 0.9 });
  await expect(findings.grid.getByRole('columnheader').first()).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press('ArrowRight');
  await expect(page.locator(':focus')).toHaveAttribute('data-place', '7 11');
  await page.keyboard.press('Enter');
  await expect(page.locator(':focus')).toHaveAttribute('aria-pressed', 'true');
  await expect(findings.explanation).toContainText('192.0.2.12');
  await page.screenshot({ path: join(FOLDER, 'servers-large.png') });
});

test('thirty hosts of a kind are folded, and filtered in one', async () => {
  await play(launched, DOMAIN, manyHosts(30));
  await findings.host.selectOption('mx7.example.org');
  const codes = await findings.shownCodes();
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.length).toBeLessThan(6);
});

for (const theme of ['light', 'dark'] as const) {
  test(`no serious violation, and pictures to look at, ${theme}`, async () => {
    test.setTimeout(120_000);
    const { page, inspector } = launched;
    await chooseTheme(launched, theme);
    await play(launched, 'example.com', degraded().map(renamed));
    await play(launched, DOMAIN, surveyed());
    for (const [width, height] of [
      [1920, 1080],
      [960, 800],
      [1280, 800],
    ] as const) {
      await resize(launched, width, height);
      const card = await inspector.openFinding('ancestor-nxdomain');
      await page.screenshot({ path: join(FOLDER, `findings-${width}-${theme}.png`) });
      await card.getByRole('button', { name: 'Ticket for the DNS operator' }).click();
      await expect(findings.ticketText).toBeVisible();
      await page.screenshot({ path: join(FOLDER, `ticket-${width}-${theme}.png`) });
      if (width === 1280) expect(await seriousViolations(), 'ticket').toEqual([]);
      await findings.closeTicket();
    }
    await findings.field.fill('nothing like it');
    expect(await seriousViolations(), 'filtered').toEqual([]);
    await page.screenshot({ path: join(FOLDER, `findings-filtered-${theme}.png`) });
    await findings.showAll();
    await inspector.select(HOST);
    await inspector.openTab('Name servers');
    expect(await seriousViolations(), 'servers').toEqual([]);
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
