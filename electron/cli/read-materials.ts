/** Reads files, and the files of folders such as `/etc/letsencrypt/live/NAME`, for `tlsa` and `rollover`. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MAX_FILES, MAX_FILE_OCTETS, MAX_ITEMS } from '../../shared/material/limits.ts';
import type { MaterialFile } from '../../shared/material/material.ts';
import { readMaterialFile } from '../../shared/material/read-file.ts';
import { readUpTo, systemReason } from './input-file.ts';

/**
 * `-` is standard input. A file that cannot be read is told in its place, and so is what was left
 * out. `password` is for files that do not open without one.
 */
export async function readMaterials(
  paths: readonly string[],
  password: string | null = null,
): Promise<readonly MaterialFile[]> {
  const files: MaterialFile[] = [];
  let items = 0;
  for (const [index, path] of paths.entries()) {
    if (files.length >= MAX_FILES || items >= MAX_ITEMS) {
      files.push(
        without(path, `It was not read, nor the ${leftOf(paths, index)} after it: ${FULL}.`),
      );
      break;
    }
    for (const file of await readPath(path, password, MAX_ITEMS - items)) {
      files.push(file);
      items += file.items.length;
    }
  }
  return files;
}

function leftOf(paths: readonly string[], index: number): string {
  return (paths.length - index - 1).toLocaleString('en');
}

const FULL = `at most ${MAX_FILES.toLocaleString('en')} files, and ${MAX_ITEMS.toLocaleString('en')} certificates and keys, are taken at once`;

async function readPath(
  path: string,
  password: string | null,
  mostItems: number,
): Promise<readonly MaterialFile[]> {
  try {
    if (path === '-') {
      const bytes = await readUpTo(process.stdin, MAX_FILE_OCTETS);
      return [readBytes('standard input', bytes, password)];
    }
    const about = await stat(path);
    if (about.isDirectory()) return await readFolder(path, password, mostItems);
    return [readBytes(path, await readOne(path), password)];
  } catch (error) {
    return [unreadable(path, error)];
  }
}

/**
 * A folder holds other things too: only files with something in them, that should have it, or that cannot
 * be read are told.
 */
async function readFolder(
  path: string,
  password: string | null,
  mostItems: number,
): Promise<readonly MaterialFile[]> {
  const entries = (await readdir(path)).sort();
  const files: MaterialFile[] = [];
  let items = 0;
  for (const entry of entries.slice(0, MAX_FILES)) {
    const file = join(path, entry);
    try {
      if (!(await stat(file)).isFile()) continue;
      if (items >= mostItems) {
        files.push(without(file, `It was not read, nor what comes after it: ${FULL}.`));
        break;
      }
      const bytes = await readOne(file);
      const reading = readBytes(file, bytes, password);
      const isSomething = reading.items.length > 0 || reading.locked !== null;
      if (isSomething || isMeantToBeCertificate(entry, bytes)) files.push(reading);
      items += reading.items.length;
    } catch (error) {
      files.push(unreadable(file, error));
    }
  }
  if (files.length === 0) files.push(without(path, 'No file in it holds a certificate or a key.'));
  if (entries.length > MAX_FILES) {
    const [most, all] = [MAX_FILES, entries.length].map((count) => count.toLocaleString('en'));
    files.push(without(path, `Only the first ${most} of its ${all} entries were looked at.`));
  }
  return files;
}

/** What is empty or broken is told where a certificate would be missed: a renewal may have failed. */
function isMeantToBeCertificate(entry: string, bytes: Buffer): boolean {
  return bytes.length === 0 ? /\.(pem|crt|cer)$/i.test(entry) : bytes.includes(BEGIN_CERTIFICATE);
}

const BEGIN_CERTIFICATE = '-----BEGIN CERTIFICATE-----';

/** One octet more than allowed tells that there is more; devices never end. */
async function readOne(path: string): Promise<Buffer> {
  return readUpTo(createReadStream(path), MAX_FILE_OCTETS);
}

/** Some files of several open without a password: it is not tried on these. */
function readBytes(name: string, bytes: Uint8Array, password: string | null): MaterialFile {
  const file = readMaterialFile(name, bytes);
  if (password === null || file.locked === null) return file;
  return readMaterialFile(name, bytes, { password });
}

function unreadable(path: string, error: unknown): MaterialFile {
  return without(path, `It cannot be read (${systemReason(error)}).`);
}

function without(name: string, problem: string): MaterialFile {
  return { name, items: [], problems: [problem], locked: null };
}
