// A list is worked through in its order, so many at a time; what is paused, broken off or failed can be gone on with.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BatchKeeper } from '../../../../electron/shell/batch-keeper.ts';
import { BatchRunner } from '../../../../electron/shell/batch-runner.ts';
import type { Begun } from '../../../../electron/shell/inspections.ts';
import { newBatch } from '../../../../shared/batch/course.ts';
import type { InspectionEvent } from '../../../../shared/inspection/event.ts';
import type { BatchEvents } from '../../../../shared/ipc/batch.ts';
import { parseEvent } from '../../../../shared/ipc/parse.ts';
import { degraded } from '../../renderer/streams.ts';

type Changed = BatchEvents['batch:changed'];

/** Inspections that end when the test says so. */
class Servers {
  readonly open = new Map<string, (how: 'well' | Error) => void>();
  readonly asked: string[] = [];
  aborted = 0;
  refusal: string | null = null;
  events: (domain: string) => readonly InspectionEvent[] = () => degraded();

  readonly begin = (domain: string): Promise<Begun> => {
    this.asked.push(domain);
    if (this.refusal !== null) return Promise.resolve({ kind: 'refused', message: this.refusal });
    const inspect = (signal: AbortSignal) => this.#inspect(domain, signal);
    return Promise.resolve({
      kind: 'begun',
      domain,
      inspect,
      record: () => {
        throw new Error('a list keeps no evidence in memory');
      },
    });
  };

  async *#inspect(domain: string, signal: AbortSignal) {
    const how = await new Promise<'well' | Error>((resolve) => {
      this.open.set(domain, resolve);
      signal.addEventListener('abort', () => {
        if (this.open.has(domain)) this.aborted += 1;
        resolve(new Error('aborted'));
      });
    });
    this.open.delete(domain);
    if (how instanceof Error) throw how;
    yield* this.events(domain);
  }

  async end(domain: string, how: 'well' | Error = 'well'): Promise<void> {
    await vi.waitFor(() => {
      expect([...this.open.keys()]).toContain(domain);
    });
    this.open.get(domain)?.(how);
    await vi.waitFor(() => {
      expect([...this.open.keys()]).not.toContain(domain);
    });
  }
}

let folder = '';
let servers: Servers;
let told: Changed[];
let now = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'batch-'));
  servers = new Servers();
  told = [];
  now = 0;
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.restoreAllMocks();
});

function start(): BatchRunner {
  const heard = told;
  return new BatchRunner({
    begin: servers.begin,
    keeper: new BatchKeeper(folder, () => now),
    now: () => now,
    tell: (changed) => {
      const parsed = parseEvent('batch:changed', structuredClone(changed));
      if (!parsed.ok) throw new Error(parsed.problem);
      heard.push(parsed.value);
    },
  });
}

async function running(count: number, concurrency: number): Promise<BatchRunner> {
  const runner = start();
  await runner.setConcurrency(concurrency);
  const domains = Array.from({ length: count }, (_, index) => `d${index}.example`);
  const list = { domains, refused: [], refusedCount: 0, duplicates: 0, leftOut: 0 };
  await runner.replace(newBatch('b1', 'lab', list));
  await runner.start();
  return runner;
}
const statuses = (runner: BatchRunner) => runner.batch?.rows.map(({ status }) => status);
const until = (runner: BatchRunner, expected: readonly string[]) =>
  vi.waitFor(() => {
    expect(statuses(runner)).toEqual(expected);
  });

describe('a list', () => {
  test('asks nobody before it is started', async () => {
    const runner = start();
    const list = {
      domains: ['a.example'],
      refused: [],
      refusedCount: 0,
      duplicates: 0,
      leftOut: 0,
    };
    await runner.replace(newBatch('b1', 'lab', list));
    expect(servers.asked).toEqual([]);
    expect(runner.state).toMatchObject({ phase: 'ready', total: 1, done: 0 });
  });

  test('is asked for in its order, so many at a time', async () => {
    const runner = await running(5, 2);
    expect(servers.asked).toEqual(['d0.example', 'd1.example']);
    await servers.end('d1.example');
    await until(runner, ['running', 'done', 'running', 'waiting', 'waiting']);
    expect(servers.asked).toEqual(['d0.example', 'd1.example', 'd2.example']);
    await runner.setConcurrency(4);
    expect(servers.asked).toHaveLength(5);
  });

  test('keeps the outcome of each, and tells the window in bundles', async () => {
    const runner = await running(2, 2);
    now = 4_000;
    await servers.end('d0.example');
    await servers.end('d1.example');
    await vi.waitFor(() => {
      expect(told.at(-1)?.state).toMatchObject({ phase: 'finished', done: 2, activeMs: 4_000 });
    });
    expect(runner.batch?.rows[0]).toMatchObject({
      status: 'done',
      outcome: 'degraded',
      durationMs: 1320,
    });
    // Both in one message or two, and not one for each event.
    expect(told.length).toBeLessThanOrEqual(4);
    const last = new Map(told.flatMap(({ rows }) => rows.map((row) => [row.index, row.status])));
    expect([...last.values()]).toEqual(['done', 'done']);
  });

  test('a fault of the program with one domain takes no other along', async () => {
    const runner = await running(2, 1);
    await servers.end('d0.example', new Error('boom'));
    await servers.end('d1.example');
    await until(runner, ['failed', 'done']);
    expect(runner.batch?.rows[0]?.sentence).toContain('boom');
  });
});

