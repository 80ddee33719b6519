/** The list of watched domains and what is known of them, kept between two starts: one JSON file, written whole or not at all. */
import { mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import {
  MAX_KEPT_OCTETS,
  readKept,
  writtenKept,
  type WatchKept,
} from '../../shared/ipc/watch-kept.ts';
import { MAX_WATCHED } from '../../shared/watch/limits.ts';
import { readReason, writeReason } from './system-reason.ts';

export class WatchFile {
  readonly #path: string;
  /** False where what lies there is neither ours nor could be set aside. */
  #mayWrite = true;

  constructor(path: string) {
    this.#path = path;
  }

  /** What cannot be used is set aside under a name of its own, and told. `now`: ISO 8601, for that name. */
  read(now: string): { readonly kept: WatchKept; readonly problem: string | null } {
    const none = { settings: null, domains: [] };
    try {
      if (statSync(this.#path).size > MAX_KEPT_OCTETS) {
        return { kept: none, problem: this.#setAside(now, NOTHING_KEPT) };
      }
      const reading = readKept(readFileSync(this.#path, 'utf8'), MAX_WATCHED);
      switch (reading.kind) {
        case 'whole':
          return { kept: reading.kept, problem: null };
        case 'damaged':
          return { kept: reading.kept, problem: this.#setAside(now, REST_KEPT) };
        case 'foreign':
          return { kept: none, problem: this.#setAside(now, NOTHING_KEPT) };
      }
    } catch (error) {
      if (isMissing(error)) return { kept: none, problem: null };
      this.#mayWrite = false;
      const reason = readReason(error);
      const problem = `The list of watched domains cannot be read (${reason}): ${this.#path}. Nothing is written there, so changes last only until the program ends.`;
      return { kept: none, problem };
    }
  }

  /** A sentence when it could not be kept; what is known goes on in memory. */
  write(kept: WatchKept): string | null {
    if (!this.#mayWrite) return null;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileAtomic.sync(this.#path, writtenKept(kept), { mode: 0o600 });
      return null;
    } catch (error) {
      return `The list of watched domains could not be kept (${writeReason(error)}): changes may be lost when the program ends. It is tried again at the next change.`;
    }
  }

  #setAside(now: string, what: string): string {
    const aside = `${this.#path}.damaged-${now.replaceAll(':', '-')}`;
    try {
      renameSync(this.#path, aside);
      return `The list of watched domains was damaged. ${what} The damaged file is kept as ${aside}.`;
    } catch (error) {
      this.#mayWrite = false;
      return `The list of watched domains is damaged, and could not be set aside (${writeReason(error)}): ${this.#path}. It is left as it is, so changes last only until the program ends.`;
    }
  }
}

const NOTHING_KEPT = 'Nothing of it could be used, so the list begins empty.';
const REST_KEPT = 'What could be read of it is used.';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
