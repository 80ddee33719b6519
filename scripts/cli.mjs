// `npm run --silent cli -- …`: the command line of this checkout, built again when its sources changed.
import { argv, exit } from 'node:process';
import { pathToFileURL } from 'node:url';
import { buildStale, bundlePath } from './build.mjs';

if (!buildStale(['cli'])) {
  console.error('The command line could not be built; the reason is above.');
  exit(3);
}
argv[1] = bundlePath('cli');
await import(pathToFileURL(bundlePath('cli')).href);
