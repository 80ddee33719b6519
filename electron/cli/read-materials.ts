/** Reads files, and the files of folders such as `/etc/letsencrypt/live/NAME`, for `tlsa`. */
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { concatBytes } from '../../shared/dns/bytes.ts';
import { MAX_FILE_OCTETS } from '../../shared/material/limits.ts';
import type { MaterialFile } from '../../shared/material/material.ts';
import { readMaterialFile } from '../../shared/material/read-file.ts';
import { systemReason } from './options.ts';

/** `-` is standard input. A file that cannot be read is told in its place. */
export async function readMaterials(paths: readonly string[]): Promise<readonly MaterialFile[]> {
  const files = await Promise.all(paths.map(readPath));
  return files.flat();
}

async function readPath(path: string): Promise<readonly MaterialFile[]> {
  try {
    if (path === '-') return [readMaterialFile('standard input', await readInput())];
    const about = await stat(path);
    return about.isDirectory() ? await readFolder(path) : [await readOne(path)];
  } catch (error) {
    return [unreadable(path, error)];
  }
}

/** A folder holds other things too: only files with something in them are told. */
async function readFolder(path: string): Promise<readonly MaterialFile[]> {
  const entries = (await readdir(path)).sort().slice(0, MAX_FILES);
  const files: MaterialFile[] = [];
  for (const entry of entries) {
    const file = join(path, entry);
    if (!(await stat(file)).isFile()) continue;
    const reading = await readOne(file);
    if (reading.items.length > 0) files.push(reading);
  }
  if (files.length > 0) return files;
  return [{ name: path, items: [], problems: ['No file in it holds a certificate or a key.'] }];
}

async function readOne(path: string): Promise<MaterialFile> {
  const handle = await open(path, 'r');
  try {
    // One octet more than allowed tells that there is more; devices never end.
    const buffer = new Uint8Array(MAX_FILE_OCTETS + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return readMaterialFile(path, buffer.subarray(0, length));
  } finally {
    await handle.close();
  }
}

async function readInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Without an encoding set, standard input gives bytes.
  const input: AsyncIterable<Uint8Array> = process.stdin;
  for await (const chunk of input) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_FILE_OCTETS) break;
  }
  return concatBytes(...chunks);
}

function unreadable(path: string, error: unknown): MaterialFile {
  return { name: path, items: [], problems: [`It cannot be read (${systemReason(error)}).`] };
}

/** Files of one folder that are looked at. */
const MAX_FILES = 1000;
