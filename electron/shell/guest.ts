/** A window beside the open one, with options of its own: it starts with its settings, and leaves nothing behind. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';

/** Within the user data folder: nobody else can look into it, or put something there. */
const FOLDER = 'windows';

/** Two programs that write the same history, lists and settings would each lose what the other keeps. */
export function becomeGuest(app: Pick<App, 'getPath' | 'setPath' | 'on'>, file: string): void {
  const home = app.getPath('userData');
  mkdirSync(join(home, FOLDER), { recursive: true });
  const folder = mkdtempSync(join(home, FOLDER, `${process.pid}-`));
  if (existsSync(join(home, file))) copyFileSync(join(home, file), join(folder, file));
  app.setPath('userData', folder);
  app.setPath('sessionData', folder);
  app.on('quit', () => {
    remove(folder);
  });
}

/** Chromium may still write when a guest has gone: the next window of the folder takes that away. */
export function removeGuests(home: string): void {
  const folder = join(home, FOLDER);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!isRunning(Number.parseInt(name, 10))) remove(join(folder, name));
  }
}

function isRunning(pid: number): boolean {
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
