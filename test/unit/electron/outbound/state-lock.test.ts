// One program at a time: who has a state file, and when that program counts as gone.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStateFile } from '../../../../electron/outbound/state-file.ts';
import { takeStateLock, type StateLock } from '../../../../electron/outbound/state-lock.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-lock-'));
  path = join(folder, 'state.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const lockFile = (): string => `${path}.in-use`;

function taken(): StateLock {
  const outcome = takeStateLock(path);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.lock;
}

/** What a running program writes, with some of it changed. */
function write(changes: Readonly<Record<string, string | number>>): void {
  const lock = taken();
  const own: unknown = JSON.parse(readFileSync(lockFile(), 'utf8'));
  lock.release();
  writeFileSync(lockFile(), `${JSON.stringify({ ...Object(own), ...changes })}\n`);
}

/** Of a process that has ended. */
function deadProcess(): number {
  return spawnSync('true').pid;
}

test('the second program is told who has the file, and the third may have it', () => {
  const lock = taken();
  const second = takeStateLock(path);
  expect(second).toEqual({
    ok: false,
    message: `${path} is in use by another program (process ${process.pid}). End that one first.`,
  });
  lock.release();
  expect(existsSync(lockFile())).toBe(false);
  expect(taken().isOurs()).toBe(true);
});

describe('a program that is gone has nothing', () => {
  test.each([
    ['its process has ended', () => ({ pid: deadProcess() })],
    ['its number belongs to another process now', () => ({ start: '1' })],
    ['the computer started again since', () => ({ boot: 'another', start: '' })],
  ])('%s', (_, changes) => {
    write(changes());
    expect(taken().isOurs()).toBe(true);
  });

  test('it died while it wrote the line', () => {
    writeFileSync(lockFile(), '{"host":');
    expect(takeStateLock(path)).toMatchObject({ ok: false });
    utimesSync(lockFile(), 0, 0);
    expect(taken().isOurs()).toBe(true);
  });
});

describe('what may be running is left alone', () => {
  test('of another computer nothing can be seen', () => {
    write({ host: 'elsewhere', pid: deadProcess() });
    expect(takeStateLock(path)).toEqual({
      ok: false,
      message: `${path} is in use by a program on “elsewhere”. If none runs there any more, delete ${lockFile()}.`,
    });
  });

  test('of a process whose beginning is not told', () => {
    write({ start: '' });
    expect(takeStateLock(path)).toMatchObject({ ok: false });
  });
});

test('the lock names the host that it is on', () => {
  taken();
  expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toMatchObject({ host: hostname() });
});

test('whoever lost the lock writes no more, and leaves the other’s', () => {
  const told: string[] = [];
  const opened = openStateFile(path, { setTimer: () => () => undefined }, (message) =>
    told.push(message),
  );
  if (!opened.ok) throw new Error(opened.message);
  writeFileSync(lockFile(), 'another’s');
  opened.file.keep(() => {
    throw new Error('read');
  });
  opened.file.close();
  expect(told).toEqual([`${path} could not be written (another program has taken it over).`]);
  expect([existsSync(path), readFileSync(lockFile(), 'utf8')]).toEqual([false, 'another’s']);
});

test('where nothing can be written there is nothing to lock', () => {
  path = join(folder, 'nowhere', 'state.json');
  expect(taken().isOurs()).toBe(true);
});
