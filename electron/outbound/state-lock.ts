/** Lets one program at a time have a state file: a file beside it says which, and that of a dead one is taken over. */
import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';

export interface StateLock {
  /** Whether nobody has taken it over, as happens when two programs find the same dead one at the same moment. */
  isOurs(): boolean;
  release(): void;
}

export type TakenLock =
  | { readonly ok: true; readonly lock: StateLock }
  /** One sentence: who has the file. */
  | { readonly ok: false; readonly message: string };

/** Tries; another program may take it over between our looks. */
const TRIES = 3;
/** Of the owner alone, as the file itself. */
const FILE_MODE = 0o600;
/** Milliseconds after which a lock without a whole line was left by a program that died while writing it. */
const WRITING_MS = 10_000;
/** Characters of a lock; more is none of ours. */
const MAX_CHARACTERS = 500;

/** `named` is the state file. Where no file can be written there is nothing to lock. */
export function takeStateLock(named: string): TakenLock {
  const path = `${named}.in-use`;
  const own = lineOf({ host: hostname(), pid: process.pid, ...markOf(process.pid) });
  for (let tries = 0; tries < TRIES; tries++) {
    const made = create(path, own);
    if (made === 'made') return { ok: true, lock: lockAt(path, own) };
    if (made === 'impossible') return { ok: true, lock: NO_LOCK };
    const holder = read(path);
    if (holder === 'gone') continue;
    if (holder === 'unclear' || isRunning(holder)) {
      return { ok: false, message: sentence(named, path, holder) };
    }
    rmSync(path, { force: true });
  }
  return { ok: false, message: sentence(named, path, 'unclear') };
}

const NO_LOCK: StateLock = { isOurs: () => true, release: () => undefined };

function lockAt(path: string, own: string): StateLock {
  const isOurs = (): boolean => {
    try {
      return readFileSync(path, 'utf8') === own;
    } catch {
      // Somebody removed it.
      return false;
    }
  };
  return {
    isOurs,
    release() {
      if (isOurs()) rmSync(path, { force: true });
    },
  };
}

interface Holder {
  readonly host: string;
  readonly pid: number;
  /** Of this start of the computer; empty where the system does not tell. */
  readonly boot: string;
  /** When the process began, in the system’s ticks; empty where it is not told. */
  readonly start: string;
}

function lineOf({ host, pid, boot, start }: Holder): string {
  return `${JSON.stringify({ host, pid, boot, start })}\n`;
}

function create(path: string, line: string): 'made' | 'taken' | 'impossible' {
  let file: number;
  try {
    file = openSync(path, 'wx', FILE_MODE);
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    return taken ? 'taken' : 'impossible';
  }
  try {
    writeSync(file, line);
    return 'made';
  } catch {
    // A full disk, say: what is half written would keep everybody out.
    rmSync(path, { force: true });
    return 'impossible';
  } finally {
    closeSync(file);
  }
}

function read(path: string): Holder | 'gone' | 'unclear' {
  try {
    const age = Date.now() - statSync(path).mtimeMs;
    const holder = holderIn(readFileSync(path, 'utf8').slice(0, MAX_CHARACTERS));
    if (holder !== null) return holder;
    if (age < WRITING_MS) return 'unclear';
    rmSync(path, { force: true });
    return 'gone';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
      ? 'gone'
      : 'unclear';
  }
}

function holderIn(text: string): Holder | null {
  const [, host = '', pid = '', boot = '', start = ''] = LINE.exec(text) ?? [];
  return pid === '' ? null : { host, pid: Number(pid), boot, start };
}

/** As `lineOf` writes it; a host’s name needs no escapes. */
const LINE = /^\{"host":"([^"\\]*)","pid":(\d{1,10}),"boot":"([^"\\]*)","start":"(\d*)"\}\n$/;

/** A number is given anew to other processes, above all after the computer started again. */
function isRunning({ host, pid, boot, start }: Holder): boolean {
  // Of another computer nothing can be seen from here.
  if (host !== hostname()) return true;
  const now = markOf(pid);
  if (boot !== now.boot) return false;
  if (!isAlive(pid)) return false;
  return start === '' || now.start === '' || start === now.start;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user’s: it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function markOf(pid: number): Pick<Holder, 'boot' | 'start'> {
  const boot = textOf('/proc/sys/kernel/random/boot_id').trim();
  const stat = textOf(`/proc/${pid}/stat`);
  // proc(5): the start time is field 22, and the name in field 2 may hold anything.
  const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[START_FIELD] ?? '';
  return { boot, start };
}

/** Counted from field 3. */
const START_FIELD = 19;

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // Not Linux, or hidden.
    return '';
  }
}

function sentence(named: string, path: string, holder: Holder | 'gone' | 'unclear'): string {
  if (holder === 'gone' || holder === 'unclear') {
    return `${named} is in use by another program, which has just begun. Try again in a moment.`;
  }
  const { host, pid } = holder;
  return host === hostname()
    ? `${named} is in use by another program (process ${pid}). End that one first.`
    : `${named} is in use by a program on “${host}”. If none runs there any more, delete ${path}.`;
}
