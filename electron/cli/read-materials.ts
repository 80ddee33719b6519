/** Reads files, and the files of folders such as `/etc/letsencrypt/live/NAME`, for `tlsa`. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_FILE_OCTETS } from '../../shared/material/limits.ts';
import type { MaterialFile } from '../../shared/material/material.ts';
import { readMaterialFile } from '../../shared/material/read-file.ts';
import { readUpTo, systemReason } from './input-file.ts';

/** `-` is standard input. A file that cannot be read is told in its place. */
export async function readMaterials(paths: readonly string[]): Promise<readonly MaterialFile[]> {
  const files = await Promise.all(paths.map(readPath));
  return files.flat();
}

async function readPath(path: string): Promise<readonly MaterialFile[]> {
  try {
    if (path === '-')
      return [readMaterialFile('standard input', await readUpTo(process.stdin, MAX_FILE_OCTETS))];
    const about = await stat(path);
    return about.isDirectory() ? await readFolder(path) : [await readOne(path)];
  } catch (error) {
    return [unreadable(path, error)];
  }
}

/** A folder holds other things too: only files with something in them, or that cannot be read, are told. */
async function readFolder(path: string): Promise<readonly MaterialFile[]> {
  const entries = (await readdir(path)).sort().slice(0, MAX_FILES);
  const files: MaterialFile[] = [];
  for (const entry of entries) {
    const file = join(path, entry);
    try {
      if (!(await stat(file)).isFile()) continue;
      const reading = await readOne(file);
      if (reading.items.length > 0) files.push(reading);
    } catch (error) {
      files.push(unreadable(file, error));
    }
  }
  if (files.length > 0) return files;
  return [without(path, 'No file in it holds a certificate or a key.')];
}

/** One octet more than allowed tells that there is more; devices never end. */
async function readOne(path: string): Promise<MaterialFile> {
  return readMaterialFile(path, await readUpTo(createReadStream(path), MAX_FILE_OCTETS));
}

function unreadable(path: string, error: unknown): MaterialFile {
  return without(path, `It cannot be read (${systemReason(error)}).`);
}

function without(name: string, problem: string): MaterialFile {
  return { name, items: [], problems: [problem], locked: null };
}

/** Files of one folder that are looked at. */
const MAX_FILES = 1000;
