// The last run of each watched domain on disk: read back whole, bounded, and damage is told.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { WatchRuns, type KeptWatchRun } from '../../../../electron/shell/watch-runs.ts';
import { degraded } from '../../renderer/streams.ts';

const folder = mkdtempSync(join(tmpdir(), 'watch-runs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const AT = '2026-11-24T12:00:00.000Z';
const RUN: KeptWatchRun = { domain: 'example.org', at: AT, events: degraded() };

function fileOf(runs: WatchRuns, run: KeptWatchRun): string {
  runs.keepOnly([]);
  runs.keep(run);
  const [name] = readdirSync(folder);
  return join(folder, name ?? '');
}

test('a run is read as it was, and is small on the disk', () => {
  const runs = new WatchRuns(folder);
  const file = fileOf(runs, RUN);
  expect(runs.read('example.org')).toEqual(RUN);
  expect(statSync(file).size).toBeLessThan(JSON.stringify(RUN).length / 2);
});

test('one that is not there, damaged or another’s is told in a sentence', () => {
  const runs = new WatchRuns(folder);
  const file = fileOf(runs, RUN);
  expect(runs.read('example.net')).toMatch(/^No run of example.net is kept/);
  const whole = readFileSync(file);
  writeFileSync(file, whole.subarray(0, whole.length - 20));
  expect(runs.read('example.org')).toMatch(/is damaged on the disk/);
  writeFileSync(file, gzipSync(JSON.stringify({ ...RUN, domain: 'example.net' })));
  expect(runs.read('example.org')).toMatch(/is damaged on the disk/);
  writeFileSync(file, gzipSync(JSON.stringify({ ...RUN, events: [{ kind: 'script' }] })));
  expect(runs.read('example.org')).toMatch(/is damaged on the disk/);
});

test('one that would fill memory when it is unpacked is not', () => {
  const runs = new WatchRuns(folder);
  const file = fileOf(runs, RUN);
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
  expect(gunzipSync(bomb).length).toBe(64 * 1024 * 1024);
  writeFileSync(file, bomb);
  expect(runs.read('example.org')).toMatch(/^The last run/);
});

test('one that is too large is not kept, and the older one is not taken for it', () => {
  const runs = new WatchRuns(folder);
  fileOf(runs, RUN);
  const step = 'x'.repeat(40 * 1024 * 1024);
  const huge = [{ kind: 'progress', step, queries: 1, elapsedMs: 1 }] as const;
  expect(runs.keep({ ...RUN, events: huge })).toBeNull();
  expect(runs.read('example.org')).toMatch(/^No run/);
});

test('what is in the way of one is told in a sentence, and nothing is thrown', () => {
  const runs = new WatchRuns(folder);
  const file = fileOf(runs, RUN);
  rmSync(file);
  mkdirSync(file);
  expect(runs.keep(RUN)).toMatch(/could not be taken off the disk/);
  expect(runs.forget('example.org')).toMatch(/could not be taken off the disk/);
  expect(runs.read('example.org')).toMatch(/cannot be read/);
  rmdirSync(file);
});

test('runs of domains that are watched no more are taken away', () => {
  const runs = new WatchRuns(folder);
  runs.keepOnly([]);
  runs.keep(RUN);
  runs.keep({ ...RUN, domain: 'example.net' });
  runs.keepOnly(['example.net']);
  expect(readdirSync(folder)).toHaveLength(1);
  expect(runs.read('example.net')).toMatchObject({ domain: 'example.net' });
  runs.forget('example.net');
  expect(readdirSync(folder)).toEqual([]);
});
