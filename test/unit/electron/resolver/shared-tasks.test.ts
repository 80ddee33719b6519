// Work shared by all who ask: done once, ended when nobody wants it any more, never waiting for itself.
import { describe, expect, it } from 'vitest';
import { createBudget, type Context } from '../../../../electron/resolver/context.ts';
import { createSharedTasks } from '../../../../electron/resolver/shared-tasks.ts';

function context(signal: AbortSignal = new AbortController().signal): Context {
  return { signal, budget: createBudget(), task: null, depth: 0 };
}

describe('shared work', () => {
  it('is done once for all, also for those who come later', async () => {
    let runs = 0;
    const tasks = createSharedTasks(() => -1);
    const work = (): Promise<number> => Promise.resolve(++runs);
    expect(await Promise.all([1, 2, 3].map(() => tasks.run('key', context(), work)))).toEqual([
      1, 1, 1,
    ]);
    expect(await tasks.run('key', context(), work)).toBe(1);
    expect(await tasks.run('other', context(), work)).toBe(2);
  });

  it('is done again where its result is not to be kept', async () => {
    let runs = 0;
    const tasks = createSharedTasks(
      () => -1,
      (result: number) => result > 1,
    );
    const work = (): Promise<number> => Promise.resolve(++runs);
    expect(await tasks.run('key', context(), work)).toBe(1);
    expect(await tasks.run('key', context(), work)).toBe(2);
    expect(await tasks.run('key', context(), work)).toBe(2);
  });

  it('goes on while one still waits and is aborted with the last', async () => {
    const tasks = createSharedTasks(() => 'cycle');
    const first = new AbortController();
    const second = new AbortController();
    let ended = false;
    const work = (inner: Context): Promise<string> =>
      new Promise((_, reject) =>
        inner.signal.addEventListener('abort', () => {
          ended = true;
          reject(inner.signal.reason);
        }),
      );
    const one = tasks.run('key', context(first.signal), work);
    const two = tasks.run('key', context(second.signal), work);
    await Promise.resolve();
    first.abort(new Error('first'));
    await expect(one).rejects.toThrow('first');
    expect(ended).toBe(false);
    second.abort(new Error('second'));
    await expect(two).rejects.toThrow('second');
    expect(ended).toBe(true);
  });

  it('that comes to wait for itself, directly or through others, is told so at once', async () => {
    const tasks = createSharedTasks(() => 'cycle');
    const result = await tasks.run('a', context(), (a) =>
      tasks.run('b', a, (b) =>
        tasks.run('c', b, (c) => tasks.run('a', c, () => Promise.resolve('new'))),
      ),
    );
    expect(result).toBe('cycle');
    expect(
      await tasks.run('d', context(), (d) => tasks.run('d', d, () => Promise.resolve('new'))),
    ).toBe('cycle');
  });

  it('may be joined without being begun', async () => {
    const tasks = createSharedTasks(() => 0);
    expect(tasks.join('key', context())).toBeNull();
    const running = tasks.run('key', context(), () => Promise.resolve(7));
    expect(await tasks.join('key', context())).toBe(7);
    await running;
  });
});
