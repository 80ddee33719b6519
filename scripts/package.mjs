// `npm run package`: builds the app and packs it, unpacked, with the Electron that this machine can have.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'electron-builder';
import { APP_MODES, buildStale } from './build.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { PROJECT } from './project.mjs';

if (!buildStale(APP_MODES)) stop('The app could not be built; the reason is above.');
const runtime = await electronRuntime();
if (runtime.kind === 'missing') stop(runtime.reason);
const version = execFileSync(runtime.executablePath, ['-p', 'process.versions.electron'], {
  env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  encoding: 'utf8',
});
await build({
  projectDir: PROJECT,
  dir: true,
  config: {
    extends: join(PROJECT, 'electron-builder.yml'),
    electronDist: dirname(runtime.executablePath),
    electronVersion: version.trim(),
    // The fallback Electron starts a checkout through an app of its own, which would come before ours.
    afterPack: ({ appOutDir }) => {
      rmSync(join(appOutDir, 'resources', 'app'), { recursive: true, force: true });
    },
  },
});

/** @param {string} message @returns {never} */
function stop(message) {
  console.error(message);
  process.exit(1);
}
