/** `--since FILE`: what was known of the domains before; one run at a time holds it, and it is written whole or not at all. */
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { MAX_KEPT_OCTETS, readKept, writtenKept } from '../../shared/ipc/watch-kept.ts';
import type { Watched } from '../../shared/watch/watched.ts';
import { systemReason, UsageError } from './input-file.ts';

/** Domains in one file; those seen longest ago go first. */
const MAX_DOMAINS = 5000;

/** Milliseconds after which a lock is taken for one that a crash left behind: no run takes a day. */
const LOCK_LIFE_MS = 86_400_000;

/** Of the owner alone: it tells which domains somebody cares about. */
const FILE_MODE = 0o600;

export class SinceFile {
  readonly #path: string;
  readonly #lock: string;
  readonly #known: Map<string, Watched>;

  /** Refuses what is no state of this program, what is in use, and what cannot be written. */
  constructor(named: string) {
    this.#path = realPath(named);
    this.#lock = `${this.#path}.lock`;
    takeLock(this.#path, this.#lock);
    try {
      this.#known = new Map(readDomains(this.#path).map((each) => [each.domain, each]));
    } catch (error) {
      this.release();
      throw error;
    }
  }

  of(domain: string): Watched | null {
    return this.#known.get(domain) ?? null;
  }

  take(watched: Watched): void {
    this.#known.delete(watched.domain);
    this.#known.set(watched.domain, watched);
  }

  /** A sentence when it could not be written; the file is then as it was. */
  write(): string | null {
    const fresh = `${this.#path}.new-${process.pid}`;
    try {
      remove(fresh);
      const domains = [...this.#known.values()].slice(-MAX_DOMAINS);
      writeDurably(fresh, writtenKept({ settings: null, domains }));
      renameSync(fresh, this.#path);
      return null;
    } catch (error) {
      remove(fresh);
      return `--since: ${this.#path} could not be written (${systemReason(error)}). The next run will tell the same again.`;
    }
  }

  release(): void {
    remove(this.#lock);
  }
}

/** A link stays one: what it leads to is written. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function readDomains(path: string): readonly Watched[] {
  let text: string;
  try {
    const found = statSync(path);
    if (!found.isFile()) throw new UsageError(`--since: ${path} is no file.`);
    if (found.size > MAX_KEPT_OCTETS) throw new UsageError(notOurs(path));
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (codeOf(error) === 'ENOENT') return [];
    throw new UsageError(`--since: ${path} cannot be read (${systemReason(error)}).`, {
      cause: error,
    });
  }
  const reading = readKept(text, MAX_DOMAINS);
  // It may be anything that somebody named by mistake: nothing is written over it.
  if (reading.kind === 'foreign') throw new UsageError(notOurs(path));
  if (reading.kind === 'damaged') {
    throw new UsageError(
      `--since: ${path} is damaged. It is left as it is and nothing was looked at: move it away to begin anew.`,
    );
  }
  return reading.kept.domains;
}

function notOurs(path: string): string {
  return `--since: ${path} does not hold what an earlier run has seen. It is left as it is and nothing was looked at: name another file, or move this one away.`;
}

function takeLock(path: string, lock: string): void {
  for (const isLast of [false, true]) {
    try {
      writeDurably(lock, `${process.pid}\n`);
      return;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') {
        throw new UsageError(`--since: ${path} cannot be written (${systemReason(error)}).`, {
          cause: error,
        });
      }
      const holder = holderOf(lock);
      if (holder !== null || isLast) {
        const who = holder === null ? 'another run' : `another run (process ${holder})`;
        throw new UsageError(`--since: ${path} is in use by ${who}. Nothing was looked at.`);
      }
      remove(lock);
    }
  }
}

/** What cannot be taken away is told by what it is in the way of. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Told where it matters.
  }
}

/** The process that holds it; null where it is gone. */
function holderOf(lock: string): number | null {
  try {
    const holder = Number.parseInt(readFileSync(lock, 'latin1').slice(0, 20), 10);
    const age = Date.now() - statSync(lock).mtimeMs;
    if (!Number.isSafeInteger(holder) || holder <= 0 || age > LOCK_LIFE_MS) return null;
    return isRunning(holder) ? holder : null;
  } catch {
    return null;
  }
}

function isRunning(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one, too.
    return codeOf(error) === 'EPERM';
  }
}

/** Only where no file is yet. */
function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', FILE_MODE);
  try {
    const octets = Buffer.from(text);
    for (let written = 0; written < octets.length;) {
      written += writeSync(file, octets, written);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
