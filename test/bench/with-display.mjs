// Runs a script that opens the app: under Xvfb where there is no display, with the app built and its runtime found.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { APP_MODES, buildStale } from '../../scripts/build.mjs';
import { electronRuntime } from '../../scripts/electron-runtime.mjs';
import { findProgram } from '../../scripts/setup/packages.mjs';

/**
 * @typedef {{ readonly executablePath: string, readonly args: readonly string[] }} Runtime
 */

/**
 * What cannot be done is told on stdout, in words.
 * @param {string} moduleUrl the script's own `import.meta.url`
 * @param {(runtime: Runtime) => Promise<void>} main
 */
export async function withDisplay(moduleUrl, main) {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    runUnderXvfb(fileURLToPath(moduleUrl));
    return;
  }
  if (!buildStale(APP_MODES)) {
    console.log('the app could not be built');
    return;
  }
  const runtime = await electronRuntime();
  if (runtime.kind === 'missing') console.log(runtime.reason);
  else await main(runtime);
}

/** @param {string} script */
function runUnderXvfb(script) {
  const xvfb = findProgram('xvfb-run');
  if (xvfb === undefined) {
    console.log('there is no display here, and no Xvfb');
    return;
  }
  const screen = ['-a', '-s', '-screen 0 1440x900x24'];
  const args = [...screen, process.execPath, script, ...process.argv.slice(2)];
  spawnSync(xvfb, args, { stdio: 'inherit' });
}
