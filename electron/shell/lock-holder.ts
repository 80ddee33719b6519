/** Why a start was refused the user data folder: another window has it, or nobody can (Chromium's `process_singleton_posix.cc`). */
import { mkdirSync, mkdtempSync, readlinkSync, rmdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { writeReason } from './system-reason.ts';

export type LockHolder =
  /** A window of this computer, which was told of the start. */
  | { readonly kind: 'window' }
  /** Nobody was told. One plain sentence of why nothing can be kept. */
  | { readonly kind: 'nobody'; readonly why: string };

/** `isRunning` says whether a process of this computer runs under that number. */
export function lockHolder(folder: string, isRunning: (pid: number) => boolean): LockHolder {
  // There the lock is a window of the system, which is there while its program is.
  if (process.platform === 'win32') return { kind: 'window' };
  const reason = unwritable(folder);
  if (reason !== null) {
    return { kind: 'nobody', why: `${folder} cannot be written: ${reason}.` };
  }
  const [, host = '', pid = ''] = LOCK.exec(target(join(folder, 'SingletonLock'))) ?? [];
  if (host !== '' && host !== hostname()) {
    return { kind: 'nobody', why: `${folder} is in use by DANE Inspector on “${host}”.` };
  }
  if (isRunning(Number(pid))) return { kind: 'window' };
  return { kind: 'nobody', why: `${folder} cannot be locked; the disk may be full.` };
}

/** `HOST-PID`; a host's name may have hyphens. */
const LOCK = /^(.+)-(\d{1,10})$/;

function target(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    // There is none.
    return '';
  }
}

function unwritable(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true });
    rmdirSync(mkdtempSync(join(folder, 'try-')));
    return null;
  } catch (error) {
    return writeReason(error);
  }
}
