// What was filled in last, on disk: read as it was written, and never a yes to being reached by others.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { keepWish, readKeptWish } from '../../../../electron/shell/outbound-wish-file.ts';
import { WISH } from './outbound-rig.ts';

const root = mkdtempSync(join(tmpdir(), 'outbound-wish-'));
afterAll(() => rmSync(root, { recursive: true }));

test('what was written is read again, by its owner alone', () => {
  const path = join(root, 'new', 'wish.json');
  expect(readKeptWish(path)).toEqual({ wish: null, problem: null });
  const wish = { ...WISH, base: 'dane.example.org', algorithm: 15 as const };
  expect(keepWish(path, wish)).toBeNull();
  expect(readKeptWish(path)).toEqual({ wish, problem: null });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a yes to being reached by others is neither written nor read', () => {
  const path = join(root, 'open.json');
  keepWish(path, { ...WISH, open: true });
  expect(readFileSync(path, 'utf8')).not.toContain('true');
  writeFileSync(path, JSON.stringify({ ...WISH, open: true }));
  expect(readKeptWish(path).wish?.open).toBe(false);
});

test.each([
  ['cut off', '{"base":"havedane.te'],
  ['empty', ''],
  ['of somebody else', '{"name":"package"}'],
  ['with a port that is none', JSON.stringify({ ...WISH, smtpPort: 70_000 })],
  ['with an algorithm that is none of ours', JSON.stringify({ ...WISH, algorithm: 5 })],
  ['far too large', JSON.stringify({ ...WISH, more: 'x'.repeat(64 * 1024) })],
])('a file that is %s gives the usual, and is told', (_what, text) => {
  const path = join(root, 'damaged.json');
  writeFileSync(path, text);
  expect(readKeptWish(path)).toEqual({
    wish: null,
    problem: 'What was filled in here last is damaged: the usual is shown.',
  });
  expect(keepWish(path, WISH)).toBeNull();
  expect(readKeptWish(path).wish).toEqual(WISH);
});

test('a folder in its place is told, and stops nothing', () => {
  const path = join(root, 'folder.json');
  mkdirSync(path);
  expect(readKeptWish(path).problem).not.toBeNull();
  expect(keepWish(path, WISH)).toMatch(/could not be kept \(it is a folder\)/);
});
