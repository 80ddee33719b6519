// Prints `usable N`: milliseconds from the launch of the app until its domain field takes typing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { _electron } from '@playwright/test';
import { APP_MODES, buildStale } from '../../scripts/build.mjs';
import { electronRuntime } from '../../scripts/electron-runtime.mjs';
import { findProgram } from '../../scripts/setup/packages.mjs';

// The best of them counts: what the machine's other work adds is not ours.
const LAUNCHES = 4;
const TYPED = 'example.org';

if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
  runUnderXvfb();
} else {
  await main();
}

function runUnderXvfb() {
  const xvfb = findProgram('xvfb-run');
  if (xvfb === undefined) {
    console.log('there is no display here, and no Xvfb');
    return;
  }
  const args = ['-a', '-s', '-screen 0 1440x900x24', process.execPath, ownPath()];
  spawnSync(xvfb, args, { stdio: 'inherit' });
}

function ownPath() {
  return fileURLToPath(import.meta.url);
}

async function main() {
  if (!buildStale(APP_MODES)) {
    console.log('the app could not be built');
    return;
  }
  const runtime = await electronRuntime();
  if (runtime.kind === 'missing') {
    console.log(runtime.reason);
    return;
  }
  let usableMs = Number.POSITIVE_INFINITY;
  for (let launch = 0; launch < LAUNCHES; launch += 1) {
    usableMs = Math.min(usableMs, await measure(runtime));
  }
  console.log(`usable ${Math.round(usableMs)}`);
}

/**
 * @param {{ readonly executablePath: string, readonly args: readonly string[] }} runtime
 * @returns {Promise<number>}
 */
async function measure({ executablePath, args }) {
  const userData = mkdtempSync(join(tmpdir(), 'dane-inspector-bench-'));
  const began = performance.now();
  const app = await _electron.launch({
    executablePath,
    args: [...args, `--user-data-dir=${userData}`],
  });
  try {
    const window = await app.firstWindow();
    const field = window.getByLabel('Domain, mail address or URL');
    await field.fill(TYPED);
    return performance.now() - began;
  } finally {
    await app.close();
    rmSync(userData, { recursive: true, force: true });
  }
}
