/** Asks several servers one after the other, the next one before the last has failed: loss costs little. */
import type { Failure, Result } from '../../shared/failure.ts';
import { fail } from '../../shared/failure.ts';
import type { Clock } from '../net/network.ts';
import { followSignal } from './context.ts';

export interface Contender<T> {
  /** Milliseconds after which the next contender starts too. */
  readonly patienceMs: number;
  readonly start: (signal: AbortSignal) => Promise<Outcome<T>>;
}

export type Outcome<T> =
  | { readonly kind: 'win'; readonly value: T }
  /** Taken when nobody wins. */
  | { readonly kind: 'spare'; readonly value: T }
  | { readonly kind: 'lose'; readonly failure: Failure };

/** Failures from the most telling to the least: the best one is what the race failed with. */
const TELLING: readonly Failure['kind'][] = [
  'limit',
  'rcode',
  'malformed',
  'tls',
  'closed',
  'refused',
  'timeout',
  'unreachable',
  'not-allowed',
];

/**
 * `next` gives contenders as long as there are any. Ends with the first winner, or when all have lost,
 * or after `deadlineMs`. Those still under way are aborted. Rejects only when `signal` aborts.
 */
export function race<T>(
  next: () => Contender<T> | null,
  clock: Clock,
  deadlineMs: number,
  signal: AbortSignal,
): Promise<Result<T>> {
  return new Promise((resolve, reject) => {
    const { controller, release } = followSignal(signal);
    const failures: Failure[] = [];
    let spare: Result<T> | null = null;
    let underWay = 0;
    let over = false;
    let cancelPatience: () => void = () => undefined;
    const finish = (conclude: () => void): void => {
      if (over) return;
      over = true;
      cancelPatience();
      cancelDeadline();
      signal.removeEventListener('abort', onAbort);
      release();
      controller.abort(new Error('another server has answered'));
      conclude();
    };
    const onAbort = (): void => finish(() => reject(signal.reason));
    const conclude = (): void =>
      finish(() => resolve(spare ?? fail(mostTelling(failures, deadlineMs))));
    const startNext = (): void => {
      if (over) return;
      cancelPatience();
      const contender = next();
      if (contender === null) {
        if (underWay === 0) conclude();
        return;
      }
      underWay += 1;
      cancelPatience = clock.setTimer(contender.patienceMs, startNext);
      follow(contender).catch((error: unknown) => finish(() => reject(error)));
    };
    const follow = async (contender: Contender<T>): Promise<void> => {
      const outcome = await contender.start(controller.signal);
      underWay -= 1;
      if (outcome.kind === 'win') finish(() => resolve({ ok: true, value: outcome.value }));
      else if (outcome.kind === 'spare') spare ??= { ok: true, value: outcome.value };
      else failures.push(outcome.failure);
      startNext();
    };
    const cancelDeadline = clock.setTimer(deadlineMs, conclude);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    else startNext();
  });
}

export function mostTelling(failures: readonly Failure[], deadlineMs: number): Failure {
  const rank = (failure: Failure): number => TELLING.indexOf(failure.kind);
  const [best] = [...failures].sort((a, b) => rank(a) - rank(b));
  return best ?? { kind: 'timeout', afterMs: deadlineMs };
}
