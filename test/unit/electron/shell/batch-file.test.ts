// A list is saved whole or not at all.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saveBatch, type BatchFilePorts } from '../../../../electron/shell/batch-file.ts';
import { failedRow } from '../../../../shared/batch/row.ts';

const AT = Date.UTC(2026, 10, 24, 12);
const ROWS = [failedRow(0, 'a.example', 'A fault.', AT), failedRow(1, 'b.example', 'A fault.', AT)];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'batch-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ports = (chosen: string | null, more: Partial<BatchFilePorts> = {}): BatchFilePorts => ({
  choosePath: () => Promise.resolve(chosen),
  reportOf: () => Promise.resolve(null),
  ...more,
});

test('is written where the person says, under a name that tells what it is', async () => {
  let suggested: unknown = null;
  const path = join(folder, 'list');
  const reply = await saveBatch('csv', ROWS, AT, {
    ...ports(path),
    choosePath: (suggestion) => {
      suggested = suggestion;
      return Promise.resolve(path);
    },
  });
  expect(suggested).toEqual({
    name: 'domains-dane-2026-11-24.csv',
    kind: { name: 'Table', extensions: ['csv'] },
  });
  expect(reply).toEqual({ kind: 'saved', path: `${path}.csv` });
  expect(readFileSync(`${path}.csv`, 'utf8').split('\r\n')).toHaveLength(4);
});

test('leaves what was there before where it cannot be finished, and nothing half beside it', async () => {
  const path = join(folder, 'list.csv');
  writeFileSync(path, 'before');
  let count = 0;
  const reply = await saveBatch('csv', ROWS, AT, {
    ...ports(path),
    reportOf: () => {
      count += 1;
      return count === 1
        ? Promise.resolve(null)
        : Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    },
  });
  expect(reply).toMatchObject({ kind: 'failed' });
  expect(reply.kind === 'failed' && reply.message).toContain('the disk is full');
  expect(readFileSync(path, 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['list.csv']);
});

test('says why it cannot be written', async () => {
  const path = join(folder, 'no', 'list.csv');
  const reply = await saveBatch('csv', ROWS, AT, ports(path));
  expect(reply).toMatchObject({ kind: 'failed' });
  expect(reply.kind === 'failed' && reply.message).toContain('its folder does not exist');
  expect(existsSync(join(folder, 'no'))).toBe(false);
});

test('is not written when the person thinks better of it', async () => {
  expect(await saveBatch('json', ROWS, AT, ports(null))).toEqual({ kind: 'cancelled' });
  expect(readdirSync(folder)).toEqual([]);
});
