/** The machine's own time as a Clock. */
import { performance } from 'node:perf_hooks';
import type { Clock } from './network.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimer(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
