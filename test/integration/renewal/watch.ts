// Watches a domain while something is done to it: by samples taken in this process, and by the real command now and then.
import { setTimeout as sleep } from 'node:timers/promises';
import type { UniverseFacts } from '../../universe/universe.ts';
import { check } from '../command-line.ts';
import { startSampling, type Sample, type Sampling } from './sampling.ts';

export interface Watched {
  readonly samples: readonly Sample[];
  /** What `check` came to each time. */
  readonly checks: readonly string[];
}

/** Milliseconds between two runs of the command. */
const CHECK_INTERVAL = 2_000;

/** Milliseconds before it begins and after it has ended. */
const MARGIN = 1_000;

export async function watch(
  universe: UniverseFacts,
  domain: string,
  during: (sampling: Sampling) => Promise<void>,
): Promise<Watched> {
  const sampling = startSampling(universe, domain);
  const over = new AbortController();
  const checks = checkAgainAndAgain(universe, domain, over.signal);
  try {
    await sleep(MARGIN);
    await during(sampling);
    await sleep(MARGIN);
  } finally {
    over.abort();
    await Promise.allSettled([checks, sampling.stop()]);
  }
  return { samples: await sampling.stop(), checks: await checks };
}

async function checkAgainAndAgain(
  universe: UniverseFacts,
  domain: string,
  over: AbortSignal,
): Promise<readonly string[]> {
  const outcomes: string[] = [];
  while (!over.aborted) {
    outcomes.push((await check(universe, domain)).report.outcome);
    await sleep(CHECK_INTERVAL, undefined, { signal: over }).catch(() => undefined);
  }
  return outcomes;
}
