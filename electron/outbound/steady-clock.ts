/** Time of day that does not jump when somebody sets the machine’s clock: what spans are measured by. */
import type { Clock } from '../net/network.ts';

/** The time of day at the start, and from there on what has gone by since. */
export function steadyClock(clock: Clock): Clock {
  const start = clock.now() - clock.monotonic();
  return { ...clock, now: () => start + clock.monotonic() };
}
