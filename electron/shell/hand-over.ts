/** A second start that names nothing but files hands them to the window that is open, and ends. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { App } from 'electron';
import type { Arguments } from './arguments.ts';

/**
 * True when another window takes the files: this start has nothing left to do. One lock a user data folder.
 * Asking tells the other window all words of this start. More than it takes would end it, with what it holds:
 * then this start has a window of its own.
 */
export function handOver(
  app: Pick<App, 'requestSingleInstanceLock'>,
  given: Arguments,
  words: readonly string[] = process.argv,
): boolean {
  const files = namesOnlyFiles(given) ? absolute(given.files) : [];
  if (octetsOf([process.cwd(), ...words, ...files]) > MAX_HANDED_OCTETS) return false;
  return !app.requestSingleInstanceLock({ files }) && files.length > 0;
}

/** Chromium takes 32 KiB at a time (`process_singleton_posix.cc`); what frames them has its room too. */
const MAX_HANDED_OCTETS = 24 * 1024;

/** With what stands around each; texts beyond Latin-1 have two octets for each of their UTF-16 units. */
function octetsOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => {
    const units = /^[\u0000-\u00ff]*$/.test(text) ? 1 : 2;
    return sum + Math.max(Buffer.byteLength(text), text.length * units) + FRAME_OCTETS;
  }, 0);
}

const FRAME_OCTETS = 4;

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
