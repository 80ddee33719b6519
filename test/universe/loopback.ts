// Adds addresses to the loopback interface: BIND listens only on addresses that an interface holds.
import { run } from './processes.ts';
import type { WorkFolder } from './work-folder.ts';

/** Adds the address and notes it, so that it is taken away again; false when the system refuses. */
export async function addLoopbackAddress(work: WorkFolder, address: string): Promise<boolean> {
  const prefixed = `${address}/${address.includes(':') ? 128 : 32}`;
  work.noteAddress(prefixed);
  try {
    await run('ip', ['addr', 'add', prefixed, 'dev', 'lo']);
    return true;
  } catch (cause) {
    return String(cause).includes('File exists');
  }
}
