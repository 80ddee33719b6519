/** The one file that the outbound test keeps: of the owner alone, written whole or not at all, never another’s. */
import {
  closeSync,
  fsyncSync,
  existsSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { restoreZoneKey } from '../lab/zone-key.ts';
import type { Clock } from '../net/network.ts';
import { fileReason } from './file-reason.ts';
import { takeStateLock } from './state-lock.ts';
import {
  FILE_MARK,
  MAX_FILE_CHARACTERS,
  readState,
  writeState,
  type OutboundState,
} from './state.ts';

export interface StateFile {
  readonly kept: OutboundState | null;
  /** A sentence about a file that had to be set aside; null when there was none. */
  readonly notice: string | null;
  /** Written a little later, so that a busy test does not write all the time. */
  keep(read: () => OutboundState): void;
  /** Writes what still waits. */
  close(): void;
}

export type OpenedStateFile =
  | { readonly ok: true; readonly file: StateFile }
  /** One sentence: why it is not used. */
  | { readonly ok: false; readonly message: string };

/** Milliseconds between a change and the file. */
const WRITE_AFTER_MS = 1000;
/** Zone key and addresses of senders are nobody else’s business. */
const FILE_MODE = 0o600;
/** Damaged files that are kept beside each other. */
const MAX_DAMAGED = 9;

/** `tell` is given a sentence when it cannot be written. */
export function openStateFile(
  named: string,
  clock: Pick<Clock, 'setTimer'>,
  tell: (message: string) => void,
): OpenedStateFile {
  const path = realPath(named);
  const taken = takeStateLock(path);
  if (!taken.ok) return taken;
  const { lock } = taken;
  const reading = readFile(path);
  if (!reading.ok) {
    lock.release();
    return reading;
  }
  const { kept, notice } = reading;
  let waiting: (() => OutboundState) | null = null;
  let stop: () => void = () => undefined;
  let failed = false;
  const write = (): void => {
    const read = waiting;
    waiting = null;
    if (read === null) return;
    const failure = lock.isOurs() ? writeWhole(path, writeState(read())) : LOST;
    // Once is enough until it works again.
    if (failure !== null && !failed) tell(`${path} could not be written (${failure}).`);
    failed = failure !== null;
  };
  return {
    ok: true,
    file: {
      kept,
      notice,
      keep(read) {
        if (waiting === null) stop = clock.setTimer(WRITE_AFTER_MS, write);
        waiting = read;
      },
      close() {
        stop();
        write();
        lock.release();
      },
    },
  };
}

/** What another program wrote in the meantime is not written over. */
const LOST = 'another program has taken it over';

/** What is in it now, whoever has it; null for none, or when it is of no use. */
export function peekStateFile(path: string): OutboundState | null {
  try {
    if (statSync(path).size > MAX_FILE_CHARACTERS) return null;
    const kept = readState(readFileSync(path, 'utf8'));
    return kept !== null && hasKey(kept) ? kept : null;
  } catch {
    // `openStateFile` says why.
    return null;
  }
}

type Reading =
  | { readonly ok: true; readonly kept: OutboundState | null; readonly notice: string | null }
  | Extract<OpenedStateFile, { readonly ok: false }>;

function readFile(path: string): Reading {
  let text: string;
  try {
    const found = statSync(path);
    if (!found.isFile()) return { ok: false, message: `${path} is no file.` };
    if (found.size > MAX_FILE_CHARACTERS) return { ok: false, message: notOurs(path) };
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return { ok: true, kept: null, notice: null };
    return { ok: false, message: `${path} cannot be read (${fileReason(error)}).` };
  }
  if (text.trim() === '') return { ok: true, kept: null, notice: null };
  if (!text.startsWith(FILE_MARK)) return { ok: false, message: notOurs(path) };
  const kept = readState(text);
  return kept !== null && hasKey(kept) ? { ok: true, kept, notice: null } : setAside(path);
}

/** It may be anything that somebody named by mistake: nothing is written over it. */
function notOurs(path: string): string {
  return `${path} was not written by an outbound test. It is left as it is: move it away.`;
}

function hasKey({ algorithm, zoneKey }: OutboundState): boolean {
  try {
    restoreZoneKey(algorithm, true, Buffer.from(zoneKey, 'base64'));
    return true;
  } catch {
    // A key that cannot be read is what is asked about.
    return false;
  }
}

function setAside(path: string): Reading {
  const numbers = Array.from({ length: MAX_DAMAGED }, (_, index) => index + 1);
  const free = numbers.find((number) => !existsSync(`${path}.damaged-${number}`)) ?? MAX_DAMAGED;
  const aside = `${path}.damaged-${free}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    return {
      ok: false,
      message: `${path} is damaged, and cannot be moved away (${fileReason(error)}).`,
    };
  }
  return {
    ok: true,
    kept: null,
    notice: `${path} was damaged, and is now ${aside}. The zone has a new key: the trust anchor in your resolver, or the DS record in the zone above, must be set anew. What is set aside may hold addresses of senders: delete it when you need it no more.`,
  };
}

/** Whoever has the lock is the only writer: what a dead one left has this name too, and goes with the next write. */
const UNFINISHED = '.unfinished';

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Why nothing could be written is told already.
  }
}

/** Null when it worked, else why not. */
function writeWhole(path: string, text: string): string | null {
  const fresh = path + UNFINISHED;
  try {
    rmSync(fresh, { force: true });
    const file = openSync(fresh, 'wx', FILE_MODE);
    try {
      const octets = Buffer.from(text);
      for (let written = 0; written < octets.length;) written += writeSync(file, octets, written);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, path);
    return null;
  } catch (error) {
    // Half a file would keep keys and addresses, and be read by nobody.
    remove(fresh);
    return fileReason(error);
  }
}

/** A link stays one: what it leads to is written. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // Not there yet.
    return path;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
