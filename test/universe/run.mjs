// `npm run universe`: loads the TypeScript of the universe through Vite and keeps it up in the foreground.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

/** @type {{ module: typeof import('./foreground.ts') }} */
const { module } = await runnerImport(fileURLToPath(new URL('foreground.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
});
await module.runInForeground();
