/** What each piece of a look-up carries along: who may end it, what it may still spend, whom it waits for. */
import type { Clock } from '../net/network.ts';
import { MAX_QUERIES_PER_LOOK_UP } from './limits.ts';

export interface Context {
  readonly signal: AbortSignal;
  readonly budget: Budget;
  /** The shared piece of work this runs in; null at the top. */
  readonly task: TaskNode | null;
  /** Look-ups of name-server addresses that this is inside of. */
  readonly depth: number;
}

/** A node in the graph of who waits for whom. */
export interface TaskNode {
  readonly waitingFor: Set<TaskNode>;
}

export interface Budget {
  /** False when no query is left; then it must not be sent. */
  spendQuery(): boolean;
  /** The name of the limit that cut the work short, or null. */
  exceeded(): string | null;
}

export function createBudget(): Budget {
  let queries = 0;
  let limit: string | null = null;
  return {
    spendQuery() {
      if (queries >= MAX_QUERIES_PER_LOOK_UP) {
        limit ??= 'MAX_QUERIES_PER_LOOK_UP';
        return false;
      }
      queries += 1;
      return true;
    },
    exceeded: () => limit,
  };
}

/** A controller that follows `signal`; `release` takes the listener away. */
export function followSignal(signal: AbortSignal): {
  readonly controller: AbortController;
  readonly release: () => void;
} {
  const controller = new AbortController();
  const follow = (): void => controller.abort(signal.reason);
  if (signal.aborted) follow();
  else signal.addEventListener('abort', follow, { once: true });
  return { controller, release: () => signal.removeEventListener('abort', follow) };
}

/** The promise's value, or a rejection with the signal's reason as soon as it aborts. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    const settle = (): void => signal.removeEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(settle);
  });
}

/** The promise's value, or `late()` when `ms` have passed. */
export function untilLate<T>(
  promise: Promise<T>,
  clock: Clock,
  ms: number,
  late: () => T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.setTimer(ms, () => resolve(late()));
    promise.then(resolve, reject).finally(cancel);
  });
}

/** The first value that passes, as soon as it is there; `otherwise` when none does. */
export function firstThat<T>(
  promises: readonly Promise<T>[],
  passes: (value: T) => boolean,
  otherwise: T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let left = promises.length;
    if (left === 0) resolve(otherwise);
    const watch = async (promise: Promise<T>): Promise<void> => {
      const value = await promise;
      left -= 1;
      if (passes(value)) resolve(value);
      else if (left === 0) resolve(otherwise);
    };
    for (const promise of promises) watch(promise).catch(reject);
  });
}
