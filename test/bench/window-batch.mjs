// `window-batch.mjs HINTS ANCHORS DNS-PORT SMTP-PORT LIST`: has the app work through the list while it is sorted and
// scrolled, and prints `seconds N`, `task N` (milliseconds that the page was busy at most), `processor N` (milliseconds
// of the processor that a task of the page took at most), `memory N` (MiB of all processes at most, shared pages
// counted once), and how many domains came to each outcome.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { _electron } from '@playwright/test';
import { withDisplay } from './with-display.mjs';

/** Domains at a time. */
const CONCURRENCY = 16;
/** Milliseconds between two looks at the memory. */
const SAMPLE_MS = 500;
/** Milliseconds. */
const LONGEST_WAIT = 900_000;
/** In a millisecond. */
const MICROSECONDS = 1000;

const [hints = '', anchors = '', dnsPort = '', smtpPort = '', list = ''] = process.argv.slice(2);

/** Runs in the page, which has other globals than this script. */
const WATCH = `
  window.longestTask = 0;
  new PerformanceObserver((tasks) => {
    for (const { duration } of tasks.getEntries()) {
      window.longestTask = Math.max(window.longestTask, duration);
    }
  }).observe({ entryTypes: ['longtask'] });
`;

await withDisplay(import.meta.url, async ({ executablePath, args }) => {
  const userData = mkdtempSync(join(tmpdir(), 'dane-inspector-bench-'));
  const app = await _electron.launch({
    executablePath,
    args: [
      ...args,
      `--user-data-dir=${userData}`,
      `--root-hints=${hints}`,
      `--trust-anchor=${anchors}`,
      `--dns-port=${dnsPort}`,
      `--smtp-port=${smtpPort}`,
      '--allow-private',
    ],
  });
  try {
    const page = await app.firstWindow();
    await page.getByLabel('Domain, mail address or URL').waitFor();
    await page.getByRole('button', { name: 'Batch', exact: true }).click();
    await page.locator('[data-batch-file]').waitFor({ state: 'attached' });
    await page.evaluate(WATCH);
    await page.locator('[data-batch-file]').setInputFiles(list);
    await phase(page, 'ready');
    const atATime = page.getByRole('spinbutton', { name: 'At a time' });
    await atATime.fill(String(CONCURRENCY));
    await atATime.press('Enter');
    await app.evaluate(
      ({ contentTracing }, categories) => contentTracing.startRecording(categories),
      {
        included_categories: ['toplevel', '__metadata'],
        excluded_categories: ['*'],
      },
    );
    const began = performance.now();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const peak = await workThrough(page, app.process().pid ?? 0);
    console.log(`seconds ${Math.round((performance.now() - began) / 1000)}`);
    const trace = await app.evaluate(({ contentTracing }) => contentTracing.stopRecording());
    console.log(`processor ${Math.round(longestOnProcessor(trace))}`);
    rmSync(trace);
    console.log(`task ${Math.round(Number(await page.evaluate('window.longestTask')))}`);
    console.log(`memory ${Math.round(peak)}`);
    for (const chip of await page.locator('.batch-chip').all()) {
      const count = await chip.locator('.batch-chip-count').textContent();
      const standing = await chip.getAttribute('data-standing');
      console.log(`${standing} ${(count ?? '').replaceAll(/\D/g, '')}`);
    }
  } finally {
    await app.close();
    rmSync(userData, { recursive: true, force: true });
  }
});

/**
 * Sorts and scrolls meanwhile, as somebody who cannot wait.
 * @param {import('@playwright/test').Page} page
 * @param {number} pid
 * @returns {Promise<number>} MiB
 */
async function workThrough(page, pid) {
  const until = performance.now() + LONGEST_WAIT;
  const head = page.locator('.batch-head');
  const grid = page.getByRole('grid', { name: 'Domains' });
  let peak = 0;
  for (let turn = 0; performance.now() < until; turn += 1) {
    peak = Math.max(peak, memoryOf(pid));
    if ((await head.getAttribute('data-phase')) === 'finished') return peak;
    const column = ['Domain', 'Outcome', 'First to mend', 'When'][turn % 4] ?? '';
    await page.getByRole('button', { name: column, exact: true }).click();
    await grid.focus();
    await grid.press(turn % 2 === 0 ? 'End' : 'Home');
    await page.waitForTimeout(SAMPLE_MS);
  }
  throw new Error('the list did not come to its end');
}

/** @param {import('@playwright/test').Page} page @param {string} wanted */
async function phase(page, wanted) {
  await page.locator(`.batch-head[data-phase="${wanted}"]`).waitFor();
}

/**
 * Of the tasks of the page; on a busy machine most of the time that a task takes goes to others.
 * @param {string} file a trace of Chromium
 * @returns {number} milliseconds
 */
function longestOnProcessor(file) {
  /** @type {{ traceEvents: { name: string, pid: number, tid: number, tdur?: number, args?: { name?: string } }[] }} */
  const { traceEvents } = JSON.parse(readFileSync(file, 'utf8'));
  const pages = traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  return traceEvents
    .filter(({ pid, tid }) => pages.some((page) => page.pid === pid && page.tid === tid))
    .reduce((most, { tdur = 0 }) => Math.max(most, tdur / MICROSECONDS), 0);
}

/**
 * Of a process and all that it started: proportional set sizes, in which a page that several hold counts once (proc(5)).
 * @param {number} pid
 * @returns {number} MiB
 */
function memoryOf(pid) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(/\) \S (\d+)/.exec(read(`/proc/${name}/stat`))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  /** @param {number} of @returns {number} */
  const sum = (of) => {
    const kibibytes = Number(/^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${of}/smaps_rollup`))?.[1] ?? 0);
    return (children.get(of) ?? []).reduce((total, child) => total + sum(child), kibibytes / 1024);
  };
  return sum(pid);
}

/** @param {string} path @returns {string} */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has just ended.
    return '';
  }
}
