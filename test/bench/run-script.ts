/** Runs a script beside the benchmark: Playwright, which drives the app, does not take to being bundled. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What it printed; where it cannot be run, why. */
export function runScript(script: string, args: readonly string[] = []): Promise<string> {
  if (!existsSync(script)) return Promise.resolve(`${script} is missing`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => resolve(output));
  });
}
