/** A start that gets no lock ends only where a window of this computer was told of it. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockHolder } from '../../../../electron/shell/lock-holder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-lock-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const runs = (): boolean => true;
/** As Chromium writes it: a link that points to the name of the computer and the number of the process. */
function lock(holder: string): void {
  symlinkSync(holder, join(folder, 'SingletonLock'));
}

it('is a window where a program of this computer has the folder', () => {
  lock(`${hostname()}-4711`);
  const asked: number[] = [];
  const running = (pid: number): boolean => (asked.push(pid), true);
  expect(lockHolder(folder, running)).toEqual({ kind: 'window' });
  expect(asked).toEqual([4711]);
  expect(readdirSync(folder)).toEqual(['SingletonLock']);
});

it('is nobody where that program has ended, where there is no lock, or none that can be read', () => {
  const nobody = { kind: 'nobody', why: `${folder} cannot be locked; the disk may be full.` };
  expect(lockHolder(folder, () => false)).toEqual(nobody);
  writeFileSync(join(folder, 'SingletonLock'), '');
  expect(lockHolder(folder, () => false)).toEqual(nobody);
  rmSync(join(folder, 'SingletonLock'));
  lock(`${hostname()}-4711`);
  expect(lockHolder(folder, () => false)).toEqual(nobody);
});

it('is nobody here where another computer has it', () => {
  lock('build-host-2.example-17');
  expect(lockHolder(folder, runs)).toEqual({
    kind: 'nobody',
    why: `${folder} is in use by DANE Inspector on “build-host-2.example”.`,
  });
});

it('is nobody where the folder takes nothing', () => {
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'a', 'file'), '');
  const path = join(folder, 'a', 'file', 'data');
  expect(lockHolder(path, runs)).toEqual({
    kind: 'nobody',
    why: `${path} cannot be written: its folder does not exist.`,
  });
});
