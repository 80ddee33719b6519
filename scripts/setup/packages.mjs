// Finds which system packages a command lacks, and installs them or says how to.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { unpackPackage, unpackedProgram } from './unpacked-package.mjs';

/**
 * One thing a command needs. `packages` are alternatives, newest name first: Debian 13 and
 * Ubuntu 24.04 renamed libraries for 64-bit time. `unpacked` is a program whose package cannot be
 * installed beside the others, so it is only unpacked. `plugin` is a file below a library folder that
 * a program loads by itself, so the linker's list does not name it.
 * @typedef {{ readonly name: string, readonly kind: 'library' | 'program' | 'unpacked' | 'plugin', readonly packages: readonly string[] }} Need
 */

/** @param {string} name @param {...string} packages @returns {Need} */
const library = (name, ...packages) => ({ name, kind: 'library', packages });
/** @param {string} name @param {...string} packages @returns {Need} */
const program = (name, ...packages) => ({ name, kind: 'program', packages });

/** @param {string} name @param {...string} packages @returns {Need} */
const plugin = (name, ...packages) => ({ name, kind: 'plugin', packages });

/** What Electron links to on Linux. @type {readonly Need[]} */
export const ELECTRON_NEEDS = [
  library('libgtk-3.so.0', 'libgtk-3-0t64', 'libgtk-3-0'),
  library('libnss3.so', 'libnss3'),
  library('libgbm.so.1', 'libgbm1'),
  library('libasound.so.2', 'libasound2t64', 'libasound2'),
  library('libXss.so.1', 'libxss1'),
  library('libXtst.so.6', 'libxtst6'),
  library('libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'),
  library('libdrm.so.2', 'libdrm2'),
];

/** A display that exists in memory only. @type {readonly Need[]} */
export const DISPLAY_NEEDS = [program('Xvfb', 'xvfb'), program('xauth', 'xauth')];

/** A browser as visitors of a public outbound test have one. @type {readonly Need[]} */
export const BROWSER_NEEDS = [program('chromium', 'chromium')];

/** The real servers and the independent judges of the test universe. @type {readonly Need[]} */
export const UNIVERSE_NEEDS = [
  program('named', 'bind9'),
  program('dnssec-signzone', 'bind9-utils'),
  program('delv', 'bind9-dnsutils'),
  program('unbound', 'unbound'),
  program('unbound-host', 'unbound-host'),
  program('kresd', 'knot-resolver'),
  program('posttls-finger', 'postfix'),
  program('danetool', 'gnutls-bin'),
  program('openssl', 'openssl'),
  program('ip', 'iproute2'),
  // What translates addresses in a network of a test's own, and judges rules and units.
  program('nft', 'nftables'),
  program('systemd-analyze', 'systemd'),
  // What lets a copy of Node listen on port 25.
  program('setcap', 'libcap2-bin'),
  // What reads the records that are written for others' DNS software.
  program('ldns-dane', 'ldnsutils'),
  program('tinydns-data', 'tinydns'),
  program('pdnsutil', 'pdns-server'),
  plugin('pdns/liblmdbbackend.so', 'pdns-backend-lmdb'),
  // What reads and runs the hooks: a checker, a second shell, and what they call.
  program('shellcheck', 'shellcheck'),
  program('busybox', 'busybox'),
  program('curl', 'curl'),
  program('jq', 'jq'),
  // Exim conflicts with Postfix as a package; these are its libraries.
  { name: 'exim4', kind: 'unpacked', packages: ['exim4-daemon-light'] },
  library('libdb-5.3.so', 'libdb5.3t64', 'libdb5.3'),
  library('libgnutls-dane.so.0', 'libgnutls-dane0t64', 'libgnutls-dane0'),
  library('libidn.so.12', 'libidn12'),
  library('libnsl.so.2', 'libnsl2'),
  library('libpcre2-8.so.0', 'libpcre2-8-0'),
];

/** @returns {string | undefined} the path of Exim, installed or unpacked */
export function eximProgram() {
  return findProgram('exim4') ?? unpackedProgram('exim4');
}

/** @typedef {{ readonly ok: true } | { readonly ok: false, readonly message: string }} SetupResult */

/**
 * Makes every need present. As root on a Debian family system it installs what is missing;
 * otherwise the message holds the one line to run.
 * @param {readonly Need[]} needs
 * @param {string} purpose what the packages are for, in words that follow "needed"
 * @returns {SetupResult}
 */
export function ensurePackages(needs, purpose) {
  if (process.platform !== 'linux') return { ok: true };
  const missing = missingNeeds(needs);
  if (missing.length === 0) return { ok: true };
  if (findProgram('apt-get') === undefined) {
    const names = missing.map((need) => need.name).join(', ');
    return { ok: false, message: `Missing, and needed ${purpose}: ${names}. Please install them.` };
  }
  if (process.getuid?.() !== 0) {
    const line = `sudo apt-get install ${packageNames(missing).join(' ')}`;
    return { ok: false, message: `Some packages are needed ${purpose}. Please run:\n  ${line}` };
  }
  return installPackages(missing, purpose);
}

