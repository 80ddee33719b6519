/** What is kept between two starts: settings, recent domains, the window's place. One small JSON file. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { DEFAULT_PREFERENCES } from '../../shared/ipc/default-preferences.ts';
import type { Preferences } from '../../shared/ipc/preferences.ts';
import { readPreferences } from './preferences-document.ts';
import { readReason, writeReason } from './system-reason.ts';

export interface StoredSettings {
  readonly theme: 'system' | 'light' | 'dark';
  readonly recent: readonly string[];
  readonly preferences: Preferences;
  readonly window: StoredWindow | null;
  /** Of the page: 1 is 100 %. */
  readonly zoom: number;
}

export interface StoredWindow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

/** Bytes; root hints and trust anchors are the most of it. A larger file is not ours, and is not read. */
export const MAX_FILE_BYTES = 1024 * 1024;
const MAX_RECENT = 12;
/** Characters of a domain name in presentation form (RFC 1035 §2.3.4: 255 octets), generously. */
const MAX_DOMAIN_CHARACTERS = 1024;
/** Pixels; the system takes no number beyond 32 bits, and X11 none beyond 16. */
const MAX_PIXELS = 32_767;
export const MIN_ZOOM = 0.5;
export const MAX_ZOOM = 2;
/** Damaged files that are kept beside each other. */
const MAX_DAMAGED = 9;

const parts = {
  theme: z.enum(['system', 'light', 'dark']),
  recent: z.array(z.string().max(MAX_DOMAIN_CHARACTERS)).max(MAX_RECENT),
  window: z
    .object({
      x: z.number().int().min(-MAX_PIXELS).max(MAX_PIXELS),
      y: z.number().int().min(-MAX_PIXELS).max(MAX_PIXELS),
      width: z.number().int().positive().max(MAX_PIXELS),
      height: z.number().int().positive().max(MAX_PIXELS),
      maximized: z.boolean(),
    })
    .nullable(),
  zoom: z.number().min(MIN_ZOOM).max(MAX_ZOOM),
};

const DEFAULTS: StoredSettings = {
  theme: 'system',
  recent: [],
  preferences: DEFAULT_PREFERENCES,
  window: null,
  zoom: 1,
};

export class SettingsFile {
  readonly #path: string;
  readonly #tell: (message: string) => void;
  #current: StoredSettings;
  /** A file that can neither be read nor be moved away is not written over. */
  #writable = true;
  #failed = false;
  #listener: ((settings: StoredSettings) => void) | null = null;

  /** `tell` is given one plain sentence for whatever goes wrong. */
  constructor(path: string, tell: (message: string) => void = tellConsole) {
    this.#path = path;
    this.#tell = tell;
    this.#current = this.#read();
  }

  get current(): StoredSettings {
    return this.#current;
  }

  /** Told after each change; one listener is enough. */
  listen(listener: (settings: StoredSettings) => void): void {
    this.#listener = listener;
  }

  /** Keeps at once; a disk that cannot be written costs the memory of it, nothing else. */
  change(change: Partial<StoredSettings>): StoredSettings {
    this.#current = { ...this.#current, ...change };
    this.#listener?.(this.#current);
    if (!this.#writable) return this.#current;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileAtomic.sync(this.#path, `${JSON.stringify(this.#current, null, 2)}\n`);
      this.#failed = false;
    } catch (error) {
      // Told once, not at each change, until it works again.
      if (!this.#failed) this.#tell(unkept(this.#path, writeReason(error)));
      this.#failed = true;
    }
    return this.#current;
  }

  remember(domain: string): StoredSettings {
    const others = this.#current.recent.filter((known) => known !== domain);
    return this.change({ recent: [domain, ...others].slice(0, MAX_RECENT) });
  }

  /** A missing, foreign or damaged file gives the defaults: settings are never a reason not to start. */
  #read(): StoredSettings {
    const text = this.#text();
    if (text === null) return DEFAULTS;
    const stored = objectOf(text);
    if (stored === null) {
      this.#setAside('The settings could not be read: the file is damaged.', renameSync);
      return DEFAULTS;
    }
    const { settings, problems } = settingsOf(stored);
    if (problems.length > 0) {
      this.#setAside(`Some settings could not be used: ${problems.join(' ')}`, copyFileSync);
    }
    return settings;
  }

  #text(): string | null {
    try {
      if (statSync(this.#path).size > MAX_FILE_BYTES) {
        this.#setAside(
          'The settings could not be read: the file is far too large to be one of this program.',
          renameSync,
        );
        return null;
      }
      return readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (!isMissing(error)) {
        this.#setAside(`The settings could not be read: ${readReason(error)}.`, renameSync);
      }
      return null;
    }
  }

  /** Whatever was in it can be looked at, and is not written over. */
  #setAside(why: string, put: (from: string, to: string) => void): void {
    const aside = freeName(`${this.#path}.damaged`);
    try {
      put(this.#path, aside);
      const used = put === renameSync ? 'The defaults are used' : 'The rest is used';
      this.#tell(`${why} ${used}; the file as it was is kept as ${aside}.`);
    } catch (error) {
      this.#writable = false;
      this.#tell(
        `${why} It is left as it is (it cannot be moved: ${writeReason(error)}), and nothing that you change is kept.`,
      );
    }
  }
}

function settingsOf(stored: Readonly<Record<string, unknown>>): {
  readonly settings: StoredSettings;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const part = <T>(name: keyof typeof parts, shape: z.ZodType<T>, otherwise: T): T => {
    if (!Object.hasOwn(stored, name)) return otherwise;
    const parsed = shape.safeParse(stored[name]);
    if (!parsed.success) problems.push(`“${name}” is not as it must be.`);
    return parsed.success ? parsed.data : otherwise;
  };
  const read = Object.hasOwn(stored, 'preferences')
    ? readPreferences(stored['preferences'], DEFAULT_PREFERENCES)
    : { preferences: DEFAULT_PREFERENCES, unusable: [], unknown: [] };
  problems.push(...read.unusable);
  return {
    settings: {
      theme: part('theme', parts.theme, DEFAULTS.theme),
      recent: part('recent', parts.recent, DEFAULTS.recent),
      preferences: read.preferences,
      window: part('window', parts.window, DEFAULTS.window),
      zoom: part('zoom', parts.zoom, DEFAULTS.zoom),
    },
    problems,
  };
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // Not JSON: half a file, or a file of something else.
    return null;
  }
}

/** The last of them gives way when there are too many. */
function freeName(path: string): string {
  const names = [path, ...Array.from({ length: MAX_DAMAGED - 1 }, (_, at) => `${path}-${at + 2}`)];
  return names.find((name) => !existsSync(name)) ?? `${path}-${MAX_DAMAGED}`;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && MISSING.includes(String(error.code));
}

/** Its folder may be none, which writing will tell. */
const MISSING: readonly string[] = ['ENOENT', 'ENOTDIR'];

function unkept(path: string, reason: string): string {
  return `What you change is not kept: ${basename(path)} in ${dirname(path)} cannot be written (${reason}). It holds until the program is closed.`;
}

function tellConsole(message: string): void {
  console.error(message);
}
