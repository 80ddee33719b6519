/** What is known of a domain that is looked at again and again: plain data, kept on disk as it is. */
import type { DomainOutcome } from '../inspection/report.ts';

export interface WatchSettings {
  /** Whether domains are looked at by themselves. */
  readonly on: boolean;
  readonly intervalMinutes: number;
  /** Days ahead in which something that expires is told; 0 tells nothing of it. */
  readonly expiryDays: number;
  readonly notify: boolean;
  /** Closing the window leaves the program in the tray. */
  readonly stayInTray: boolean;
}

export const DEFAULT_WATCH_SETTINGS: WatchSettings = {
  on: true,
  intervalMinutes: 360,
  expiryDays: 14,
  notify: true,
  stayInTray: false,
};

/** Instants are milliseconds since the epoch. */
export interface Watched {
  /** Lower-case A-labels without a trailing dot. */
  readonly domain: string;
  /** The outcome that counts; null before the first look. */
  readonly outcome: DomainOutcome | null;
  /** Another one, seen once, that may be a passing fault: a second look decides. */
  readonly doubt: DomainOutcome | null;
  /** When the last look ended that could be made. */
  readonly lookedAt: number | null;
  /** When it is to be looked at next. */
  readonly dueAt: number;
  /** Looks in a row that could not be made. */
  readonly failures: number;
  /** Why the last one could not; null when it could. */
  readonly problem: string | null;
  /** What ends next of all that somebody has to renew. */
  readonly ends: Ending | null;
  /** Deadlines that were told already. */
  readonly told: readonly { readonly key: string; readonly at: number }[];
  /** Newest first. */
  readonly notes: readonly WatchNote[];
}

export interface Ending {
  readonly what: string;
  readonly at: number;
  /** So near that it is told. */
  readonly soon: boolean;
}

export interface WatchNote {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly kind: 'outcome' | 'expiry' | 'failed' | 'recovered';
  readonly text: string;
}

export function newlyWatched(domain: string, dueAt: number): Watched {
  return {
    domain,
    outcome: null,
    doubt: null,
    lookedAt: null,
    dueAt,
    failures: 0,
    problem: null,
    ends: null,
    told: [],
    notes: [],
  };
}