describe('paused', () => {
  test('what is under way is finished, and nothing else begun, until it is resumed', async () => {
    const runner = await running(3, 1);
    now = 1_000;
    runner.pause();
    now = 60_000;
    await servers.end('d0.example');
    await until(runner, ['done', 'waiting', 'waiting']);
    expect(runner.state).toMatchObject({ phase: 'paused', activeMs: 1_000 });
    expect(servers.asked).toHaveLength(1);
    await runner.start();
    expect(servers.asked).toEqual(['d0.example', 'd1.example']);
  });

  test('is what the next start finds, with what was under way waiting again', async () => {
    const first = await running(3, 2);
    await servers.end('d0.example');
    await until(first, ['done', 'running', 'running']);
    await first.stop();
    expect(servers.aborted).toBe(2);
    const second = start();
    await second.restore();
    expect(second.state).toMatchObject({ phase: 'paused', done: 1, total: 3, concurrency: 2 });
    expect(statuses(second)).toEqual(['done', 'waiting', 'waiting']);
    await second.start();
    expect(servers.asked.slice(3)).toEqual(['d1.example', 'd2.example']);
  });
});

describe('what went wrong', () => {
  test('is asked for again by itself', async () => {
    const runner = await running(3, 3);
    await servers.end('d0.example');
    await servers.end('d1.example', new Error('boom'));
    await servers.end('d2.example');
    await until(runner, ['done', 'failed', 'done']);
    await runner.retry();
    expect(servers.asked.slice(3)).toEqual(['d1.example']);
    await servers.end('d1.example');
    await until(runner, ['done', 'done', 'done']);
    const next = start();
    await next.restore();
    expect(statuses(next)).toEqual(['done', 'done', 'done']);
  });

  test('is asked for again while others end, and takes no result of theirs back', async () => {
    const runner = await running(3, 2);
    await servers.end('d0.example', new Error('boom'));
    await until(runner, ['failed', 'running', 'running']);
    // Both end while the disk is being written.
    const asked = runner.retry();
    servers.open.get('d1.example')?.('well');
    servers.open.get('d2.example')?.('well');
    await asked;
    await until(runner, ['running', 'done', 'done']);
    await servers.end('d0.example');
    await until(runner, ['done', 'done', 'done']);
    expect(runner.state.phase).toBe('finished');
    const next = start();
    await next.restore();
    expect(statuses(next)).toEqual(['done', 'done', 'done']);
  });

  test('of a list that is cleared meanwhile is not asked for', async () => {
    const runner = await running(1, 1);
    await servers.end('d0.example', new Error('boom'));
    await until(runner, ['failed']);
    const asked = runner.retry();
    await runner.clear();
    await asked;
    expect(runner.state.phase).toBe('empty');
    expect(servers.asked).toHaveLength(1);
  });

  test('with the settings stops the list at once, and loses nothing', async () => {
    servers.refusal = 'The root hints cannot be read.';
    const runner = await running(500, 2);
    await vi.waitFor(() => {
      expect(runner.state).toMatchObject({ phase: 'paused', done: 0 });
    });
    expect(runner.state.problems).toEqual(['The root hints cannot be read.']);
    expect(servers.asked.length).toBeLessThanOrEqual(2);
    expect(new Set(statuses(runner))).toEqual(new Set(['waiting']));
  });

  test('with the network pauses the list after eight domains', async () => {
    servers.events = (domain) => [
      ...degraded().slice(0, 1),
      {
        kind: 'mx',
        nonexistent: false,
        failed: true,
        mx: {
          security: 'indeterminate',
          records: [],
          implicit: false,
          null: false,
          nonexistent: false,
          failed: true,
          networkDown: true,
          lookUp: null,
        },
      },
      { kind: 'finished', durationMs: domain.length, queries: 1 },
    ];
    const runner = await running(20, 1);
    for (let index = 0; index < 8; index += 1) await servers.end(`d${index}.example`);
    await vi.waitFor(() => {
      expect(runner.state).toMatchObject({ phase: 'paused', done: 8 });
    });
    expect(runner.state.problems[0]).toContain('without a network');
    expect(servers.asked).toHaveLength(8);
  });
});

test('a list that takes the place of another ends what was under way, and takes no result of it', async () => {
  const runner = await running(2, 2);
  const list = { domains: ['z.example'], refused: [], refusedCount: 0, duplicates: 0, leftOut: 0 };
  await runner.replace(newBatch('b2', 'lab', list));
  expect(servers.aborted).toBe(2);
  expect(runner.state).toMatchObject({ list: 'b2', phase: 'ready', total: 1, done: 0 });
  await runner.clear();
  expect(runner.state).toMatchObject({ list: '', phase: 'empty', total: 0 });
});
