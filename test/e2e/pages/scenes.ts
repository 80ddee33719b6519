/** Every screen of the window in the states that people see; each can be shown from any other. */
import { expect } from '@playwright/test';
import type { Launched } from '../launch.ts';
import { PASSWORD, type MaterialFiles } from '../material-files.ts';
import { BatchPage } from './batch-page.ts';
import { GeneratePage } from './generate-page.ts';
import { HistoryPage } from './history-page.ts';
import { OUTBOUND_SCENES } from './outbound-scenes.ts';
import { ReportPage } from './report-page.ts';
import { RolloverPage } from './rollover-page.ts';
import { SettingsPage } from './settings-page.ts';
import { WatchPage } from './watch-page.ts';

export interface Stage {
  readonly launched: Launched;
  readonly files: MaterialFiles;
}

export interface Scene {
  readonly name: string;
  /** Made of the same parts as another one: only to be looked at. */
  readonly isAlike?: boolean;
  /** Has the keyboard to itself. */
  readonly within?: string;
  /** From whatever was shown before. */
  show(stage: Stage): Promise<void>;
  /** Puts away what would lie over the next one. */
  leave?(stage: Stage): Promise<void>;
}

const DIALOG = '[role=dialog]';
/** Milliseconds: thirty hosts are as many as a domain may have. */
const LONGEST_INSPECTION = 60_000;

/** What the lab has: one host in each state, several hosts, and more than any window shows. */
const RESULTS = [
  ...['good.lab', 'stale.lab', 'twohosts.lab', 'three.lab', 'thirty.lab', 'plain.lab'],
  ...['unsigned.lab', 'expired.lab', 'nomail.lab', 'nodane.lab'],
];

export const SCENES: readonly Scene[] = [
  { name: 'start', show: ({ launched }) => launched.inspector.goToStart() },
  ...RESULTS.map((domain) => ({
    name: domain,
    isAlike: ['twohosts.lab', 'plain.lab', 'unsigned.lab', 'expired.lab', 'nodane.lab'].includes(
      domain,
    ),
    show: (stage: Stage) => inspected(stage, domain),
  })),
  {
    name: 'ancestors',
    async show(stage) {
      await inspected(stage, 'denied.lab');
      await stage.launched.inspector.openFinding('ancestor-nxdomain');
    },
  },
  {
    name: 'findings',
    async show(stage) {
      await troubled(stage);
      await stage.launched.inspector.unfoldFindings();
    },
  },
  ...(['Records', 'Trust', 'Name servers', 'SMTP', 'Certificates'] as const).map((tab) => ({
    name: tab,
    async show(stage: Stage) {
      await troubled(stage);
      await stage.launched.inspector.openTab(tab);
    },
  })),
  {
    name: 'policy',
    async show(stage) {
      await inspected(stage, 'twohosts.lab');
      await stage.launched.inspector.select('domain');
      await stage.launched.inspector.openTab('Policy');
    },
  },
  {
    name: 'outline',
    async show(stage) {
      await inspected(stage, 'twohosts.lab');
      await stage.launched.inspector.show('Outline');
    },
    leave: ({ launched }) => launched.inspector.show('Chain'),
  },
  {
    name: 'senders',
    async show(stage) {
      await inspected(stage, 'twohosts.lab');
      await stage.launched.page.getByRole('button', { name: 'What senders do' }).click();
      await expect(stage.launched.page.locator('.senders')).toBeVisible();
    },
  },
  {
    name: 'outlook',
    async show(stage) {
      await inspected(stage, 'twohosts.lab');
      await stage.launched.page.getByRole('button', { name: /^What breaks next/ }).click();
      await expect(stage.launched.page.locator('.deadlines')).toBeVisible();
    },
  },
  {
    name: 'report menu',
    async show(stage) {
      await inspected(stage, 'twohosts.lab');
      const report = new ReportPage(stage.launched);
      await report.button.click();
      await expect(report.menu).toBeVisible();
    },
    leave: closed,
  },
  { name: 'generate empty', show: ({ launched }) => new GeneratePage(launched.page).clear() },
  {
    name: 'generate',
    async show({ launched, files }) {
      const generate = new GeneratePage(launched.page);
      await generate.clear();
      await generate.drop([files.noise, files.bundle, files.privateKey, files.container]);
      await generate.open('mx2.p12', PASSWORD);
      await expect(generate.card('certificate mx2.example.org')).toBeVisible();
    },
  },
  {
    name: 'rollover empty',
    show: ({ launched }) => new RolloverPage(launched.page).open(),
  },
  { name: 'rollover', show: planned },
  {
    name: 'hook script',
    within: DIALOG,
    async show(stage) {
      await planned(stage);
      await new RolloverPage(stage.launched.page).openHook();
    },
    leave: closed,
  },
  { name: 'batch empty', show: ({ launched }) => new BatchPage(launched).open() },
  {
    name: 'batch',
    async show({ launched }) {
      const batch = new BatchPage(launched);
      await batch.open();
      await batch.take(['good.lab', 'stale.lab', 'nodane.lab', 'unsigned.lab']);
      await batch.button('Start').click();
      await batch.phase('finished');
      await batch.row('stale.lab').click();
    },
  },
  ...OUTBOUND_SCENES,
  { name: 'watch empty', show: ({ launched }) => new WatchPage(launched.page).open() },
  {
    name: 'watch',
    async show({ launched }) {
      const watch = new WatchPage(launched.page);
      await watch.open();
      await watch.add('good.lab');
      await watch.isIdle();
    },
  },
  {
    name: 'history',
    within: DIALOG,
    async show(stage) {
      await inspected(stage, 'good.lab');
      await new HistoryPage(stage.launched.page).open();
    },
    leave: closed,
  },
  { name: 'settings', show: ({ launched }) => new SettingsPage(launched).open() },
  {
    name: 'shortcuts',
    within: DIALOG,
    async show({ launched }) {
      await launched.page.keyboard.press('F1');
      await expect(new SettingsPage(launched).shortcuts).toBeVisible();
    },
    leave: closed,
  },
];

/** Asked once for scenes that follow one another. */
async function inspected({ launched: { inspector } }: Stage, domain: string): Promise<void> {
  await inspector.screen('Inspect').click();
  const { field, verdict } = inspector;
  const isShown = (await verdict.isVisible()) && (await field.inputValue()) === domain;
  if (!isShown) await inspector.inspect(domain, LONGEST_INSPECTION);
}

async function troubled(stage: Stage): Promise<void> {
  await inspected(stage, 'twohosts.lab');
  await stage.launched.inspector.fixButton.click();
}

async function planned({ launched }: Stage): Promise<void> {
  const rollover = new RolloverPage(launched.page);
  await rollover.open();
  await rollover.lookAt('mx.stale.lab');
  await expect(rollover.steps).toBeVisible();
}

async function closed({ launched: { page } }: Stage): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('menu')).toHaveCount(0);
}
