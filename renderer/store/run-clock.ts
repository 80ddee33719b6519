/** How long the run on screen has been going on. */

export interface RunClock {
  /** From nothing again. */
  start(): void;
  stop(): void;
}

/** Milliseconds between two looks at the clock. */
const TICK_MS = 100;

export function createRunClock(tell: (elapsedMs: number) => void): RunClock {
  let ticking: ReturnType<typeof setInterval> | null = null;
  const stop = (): void => {
    if (ticking !== null) clearInterval(ticking);
    ticking = null;
  };
  return {
    stop,
    start() {
      stop();
      const begun = performance.now();
      ticking = setInterval(() => {
        tell(performance.now() - begun);
      }, TICK_MS);
    },
  };
}
