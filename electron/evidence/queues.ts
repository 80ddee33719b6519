/** What happened several times alike is given out in the same order again. */

export interface Queues<T> {
  /** The next one; null when no more were recorded. */
  take(key: string): T | null;
}

export function createQueues<T>(items: readonly T[], keyOf: (item: T) => string): Queues<T> {
  const queues = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const queue = queues.get(key);
    if (queue === undefined) queues.set(key, [item]);
    else queue.push(item);
  }
  return { take: (key) => queues.get(key)?.shift() ?? null };
}
