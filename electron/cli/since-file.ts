/** `--since FILE`: what was known of the domains before; one run at a time holds it, and it is written whole or not at all. */
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MAX_KEPT_OCTETS, readKept, writtenKept } from '../../shared/ipc/watch-kept.ts';
import type { Watched } from '../../shared/watch/watched.ts';
import { systemReason, UsageError } from './input-file.ts';

/** Domains in one file; those seen longest ago go first. */
const MAX_DOMAINS = 5000;

/** Milliseconds after which a lock is taken for one that a crash left behind: no run takes a day. */
const LOCK_LIFE_MS = 86_400_000;

/** Milliseconds between the making of a lock and its filling, on a machine under load. */
const LOCK_FILL_MS = 10_000;

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
      writeDurably(fresh, textOf([...this.#known.values()].slice(-MAX_DOMAINS)));
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

/** Never more than the next run reads; what was seen longest ago goes first. */
function textOf(domains: readonly Watched[]): string {
  const text = writtenKept({ settings: null, domains });
  if (Buffer.byteLength(text) <= MAX_KEPT_OCTETS || domains.length === 0) return text;
  return textOf(domains.slice(Math.ceil(domains.length / 4)));
}

/** A link stays one: what it leads to is written. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return leadsTo(path);
  }
}

/** Also where nothing is there yet. */
function leadsTo(path: string): string {
  try {
    return resolve(dirname(path), readlinkSync(path));
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
        // A full disk takes its name, and not what stands in it.
        if (isEmpty(lock)) remove(lock);
        throw new UsageError(`--since: ${path} cannot be written (${systemReason(error)}).`, {
          cause: error,
        });
      }
      const holder = holderOf(lock);
      if (holder !== 'nobody' || isLast) {
        const who = typeof holder === 'number' ? `another run (process ${holder})` : 'another run';
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

function isEmpty(path: string): boolean {
  try {
    return statSync(path).size === 0;
  } catch {
    return false;
  }
}

/** The process that holds it; `nobody` where it is gone. */
function holderOf(lock: string): number | 'somebody' | 'nobody' {
  try {
    const holder = Number.parseInt(readFileSync(lock, 'latin1').slice(0, 20), 10);
    const since = statSync(lock).mtimeMs;
    const age = Date.now() - since;
    if (!Number.isSafeInteger(holder) || holder <= 0) {
      return Math.abs(age) < LOCK_FILL_MS ? 'somebody' : 'nobody';
    }
    if (age > LOCK_LIFE_MS || !isRunning(holder)) return 'nobody';
    return beganAfter(holder, since) ? 'nobody' : holder;
  } catch {
    return 'nobody';
  }
}

/** Numbers of processes come round again; in a container the next run may have the very same. Linux alone tells, see proc(5). */
function beganAfter(process_: number, instant: number): boolean {
  try {
    const stat = readFileSync(`/proc/${process_}/stat`, 'latin1');
    // The second field is a name, which may hold anything.
    const [, began] = /^.*\)(?: \S+){19} (\d+)/s.exec(stat) ?? [];
    const [, boot] = /^btime (\d+)/m.exec(readFileSync('/proc/stat', 'latin1')) ?? [];
    const seconds = Number(boot) + Number(began) / TICKS_PER_SECOND;
    return seconds * 1000 > instant + CLOCK_SLACK_MS;
  } catch {
    return false;
  }
}

/** As Linux tells of them, whatever its own clock does (proc(5), USER_HZ). */
const TICKS_PER_SECOND = 100;

/** Milliseconds: the start of the machine is told in whole seconds. */
const CLOCK_SLACK_MS = 2000;

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
