// `window-drop.mjs FOLDER`: drops the folder's files on the window, all at once, and prints
// `shown N`, milliseconds until the records of all stand there, and `task N`, the longest the page was busy.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { withDisplay } from './with-display.mjs';

// The best of them counts: what the machine's other work adds is not ours.
const DROPS = 3;
/** Milliseconds. */
const LONGEST_WAIT = 60_000;

const [folder = ''] = process.argv.slice(2);
const files = readdirSync(folder).map((name) => join(folder, name));

/**
 * Runs in the page, which has other globals than this script: from the drop to the first frame in which the
 * records of all are counted.
 */
const WATCH = `new Promise((resolve, reject) => {
  let began = Infinity;
  let task = 0;
  let frame = 0;
  // What Chromium does with a thousand paths before it tells the page of the drop is not counted.
  const tasks = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      task = Math.max(task, startTime + duration - Math.max(startTime, began));
    }
  });
  tasks.observe({ entryTypes: ['longtask'] });
  const onDrop = () => {
    began = performance.now();
    let last = began;
    const look = () => {
      const now = performance.now();
      frame = Math.max(frame, now - last);
      last = now;
      const shown = document.querySelector('.records-pane h2')?.textContent ?? '';
      // Thousands are grouped.
      if (shown.replaceAll(',', '').includes('${files.length} records')) {
        tasks.disconnect();
        resolve({ shown: now - began, task, frame });
      } else if (now - began > ${LONGEST_WAIT}) reject(new Error('it shows “' + shown + '”'));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
  window.addEventListener('drop', onDrop, { once: true, capture: true });
})`;

await withDisplay(import.meta.url, async ({ executablePath, args }) => {
  const userData = mkdtempSync(join(tmpdir(), 'dane-inspector-bench-'));
  const app = await _electron.launch({
    executablePath,
    args: [...args, `--user-data-dir=${userData}`],
  });
  try {
    const page = await app.firstWindow();
    await page.getByLabel('Domain, mail address or URL').waitFor();
    const measures = [];
    for (let drop = 0; drop < DROPS; drop += 1) measures.push(await measure(page));
    const best = measures.reduce((a, b) => (a.shown <= b.shown ? a : b));
    console.log(`shown ${Math.round(best.shown)}`);
    console.log(`task ${Math.round(best.task)}`);
    console.log(`frame ${Math.round(best.frame)}`);
  } finally {
    await app.close();
    rmSync(userData, { recursive: true, force: true });
  }
});

/**
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<{ readonly shown: number, readonly task: number, readonly frame: number }>}
 */
async function measure(page) {
  const clear = page.getByRole('button', { name: 'Clear all', exact: true });
  if (await clear.isVisible()) await clear.click();
  /** @type {Promise<{ shown: number, task: number, frame: number }>} */
  const measured = page.evaluate(WATCH);
  await drop(page);
  return measured;
}

/** @param {import('@playwright/test').Page} page */
async function drop(page) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop'])) {
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  }
  await session.detach();
}
