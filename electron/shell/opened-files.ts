/** Files that the system asked the program to open, kept until the window fetches them. */
import { CASE_EXTENSION } from '../../shared/export/case-file.ts';
import type { OpenedFiles } from '../../shared/ipc/contract.ts';
import { readPaths } from './read-paths.ts';

/** Paths that wait at a time; what comes on top is told. */
const MAX_WAITING = 2000;

export class OpenedFilesQueue {
  #waiting: string[] = [];
  #refused = 0;
  #case: string | null = null;

  /** Nothing is read until the window asks. */
  add(paths: readonly string[]): void {
    // One case is shown at a time: the last one.
    this.#case = paths.filter(isCase).at(-1) ?? this.#case;
    const others = paths.filter((path) => !isCase(path));
    const room = MAX_WAITING - this.#waiting.length;
    this.#waiting.push(...others.slice(0, room));
    this.#refused += Math.max(0, others.length - room);
  }

  /** Path of the case file that waits, once; null when there is none. */
  takeCase(): string | null {
    const path = this.#case;
    this.#case = null;
    return path;
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

function isCase(path: string): boolean {
  return path.toLowerCase().endsWith(CASE_EXTENSION);
}
