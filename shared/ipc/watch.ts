/** What the window asks about the domains that are looked at again and again, and is told of them. */
import type { DomainOutcome } from '../inspection/report.ts';

export interface WatchRequests {
  'watch:read': { readonly payload: null; readonly reply: WatchState };
  /** As typed; one that names no domain leaves all as it is, with a `problem`. */
  'watch:add': { readonly payload: { readonly domain: string }; readonly reply: WatchState };
  'watch:remove': { readonly payload: { readonly domain: string }; readonly reply: WatchState };
  'watch:settings': { readonly payload: WatchSettings; readonly reply: WatchState };
  /** Now, whatever the interval says; null looks at all. */
  'watch:look': {
    readonly payload: { readonly domain: string | null };
    readonly reply: WatchState;
  };
}

export interface WatchEvents {
  'watch:changed': WatchState;
}

export interface WatchSettings {
  /** Whether domains are looked at by themselves. */
  readonly on: boolean;
  readonly intervalMinutes: number;
  /** Days ahead in which something that expires is told. */
  readonly expiryDays: number;
  readonly notify: boolean;
  /** Closing the window leaves the program in the tray. */
  readonly stayInTray: boolean;
}

export interface WatchState {
  readonly settings: WatchSettings;
  /** In the order in which they were added. */
  readonly domains: readonly WatchedDomain[];
  /** What of it cannot be done or kept, in plain words; null when nothing. */
  readonly problem: string | null;
}

export interface WatchedDomain {
  readonly domain: string;
  readonly looking: boolean;
  /** Of the last look; null before the first. */
  readonly outcome: DomainOutcome | null;
  /** ISO 8601, UTC. */
  readonly lookedAt: string | null;
  readonly nextAt: string | null;
  /** What is told about it, newest first. */
  readonly notes: readonly WatchNote[];
}

export interface WatchNote {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly kind: 'outcome' | 'expiry' | 'failed';
  readonly text: string;
}
