/** A window beside the open one, with options of its own: it starts with its settings, and leaves nothing behind. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';

/** Within the user data folder: nobody else can look into it, or put something there. */
const FOLDER = 'windows';

/** Two programs that write the same history, lists and settings would each lose what the other keeps. */
export function becomeGuest(app: Pick<App, 'getPath' | 'setPath' | 'on'>, file: string): void {
  const home = app.getPath('userData');
  const folder = freshFolder([join(home, FOLDER), tmpdir()]);
  try {
    if (existsSync(join(home, file))) copyFileSync(join(home, file), join(folder, file));
  } catch (error) {
    // It starts with the defaults.
    console.error(error);
  }
  app.setPath('userData', folder);
  app.setPath('sessionData', folder);
  app.on('quit', () => {
    remove(folder);
  });
}

/** In the first of them that takes one; throws where none does. */
function freshFolder(parents: readonly string[]): string {
  const [parent = tmpdir(), ...others] = parents;
  try {
    mkdirSync(parent, { recursive: true });
    return mkdtempSync(join(parent, `${process.pid}-dane-inspector-`));
  } catch (error) {
    if (others.length === 0) throw error;
    return freshFolder(others);
  }
}

/** Chromium may still write when a guest has gone: the next window of the folder takes that away. */
export function removeGuests(home: string): void {
  const folder = join(home, FOLDER);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!isRunning(Number.parseInt(name, 10))) remove(join(folder, name));
  }
}

export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    // Signal 0 is none: it only asks.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else runs under the number.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    // It stays until the next start.
    console.error(error);
  }
}
