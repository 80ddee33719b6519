// The walls hold: a forbidden line, put into a copy of the sources, is refused by the tool that guards it.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';

const PROJECT = resolve(import.meta.dirname, '../..');
const COPIED = ['shared', 'electron', 'renderer', 'assets', 'scripts', 'test/tsconfig.json'];
const CONFIGURATION = ['package.json', 'tsconfig.base.json', '.dependency-cruiser.mjs'];
const LINT_CONFIGURATION = '.oxlintrc.json';

interface Seed {
  readonly claim: string;
  /** Where the line goes: a file that does not exist otherwise. */
  readonly file: string;
  readonly line: string;
  /** Part of the name of the rule that must refuse it. */
  readonly rule: string;
}

const importOf = (what: string): string => `import * as seed from '${what}';\nexport { seed };\n`;
const typeOf = (what: string): string =>
  `import type * as seed from '${what}';\nexport type Seed = typeof seed;\n`;

const FORBIDDEN_IMPORTS: readonly Seed[] = [
  {
    claim: 'shared may not import Node',
    file: 'shared/dns/seed-node.ts',
    line: importOf('node:crypto'),
    rule: 'shared/dns does not touch Node',
  },
  {
    claim: 'shared may not import electron/, not even a type',
    file: 'shared/dns/seed-outside.ts',
    line: typeOf('../../electron/net/network.ts'),
    rule: 'shared imports nothing outside itself',
  },
  {
    claim: 'a lower room of shared may not import a higher one',
    file: 'shared/dns/seed-upwards.ts',
    line: typeOf('../inspection/report.ts'),
    rule: 'shared/dns imports only what its row allows',
  },
  {
    claim: 'findings stand on nothing',
    file: 'shared/findings/seed-upwards.ts',
    line: typeOf('../dane/tlsa.ts'),
    rule: 'shared/findings imports only what its row allows',
  },
  {
    claim: 'only shared/x509 may import @peculiar/x509',
    file: 'electron/smtp/seed-certificate.ts',
    line: importOf('@peculiar/x509'),
    rule: 'may import @peculiar/x509',
  },
  {
    claim: 'only electron/wire may import dns-packet',
    file: 'electron/resolver/seed-packet.ts',
    line: importOf('dns-packet'),
    rule: 'may import dns-packet',
  },
  ...['node:dgram', 'net', 'node:tls', 'node:dns/promises', 'node:https'].map((module, index) => ({
    claim: `only electron/net may open sockets (${module})`,
    file: `electron/resolver/seed-socket-${index}.ts`,
    line: importOf(module),
    rule: 'may import sockets',
  })),
  {
    claim: 'only the shell and the preload may import electron',
    file: 'electron/inspection/seed-electron.ts',
    line: importOf('electron'),
    rule: 'may import electron',
  },
  {
    claim: 'the command line may not import electron',
    file: 'electron/cli/seed-electron.ts',
    line: importOf('electron'),
    rule: 'may import electron',
  },
  {
    claim: 'the window may not import electron/, not even a type',
    file: 'renderer/store/seed-electron.ts',
    line: typeOf('../../electron/net/network.ts'),
    rule: 'renderer and electron never meet',
  },
  {
    claim: 'electron/ may not import the window',
    file: 'electron/shell/seed-renderer.ts',
    line: importOf('../../renderer/store/seed-window.ts'),
    rule: 'electron and renderer never meet',
  },
  {
    claim: 'the window may not import Node',
    file: 'renderer/chain/seed-node.ts',
    line: importOf('node:fs'),
    rule: 'the window does not touch Node',
  },
  {
    claim: 'one screen may not import another',
    file: 'renderer/chain/seed-screen.ts',
    line: importOf('../findings/seed-screen.ts'),
    rule: 'renderer/chain imports only what its row allows',
  },
  {
    claim: 'a screen may not reach past the store to the bridge',
    file: 'renderer/inspect/seed-bridge.ts',
    line: importOf('../bridge/seed-bridge.ts'),
    rule: 'renderer/inspect imports only what its row allows',
  },
  {
    claim: 'a primitive of ui/ may not know the store',
    file: 'renderer/ui/seed-store.ts',
    line: importOf('../store/seed-window.ts'),
    rule: 'renderer/ui imports only what its row allows',
  },
  {
    claim: 'the command line may not import the shell',
    file: 'electron/cli/seed-shell.ts',
    line: importOf('../shell/seed-shell.ts'),
    rule: 'cli and shell never meet',
  },
  {
    claim: 'the shell may not import the command line',
    file: 'electron/shell/seed-cli.ts',
    line: importOf('../cli/seed-electron.ts'),
    rule: 'shell and cli never meet',
  },
  {
    claim: 'the command line reaches the resolver through compose.ts only',
    file: 'electron/cli/seed-resolver.ts',
    line: importOf('../resolver/resolver.ts'),
    rule: 'electron/cli imports only what its row allows',
  },
  {
    claim: 'the network knows nothing of DNS messages',
    file: 'electron/net/seed-wire.ts',
    line: importOf('../wire/seed-wire.ts'),
    rule: 'electron/net imports only what its row allows',
  },
  {
    claim: 'the inspection imports the resolver as a type only',
    file: 'electron/inspection/seed-resolver.ts',
    line: importOf('../resolver/resolver.ts'),
    rule: 'imports types of electron/resolver, not its code',
  },
  {
    claim: 'nothing that ships may import a test',
    file: 'electron/lab/seed-test.ts',
    line: importOf('../../test/seed-test.ts'),
    rule: 'nothing imports tests',
  },
  {
    claim: 'nothing that ships may import a script',
    file: 'electron/shell/seed-script.ts',
    line: importOf('../../scripts/project.mjs'),
    rule: 'only tests and scripts import scripts',
  },
  {
    claim: 'a new room needs a row of its own',
    file: 'electron/helpers/seed-room.ts',
    line: importOf('node:path'),
    rule: 'every room has a row',
  },
  {
    claim: 'two files may not import each other',
    file: 'shared/dns/seed-cycle.ts',
    line: "export { other } from './seed-cycle-back.ts';\nexport const one = 1;\n",
    rule: 'no cycles',
  },
];

