import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateZoneKey } from '../../../../electron/lab/zone-key.ts';
import { openStateFile, type StateFile } from '../../../../electron/outbound/state-file.ts';
import { writeState, type OutboundState } from '../../../../electron/outbound/state.ts';

const STATE: OutboundState = {
  ...{ base: 'havedane.test', algorithm: 13, runs: [], observations: [] },
  zoneKey: Buffer.from(generateZoneKey(13, true).privateKey).toString('base64'),
};

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-state-'));
  path = join(folder, 'state.json');
});
let files: StateFile[] = [];
afterEach(() => {
  for (const file of files) file.close();
  files = [];
  rmSync(folder, { recursive: true });
});

/** Its timers go off when they are told to. */
function open(told: string[] = []) {
  const due: (() => void)[] = [];
  const setTimer = (_: number, callback: () => void): (() => void) => {
    due.push(callback);
    return () => undefined;
  };
  const opened = openStateFile(path, { setTimer }, (message) => told.push(message));
  return { opened, elapse: () => due.splice(0).forEach((callback) => callback()), due };
}

function fileOf({ opened }: ReturnType<typeof open>): StateFile {
  if (!opened.ok) throw new Error(opened.message);
  files.push(opened.file);
  return opened.file;
}

/** As the next start finds it. */
function keptThen(): OutboundState | null {
  const file = fileOf(open());
  file.close();
  return file.kept;
}

test('many changes are one file, of the owner alone', () => {
  const rig = open();
  const file = fileOf(rig);
  expect(file.kept).toBeNull();
  for (let count = 0; count < 50; count++) file.keep(() => ({ ...STATE, base: `${count}.test` }));
  expect([existsSync(path), rig.due.length]).toEqual([false, 1]);
  rig.elapse();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  file.close();
  expect(keptThen()?.base).toBe('49.test');
  expect(readdirSync(folder)).toEqual(['state.json']);
});

test('what still waits is written at the end, once', () => {
  const file = fileOf(open());
  file.keep(() => STATE);
  file.close();
  expect(keptThen()).toEqual({ version: 1, ...STATE });
});

test('keys of hosts are kept, and a file of before they were is read', () => {
  for (const hostKeys of [undefined, { issuer: 'AAAA', 'mx.do': 'BBBB' }]) {
    const state = { ...STATE, ...(hostKeys === undefined ? {} : { hostKeys }) };
    writeFileSync(path, writeState(state));
    expect(keptThen()).toEqual({ version: 1, ...state });
  }
});

test('a file that others could read is theirs no more', () => {
  writeFileSync(path, writeState(STATE), { mode: 0o644 });
  const file = fileOf(open());
  file.keep(() => STATE);
  file.close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a link stays one', () => {
  const target = join(folder, 'target.json');
  writeFileSync(target, writeState(STATE));
  symlinkSync(target, path);
  const file = fileOf(open());
  file.keep(() => ({ ...STATE, base: 'other.test' }));
  file.close();
  expect(lstatSync(path).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, 'utf8')).toContain('other.test');
});

describe('a damaged file is set aside and told', () => {
  const whole = writeState(STATE);
  test.each([
    ['cut off', whole.slice(0, -20)],
    ['with a key that is none', whole.replace(STATE.zoneKey, 'AAAA')],
    ['of a key of another kind', whole.replace('"algorithm":13', '"algorithm":15')],
    ['of another version', whole.replace('"version":1', '"version":9')],
  ])('%s', (_, text) => {
    writeFileSync(path, text);
    const file = fileOf(open());
    expect(file.kept).toBeNull();
    expect(file.notice).toContain(`${path}.damaged-1`);
    expect(file.notice).toContain('delete it');
    expect(readFileSync(`${path}.damaged-1`, 'utf8')).toBe(text);
  });

  test('beside an earlier one', () => {
    for (const name of ['damaged-1', 'damaged-2']) {
      writeFileSync(path, whole.slice(0, -20));
      const file = fileOf(open());
      expect(file.notice).toContain(name);
      file.close();
    }
  });
});

describe('what is none of ours is left as it is', () => {
  test.each([
    ['a text', 'hello\n'],
    ['another JSON document', '{"version":1,"base":"havedane.test"}'],
    ['a very large file', ' '.repeat(17 * 1024 * 1024)],
  ])('%s', (_, text) => {
    writeFileSync(path, text);
    expect(open().opened).toMatchObject({ ok: false });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('a folder', () => {
    path = folder;
    expect(open().opened).toEqual({ ok: false, message: `${folder} is no file.` });
  });

  test('an empty file is a new one', () => {
    writeFileSync(path, '');
    expect(fileOf(open())).toMatchObject({ kept: null, notice: null });
  });
});

test('a disk that cannot be written is told once, and the test goes on', () => {
  path = join(folder, 'nowhere', 'state.json');
  const told: string[] = [];
  const rig = open(told);
  const file = fileOf(rig);
  for (let count = 0; count < 3; count++) {
    file.keep(() => STATE);
    rig.elapse();
  }
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('could not be written (its folder does not exist)');
});

test('what a writer that died, or a full disk, left behind goes with the next write', () => {
  writeFileSync(`${path}.unfinished`, '{"file":"DANE Inspector outbound test","runs":[{"alias":');
  const file = fileOf(open());
  file.keep(() => STATE);
  file.close();
  expect(readdirSync(folder)).toEqual(['state.json']);
});

test('what could not be written whole is not left there', () => {
  // Nothing can be put in the place of a folder.
  const file = fileOf(open());
  mkdirSync(path);
  file.keep(() => STATE);
  file.close();
  expect(readdirSync(folder)).toEqual(['state.json']);
});
