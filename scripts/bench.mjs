// `npm run bench`: builds the benchmark and the command line it measures, then runs it.
import { spawnSync } from 'node:child_process';
import { argv, execPath } from 'node:process';
import { buildStale, bundlePath } from './build.mjs';
import { PROJECT } from './project.mjs';

if (buildStale(['cli', 'bench'])) {
  const args = ['--expose-gc', bundlePath('bench'), ...argv.slice(2)];
  process.exitCode = spawnSync(execPath, args, { cwd: PROJECT, stdio: 'inherit' }).status ?? 1;
} else {
  console.error('The benchmark could not be built; the reason is above.');
  process.exitCode = 1;
}
