/** Work done once for all who ask: the cache of a run, its questions in flight included. */
import { untilAborted, type Context, type TaskNode } from './context.ts';

export interface SharedTasks<T> {
  /** The result for `key`: kept, under way, or begun now. Rejects only when the caller aborts. */
  run(key: string, context: Context, begin: (context: Context) => Promise<T>): Promise<T>;
  /** The same without beginning anything: null when nothing is kept or under way. */
  join(key: string, context: Context): Promise<T> | null;
}

interface Task<T> extends TaskNode {
  readonly promise: Promise<T>;
  readonly controller: AbortController;
  waiters: number;
  done: boolean;
}

/**
 * `onCycle` is the result for someone on whom the work itself waits (two zones whose servers lie in each
 * other): waiting would last for ever. Results that `keep` refuses are given out but not kept.
 */
export function createSharedTasks<T>(
  onCycle: () => T,
  keep: (result: T) => boolean = () => true,
): SharedTasks<T> {
  const tasks = new Map<string, Task<T>>();
  const forget = (key: string, task: Task<T>): void => {
    if (tasks.get(key) === task) tasks.delete(key);
  };
  const begin = (key: string, context: Context, work: Work<T>): Task<T> => {
    const task = startTask(context, work);
    tasks.set(key, task);
    const tidy = async (): Promise<void> => {
      const result = await task.promise;
      if (!keep(result)) forget(key, task);
    };
    tidy().catch(() => forget(key, task));
    return task;
  };
  const wait = async (key: string, task: Task<T>, context: Context): Promise<T> => {
    if (task.done) return task.promise;
    if (context.task !== null && waitsFor(task, context.task)) return onCycle();
    task.waiters += 1;
    context.task?.waitingFor.add(task);
    try {
      return await untilAborted(task.promise, context.signal);
    } finally {
      context.task?.waitingFor.delete(task);
      task.waiters -= 1;
      if (task.waiters === 0 && !task.done) {
        forget(key, task);
        task.controller.abort(context.signal.reason);
      }
    }
  };
  return {
    run: (key, context, work) => {
      if (context.signal.aborted) return Promise.reject(context.signal.reason);
      return wait(key, tasks.get(key) ?? begin(key, context, work), context);
    },
    join: (key, context) => {
      const task = tasks.get(key);
      return task === undefined ? null : wait(key, task, context);
    },
  };
}

type Work<T> = (context: Context) => Promise<T>;

function startTask<T>(context: Context, work: Work<T>): Task<T> {
  const controller = new AbortController();
  const waitingFor = new Set<TaskNode>();
  const inner = { ...context, signal: controller.signal, task: { waitingFor } };
  const run = async (): Promise<T> => {
    // Begun a moment later: the work may come to ask for its own key, and must find itself then.
    await Promise.resolve();
    try {
      return await work(inner);
    } finally {
      task.done = true;
      // What the work began and did not wait for (questions asked ahead) ends with it.
      controller.abort(new Error('the work it was for is done'));
    }
  };
  const task: Task<T> = { waitingFor, promise: run(), controller, waiters: 0, done: false };
  return task;
}

/** Whether `from` is `target` or waits for it, directly or through others. */
function waitsFor(from: TaskNode, target: TaskNode): boolean {
  const seen = new Set<TaskNode>();
  const open: TaskNode[] = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    // Tasks are compared by their sets: a task is its node with more fields.
    if (node.waitingFor === target.waitingFor) return true;
    if (seen.has(node)) continue;
    seen.add(node);
    open.push(...node.waitingFor);
  }
  return false;
}
