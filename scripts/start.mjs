// `npm start`: finds what the window needs, builds it and opens it; arguments go to the app.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv, env, exit, platform } from 'node:process';
import { APP_MODES, buildStale } from './build.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { DISPLAY_NEEDS, ELECTRON_NEEDS, ensurePackages, findProgram } from './setup/packages.mjs';

const hasDisplay = platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
const isRoot = process.getuid?.() === 0;

if (!hasDisplay && !isRoot) {
  stop(
    'There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set). Start it from a desktop, or use the command line: npm run --silent cli -- check DOMAIN',
  );
}
const packages = ensurePackages(
  hasDisplay ? ELECTRON_NEEDS : [...ELECTRON_NEEDS, ...DISPLAY_NEEDS],
  'by the window',
);
if (!packages.ok) stop(packages.message);
if (!buildStale(APP_MODES)) stop('The app could not be built; the reason is above.');
const runtime = await electronRuntime();
if (runtime.kind === 'missing') stop(runtime.reason);
const sandbox = sandboxProblem(runtime.executablePath);
if (sandbox !== undefined) stop(sandbox);

const command = [runtime.executablePath, ...runtime.args, ...argv.slice(2)];
if (!hasDisplay) {
  console.error('There is no display here: the app runs, unseen, in a virtual one (Xvfb).');
  command.unshift(findProgram('xvfb-run') ?? 'xvfb-run', '-a', '-s', '-screen 0 1440x900x24');
}
run(command);

/** @param {string} message @returns {never} */
function stop(message) {
  console.error(message);
  exit(1);
}

/** @param {readonly string[]} command */
function run([program = '', ...args]) {
  const child = spawn(program, args, { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => stop(`${program} could not be started: ${error.message}`));
  child.on('close', (code) => exit(code ?? 1));
}

/**
 * Chromium's sandbox needs user namespaces, or its helper owned by root with the setuid bit. Some
 * systems (Ubuntu 24.04) forbid the first to programs they do not know.
 * @param {string} executable
 * @returns {string | undefined} what to do about it
 */
function sandboxProblem(executable) {
  if (platform !== 'linux' || isRoot) return undefined;
  const helper = join(dirname(executable), 'chrome-sandbox');
  if (!existsSync(helper) || (statSync(helper).mode & 0o4000) !== 0) return undefined;
  if (spawnSync('unshare', ['--user', 'true'], { stdio: 'ignore' }).status === 0) {
    const restricted = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
    if (!existsSync(restricted) || readFileSync(restricted, 'utf8').trim() === '0')
      return undefined;
  }
  return `This system keeps Chromium's sandbox from starting. Please run:\n  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`;
}
