/** Reading files through a worker: in order, bounded in time, and no file lost to another. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  IDLE_MS,
  MAX_OPEN_MS,
  MAX_READ_MS,
  MaterialReader,
  type ReadJob,
  type ReadReply,
  type ReadRequest,
} from '../../../renderer/store/material-reader.ts';
import type { MaterialFile } from '../../../shared/material/material.ts';

interface FakeWorker {
  readonly got: ReadRequest[];
  readonly tell: (reply: ReadReply) => void;
  readonly fail: () => void;
  ended: boolean;
}

let workers: FakeWorker[];
let told: string[];
let reader: MaterialReader;

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  told = [];
  reader = new MaterialReader(
    (tell, fail) => {
      const worker: FakeWorker = { got: [], tell, fail, ended: false };
      workers.push(worker);
      return {
        send: (request) => worker.got.push(request),
        end: () => {
          worker.ended = true;
        },
      };
    },
    (id, file) => told.push(`${id} ${file.problems[0] ?? 'read'}`),
  );
});
afterEach(() => {
  vi.useRealTimers();
});

const job = (id: number, load?: ReadJob['load']): ReadJob => ({
  id,
  name: `${id}.pem`,
  load: load ?? (() => Promise.resolve(Uint8Array.of(id))),
  password: null,
});

const file = (id: number): MaterialFile => ({
  name: `${id}.pem`,
  items: [],
  problems: [],
  locked: null,
});

/** Lets what is loaded reach the worker. */
const settle = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined);

const ids = (worker: FakeWorker | undefined): readonly number[] =>
  (worker?.got ?? []).map(({ id }) => id);

const answer = (worker: FakeWorker | undefined, id: number): void => {
  worker?.tell({ id, file: file(id) });
};

describe('a reader', () => {
  it('has one worker read all files, in their order, a bounded number ahead', async () => {
    reader.add(Array.from({ length: 40 }, (_, index) => job(index + 1)));
    await settle();
    expect(ids(workers[0])).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    answer(workers[0], 1);
    await settle();
    expect(ids(workers[0])).toHaveLength(17);
    expect(told).toEqual(['1 read']);
    expect(workers).toHaveLength(1);
  });

  it('ends a worker that takes too long at a file, names it, and goes on with the others', async () => {
    reader.add([job(1), job(2), job(3)]);
    await settle();
    answer(workers[0], 1);
    await vi.advanceTimersByTimeAsync(MAX_READ_MS - 1);
    expect(workers[0]?.ended).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(workers[0]?.ended).toBe(true);
    expect(told[1]).toMatch(/^2 Reading it took longer than 10 s/);
    expect(ids(workers[1])).toEqual([3]);
    answer(workers[1], 3);
    expect(told[2]).toBe('3 read');
  });

  it('gives each file its own time', async () => {
    reader.add([job(1), job(2), job(3)]);
    await settle();
    for (const id of [1, 2, 3]) {
      await vi.advanceTimersByTimeAsync(MAX_READ_MS - 1);
      answer(workers[0], id);
    }
    expect(told).toEqual(['1 read', '2 read', '3 read']);
  });

  it('gives a file that is opened with a password longer, and says what took so long', async () => {
    reader.add([{ ...job(1), password: 'secret' }, job(2)]);
    await settle();
    await vi.advanceTimersByTimeAsync(MAX_OPEN_MS - 1);
    expect(workers[0]?.ended).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(told).toEqual([
      '1 Opening it with the password took longer than 30 s and was given up.',
    ]);
    expect(ids(workers[1])).toEqual([2]);
  });

  it('ends a worker that has nothing to do, with what it has read, and starts another', async () => {
    reader.add([job(1)]);
    await settle();
    answer(workers[0], 1);
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    expect(workers[0]?.ended).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(workers[0]?.ended).toBe(true);
    reader.warm();
    reader.add([job(2), job(3)]);
    await settle();
    expect(ids(workers[1])).toEqual([2, 3]);
    // One that is at work is none of them.
    await vi.advanceTimersByTimeAsync(MAX_READ_MS - 1);
    answer(workers[1], 2);
    await vi.advanceTimersByTimeAsync(1);
    expect(workers[1]?.ended).toBe(false);
  });

  it('goes on where a worker breaks', async () => {
    reader.add([job(1), job(2)]);
    await settle();
    workers[0]?.fail();
    expect(told).toEqual(['1 The program failed at reading it.']);
    expect(ids(workers[1])).toEqual([2]);
    // Late words of the worker that is gone count for nothing.
    answer(workers[0], 2);
    workers[0]?.fail();
    expect(told).toHaveLength(1);
    expect(workers).toHaveLength(2);
  });

  it('says so when a file cannot be opened, or does not come', async () => {
    reader.add([
      job(1, () => Promise.reject(new Error('gone'))),
      job(2, () => new Promise(() => undefined)),
      job(3),
    ]);
    await settle();
    answer(workers[0], 3);
    await vi.advanceTimersByTimeAsync(MAX_READ_MS);
    expect(told).toEqual(['1 The file cannot be read.', '3 read', '2 The file cannot be read.']);
  });

  it('forgets what it was asked, and ends the worker that is at it', async () => {
    let arrive: (bytes: Uint8Array) => void = () => undefined;
    reader.add([job(1), job(2, () => new Promise((resolve) => (arrive = resolve)))]);
    await settle();
    reader.forgetAll();
    expect(workers[0]?.ended).toBe(true);
    arrive(Uint8Array.of(2));
    answer(workers[0], 1);
    await vi.advanceTimersByTimeAsync(MAX_READ_MS);
    expect(told).toEqual([]);
    reader.add([job(3)]);
    await settle();
    expect(ids(workers[1])).toEqual([3]);
  });

  it('passes a password on to the worker alone', async () => {
    reader.add([{ ...job(1), password: 'secret' }, job(2)]);
    await settle();
    expect(workers[0]?.got.map(({ password }) => password)).toEqual(['secret', null]);
  });
});
