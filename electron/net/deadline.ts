/** One wait with a deadline: settled, timed out or aborted, and never a timer or listener left behind. */
import { fail, type Result } from '../../shared/failure.ts';
import type { Clock } from './network.ts';

/**
 * Runs `begin`, which subscribes to whatever settles the wait and gives back its clean-up. The clean-up
 * runs exactly once, whatever ended the wait. Abort rejects with the signal's reason.
 */
export function waitWithDeadline<T>(
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
  begin: (settle: (result: Result<T>) => void) => () => void,
): Promise<Result<T>> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    let cleanUp: (() => void) | null = null;
    let settled = false;
    const finish = (conclude: () => void): void => {
      if (settled) return;
      settled = true;
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
      cleanUp?.();
      conclude();
    };
    const onAbort = (): void => finish(() => reject(signal.reason));
    const cancelTimer = clock.setTimer(timeoutMs, () =>
      finish(() => resolve(fail({ kind: 'timeout', afterMs: timeoutMs }))),
    );
    signal.addEventListener('abort', onAbort, { once: true });
    let end: (() => void) | null = null;
    try {
      end = begin((result) => finish(() => resolve(result)));
    } finally {
      // A `begin` that threw (a bug) rejects the wait, and the timer must not outlive it.
      if (end === null) finish(() => undefined);
    }
    if (settled) end();
    else cleanUp = end;
  });
}
