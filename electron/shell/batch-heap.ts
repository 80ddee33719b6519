/** Keeps the memory of this process small while thousands of inspections leave their refuse behind. */
import { setFlagsFromString } from 'node:v8';
import type { App } from 'electron';

/**
 * Per cent by which the heap may grow before it is swept. V8 lets it grow threefold and more where there is plenty
 * of memory: for one inspection that is right, for a list it is a hundred mebibytes that nobody uses.
 */
const HEAP_GROWTH_PERCENT = 80;

/**
 * From now on; V8 looks at it each time it sweeps. Electron keeps V8's flags open to change, but before its 30 a flag
 * among `--js-flags` that V8 did not know undid that, and whoever set one later was ended with the process
 * (electron/electron#42414): where somebody gives flags of their own, those count alone.
 */
export function keepHeapSmall({ commandLine }: Pick<App, 'commandLine'>): void {
  if (commandLine.hasSwitch('js-flags')) return;
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
}
