// Set-up finds what is missing and, without root, names it in one line.
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ensurePackages, findProgram } from '../../../scripts/setup/packages.mjs';

const NOBODY = 65_534;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-setup-'));
  vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`);
  vi.spyOn(process, 'getuid').mockReturnValue(NOBODY);
  provide('apt-get', 'exit 1');
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('a program that is there is not asked for', () => {
  provide('seed-program', 'exit 0');
  expect(ensurePackages([need('program', 'seed-program', 'seed')], 'here')).toEqual({ ok: true });
});

test('without root the missing packages stand in one line to run', () => {
  const needs = [
    need('program', 'seed-one', 'seed-package'),
    need('program', 'seed-two', 'seed-package'),
    need('library', 'libseed.so.1', 'libseed1'),
  ];
  const result = ensurePackages(needs, 'by this test');
  expect(result).toEqual({
    ok: false,
    message:
      'Some packages are needed by this test. Please run:\n  sudo apt-get install seed-package libseed1',
  });
});

test.each([
  ['the renamed package where apt knows it', 'libseed1t64', 'libseed1t64'],
  ['the old name where apt knows only that', 'libseed1', 'libseed1'],
])('of several names it takes %s', (_claim, known, expected) => {
  provide(
    'apt-cache',
    `[ "$2" = ${known} ] && echo "  Candidate: 1.0" || echo "  Candidate: (none)"`,
  );
  const result = ensurePackages(
    [need('library', 'libseed.so.1', 'libseed1t64', 'libseed1')],
    'here',
  );
  expect(result).toMatchObject({ message: expect.stringMatching(new RegExp(` ${expected}$`)) });
});

test('the C library is found by its shared object', () => {
  expect(ensurePackages([need('library', 'libc.so.6', 'libc6')], 'here')).toEqual({ ok: true });
});

test('a plug-in is found below a library folder, and asked for where it is not there', () => {
  // Any file there will do: it stands for one in the folder of an architecture.
  const [some = ''] = readdirSync('/usr/lib', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join('/usr/lib', name)));
  expect(ensurePackages([need('plugin', some, 'some')], 'here')).toEqual({ ok: true });
  expect(ensurePackages([need('plugin', 'seed/libseed.so', 'seed')], 'here')).toMatchObject({
    message: expect.stringMatching(/ seed$/),
  });
});

test('programs in the system folders are found even when PATH leaves them out', () => {
  vi.stubEnv('PATH', folder);
  expect(findProgram('ldconfig')).toMatch(/\/sbin\/ldconfig$/);
});

function need(
  kind: 'library' | 'program' | 'plugin',
  name: string,
  ...packages: readonly string[]
) {
  return { kind, name, packages } as const;
}

/** A stand-in on the PATH, as a shell script. */
function provide(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}
