/** Builds a script and runs it in Electron as Node: the lane for a runtime that has no test runner. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import * as z from 'zod';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const RUNTIME = z.object({ executablePath: z.string().optional() });

/** The launcher's own choice: the official Electron, or the one that came with npm. */
export function electronExecutable(): string | undefined {
  const script = `import(${JSON.stringify(join(PROJECT, 'scripts', 'electron-runtime.mjs'))})
    .then(({ electronRuntime }) => electronRuntime())
    .then((runtime) => process.stdout.write(JSON.stringify(runtime)))`;
  const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  return RUNTIME.parse(JSON.parse(stdout)).executablePath;
}

/** What the script printed; `input` is its first argument. Does not hold up this process's servers. */
export async function runLane(executable: string, entry: URL, input: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'electron-lane-'));
  try {
    await build({
      root: PROJECT,
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: fileURLToPath(entry),
        outDir: folder,
        emptyOutDir: false,
        target: 'node18',
        rolldownOptions: { output: { format: 'cjs', entryFileNames: 'lane.cjs' } },
      },
    });
    return await outputOf(executable, [join(folder, 'lane.cjs'), input]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function outputOf(executable: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(executable, args, {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let complaints = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0 && complaints === '') resolve(output);
      else reject(new Error(`the lane ended with ${String(code)}: ${complaints}`));
    });
  });
}
