// Prints how the picture of thirty hosts bears being looked at: `picture N`, milliseconds from the end of the run until
// it is drawn; `unfold N`, until everything in it is drawn singly; and for each way of looking `NAME RATE MOVED GAP`:
// frames a second, those of them in which the picture had moved, and the longest wait between two frames in
// milliseconds, while the mouse drags the picture about.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { withDisplay } from './with-display.mjs';

const DOMAIN = 'thirty.lab';
/** Milliseconds. */
const LONGEST_RUN = 120_000;
const PAN = 4_000;
/** Best of so many: what the machine's other work adds is not ours. */
const PANS = 3;
/** Pixels by which the mouse moves at a time, and in all before it turns round. */
const STEP = 12;
const REACH = 360;

/** Runs in the page: from the end of the run to the second frame after it, in which the picture stands. */
const WATCH_END = `new Promise((resolve) => {
  const verdict = document.querySelector('.verdict');
  const observer = new MutationObserver(() => {
    if (verdict.dataset.phase !== 'finished') return;
    observer.disconnect();
    const began = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
  });
  observer.observe(verdict, { attributes: true });
})`;

/** Runs in the page: presses the button that unfolds everything, and waits until a frame shows it. */
const UNFOLD = `new Promise((resolve) => {
  const began = performance.now();
  document.querySelector('[aria-label="Unfold everything"]').click();
  const look = () => {
    const hosts = document.querySelectorAll('[data-node^="host|"]').length;
    if (hosts === 30) requestAnimationFrame(() => resolve(performance.now() - began));
    else requestAnimationFrame(look);
  };
  look();
})`;

/** Runs in the page: counts frames until it is told to stop. */
const COUNT = `(() => {
  const frames = [];
  let going = true;
  let moved = 0;
  let before = '';
  const viewport = document.querySelector('.react-flow__viewport');
  const tick = (now) => {
    frames.push(now);
    if (viewport.style.transform !== before) moved += 1;
    before = viewport.style.transform;
    if (going) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  window.stopCounting = () => {
    going = false;
    let gap = 0;
    for (let at = 1; at < frames.length; at += 1) gap = Math.max(gap, frames[at] - frames[at - 1]);
    const seconds = (frames[frames.length - 1] - frames[0]) / 1000;
    return { rate: (frames.length - 1) / seconds, moved: (moved - 1) / seconds, gap };
  };
})()`;

await withDisplay(import.meta.url, async ({ executablePath, args }) => {
  const userData = mkdtempSync(join(tmpdir(), 'dane-inspector-bench-'));
  const app = await _electron.launch({
    executablePath,
    args: [...args, `--user-data-dir=${userData}`, '--lab'],
  });
  try {
    const page = await app.firstWindow();
    const field = page.getByLabel('Domain, mail address or URL');
    await field.fill(DOMAIN);
    await field.press('Enter');
    await page.locator('.verdict[data-phase="running"]').waitFor();
    page.setDefaultTimeout(LONGEST_RUN);
    console.log(`picture ${Math.round(await page.evaluate(WATCH_END))}`);
    // Nothing beside the picture is to be drawn meanwhile.
    await page.getByRole('button', { name: 'Close the details' }).click();
    await panAndTell(page, 'folded');
    console.log(`unfold ${Math.round(await page.evaluate(UNFOLD))}`);
    console.log(`nodes ${await page.locator('.react-flow__node').count()}`);
    await panAndTell(page, 'unfolded');
    const out = page.getByRole('button', { name: 'Zoom out' });
    for (let press = 0; press < 4; press += 1) await out.click();
    await panAndTell(page, 'whole');
  } finally {
    await app.close();
    rmSync(userData, { recursive: true, force: true });
  }
});

/** @typedef {{ readonly rate: number, readonly moved: number, readonly gap: number }} Pan */

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} name
 */
async function panAndTell(page, name) {
  let best = { rate: 0, moved: 0, gap: 0 };
  for (let turn = 0; turn < PANS; turn += 1) {
    const measured = await pan(page);
    if (measured.rate > best.rate) best = measured;
  }
  const { rate, moved, gap } = best;
  console.log(`${name} ${rate.toFixed(1)} ${moved.toFixed(1)} ${Math.round(gap)}`);
}

/**
 * Drags the picture up and down, and a little to the sides, by the events that a mouse would send.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<Pan>}
 */
async function pan(page) {
  const pane = await page.locator('.react-flow__pane').boundingBox();
  if (pane === null) throw new Error('there is no picture');
  const session = await page.context().newCDPSession(page);
  const x = pane.x + 24;
  const y = pane.y + pane.height / 2;
  const send = (
    /** @type {'mousePressed' | 'mouseMoved' | 'mouseReleased'} */ type,
    dx = 0,
    dy = 0,
  ) =>
    session.send('Input.dispatchMouseEvent', {
      type,
      x: x + dx,
      y: y + dy,
      button: 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      clickCount: 1,
    });
  await page.mouse.move(x, y);
  await send('mousePressed');
  await page.evaluate(COUNT);
  const began = performance.now();
  let along = 0;
  let step = -STEP;
  while (performance.now() - began < PAN) {
    along += step;
    if (Math.abs(along) >= REACH) step = -step;
    await send('mouseMoved', along / 8, along);
  }
  /** @type {Pan} */
  const measured = await page.evaluate('stopCounting()');
  await send('mouseReleased');
  await session.detach();
  return measured;
}
