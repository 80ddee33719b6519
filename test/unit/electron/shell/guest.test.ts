/** A window beside the open one: it takes the settings along, and what it leaves is taken away. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { becomeGuest, removeGuests } from '../../../../electron/shell/guest.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'dane-guest-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

function app() {
  const paths = new Map([['userData', home]]);
  let quit = (): void => undefined;
  return {
    paths,
    quit: () => quit(),
    app: {
      getPath: (name: string) => paths.get(name) ?? '',
      setPath: (name: string, path: string) => void paths.set(name, path),
      on: (_event: string, listener: () => void) => void (quit = listener),
    },
  };
}

it('begins with the settings of the folder, in one of its own, which goes with it', () => {
  writeFileSync(join(home, 'settings.json'), '{"theme":"dark"}');
  const { app: program, paths, quit } = app();
  becomeGuest(program as never, 'settings.json');
  const own = paths.get('userData') ?? '';
  expect(own).not.toBe(home);
  expect(paths.get('sessionData')).toBe(own);
  expect(readFileSync(join(own, 'settings.json'), 'utf8')).toBe('{"theme":"dark"}');
  removeGuests(home);
  expect(existsSync(own)).toBe(true);
  quit();
  expect(existsSync(own)).toBe(false);
});

it('begins without settings where there are none', () => {
  const { app: program, paths } = app();
  becomeGuest(program as never, 'settings.json');
  expect(existsSync(join(paths.get('userData') ?? '', 'settings.json'))).toBe(false);
});

it('what guests left that run no more is taken away, and nothing that a link of that name points at', () => {
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  mkdirSync(join(home, 'windows', `${gone}-abc`, 'Cache'), { recursive: true });
  mkdirSync(join(home, 'elsewhere', 'kept'), { recursive: true });
  symlinkSync(join(home, 'elsewhere'), join(home, 'windows', `${gone}-link`));
  removeGuests(home);
  expect(existsSync(join(home, 'windows', `${gone}-abc`))).toBe(false);
  expect(existsSync(join(home, 'windows', `${gone}-link`))).toBe(false);
  expect(existsSync(join(home, 'elsewhere', 'kept'))).toBe(true);
});

it('a folder without guests is left as it is', () => {
  removeGuests(home);
  expect(existsSync(join(home, 'windows'))).toBe(false);
});

it('where the folder takes nothing it has one among the temporary files, which goes with it', () => {
  writeFileSync(join(home, 'settings.json'), '{"theme":"dark"}');
  writeFileSync(join(home, 'windows'), 'no folder');
  const { app: program, paths, quit } = app();
  becomeGuest(program as never, 'settings.json');
  const own = paths.get('userData') ?? '';
  expect(dirname(own)).toBe(tmpdir());
  expect(statSync(own).mode & 0o077).toBe(0);
  expect(readFileSync(join(own, 'settings.json'), 'utf8')).toBe('{"theme":"dark"}');
  quit();
  expect(existsSync(own)).toBe(false);
});
