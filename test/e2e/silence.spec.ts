/** The window while name servers keep silent: waiting, cancelling, and what is said in the end. */
import { createSocket, type Socket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launch, type Launched } from './launch.ts';

let launched: Launched;
let silent: Socket;
let folder: string;

test.beforeAll(async () => {
  silent = createSocket('udp4');
  await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve));
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-hints-'));
  const hints = join(folder, 'hints.zone');
  writeFileSync(hints, '. 3600 IN NS silent.test.\nsilent.test. 3600 IN A 127.0.0.1\n');
  const { port } = silent.address();
  launched = await launch([`--root-hints=${hints}`, `--dns-port=${port}`, '--timeout=1']);
});

test.afterAll(async () => {
  await launched.close();
  silent.close();
  rmSync(folder, { recursive: true, force: true });
});

test('Esc cancels at once, says so, and leaves the field as it was', async ({}, info) => {
  const { inspector, page } = launched;
  await inspector.start('example.org');
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'running');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'cancelled', { timeout: 2000 });
  await expect(inspector.verdictWord).toHaveText('Cancelled');
  await page.screenshot({ path: info.outputPath('cancelled.png') });
  await expect(inspector.field).toHaveValue('example.org');
});

test('servers that never answer end in a clear sentence within the time-out', async ({}, info) => {
  const { inspector, page } = launched;
  await inspector.inspect('example.org', 20_000);
  // Not even the root answers: that is this network's fault, and nothing is said of the domain.
  await expect(inspector.verdictWord).toHaveAttribute('data-outcome', 'unknown');
  await expect(inspector.sentence).toContainText(/root/);
  await expect(inspector.finding('mx-lookup-failed')).toBeVisible();
  await page.screenshot({ path: info.outputPath('no-network.png') });
});

test('what was asked for stands on the start screen, until it is forgotten', async () => {
  const { inspector } = launched;
  await inspector.goToStart();
  await expect(inspector.recentDomain('example.org')).toBeVisible();
  await inspector.screen('Settings').click();
  await inspector.forgetButton().click();
  await inspector.screen('Inspect').click();
  await expect(inspector.recentDomain('example.org')).toHaveCount(0);
  await expect(inspector.labButton()).toBeVisible();
});

test('the lab works where the network does not, and is left again at one press', async () => {
  const { inspector } = launched;
  await inspector.goToStart();
  await inspector.labButton().click();
  await inspector.labDomain('good.lab').click();
  await expect(inspector.verdictWord).toHaveText('Secure');
  await inspector.leaveLabButton().click();
  await expect(inspector.leaveLabButton()).toHaveCount(0);
  await inspector.start('good.lab');
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'running');
  await inspector.page.keyboard.press('Escape');
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'cancelled');
});

test('a new domain takes the place of the one under way', async () => {
  const { inspector, page } = launched;
  await inspector.start('first.example');
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'running');
  await inspector.start('second.example');
  await expect(inspector.node('domain')).toContainText('second.example');
  await page.keyboard.press('Escape');
  await expect(inspector.verdict).toHaveAttribute('data-phase', 'cancelled');
});
