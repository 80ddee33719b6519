/** What the window asks about a list of domains, and is told while the list is worked through. */
import type { BatchPhase } from '../batch/course.ts';
import type { BatchRow } from '../batch/row.ts';
import type { InspectionEvent } from '../inspection/event.ts';
import type { NetworkChoice, SaveReply } from './contract.ts';

export interface BatchRequests {
  'batch:read': { readonly payload: null; readonly reply: BatchState };
  /** A new list takes the place of the old one; nothing is asked of any server until it is started. */
  'batch:load': { readonly payload: BatchList; readonly reply: BatchLoaded };
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

export type BatchLoaded =
  | { readonly kind: 'loaded'; readonly state: BatchState }
  /** It names no domain: what there was before stays. */
  | {
      readonly kind: 'refused';
      readonly refused: readonly string[];
      readonly refusedCount: number;
    };

export interface BatchCommand {
  readonly command: 'start' | 'pause' | 'retry' | 'clear' | 'concurrency';
  /** Domains at a time, from now on. */
  readonly concurrency?: number;
}

export interface BatchState {
  /** Tells one list from the next; empty while there is none. */
  readonly list: string;
  readonly phase: BatchPhase;
  readonly network: NetworkChoice;
  readonly concurrency: number;
  readonly total: number;
  readonly done: number;
  /** Milliseconds that it has been running, pauses left out. */
  readonly activeMs: number;
  /** Milliseconds until the rest is done, at the pace so far; null while there is none to go by. */
  readonly restMs: number | null;
  /** Lines that name no domain, said as sentences; the rest of them is counted. */
  readonly refused: readonly string[];
  readonly refusedCount: number;
  /** Lines that name a domain again. */
  readonly duplicates: number;
  /** Lines beyond what one list may hold. */
  readonly leftOut: number;
  /** Why the work or its keeping stopped, one plain sentence each. */
  readonly problems: readonly string[];
}

export interface BatchRows {
  /** Of this list: another may have taken its place since. */
  readonly list: string;
  readonly rows: readonly BatchRow[];
}

export type BatchOpened =
  | {
      readonly kind: 'opened';
      readonly domain: string;
      readonly network: NetworkChoice;
      readonly events: readonly InspectionEvent[];
    }
  /** Its evidence is not there, and why: it would have to be asked for anew. */
  | {
      readonly kind: 'gone';
      readonly domain: string;
      readonly network: NetworkChoice;
      readonly message: string;
    }
  | { readonly kind: 'refused'; readonly message: string };

export interface BatchExport {
  readonly format: 'csv' | 'json' | 'markdown' | 'html';
  /** Places of the rows to write, in this order; null writes all. */
  readonly rows: readonly number[] | null;
}
