// A list outlives the program, and its results; a damaged file or a full disk costs no more than must be.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BatchKeeper } from '../../../../electron/shell/batch-keeper.ts';
import { newBatch, withRow, type Batch } from '../../../../shared/batch/course.ts';
import type { BatchRow } from '../../../../shared/batch/row.ts';
import { degraded } from '../../renderer/streams.ts';

let folder = '';
let now = 0;
const file = (): string => join(folder, 'list.jsonl');
const open = (limits?: { octets: number; count: number }) =>
  new BatchKeeper(folder, () => now, limits);
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'batch-')), 'batch');
  now = 0;
});
afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

const DOMAINS = ['a.example', 'b.example', 'c.example'];
const batchOf = (id: string): Batch =>
  newBatch(
    id,
    'lab',
    { domains: DOMAINS, refused: ['Line 4: x'], refusedCount: 1, duplicates: 2, leftOut: 3 },
    7,
  );
const rowOf = ({ rows }: Batch, index: number): BatchRow => {
  const row = rows[index];
  if (row === undefined) throw new Error('no such row');
  return {
    ...row,
    status: 'done',
    outcome: 'secure',
    sentence: 'Well.',
    at: '2026-11-24T12:00:00.000Z',
  };
};
async function done(keeper: BatchKeeper, batch: Batch, index: number): Promise<Batch> {
  const row = rowOf(batch, index);
  const next = withRow({ ...batch, stage: 'running', activeMs: 1000 * (index + 1) }, row);
  const octets = await keeper.keepRun(row, degraded());
  await keeper.add(next, { kind: 'row', row, activeMs: next.activeMs, octets });
  return next;
}
async function begun(keeper: BatchKeeper, count: number, id = 'b1'): Promise<Batch> {
  let batch = batchOf(id);
  await keeper.rewrite(batch);
  await keeper.add(batch, { kind: 'begun' });
  for (let index = 0; index < count; index += 1) batch = await done(keeper, batch, index);
  return batch;
}

describe('the next start', () => {
  test('has nothing where nothing was kept', async () => {
    expect(await open().read()).toEqual({ batch: null, problem: null });
  });

  test('has the list as it was taken', async () => {
    await open().rewrite(batchOf('b1'));
    expect(await open().read()).toEqual({ batch: batchOf('b1'), problem: null });
  });

  test('has every result, and waits for the person to go on', async () => {
    const batch = await begun(open(), 2);
    const next = open();
    expect(await next.read()).toEqual({ batch: { ...batch, stage: 'paused' }, problem: null });
    const run = await next.openRun(rowOf(batch, 1));
    expect(run).toEqual({ kind: 'opened', events: degraded() });
    expect((await next.openRun(rowOf(batch, 2))).kind).toBe('gone');
  });

  test('has it too where a line was cut off by the end of the program', async () => {
    const batch = await begun(open(), 2);
    truncateSync(file(), readFileSync(file()).length - 9);
    const { batch: read, problem } = await open().read();
    expect(problem).toBeNull();
    expect(read?.rows.map(({ status }) => status)).toEqual(['done', 'waiting', 'waiting']);
    expect(read?.rows[0]).toEqual(batch.rows[0]);
  });

  test('goes on behind a cut line', async () => {
    await begun(open(), 1);
    appendFileSync(file(), '{"kind":"row","li');
    const keeper = open();
    const { batch } = await keeper.read();
    if (batch === null) throw new Error('no list');
    await done(keeper, batch, 1);
    expect((await open().read()).batch?.rows.map(({ status }) => status)).toEqual([
      'done',
      'done',
      'waiting',
    ]);
  });

  test('of a list begun again has the last result of a domain', async () => {
    const keeper = open();
    const batch = await begun(keeper, 1);
    const worse = { ...rowOf(batch, 0), outcome: 'broken' as const };
    await keeper.add(withRow(batch, worse), { kind: 'row', row: worse, activeMs: 1, octets: 0 });
    expect((await open().read()).batch?.rows[0]?.outcome).toBe('broken');
  });

  test('keeps how many at a time', async () => {
    const keeper = open();
    const batch = await begun(keeper, 1);
    await keeper.add({ ...batch, concurrency: 31 }, { kind: 'concurrency', concurrency: 31 });
    expect((await open().read()).batch?.concurrency).toBe(31);
  });
});

