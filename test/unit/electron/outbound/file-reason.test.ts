// What a person is told of a file that cannot be read or written: no codes where there are words.
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileReason } from '../../../../electron/outbound/file-reason.ts';
import { openStateFile } from '../../../../electron/outbound/state-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-reason-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function errorOf(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('it worked');
}

test('a full disk is said to be full', () => {
  // full(4): every write fails with ENOSPC.
  const error = errorOf(() => writeFileSync('/dev/full', 'x'));
  expect(fileReason(error)).toBe('the disk is full');
});

test('what has no words is the system’s own, and what is no error of its is unknown', () => {
  const odd = Object.assign(new Error('odd'), { code: 'EODD' });
  expect([fileReason(odd), fileReason(new Error('odd'))]).toEqual(['EODD', 'unknown reason']);
});

test('a state that cannot be read is refused in words', () => {
  const path = join(folder, 'state.json');
  symlinkSync(path, path);
  expect(errorOf(() => readFileSync(path))).toMatchObject({ code: 'ELOOP' });
  const opened = openStateFile(path, { setTimer: () => () => undefined }, () => undefined);
  expect(opened).toEqual({
    ok: false,
    message: `${path} cannot be read (its links lead in a circle).`,
  });
});
