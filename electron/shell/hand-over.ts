/** One window a user data folder: a second start hands what it names to the open one, or has a window of its own. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { App } from 'electron';
import { hasOptions, type Arguments } from './arguments.ts';
import type { LockHolder } from './lock-holder.ts';

/** What a second start tells the window that is open. */
export interface HandedOver {
  readonly files: readonly string[];
  readonly domain: string | null;
  readonly link: string | null;
  /** It has a window of its own: the open one is not concerned. */
  readonly own: boolean;
}

export type Start =
  /** No other window has this user data folder. */
  | 'first'
  /** The open window takes it from here. */
  | 'handed-over'
  /** Beside the open window, with options that the other does not have. */
  | 'guest'
  /** Nobody has the folder, nor can this start have it: a window that keeps nothing. */
  | 'unkept';

/**
 * Asking for the lock tells the other window all words of this start. More than it takes would end it, with
 * what it holds: then this start has a window of its own.
 */
export function handOver(
  app: Pick<App, 'requestSingleInstanceLock'>,
  given: Arguments,
  holder: () => LockHolder,
  words: readonly string[] = process.argv,
): Start {
  const handed: HandedOver = {
    files: absolute(given.files),
    domain: given.domain,
    link: given.link,
    own: hasOptions(given) || given.unknown.length > 0,
  };
  const { files, domain, link } = handed;
  const said = [process.cwd(), ...words, ...files, domain ?? '', link ?? ''];
  if (octetsOf(said) > MAX_HANDED_OCTETS) return 'guest';
  if (app.requestSingleInstanceLock({ ...handed })) return 'first';
  // To end now would be to vanish without a word.
  if (holder().kind === 'nobody') return 'unkept';
  return handed.own ? 'guest' : 'handed-over';
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
export function handedOver(data: unknown): HandedOver {
  const said = new Map(typeof data === 'object' && data !== null ? Object.entries(data) : []);
  const text = (name: string): string | null => {
    const value: unknown = said.get(name);
    return typeof value === 'string' ? value : null;
  };
  const files: unknown = said.get('files');
  return {
    files: Array.isArray(files)
      ? files.filter((path: unknown): path is string => typeof path === 'string')
      : [],
    domain: text('domain'),
    link: text('link'),
    own: said.get('own') === true,
  };
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
