/** Clocks for the virtual internet: one that jumps to what comes next, and the machine's own. */
import { performance } from 'node:perf_hooks';
import type { Clock } from './network.ts';
import { systemClock } from './system-clock.ts';

export interface SimulatedClock extends Clock {
  /** Like `setTimer`, for something already on its way over the virtual wire. */
  deliver(ms: number, callback: () => void): () => void;
}

/** Things happen as slowly as they would, from a given instant on: for the lab on a screen. */
export function createRealTimeClock(startMs: number): SimulatedClock {
  const began = performance.now();
  return {
    ...systemClock,
    now: () => startMs + Math.round(performance.now() - began),
    deliver: systemClock.setTimer,
  };
}

/**
 * Turns of the event loop in which nothing touched the clock before it jumps. A TLS flight through
 * Node's stream wrapping takes about six.
 */
const QUIET_TURNS = 16;

/**
 * Real milliseconds of quiet before a jump to a mere timer: a grace for work outside the event loop
 * (files, the thread pool), which does not show in it. An inspection does none.
 */
const QUIET_MS_BEFORE_TIMER = 25;

interface ClockEvent {
  readonly at: number;
  readonly onTheWire: boolean;
  readonly callback: () => void;
}

/** A clock that stands still while anything is being done and then jumps to the next event. */
export function createVirtualClock(startMs: number): SimulatedClock {
  const events: ClockEvent[] = [];
  let nowMs = startMs;
  let activity = 0;
  let running = false;

  const add = (event: ClockEvent): (() => void) => {
    // Behind all events of the same instant: first come, first served.
    const later = events.findIndex((other) => other.at > event.at);
    events.splice(later === -1 ? events.length : later, 0, event);
    activity += 1;
    start();
    return () => {
      const index = events.indexOf(event);
      if (index === -1) return;
      events.splice(index, 1);
      activity += 1;
    };
  };
  const start = (): void => {
    if (running) return;
    running = true;
    awaitQuiet(activity, 0, performance.now());
  };
  const awaitQuiet = (seen: number, quietTurns: number, quietSince: number): void => {
    setImmediate(() => {
      const next = events[0];
      if (next === undefined) running = false;
      else if (next.at <= nowMs) fire(next);
      else if (activity !== seen) awaitQuiet(activity, 0, performance.now());
      else if (quietTurns < QUIET_TURNS) awaitQuiet(seen, quietTurns + 1, quietSince);
      else if (next.onTheWire || performance.now() - quietSince >= QUIET_MS_BEFORE_TIMER)
        fire(next);
      else setTimeout(() => awaitQuiet(seen, quietTurns, quietSince), 1);
    });
  };
  const fire = (event: ClockEvent): void => {
    events.splice(events.indexOf(event), 1);
    nowMs = Math.max(nowMs, event.at);
    activity += 1;
    awaitQuiet(activity, 0, performance.now());
    event.callback();
  };

  return {
    now: () => nowMs,
    monotonic: () => nowMs - startMs,
    setTimer: (ms, callback) => add({ at: nowMs + Math.max(0, ms), onTheWire: false, callback }),
    deliver: (ms, callback) => add({ at: nowMs + Math.max(0, ms), onTheWire: true, callback }),
  };
}
