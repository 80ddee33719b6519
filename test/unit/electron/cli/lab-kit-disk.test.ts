// `--kit` into a folder of a disk that can only be read.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { run } from './rig.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-kit-disk-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** As Node 20 on a file system that is mounted read-only: mkdir(2) says EROFS, a recursive `mkdirSync` says ENOENT. */
vi.mock(import('node:fs'), async (original) => {
  const fs = await original();
  const failing = (code: string) => (): never => {
    throw Object.assign(new Error(code), { code });
  };
  const accessSync: typeof fs.accessSync = (path, mode) =>
    path === folder ? failing('EROFS')() : fs.accessSync(path, mode);
  const mkdirSync = failing('ENOENT');
  return { ...fs, accessSync, mkdirSync };
});

test.each([['kit'], ['new/kit']])('%s is told what is so', async (name) => {
  const place = join(folder, name);
  const { exit, stderr } = await run([
    ...['lab', '--outbound', '--public', 'dane.example.org', '--addresses', '203.0.113.1'],
    ...['--kit', place],
  ]);
  expect([exit, stderr]).toEqual([
    3,
    `--kit: ${place} cannot be written (the disk is read-only).\n`,
  ]);
});
