/** What the window asks about the domains that are looked at again and again, and is told of them. */
import type { InspectionEvent } from '../inspection/event.ts';
import type { DomainOutcome } from '../inspection/report.ts';
import type { WatchNote, WatchSettings } from '../watch/watched.ts';
import type { NetworkChoice } from './contract.ts';

export interface WatchRequests {
  'watch:read': { readonly payload: null; readonly reply: WatchState };
  /** As typed; one that names no domain leaves all as it is, with a `refusal`. */
  'watch:add': { readonly payload: { readonly domain: string }; readonly reply: WatchState };
  'watch:remove': { readonly payload: { readonly domain: string }; readonly reply: WatchState };
  'watch:settings': { readonly payload: WatchSettings; readonly reply: WatchState };
  /** Now, whatever the interval says; null looks at all. */
  'watch:look': {
    readonly payload: { readonly domain: string | null };
    readonly reply: WatchState;
  };
  /** The last run of one, as it was kept. */
  'watch:run': { readonly payload: { readonly domain: string }; readonly reply: WatchedRun };
}

export interface WatchEvents {
  'watch:changed': WatchState;
  /** A notification was clicked, or the tray: the last run of a domain is wished for, or with null the list. */
  'watch:show': { readonly domain: string | null };
}

export type { WatchNote, WatchSettings };

export interface WatchState {
  readonly settings: WatchSettings;
  /** In the order in which they were added. */
  readonly domains: readonly WatchedDomain[];
  /** What of it cannot be done or kept, in plain words; null when nothing. */
  readonly problem: string | null;
  /** Why what was just asked for was not done; null when it was. */
  readonly refusal: string | null;
  /** The desktop shows notifications; where it does not, the window alone tells. */
  readonly canNotify: boolean;
}

export interface WatchedDomain {
  readonly domain: string;
  readonly looking: boolean;
  /** It is to be looked at as soon as those before it are done. */
  readonly waiting: boolean;
  /** The one that counts; null before the first look. */
  readonly outcome: DomainOutcome | null;
  /** Another one, seen once, that a second look has to confirm. */
  readonly doubt: DomainOutcome | null;
  /** ISO 8601, UTC. */
  readonly lookedAt: string | null;
  /** Null while it is not looked at by itself. */
  readonly nextAt: string | null;
  /** Why the last look could not be made; null when it could. */
  readonly problem: string | null;
  /** Looks in a row that could not be made. */
  readonly failures: number;
  /** What ends next of all that somebody has to renew. */
  readonly ends: { readonly what: string; readonly at: string; readonly soon: boolean } | null;
  /** What is told about it, newest first. */
  readonly notes: readonly WatchNote[];
}

export type WatchedRun =
  | {
      readonly kind: 'kept';
      readonly domain: string;
      readonly network: NetworkChoice;
      /** ISO 8601, UTC. */
      readonly at: string;
      readonly events: readonly InspectionEvent[];
    }
  /** A plain sentence says why there is none. */
  | { readonly kind: 'none'; readonly message: string };
