/** What the window asks about a list of domains, and is told while the list is worked through. */
import type { InspectionEvent } from '../inspection/event.ts';
import type { DomainOutcome } from '../inspection/report.ts';
import type { NetworkChoice, SaveReply } from './contract.ts';

export interface BatchRequests {
  'batch:read': { readonly payload: null; readonly reply: BatchState };
  /** A new list takes the place of the old one; nothing is asked of any server until it is started. */
  'batch:load': { readonly payload: BatchList; readonly reply: BatchState };
  'batch:command': { readonly payload: BatchCommand; readonly reply: BatchState };
  /** The rows from `from` on, as many as fit into one message. */
  'batch:rows': { readonly payload: { readonly from: number }; readonly reply: BatchRows };
  'batch:open': { readonly payload: { readonly index: number }; readonly reply: BatchOpened };
  'batch:export': { readonly payload: BatchExport; readonly reply: SaveReply };
}

export interface BatchEvents {
  /** What changed since the last such message. */
  'batch:changed': { readonly state: BatchState; readonly rows: readonly BatchRow[] };
}

export interface BatchList {
  /** Lines as pasted or dropped. */
  readonly text: string;
  readonly network: NetworkChoice;
}

export interface BatchCommand {
  readonly command: 'start' | 'pause' | 'retry' | 'clear';
  /** Domains at a time, from now on. */
  readonly concurrency?: number;
}

export interface BatchState {
  readonly phase: 'empty' | 'ready' | 'running' | 'paused' | 'finished';
  readonly network: NetworkChoice;
  readonly concurrency: number;
  readonly total: number;
  readonly done: number;
  /** Lines that name no domain, said as sentences; the rest of them is counted. */
  readonly refused: readonly string[];
  readonly refusedCount: number;
  /** Why the work or its keeping stopped; null when nothing did. */
  readonly problem: string | null;
}

export interface BatchRow {
  /** Place in the list, from 0. */
  readonly index: number;
  readonly domain: string;
  readonly status: 'waiting' | 'running' | 'done' | 'failed';
  /** Null until it is done. */
  readonly outcome: DomainOutcome | null;
  readonly errors: number;
  readonly warnings: number;
  /** Codes of its findings that are no `ok`, worst first, each once. */
  readonly codes: readonly string[];
  /** One sentence: the summary, or why it failed. */
  readonly sentence: string;
  readonly durationMs: number;
  /** ISO 8601, UTC; null until it is done. */
  readonly at: string | null;
}

export interface BatchRows {
  readonly rows: readonly BatchRow[];
}

export type BatchOpened =
  | {
      readonly kind: 'opened';
      readonly domain: string;
      readonly network: NetworkChoice;
      readonly events: readonly InspectionEvent[];
    }
  | { readonly kind: 'refused'; readonly message: string };

export interface BatchExport {
  readonly format: 'csv' | 'json' | 'markdown' | 'html';
  /** Places of the rows to write, in this order; null writes all. */
  readonly rows: readonly number[] | null;
}
