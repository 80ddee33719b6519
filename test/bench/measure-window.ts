/** How long after its launch the window can be typed into; measured by a script of its own. */
import { join } from 'node:path';
import { runScript } from './run-script.ts';

export type WindowMeasure =
  | { readonly ok: true; readonly usableMs: number }
  | { readonly ok: false; readonly reason: string };

const SCRIPT = join('test', 'bench', 'window-start.mjs');

export async function measureWindow(): Promise<WindowMeasure> {
  const output = await runScript(SCRIPT);
  const usable = /^usable (\d+)$/m.exec(output)?.[1];
  return usable === undefined
    ? { ok: false, reason: output.trim() || 'the app did not start' }
    : { ok: true, usableMs: Number(usable) };
}
