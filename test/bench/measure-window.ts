/** How long after its launch the window can be typed into; measured by a script of its own. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export type WindowMeasure =
  | { readonly ok: true; readonly usableMs: number }
  | { readonly ok: false; readonly reason: string };

/** The script drives the app with Playwright, which does not take to being bundled. */
const SCRIPT = join('test', 'bench', 'window-start.mjs');

export function measureWindow(): Promise<WindowMeasure> {
  if (!existsSync(SCRIPT)) return Promise.resolve({ ok: false, reason: `${SCRIPT} is missing` });
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [SCRIPT], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('error', (error) => resolve({ ok: false, reason: error.message }));
    child.once('close', () => {
      const usable = /^usable (\d+)$/m.exec(output)?.[1];
      resolve(
        usable === undefined
          ? { ok: false, reason: output.trim() || 'the app did not start' }
          : { ok: true, usableMs: Number(usable) },
      );
    });
  });
}
