// Watches a domain while something is done to it: by samples taken in this process, and by the real command now and then.
import { setTimeout as sleep } from 'node:timers/promises';
import type { UniverseFacts } from '../../universe/universe.ts';
import { check } from '../command-line.ts';
import { startSampling, VIEWS, type Sample, type Sampling } from './sampling.ts';

export interface Watched {
  readonly samples: readonly Sample[];
  /** What `check` came to each time. */
  readonly checks: readonly string[];
}

/** Milliseconds between two runs of the command. */
const CHECK_INTERVAL = 2_000;

/** Milliseconds until the first samples are taken, on a busy machine. */
const PATIENCE = 30_000;

export async function watch(
  universe: UniverseFacts,
  domain: string,
  during: (sampling: Sampling) => Promise<void>,
): Promise<Watched> {
  const sampling = startSampling(universe, domain);
  const over = new AbortController();
  const checks = checkAgainAndAgain(universe, domain, over.signal);
  try {
    // How it was before belongs to the picture.
    for (const view of VIEWS) await sampling.until(view, () => true, PATIENCE);
    await during(sampling);
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
