/** Starts the app as a person would get it, in an Electron of its own, with settings of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { electronRuntime } from '../../scripts/electron-runtime.mjs';
import { InspectorPage } from './pages/inspector-page.ts';

export interface Launched {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly inspector: InspectorPage;
  /** What the page complained of: errors, and violations of its security policy. */
  readonly complaints: readonly string[];
  /** Milliseconds from the start of the process until the input could be typed into. */
  readonly readyAfterMs: number;
  close(): Promise<void>;
}

/** Looked for once: where the official one cannot be downloaded, trying takes seconds. */
let found: ReturnType<typeof electronRuntime> | null = null;

/** `kept` is a user data folder that the test prepared, and looks into afterwards. */
export async function launch(args: readonly string[] = [], kept?: string): Promise<Launched> {
  const runtime = await foundRuntime();
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'dane-inspector-e2e-'));
  const started = Date.now();
  const app = await _electron.launch({
    executablePath: runtime.executablePath,
    args: [...runtime.args, `--user-data-dir=${folder}`, ...args],
    // Playwright would otherwise hold the page to the light theme.
    colorScheme: null,
  });
  const page = await app.firstWindow();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const inspector = new InspectorPage(page);
  await inspector.isReady();
  const readyAfterMs = Date.now() - started;
  return {
    app,
    page,
    inspector,
    complaints,
    readyAfterMs,
    async close() {
      await app.close();
      if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As when the program is started once more, with the same user data; gives what became of it. */
export async function startAgain(
  folder: string,
  args: readonly string[],
  patienceMs = STAYS_MS,
): Promise<{ readonly code: number | null; readonly stop: () => void }> {
  const { executablePath, args: own } = await foundRuntime();
  const second = spawn(executablePath, [...own, `--user-data-dir=${folder}`, ...args], {
    stdio: 'ignore',
  });
  // One that stays open is a window of its own.
  const ended = once(second, 'exit').then(() => second.exitCode);
  const code = await Promise.race([ended, pause(patienceMs).then(() => null)]);
  return { code, stop: () => void second.kill() };
}

/** Milliseconds after which a start that has not ended is taken for one that stays. */
const STAYS_MS = 4000;

async function foundRuntime(): Promise<ElectronRuntime> {
  found ??= electronRuntime();
  const runtime = await found;
  if (runtime.kind === 'missing') throw new Error(runtime.reason);
  return runtime;
}

type ElectronRuntime = Exclude<Awaited<ReturnType<typeof electronRuntime>>, { kind: 'missing' }>;

/** Gives the window this much room inside its frame, and waits until the page has it. */
export async function resize(
  { app, page }: Pick<Launched, 'app' | 'page'>,
  width: number,
  height: number,
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  await page.waitForFunction((wanted) => window.innerWidth === wanted, width);
}

export async function chooseTheme(
  { app, page }: Pick<Launched, 'app' | 'page'>,
  theme: 'light' | 'dark',
): Promise<void> {
  await app.evaluate(({ nativeTheme }, wanted) => {
    nativeTheme.themeSource = wanted;
  }, theme);
  await page.waitForSelector(`[data-mantine-color-scheme="${theme}"]`);
}
