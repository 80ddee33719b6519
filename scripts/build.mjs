// Builds bundles: all of them when run by hand, and for other scripts those older than their sources.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { argv, execPath, pid, stderr } from 'node:process';
import { pathToFileURL } from 'node:url';
import { PROJECT } from './project.mjs';

/** @typedef {'main' | 'preload' | 'renderer' | 'cli' | 'bench'} Mode */

/** @type {readonly Mode[]} */
export const APP_MODES = ['main', 'preload', 'renderer'];

/** @type {Readonly<Record<Mode, { readonly file: string, readonly sources: readonly string[] }>>} */
const BUNDLES = {
  main: { file: 'main.cjs', sources: ['electron', 'shared', 'assets'] },
  preload: { file: 'preload.cjs', sources: ['electron/preload', 'shared'] },
  renderer: { file: 'index.html', sources: ['renderer', 'shared', 'assets'] },
  cli: { file: 'dane-inspector.cjs', sources: ['electron', 'shared', 'assets'] },
  bench: { file: 'bench.cjs', sources: ['test/bench', 'electron', 'shared', 'assets'] },
};

// The window's own code is no part of the command line: changing it must not slow the next `cli`.
const WINDOW_FOLDERS = new Set(['shell', 'preload']);

/** @param {Mode} mode @returns {string} the file that the bundle starts with */
export function bundlePath(mode) {
  return join(PROJECT, 'out', mode, BUNDLES[mode].file);
}

/**
 * Builds what is missing or older than its sources. Says nothing on stdout.
 * @param {readonly Mode[]} modes
 * @returns {boolean} whether all of them are now there
 */
export function buildStale(modes) {
  return modes.filter(isStale).every(build);
}

/** @param {Mode} mode @returns {boolean} */
function isStale(mode) {
  const bundle = bundlePath(mode);
  if (!existsSync(bundle)) return true;
  const built = statSync(bundle).mtimeMs;
  const skipped = mode === 'cli' || mode === 'bench' ? WINDOW_FOLDERS : new Set();
  return ['package.json', 'vite.config.ts', ...BUNDLES[mode].sources].some((source) =>
    isNewer(join(PROJECT, source), built, skipped),
  );
}

/**
 * A folder's own time counts as well: it tells of a file that was deleted.
 * @param {string} path
 * @param {number} time milliseconds since 1970
 * @param {ReadonlySet<string>} skipped names of folders to leave out
 * @returns {boolean}
 */
function isNewer(path, time, skipped) {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return false;
  if (entry.mtimeMs > time) return true;
  if (!entry.isDirectory()) return false;
  return readdirSync(path).some(
    (name) => !skipped.has(name) && isNewer(join(path, name), time, skipped),
  );
}

/**
 * Builds beside the old bundle and swaps at the end, so that a command running meanwhile finds one or the other.
 * @param {Mode} mode
 * @returns {boolean}
 */
function build(mode) {
  const target = join(PROJECT, 'out', mode);
  const fresh = join(PROJECT, 'out', `.${mode}-${pid}`);
  const old = `${fresh}-old`;
  const vite = join(PROJECT, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--mode', mode, '--outDir', fresh, '--logLevel', 'warn'];
  mkdirSync(fresh, { recursive: true });
  try {
    const run = spawnSync(execPath, args, { cwd: PROJECT, stdio: ['ignore', stderr, stderr] });
    if (run.status !== 0) return false;
    if (existsSync(target)) renameSync(target, old);
    renameSync(fresh, target);
    return true;
  } catch {
    return existsSync(bundlePath(mode)); // another build of the same sources was a moment faster
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  /** @type {readonly Mode[]} */
  const modes = [...APP_MODES, 'cli'];
  process.exitCode = modes.every(build) ? 0 : 1;
}
