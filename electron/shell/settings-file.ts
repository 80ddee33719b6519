/** What is kept between two starts: theme, recent domains, the window's place. One small JSON file. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { DEFAULT_PREFERENCES } from '../../shared/ipc/default-preferences.ts';
import { preferences } from '../../shared/ipc/preferences-schema.ts';
import type { Preferences } from '../../shared/ipc/preferences.ts';

export interface StoredSettings {
  readonly theme: 'system' | 'light' | 'dark';
  readonly recent: readonly string[];
  readonly preferences: Preferences;
  readonly window: StoredWindow | null;
}

export interface StoredWindow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

/** Bytes; root hints and trust anchors are the most of it. A larger file is not ours, and is not read. */
const MAX_FILE_BYTES = 1024 * 1024;
const MAX_RECENT = 12;
/** Characters of a domain name in presentation form (RFC 1035 §2.3.4: 255 octets), generously. */
const MAX_DOMAIN_CHARACTERS = 1024;

const schema = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  recent: z.array(z.string().max(MAX_DOMAIN_CHARACTERS)).max(MAX_RECENT).catch([]),
  preferences: preferences.catch(DEFAULT_PREFERENCES),
  window: z
    .object({
      x: z.number().int(),
      y: z.number().int(),
      width: z.number().int().positive(),
      height: z.number().int().positive(),
      maximized: z.boolean(),
    })
    .nullable()
    .catch(null),
});

const DEFAULTS: StoredSettings = {
  theme: 'system',
  recent: [],
  preferences: DEFAULT_PREFERENCES,
  window: null,
};

export class SettingsFile {
  readonly #path: string;
  #current: StoredSettings;

  constructor(path: string) {
    this.#path = path;
    this.#current = read(path);
  }

  get current(): StoredSettings {
    return this.#current;
  }

  /** Keeps at once; a disk that cannot be written costs the memory of it, nothing else. */
  change(change: Partial<StoredSettings>): StoredSettings {
    this.#current = { ...this.#current, ...change };
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileAtomic.sync(this.#path, `${JSON.stringify(this.#current, null, 2)}\n`);
    } catch (error) {
      console.error(`Settings are not kept: ${error instanceof Error ? error.message : 'unknown'}`);
    }
    return this.#current;
  }

  remember(domain: string): StoredSettings {
    const others = this.#current.recent.filter((known) => known !== domain);
    return this.change({ recent: [domain, ...others].slice(0, MAX_RECENT) });
  }
}

/** A missing, foreign or damaged file gives the defaults: settings are never a reason not to start. */
function read(path: string): StoredSettings {
  try {
    if (statSync(path).size > MAX_FILE_BYTES) return DEFAULTS;
    const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}
