/** Files that the system asked the program to open, kept until the window fetches them. */
import type { OpenedFiles } from '../../shared/ipc/contract.ts';

export class OpenedFilesQueue {
  /** Hands over what waits, once. */
  take(): Promise<OpenedFiles> {
    return Promise.resolve({ files: [], problems: [] });
  }
}
