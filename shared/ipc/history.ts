/** What the window asks about runs that are kept on disk. */
import type { InspectionEvent } from '../inspection/event.ts';
import type { DomainOutcome } from '../inspection/report.ts';
import type { NetworkChoice } from './contract.ts';

export interface HistoryRequests {
  'history:list': { readonly payload: null; readonly reply: HistoryList };
  'history:open': { readonly payload: HistoryReference; readonly reply: HistoryReply };
  /** Null forgets all. */
  'history:delete': { readonly payload: HistoryReference | null; readonly reply: HistoryList };
}

export interface HistoryReference {
  readonly id: string;
}

export interface HistoryList {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** What of it cannot be read or written, one plain sentence each. */
  readonly problems: readonly string[];
}

/** One run that came to its end. */
export interface HistoryEntry {
  readonly id: string;
  readonly domain: string;
  readonly network: NetworkChoice;
  /** ISO 8601, UTC: the instant of judgement. */
  readonly at: string;
  readonly outcome: DomainOutcome;
  readonly durationMs: number;
  readonly errors: number;
  readonly warnings: number;
  /** Judged by trust anchors that were given, not by the root's own. */
  readonly ownTrust: boolean;
}

export type HistoryReply =
  | {
      readonly kind: 'opened';
      readonly entry: HistoryEntry;
      readonly events: readonly InspectionEvent[];
    }
  /** One plain sentence: what cannot be opened, why, and what to do. */
  | { readonly kind: 'refused'; readonly message: string };