describe('a damaged file', () => {
  test('whose list cannot be read is set aside and told', async () => {
    mkdirSync(folder);
    writeFileSync(file(), 'not ours\n');
    const { batch, problem } = await open().read();
    expect(batch).toBeNull();
    expect(problem).toContain(`${file()}.damaged`);
    expect(readFileSync(`${file()}.damaged`, 'utf8')).toBe('not ours\n');
    expect(await open().read()).toEqual({ batch: null, problem: null });
  });

  test('that cannot be read this time takes no kept run along', async () => {
    await begun(open(), 2);
    // As where the disk or the network behind it fails for a moment.
    renameSync(file(), `${file()}.away`);
    mkdirSync(file());
    const { batch, problem } = await open().read();
    expect(batch).toBeNull();
    expect(problem).not.toBeNull();
    rmSync(file(), { recursive: true, force: true });
    rmSync(`${file()}.damaged`, { recursive: true, force: true });
    renameSync(`${file()}.away`, file());
    const keeper = open();
    const again = await keeper.read();
    if (again.batch === null) throw new Error('the list is gone');
    expect(await keeper.openRun(rowOf(again.batch, 1))).toMatchObject({ kind: 'opened' });
  });

  test('loses the results that cannot be read and no others, tells how many, and is whole again', async () => {
    await begun(open(), 3);
    const lines = readFileSync(file(), 'utf8').split('\n');
    const [list, start, first, , third] = lines;
    const foreign = third?.replace('c.example', 'evil.example');
    writeFileSync(file(), [list, start, first, '\u0000{"kind"', foreign, ''].join('\n'));
    const { batch, problem } = await open().read();
    expect(batch?.rows.map(({ status }) => status)).toEqual(['done', 'waiting', 'waiting']);
    expect(problem).toMatch(/^2 kept results could not be read/);
    expect((await open().read()).problem).toBeNull();
  });

  test('takes no result of another list', async () => {
    await begun(open(), 1);
    const text = readFileSync(file(), 'utf8').replaceAll('"list":"b1"', '"list":"b0"');
    const [list = ''] = readFileSync(file(), 'utf8').split('\n');
    writeFileSync(file(), `${list}\n${text.split('\n').slice(1).join('\n')}`);
    const { batch, problem } = await open().read();
    expect(problem).toBeNull();
    expect(batch?.rows.every(({ status }) => status === 'waiting')).toBe(true);
  });

  test('a run that is damaged, or of another domain, is gone and says so', async () => {
    const keeper = open();
    const batch = await begun(keeper, 2);
    writeFileSync(join(folder, 'runs-b1', '0.gz'), 'no gzip');
    expect(await keeper.openRun(rowOf(batch, 0))).toMatchObject({ kind: 'gone' });
    const other = { ...rowOf(batch, 1), domain: 'other.example' };
    expect(await keeper.openRun(other)).toMatchObject({ kind: 'gone' });
  });
});

describe('what is kept', () => {
  test('of a new list takes the place of all of the old one', async () => {
    const keeper = open();
    await begun(keeper, 2);
    await begun(keeper, 1, 'b2');
    expect(readdirSync(folder).sort()).toEqual(['list.jsonl', 'runs-b2']);
    expect((await open().read()).batch?.id).toBe('b2');
  });

  test('is all gone when it is cleared', async () => {
    const keeper = open();
    await begun(keeper, 2);
    await keeper.clear();
    expect(readdirSync(folder)).toEqual([]);
    expect(await open().read()).toEqual({ batch: null, problem: null });
  });

  test.each([
    ['in number', { octets: 1e9, count: 2 }],
    ['in octets', { octets: Number.NaN, count: 99 }],
  ])('is bounded %s: the oldest runs go, the rows stay', async (_how, { octets, count }) => {
    const ofOne = await open().keepRun(rowOf(batchOf('b1'), 0), degraded());
    const limits = { count, octets: Number.isNaN(octets) ? 2.5 * ofOne : octets };
    const keeper = open(limits);
    const batch = await begun(keeper, 3);
    const left = readdirSync(join(folder, 'runs-b1')).sort();
    expect(left).toEqual(['1.gz', '2.gz']);
    expect((await keeper.openRun(rowOf(batch, 0))).kind).toBe('gone');
    expect((await keeper.openRun(rowOf(batch, 2))).kind).toBe('opened');
    const next = open(limits);
    const { batch: read } = await next.read();
    expect(read?.rows.every(({ status }) => status === 'done')).toBe(true);
    expect((await next.openRun(rowOf(batch, 1))).kind).toBe('opened');
  });
});

describe('a disk that fails', () => {
  test('is told, costs no work, and is used again when it can be', async () => {
    const keeper = open();
    let batch = await begun(keeper, 1);
    // Every write to it fails with ENOSPC (full(4)).
    rmSync(file());
    symlinkSync('/dev/full', file());
    batch = await done(keeper, batch, 1);
    expect(keeper.problem).toContain('the disk is full');
    rmSync(file());
    // Not at each domain: it rests for five seconds.
    now += 1_000;
    batch = await done(keeper, batch, 2);
    expect(existsSync(file())).toBe(false);
    await keeper.finish();
    expect(keeper.problem).toBeNull();
    expect((await open().read()).batch?.rows.map(({ status }) => status)).toEqual([
      'done',
      'done',
      'done',
    ]);
    expect(batch.rows).toHaveLength(3);
  });

  test('is told where the folder cannot be made', async () => {
    writeFileSync(folder, '');
    const keeper = open();
    const batch = await begun(keeper, 1);
    expect(keeper.problem).toContain('a file stands in the place of the folder');
    expect(batch.rows[0]?.status).toBe('done');
    expect((await keeper.openRun(rowOf(batch, 0))).kind).toBe('gone');
    expect((await open().read()).problem).toContain('cannot be read');
  });
});
