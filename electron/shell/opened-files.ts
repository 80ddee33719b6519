/** Files that the system asked the program to open, kept until the window fetches them. */
import type { OpenedFiles } from '../../shared/ipc/contract.ts';
import { readPaths } from './read-paths.ts';

/** Paths that wait at a time; what comes on top is told. */
const MAX_WAITING = 2000;

export class OpenedFilesQueue {
  #waiting: string[] = [];
  #refused = 0;

  /** Nothing is read until the window asks. */
  add(paths: readonly string[]): void {
    const room = MAX_WAITING - this.#waiting.length;
    this.#waiting.push(...paths.slice(0, room));
    this.#refused += Math.max(0, paths.length - room);
  }

  /** Hands over what waits, once. */
  async take(): Promise<OpenedFiles> {
    const paths = this.#waiting;
    const refused = this.#refused;
    this.#waiting = [];
    this.#refused = 0;
    const { files, problems } = await readPaths(paths);
    if (refused === 0) return { files, problems };
    return { files, problems: [...problems, `${refused} files more were not opened.`] };
  }
}
