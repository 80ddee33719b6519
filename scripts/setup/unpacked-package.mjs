// Fetches a Debian package that conflicts with an installed one and unpacks it aside, without installing it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../project.mjs';

const FOLDER = join(PROJECT, 'node_modules', '.cache', 'debian-packages');

/** @param {string} name @returns {string | undefined} its path among what has been unpacked */
export function unpackedProgram(name) {
  const path = join(FOLDER, 'usr', 'sbin', name);
  return existsSync(path) ? path : undefined;
}

/**
 * Nothing of the package runs and nothing lands outside the cache folder of node_modules.
 * @param {string} name
 * @returns {boolean} whether it succeeded
 */
export function unpackPackage(name) {
  const unpacking = `${FOLDER}.${process.pid}`;
  try {
    mkdirSync(unpacking, { recursive: true });
    // Without APT's unprivileged user, who may not write into a folder of root's.
    if (!run('apt-get', ['-q', '-o', 'APT::Sandbox::User=root', 'download', name], unpacking)) {
      return false;
    }
    const archive = readdirSync(unpacking).find((file) => file.endsWith('.deb'));
    if (archive === undefined || !run('dpkg-deb', ['-x', archive, 'root'], unpacking)) return false;
    rmSync(FOLDER, { recursive: true, force: true });
    renameSync(join(unpacking, 'root'), FOLDER);
    return true;
  } finally {
    rmSync(unpacking, { recursive: true, force: true });
  }
}

/** @param {string} program @param {readonly string[]} args @param {string} cwd @returns {boolean} */
function run(program, args, cwd) {
  return (
    spawnSync(program, args, { cwd, stdio: ['ignore', process.stderr, process.stderr] }).status ===
    0
  );
}
