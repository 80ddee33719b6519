/** Reads files by their paths, and the files of folders such as `/etc/letsencrypt/live/NAME`, within bounds. */
import { constants } from 'node:fs';
import { open, opendir, readlink, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OpenedFiles } from '../../shared/ipc/contract.ts';
import { MAX_FILE_OCTETS, MAX_FILES } from '../../shared/material/limits.ts';
import { readReason } from './system-reason.ts';

/** Octets read at a time, so that no folder fills the memory. */
const MAX_TOTAL_OCTETS = 64 * 1024 * 1024;
/** Folders in a folder, one in the other. */
const MAX_DEPTH = 4;
/** Entries of folders that are looked at, at a time: somebody may name a whole disk. */
const MAX_ENTRIES = 10_000;

/** What cannot be read is told in `problems`, and loses nothing else. */
export async function readPaths(paths: readonly string[]): Promise<OpenedFiles> {
  // One octet more than allowed tells that there is more.
  const buffer = Buffer.alloc(MAX_FILE_OCTETS + 1);
  const reading: Reading = {
    files: [],
    problems: new Set(),
    folders: new Set(),
    octets: 0,
    entries: 0,
    buffer,
  };
  for (const path of paths) await readPath(path, basename(path), 0, reading);
  return { files: reading.files, problems: [...reading.problems] };
}

/**
 * The symbolic links in a folder, e.g. `cert.pem → ../../archive/mx/cert1.pem`. What cannot be listed from
 * here holds none that could be followed.
 */
export async function linksIn(folder: string): Promise<readonly string[]> {
  const search: Search = { links: [], entries: 0 };
  await findLinks(folder, '', 0, search);
  return search.links;
}

interface Search {
  readonly links: string[];
  entries: number;
}

async function findLinks(
  folder: string,
  prefix: string,
  depth: number,
  search: Search,
): Promise<void> {
  try {
    for await (const entry of await opendir(folder)) {
      search.entries += 1;
      if (search.entries > MAX_ENTRIES) return;
      const path = join(folder, entry.name);
      const name = `${prefix}${entry.name}`;
      if (entry.isSymbolicLink()) search.links.push(`${name} → ${await readlink(path)}`);
      else if (entry.isDirectory() && depth + 1 < MAX_DEPTH) {
        await findLinks(path, `${name}/`, depth + 1, search);
      }
    }
  } catch {
    // The others are found all the same.
  }
}

interface Reading {
  readonly files: { readonly name: string; readonly bytes: Uint8Array }[];
  readonly problems: Set<string>;
  /** Looked into: links may lead back to them. */
  readonly folders: Set<string>;
  octets: number;
  entries: number;
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
    if (about.isDirectory()) {
      const identity = `${about.dev} ${about.ino}`;
      // Windows may give no number to tell folders by.
      if (about.ino !== 0 && reading.folders.has(identity)) return;
      reading.folders.add(identity);
      await readFolder(path, name, depth, reading);
    } else if (about.isFile()) await readFile(path, name, reading);
    else if (depth === 0) reading.problems.add(`${name} is neither a file nor a folder.`);
  } catch (error) {
    reading.problems.add(`${name} cannot be read (${readReason(error)}).`);
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
  for (const entry of await namesIn(path, reading)) {
    if (isFull(reading)) return;
    await readPath(join(path, entry), `${name}/${entry}`, depth + 1, reading);
  }
}

/** In their order, as far as is looked. */
async function namesIn(folder: string, reading: Reading): Promise<readonly string[]> {
  const names: string[] = [];
  if (reading.entries > MAX_ENTRIES) return names;
  for await (const { name } of await opendir(folder)) {
    reading.entries += 1;
    if (reading.entries > MAX_ENTRIES) {
      const most = MAX_ENTRIES.toLocaleString('en');
      reading.problems.add(`Only the first ${most} entries of the folders were looked at.`);
      break;
    }
    names.push(name);
  }
  return names.sort();
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
    reading.problems.add(`Only the first ${MAX_FILES.toLocaleString('en')} files were read.`);
    return true;
  }
  if (reading.octets >= MAX_TOTAL_OCTETS) {
    const most = MAX_TOTAL_OCTETS / 1024 / 1024;
    reading.problems.add(`Only the first ${most} MiB of the files were read.`);
    return true;
  }
  return false;
}
