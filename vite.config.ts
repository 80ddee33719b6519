// Builds the four bundles of the app, and the benchmark, one per `--mode`: see docs/architecture.md.
import { chmodSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

// Electron 25 runs Node 18.15 and Chrome 114; the command line and the benchmark need Node 20.
const ELECTRON_NODE = 'node18';
const SYSTEM_NODE = 'node20';
const ELECTRON_CHROME = 'chrome114';

interface NodeBundle {
  readonly entry: string;
  readonly target: string;
  readonly folder: string;
  readonly file: string;
  readonly executable?: boolean;
}

const NODE_BUNDLES: Readonly<Record<string, NodeBundle>> = {
  main: {
    entry: 'electron/shell/main.ts',
    target: ELECTRON_NODE,
    folder: 'main',
    file: 'main.cjs',
  },
  preload: {
    entry: 'electron/preload/preload.ts',
    target: ELECTRON_NODE,
    folder: 'preload',
    file: 'preload.cjs',
  },
  cli: {
    entry: 'electron/cli/main.ts',
    target: SYSTEM_NODE,
    folder: 'cli',
    file: 'dane-inspector.cjs',
    executable: true,
  },
  bench: { entry: 'test/bench/bench.ts', target: SYSTEM_NODE, folder: 'bench', file: 'bench.cjs' },
};

export default defineConfig(({ mode }) => {
  const bundle = NODE_BUNDLES[mode];
  return bundle === undefined ? rendererConfig() : nodeConfig(bundle);
});

// One CommonJS file with all npm code inside, so that a packaged app needs no node_modules.
// The package is `"type": "module"`, hence the `.cjs` names.
function nodeConfig(bundle: NodeBundle): UserConfig {
  return {
    ssr: { noExternal: true },
    plugins: bundle.executable === true ? [executable(bundle.file)] : [],
    build: {
      ssr: bundle.entry,
      outDir: `out/${bundle.folder}`,
      emptyOutDir: true,
      target: bundle.target,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        external: ['electron', ...builtinModules, /^node:/],
        output: {
          format: 'cjs',
          entryFileNames: bundle.file,
          codeSplitting: false,
          banner: bundle.executable === true ? '#!/usr/bin/env node' : '',
        },
      },
    },
  };
}

function rendererConfig(): UserConfig {
  return {
    root: 'renderer',
    base: './',
    plugins: [react()],
    build: {
      outDir: '../out/renderer',
      emptyOutDir: true,
      target: ELECTRON_CHROME,
      cssTarget: ELECTRON_CHROME,
      chunkSizeWarningLimit: 2000,
    },
  };
}

function executable(file: string): Plugin {
  return {
    name: 'executable',
    writeBundle: ({ dir }) => {
      if (dir !== undefined) chmodSync(join(dir, file), 0o755);
    },
  };
}
