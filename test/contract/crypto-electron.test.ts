/** The crypto port in Electron's BoringSSL: the same claims as crypto.test.ts makes of OpenSSL. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, expect, it } from 'vitest';
import * as z from 'zod';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const MINUTES = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'crypto-lane-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RUNTIME = z.object({ kind: z.string(), executablePath: z.string().optional() });
const OUTPUT = z.object({
  versions: z.record(z.string(), z.string()),
  results: z.array(z.object({ title: z.string(), expected: z.string(), actual: z.string() })),
});

/** The launcher's own choice: the official Electron, or the one that came with npm. */
function electron(): string | undefined {
  const script = `import(${JSON.stringify(join(PROJECT, 'scripts', 'electron-runtime.mjs'))})
    .then(({ electronRuntime }) => electronRuntime())
    .then((runtime) => process.stdout.write(JSON.stringify(runtime)))`;
  const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  return RUNTIME.parse(JSON.parse(stdout)).executablePath;
}

const executable = electron();

it.skipIf(executable === undefined)(
  'every claim holds in Electron run as Node',
  async () => {
    await build({
      root: PROJECT,
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: fileURLToPath(new URL('./crypto-lane.ts', import.meta.url)),
        outDir: folder,
        emptyOutDir: false,
        target: 'node18',
        rolldownOptions: { output: { format: 'cjs', entryFileNames: 'lane.cjs' } },
      },
    });
    const run = spawnSync(executable ?? '', [join(folder, 'lane.cjs')], {
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      maxBuffer: 16 * 1024 * 1024,
    });
    expect(run.stderr).toBe('');
    const { versions, results } = OUTPUT.parse(JSON.parse(run.stdout));
    expect(versions['electron']).toBeDefined();
    expect(results.length).toBeGreaterThan(100);
    expect(results.filter(({ expected, actual }) => expected !== actual)).toEqual([]);
  },
  2 * MINUTES,
);
