// The list on disk: written whole, read back as it was, and what is damaged is set aside and told.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import writeFileAtomic from 'write-file-atomic';
import { WatchFile } from '../../../../electron/shell/watch-file.ts';
import { MAX_WATCHED } from '../../../../shared/watch/limits.ts';
import { DEFAULT_WATCH_SETTINGS, newlyWatched } from '../../../../shared/watch/watched.ts';
import { followed, certificateEnd, seen } from '../../shared/watch/looks.ts';

const NOW = '2026-11-24T12:00:00.000Z';
const root = mkdtempSync(join(tmpdir(), 'watch-file-'));
afterAll(() => rmSync(root, { recursive: true }));

let folder = '';
let path = '';
let count = 0;

beforeEach(() => {
  count += 1;
  folder = join(root, String(count));
  path = join(folder, 'watch.json');
  mkdirSync(folder);
});

const taken = followed([seen('secure', { deadlines: [certificateEnd(3)] }), seen('broken')]).at(-1);
const settings = { ...DEFAULT_WATCH_SETTINGS, intervalMinutes: 15, stayInTray: true };
const KEPT = { settings, domains: taken === undefined ? [] : [taken.watched] };

test('what was written is read again', () => {
  expect(new WatchFile(path).read(NOW)).toEqual({
    kept: { settings: null, domains: [] },
    problem: null,
  });
  expect(new WatchFile(path).write(KEPT)).toBeNull();
  expect(new WatchFile(path).read(NOW)).toEqual({ kept: KEPT, problem: null });
  expect(KEPT.domains[0]?.notes).toHaveLength(3);
});

describe('a file that cannot be used', () => {
  test.each([
    ['cut off', '{"format":"dane-inspector watch","version":1,"dom'],
    ['of somebody else', '{"domains":["example.org"]}'],
    ['of a later version', '{"format":"dane-inspector watch","version":2,"domains":[]}'],
    ['without any sense', '\u0000\u0001'],
  ])('as it is %s, is set aside and told', (_what, text) => {
    writeFileSync(path, text);
    const file = new WatchFile(path);
    const { kept, problem } = file.read(NOW);
    expect(kept.domains).toEqual([]);
    expect(problem).toMatch(/damaged.*begins empty/);
    const aside = readdirSync(folder);
    expect(aside).toEqual(['watch.json.damaged-2026-11-24T12-00-00.000Z']);
    expect(readFileSync(join(folder, aside[0] ?? ''), 'utf8')).toBe(text);
    expect(file.write(KEPT)).toBeNull();
    expect(new WatchFile(path).read(NOW).kept).toEqual(KEPT);
  });

  test('in part gives the rest, and is set aside too', () => {
    const good = newlyWatched('good.example', 5);
    const bad = { ...newlyWatched('bad.example', 5), outcome: 'splendid' };
    const evil = newlyWatched('$(reboot).example', 5);
    const text = JSON.stringify({
      format: 'dane-inspector watch',
      version: 1,
      settings,
      domains: [good, bad, evil, 7],
    });
    writeFileSync(path, text);
    const { kept, problem } = new WatchFile(path).read(NOW);
    expect(kept).toEqual({ settings, domains: [good] });
    expect(problem).toMatch(/What could be read of it is used/);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('gives no more domains than are watched', () => {
    const domains = Array.from({ length: MAX_WATCHED + 5 }, (_, index) =>
      newlyWatched(`d${index}.example`, 5),
    );
    new WatchFile(path).write({ settings, domains });
    const { kept, problem } = new WatchFile(path).read(NOW);
    expect(kept.domains).toHaveLength(MAX_WATCHED);
    expect(problem).not.toBeNull();
  });

  test('as it is a folder, is told and left alone', () => {
    mkdirSync(path);
    const file = new WatchFile(path);
    expect(file.read(NOW).problem).toMatch(/cannot be read \(it is no file\)/);
    expect(file.write(KEPT)).toBeNull();
    expect(readdirSync(folder)).toEqual(['watch.json']);
  });
});

test('a full disk is told, and what was there stays whole', () => {
  const file = new WatchFile(path);
  file.write(KEPT);
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
  const write = vi.spyOn(writeFileAtomic, 'sync').mockImplementationOnce(() => {
    throw full;
  });
  expect(file.write({ settings, domains: [] })).toMatch(/could not be kept \(the disk is full\)/);
  write.mockRestore();
  expect(new WatchFile(path).read(NOW).kept).toEqual(KEPT);
});

test('nobody else may read which domains somebody cares about', () => {
  new WatchFile(path).write(KEPT);
  expect(readModeOf(path)).toBe(0o600);
});

function readModeOf(file: string): number {
  return statSync(file).mode & 0o777;
}
