/** Takes out of a file that is kept, while no test uses it, what is too old. */
import { readFileSync, statSync } from 'node:fs';
import { systemClock } from '../net/system-clock.ts';
import { openStateFile } from './state-file.ts';
import { MAX_FILE_CHARACTERS, pruned, readState } from './state.ts';

/** Leaves alone what it cannot read: whoever starts the test is told of that. */
export function forgetOldRows(path: string): void {
  const state = stateIn(path);
  if (state === null) return;
  const left = pruned(state, systemClock.now());
  const isSame =
    left.runs.length === state.runs.length &&
    left.observations.length === state.observations.length;
  if (isSame) return;
  const opened = openStateFile(path, systemClock, () => undefined);
  if (!opened.ok) return;
  opened.file.keep(() => left);
  opened.file.close();
}

function stateIn(path: string): ReturnType<typeof readState> {
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > MAX_FILE_CHARACTERS) return null;
    return readState(readFileSync(path, 'utf8'));
  } catch {
    // Gone, or not ours to read.
    return null;
  }
}
