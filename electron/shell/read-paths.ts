/** Reads files by their paths, and the files of folders such as `/etc/letsencrypt/live/NAME`, within bounds. */
import { constants } from 'node:fs';
import { open, readdir, readlink, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OpenedFiles } from '../../shared/ipc/contract.ts';
import { MAX_FILE_OCTETS } from '../../shared/material/limits.ts';

/** Files read at a time; the window keeps no more of one drop. */
const MAX_FILES = 2000;
/** Octets read at a time, so that no folder fills the memory. */
const MAX_TOTAL_OCTETS = 64 * 1024 * 1024;
/** Folders in a folder, one in the other. */
const MAX_DEPTH = 4;

/** What cannot be read is told in `problems`, and loses nothing else. */
export async function readPaths(paths: readonly string[]): Promise<OpenedFiles> {
  // One octet more than allowed tells that there is more.
  const buffer = Buffer.alloc(MAX_FILE_OCTETS + 1);
  const reading: Reading = { files: [], problems: new Set(), octets: 0, buffer };
  for (const path of paths) await readPath(path, basename(path), 0, reading);
  return { files: reading.files, problems: [...reading.problems] };
}

/** The symbolic links in a folder, e.g. `cert.pem → ../../archive/mx/cert1.pem`. */
export async function linksIn(folder: string, depth = 0): Promise<readonly string[]> {
  const links: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (links.length >= MAX_FILES) break;
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) links.push(`${entry.name} → ${await readlink(path)}`);
    else if (entry.isDirectory() && depth + 1 < MAX_DEPTH) {
      const inside = await linksIn(path, depth + 1);
      links.push(...inside.map((link) => `${entry.name}/${link}`));
    }
  }
  return links;
}

interface Reading {
  readonly files: { readonly name: string; readonly bytes: Uint8Array }[];
  readonly problems: Set<string>;
  octets: number;
  /** For one file after the other. */
  readonly buffer: Buffer;
}

async function readPath(
  path: string,
  name: string,
  depth: number,
  reading: Reading,
): Promise<void> {
  try {
    const about = await stat(path);
    if (about.isDirectory()) await readFolder(path, name, depth, reading);
    else if (about.isFile()) await readFile(path, name, reading);
    else if (depth === 0) reading.problems.add(`${name} is neither a file nor a folder.`);
  } catch (error) {
    reading.problems.add(`${name} cannot be read (${systemReason(error)}).`);
  }
}

async function readFolder(
  path: string,
  name: string,
  depth: number,
  reading: Reading,
): Promise<void> {
  if (depth >= MAX_DEPTH) {
    reading.problems.add(`${name} was not looked into: it lies ${MAX_DEPTH} folders deep.`);
    return;
  }
  const entries = await readdir(path, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (isFull(reading)) return;
    await readPath(join(path, entry.name), `${name}/${entry.name}`, depth + 1, reading);
  }
}

async function readFile(path: string, name: string, reading: Reading): Promise<void> {
  if (isFull(reading)) return;
  // A pipe put in the file's place meanwhile must not make us wait for whoever writes to it.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!(await file.stat()).isFile()) return;
    const { buffer } = reading;
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
      length += bytesRead;
      if (bytesRead === 0 || length === buffer.length) break;
    }
    reading.octets += length;
    reading.files.push({ name, bytes: new Uint8Array(buffer.subarray(0, length)) });
  } finally {
    await file.close();
  }
}

function isFull(reading: Reading): boolean {
  if (reading.files.length >= MAX_FILES) {
    reading.problems.add(`Only the first ${MAX_FILES} files were read.`);
    return true;
  }
  if (reading.octets >= MAX_TOTAL_OCTETS) {
    const most = MAX_TOTAL_OCTETS / 1024 / 1024;
    reading.problems.add(`Only the first ${most} MiB of the files were read.`);
    return true;
  }
  return false;
}

function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS.get(code) ?? (code === '' ? 'unknown reason' : code);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'it does not exist'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ELOOP', 'its links lead in a circle'],
]);
