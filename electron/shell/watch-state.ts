/** What the window is told of the watched domains. */
import type { WatchedDomain, WatchState } from '../../shared/ipc/watch.ts';
import type { Watched } from '../../shared/watch/watched.ts';
import type { WatchRounds } from './watch-rounds.ts';

export function stateOf(
  rounds: WatchRounds,
  problem: string | null,
  refusal: string | null,
  canNotify: boolean,
): WatchState {
  const domains = rounds.list.map((watched) => domainOf(watched, rounds));
  return { settings: rounds.settings, domains, problem, refusal, canNotify };
}

function domainOf(watched: Watched, rounds: WatchRounds): WatchedDomain {
  const { domain, outcome, doubt, lookedAt, dueAt, problem, failures, ends, notes } = watched;
  return {
    domain,
    looking: rounds.isLooking(domain),
    waiting: rounds.isWaiting(watched),
    outcome,
    doubt,
    lookedAt: lookedAt === null ? null : instantOf(lookedAt),
    nextAt: rounds.settings.on ? instantOf(dueAt) : null,
    problem,
    failures,
    ends: ends === null ? null : { ...ends, at: instantOf(ends.at) },
    notes,
  };
}

function instantOf(at: number): string {
  return new Date(at).toISOString();
}
