/** A second start that names nothing but files hands them to the window that is open, and ends. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { App } from 'electron';
import type { Arguments } from './arguments.ts';

/** True when another window takes the files: this start has nothing left to do. One lock a user data folder. */
export function handOver(app: App, given: Arguments): boolean {
  const files = namesOnlyFiles(given) ? absolute(given.files) : [];
  return !app.requestSingleInstanceLock({ files }) && files.length > 0;
}

/** What a later start handed over; whatever else it may have sent is left alone. */
export function handedOver(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null || !('files' in data)) return [];
  const { files } = data;
  if (!Array.isArray(files)) return [];
  return files.filter((path: unknown): path is string => typeof path === 'string');
}

/** The other start may have been made in another folder. */
export function absolute(paths: readonly string[]): readonly string[] {
  return paths.map((path) => resolve(path));
}

/** Desktops hand files over as `file:` URLs; every other word stays what it is. */
export function withoutFileUrl(word: string): string {
  if (!word.startsWith('file://')) return word;
  try {
    return fileURLToPath(word);
  } catch {
    return word;
  }
}

/** A word that cannot be a path is none: it may be a URL, or anything. */
export function onDisk(path: string): 'file' | 'folder' | null {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return null;
  }
}

/** Options and domains are for a window of their own. */
function namesOnlyFiles({ files, lab, allowPrivate, ...others }: Arguments): boolean {
  const named = Object.values(others).some((value) => value !== null);
  return files.length > 0 && !lab && !allowPrivate && !named;
}
