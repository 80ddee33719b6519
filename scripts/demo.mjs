// `npm run demo`: the domains of the built-in lab on the command line, without internet.
import { spawnSync } from 'node:child_process';
import { execPath } from 'node:process';
import { buildStale, bundlePath } from './build.mjs';

// `check` exits with 1 or 2 for what it found in a domain; here faults are the point. 3 is a real failure.
const COULD_NOT_RUN = 3;

if (buildStale(['cli'])) {
  const run = spawnSync(execPath, [bundlePath('cli'), 'check', '--lab'], { stdio: 'inherit' });
  const status = run.status ?? COULD_NOT_RUN;
  process.exitCode = status < COULD_NOT_RUN ? 0 : status;
} else {
  console.error('The command line could not be built; the reason is above.');
  process.exitCode = COULD_NOT_RUN;
}