/** @param {readonly Need[]} needs @returns {readonly Need[]} */
function missingNeeds(needs) {
  const libraries = needs.some((need) => need.kind === 'library') ? installedLibraries() : '';
  return needs.filter(({ kind, name }) => {
    if (kind === 'library') return !libraries.includes(`\t${name} `);
    if (kind === 'plugin') return !hasPlugin(name);
    return (
      (findProgram(name) ?? (kind === 'unpacked' ? unpackedProgram(name) : undefined)) === undefined
    );
  });
}

/** @param {readonly Need[]} missing @param {string} purpose @returns {SetupResult} */
function installPackages(missing, purpose) {
  console.error(`Refreshing apt's package lists …`);
  aptGet(['update', '-q']); // a failure here shows in the installation below
  const names = packageNames(missing);
  const unpacked = packageNames(missing.filter(({ kind }) => kind === 'unpacked'));
  const toInstall = names.filter((name) => !unpacked.includes(name));
  console.error(`Installing, needed ${purpose}: ${names.join(' ')}`);
  presetPostfix(toInstall);
  const installed =
    (toInstall.length === 0 ||
      withoutServiceStarts(() =>
        aptGet(['install', '-q', '-y', '--no-install-recommends', ...toInstall]),
      )) &&
    unpacked.every(unpackPackage);
  const still = missingNeeds(missing).map((need) => need.name);
  if (installed && still.length === 0) return { ok: true };
  const what = still.length === 0 ? names.join(' ') : still.join(', ');
  return {
    ok: false,
    message: `apt-get could not install what is needed ${purpose}: ${what}. Its own words are above.`,
  };
}

/** @param {readonly string[]} args @returns {boolean} whether it succeeded */
function aptGet(args) {
  const run = spawnSync('apt-get', args, {
    stdio: ['ignore', process.stderr, process.stderr],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return run.status === 0;
}

/** Postfix is installed for its programs; it gets no configuration of its own. @param {readonly string[]} names */
function presetPostfix(names) {
  if (!names.includes('postfix')) return;
  const input = 'postfix postfix/main_mailer_type select No configuration\n';
  spawnSync('debconf-set-selections', [], { input, stdio: ['pipe', 'ignore', 'inherit'] });
}

const POLICY_FILE = '/usr/sbin/policy-rc.d';

/**
 * Runs an installation during which no service may start by itself: Debian's invoke-rc.d asks
 * policy-rc.d, where 101 means "forbidden". A file that was there before comes back afterwards.
 * @param {() => boolean} install
 * @returns {boolean}
 */
function withoutServiceStarts(install) {
  const before = existsSync(POLICY_FILE)
    ? { text: readFileSync(POLICY_FILE), mode: statSync(POLICY_FILE).mode }
    : undefined;
  const ignoreSignal = () => undefined; // apt-get gets it too; the file must be put back first
  process.on('SIGINT', ignoreSignal).on('SIGTERM', ignoreSignal);
  try {
    writeFileSync(POLICY_FILE, '#!/bin/sh\nexit 101\n');
    chmodSync(POLICY_FILE, 0o755);
    return install();
  } finally {
    if (before === undefined) rmSync(POLICY_FILE, { force: true });
    else {
      writeFileSync(POLICY_FILE, before.text);
      chmodSync(POLICY_FILE, before.mode);
    }
    process.off('SIGINT', ignoreSignal).off('SIGTERM', ignoreSignal);
  }
}

/** @param {readonly Need[]} needs @returns {readonly string[]} one package a need, the first that apt knows */
function packageNames(needs) {
  const names = needs.map((need) => {
    const last = need.packages.at(-1) ?? need.name;
    return need.packages.length === 1 ? last : (need.packages.find(hasCandidate) ?? last);
  });
  return [...new Set(names)];
}

/** @param {string} name @returns {boolean} */
function hasCandidate(name) {
  const run = spawnSync('apt-cache', ['policy', name], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return /Candidate: (?!\(none\))/.test(run.stdout);
}

/** @returns {string} what ldconfig knows, one library a line */
function installedLibraries() {
  const ldconfig = findProgram('ldconfig') ?? '/sbin/ldconfig';
  return spawnSync(ldconfig, ['-p'], { encoding: 'utf8' }).stdout ?? '';
}

/** @param {string} name @returns {boolean} whether it lies in a library folder, or in that of one architecture */
function hasPlugin(name) {
  const folders = readdirSync('/usr/lib').map((folder) => join('/usr/lib', folder));
  return ['/usr/lib', '/usr/lib64', ...folders].some((folder) => existsSync(join(folder, name)));
}

/**
 * The system folders count even when a user's PATH leaves them out: Debian keeps named and Postfix there.
 * @param {string} name
 * @returns {string | undefined}
 */
export function findProgram(name) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