/** What the seeds above import, so that nothing is refused merely for being absent. */
const COUNTERPARTS: Readonly<Record<string, string>> = {
  'shared/dns/seed-cycle-back.ts':
    "import { one } from './seed-cycle.ts';\nexport const other = one;\n",
  'renderer/store/seed-window.ts': 'export const seed = 1;\n',
  'renderer/bridge/seed-bridge.ts': 'export const seed = 1;\n',
  'renderer/findings/seed-screen.ts': 'export const seed = 1;\n',
  'electron/shell/seed-shell.ts': 'export const seed = 1;\n',
  'electron/wire/seed-wire.ts': 'export const seed = 1;\n',
  'test/seed-test.ts': 'export const seed = 1;\n',
};

const FORBIDDEN_AMBIENT: readonly (readonly [claim: string, file: string, line: string])[] = [
  ['shared has no console', 'shared/dns/seed-console.ts', "console.log('seed');"],
  ['shared has no timers', 'shared/dns/seed-timer.ts', 'setTimeout(() => 1, 1);'],
  ['shared has no Buffer', 'shared/dns/seed-buffer.ts', "Buffer.from('seed');"],
  ['shared has no URL', 'shared/dns/seed-url.ts', "new URL('https://example.org');"],
  [
    'shared has no crypto',
    'shared/dns/seed-crypto.ts',
    'crypto.getRandomValues(new Uint8Array(1));',
  ],
  ['electron has no DOM', 'electron/resolver/seed-dom.ts', 'document.title;'],
  ['the window has no process', 'renderer/store/seed-process.ts', 'process.env;'],
  [
    'nothing newer than Chrome 114 is in the window',
    'renderer/store/seed-new.ts',
    'Promise.withResolvers();',
  ],
];

let copy = '';

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'dane-inspector-walls-'));
  for (const path of [...COPIED, ...CONFIGURATION, LINT_CONFIGURATION]) {
    cpSync(join(PROJECT, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(copy, 'node_modules'));
  for (const { file, line } of FORBIDDEN_IMPORTS) plant(file, line);
  for (const [file, text] of Object.entries(COUNTERPARTS)) plant(file, text);
  for (const [, file, line] of FORBIDDEN_AMBIENT)
    plant(file, `export const seed = (): unknown => ${line}\n`);
});

afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

describe('dependency-cruiser refuses each forbidden import', () => {
  let violations: ReadonlyMap<string, readonly string[]> = new Map();

  beforeAll(async () => {
    violations = await cruise();
  }, 60_000);

  test.each(FORBIDDEN_IMPORTS)('$claim', ({ file, rule }) => {
    const names = violations.get(file) ?? [];
    expect(names.filter((name) => name.includes(rule))).not.toEqual([]);
  });

  test('a file without imports is refused nothing', () => {
    expect(violations.get('electron/wire/seed-wire.ts')).toBeUndefined();
  });
});

describe('the compiler refuses what a room must not have', () => {
  const errors = new Map<string, string>();

  beforeAll(async () => {
    for (const folder of ['shared', 'electron', 'renderer']) {
      errors.set(folder, await output('tsc', ['-p', folder, '--pretty', 'false']));
    }
  }, 60_000);

  test.each(FORBIDDEN_AMBIENT)('%s', (_claim, file) => {
    const folder = file.slice(0, file.indexOf('/'));
    expect(errors.get(folder)).toMatch(new RegExp(`^${file}\\(1,\\d+\\): error TS`, 'm'));
  });
});

function plant(file: string, text: string): void {
  const path = join(copy, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const CRUISE = z.object({
  summary: z.object({
    violations: z.array(
      z.object({
        from: z.string(),
        rule: z.object({ name: z.string() }),
        cycle: z.array(z.object({ name: z.string() })).optional(),
      }),
    ),
  }),
});

/** The names of the rules broken, by the file that breaks them. */
async function cruise(): Promise<ReadonlyMap<string, readonly string[]>> {
  const folders = ['shared', 'electron', 'renderer', 'test', 'scripts'];
  const text = await output('depcruise', [...folders, '--output-type', 'json']);
  const names = new Map<string, string[]>();
  for (const { from, cycle, rule } of CRUISE.parse(JSON.parse(text)).summary.violations) {
    // A cycle is reported once, from whichever of its files was met first.
    for (const file of [from, ...(cycle ?? []).map(({ name }) => name)]) {
      names.set(file, [...(names.get(file) ?? []), rule.name]);
    }
  }
  return names;
}

/** What a tool prints; it exits with an error here, as it should. */
function output(tool: string, args: readonly string[]): Promise<string> {
  const path = join(PROJECT, 'node_modules', '.bin', tool);
  const options = { cwd: copy, maxBuffer: 256 * 1024 * 1024 };
  return new Promise((done) => {
    execFile(path, args, options, (_error, stdout) => {
      done(stdout);
    });
  });
}
