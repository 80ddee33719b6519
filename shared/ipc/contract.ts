/** Every message between the window and the process behind it: the channels and the shape of each. */
import type { InspectionEvent } from '../inspection/event.ts';
import type { ChainText } from '../inspection/given-chains.ts';
import type { Sighting } from '../rollover/sightings.ts';
import type { BatchEvents, BatchRequests } from './batch.ts';
import type { CommandName } from './commands.ts';
import type { HistoryRequests } from './history.ts';
import type { OutboundEvents, OutboundRequests } from './outbound.ts';
import type {
  DomainRequests,
  PreferenceEvents,
  PreferenceRequests,
  Preferences,
} from './preferences.ts';
import type { WatchEvents, WatchRequests } from './watch.ts';

/** Asked by the window, answered once. */
export interface Requests
  extends
    BatchRequests,
    DomainRequests,
    HistoryRequests,
    OutboundRequests,
    PreferenceRequests,
    WatchRequests {
  'app:info': { readonly payload: null; readonly reply: AppInfo };
  'inspection:start': { readonly payload: StartRequest; readonly reply: StartReply };
  'inspection:cancel': { readonly payload: RunReference; readonly reply: null };
  'lab:domains': { readonly payload: null; readonly reply: readonly LabDomain[] };
  'link:open': { readonly payload: LinkRequest; readonly reply: LinkReply };
  'clipboard:write': { readonly payload: ClipboardText; readonly reply: null };
  'settings:read': { readonly payload: null; readonly reply: Settings };
  'settings:theme': { readonly payload: ThemeRequest; readonly reply: Settings };
  'settings:forget': { readonly payload: null; readonly reply: Settings };
  'host:look': { readonly payload: HostLookRequest; readonly reply: HostLookReply };
  'what-if:judge': { readonly payload: WhatIfRequest; readonly reply: WhatIfReply };
  'file:save': { readonly payload: SaveRequest; readonly reply: SaveReply };
  'files:take': { readonly payload: null; readonly reply: OpenedFiles };
  'folder:read': { readonly payload: FolderRequest; readonly reply: FolderReply };
  'report:save': { readonly payload: ReportRequest; readonly reply: SaveReply };
  'case:open': { readonly payload: CaseRequest; readonly reply: CaseReply };
  /** Another run of the case that was opened last. */
  'case:show': { readonly payload: CaseRunRequest; readonly reply: CaseReply };
}

/** Told to the window, unasked. */
export interface Events extends BatchEvents, OutboundEvents, PreferenceEvents, WatchEvents {
  'inspection:event': RunEvent;
  'inspection:ended': RunEnded;
  'menu:command': MenuCommand;
  /** Files wait to be fetched with `files:take`: “Open with”, or a second start of the program. */
  'files:waiting': null;
}

export type RequestChannel = keyof Requests;
export type EventChannel = keyof Events;

export interface AppInfo {
  readonly version: string;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  /** Started with `--lab`: look-ups go to the built-in lab unless the person says otherwise. */
  readonly lab: boolean;
  /** A domain named on the command line, inspected at once; null when none. */
  readonly domain: string | null;
  /** What the command line got wrong, in plain words; null when nothing. */
  readonly problem: string | null;
}

/** Where the questions go: the internet, or the virtual one inside the program. */
export type NetworkChoice = 'internet' | 'lab';

export interface StartRequest {
  /** As typed: a domain, a mail address, a URL, an internationalised name. */
  readonly domain: string;
  readonly network: NetworkChoice;
  /** Chains to judge in place of what these MX hosts present, as text: PEM or `s_client` output. */
  readonly chains?: readonly ChainText[];
}

export type StartReply =
  | { readonly kind: 'started'; readonly runId: string; readonly domain: string }
  /** Nothing was asked of any server; the sentence says what to type instead. */
  | { readonly kind: 'refused'; readonly message: string };

export interface RunReference {
  readonly runId: string;
}

export interface RunEvent {
  readonly runId: string;
  /** 0, 1, 2… within the run, without gaps. */
  readonly sequence: number;
  readonly event: InspectionEvent;
}

export interface RunEnded {
  readonly runId: string;
  readonly sequence: number;
  readonly how: 'finished' | 'cancelled' | 'failed';
  /** Plain sentence when it failed, else null. */
  readonly message: string | null;
}

export interface LabDomain {
  readonly domain: string;
  /** One line: what is right or wrong with it. */
  readonly description: string;
}

export interface LinkRequest {
  readonly address: string;
}

export interface LinkReply {
  readonly opened: boolean;
}

export interface ClipboardText {
  readonly text: string;
}

export type Theme = 'system' | 'light' | 'dark';

export interface ThemeRequest {
  readonly theme: Theme;
}

export interface Settings {
  readonly theme: Theme;
  /** Most recent first. */
  readonly recent: readonly string[];
  readonly preferences: Preferences;
}

export interface MenuCommand {
  readonly command: CommandName;
}

/** One mail host by itself, whatever domain it serves: its records, its name servers, what it presents. */
export interface HostLookRequest {
  /** As typed. */
  readonly host: string;
  /** Other than 25 and 587 nothing is connected to: only the records are looked at. */
  readonly port: number;
  readonly network: NetworkChoice;
}

export type HostLookReply =
  | {
      readonly kind: 'seen';
      /** Of a run whose only host is the one asked for; its domain, MX and outcome mean nothing. */
      readonly events: readonly InspectionEvent[];
      readonly sightings: readonly Sighting[];
    }
  | { readonly kind: 'refused'; readonly message: string };

export type { Sighting };

/** The same evidence judged as if other records were published, or another chain presented, by one host. */
export interface WhatIfRequest {
  /** The whole run. */
  readonly events: readonly InspectionEvent[];
  /** Empty where only the instant of judgement is another. */
  readonly host: string;
  /** The whole RRset, in presentation form; null leaves what is published. */
  readonly records: readonly string[] | null;
  /** PEM, leaf first; null leaves what is presented. */
  readonly chain: string | null;
  /** Judge at this instant, ISO 8601 UTC, as if nothing had been signed anew; absent: when the run was. */
  readonly at?: string;
}

export type WhatIfReply =
  | { readonly kind: 'judged'; readonly events: readonly InspectionEvent[] }
  | { readonly kind: 'refused'; readonly message: string };

export interface SaveRequest {
  /** File name without a folder. */
  readonly name: string;
  readonly text: string;
  /** To be run: the file is made executable. */
  readonly executable: boolean;
}

export type SaveReply =
  | { readonly kind: 'saved'; readonly path: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

/** What a report is saved as; a case file holds the evidence too. */
export type ReportFormat = 'html' | 'pdf' | 'markdown' | 'csv' | 'json' | 'case';

export interface ReportRequest {
  /** For the name of the file. */
  readonly domain: string;
  /** ISO 8601, UTC; for the name of the file. */
  readonly at: string;
  readonly content:
    /** `text` of a PDF is the HTML document that is printed. */
    | { readonly format: Exclude<ReportFormat, 'case'>; readonly text: string }
    | { readonly format: 'case'; readonly runId: string };
}

export type CaseRequest =
  /** The person is asked which. */
  | { readonly from: 'dialog' }
  /** “Open with”, the command line, or a second start of the program. */
  | { readonly from: 'waiting' }
  | { readonly from: 'drop'; readonly name: string; readonly octets: Uint8Array };

export interface CaseRunRequest {
  readonly index: number;
}

export type CaseReply =
  | {
      readonly kind: 'opened';
      readonly runId: string;
      readonly domain: string;
      /** What the evidence comes to, gone through again; not what the file says it came to. */
      readonly events: readonly InspectionEvent[];
      readonly note: CaseNote;
    }
  /** None was chosen, or none waits. */
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly message: string };

/** Where the report on screen comes from, when it comes out of a file. */
export interface CaseNote {
  /** Name of the file. */
  readonly file: string;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
  /** Of the program that recorded it, as the file says. */
  readonly version: string;
  readonly likeness: 'same' | 'same findings' | 'different';
  /** One sentence each, where the evidence comes to something else than the file says. */
  readonly differences: readonly string[];
  /** Its trust anchors are others than the root’s. */
  readonly ownTrust: boolean;
  /** Of all runs in the file. */
  readonly domains: readonly string[];
  /** Which of them is shown. */
  readonly index: number;
}

export interface FolderRequest {
  /** Of a folder that was dropped, empty when it is not known; null asks the person for one. */
  readonly path: string | null;
}

export type FolderReply =
  | ({ readonly kind: 'read' } & OpenedFiles)
  /** None was chosen, or it holds no links that a page could not follow, or the person wants none followed. */
  | { readonly kind: 'left' };

export interface OpenedFiles {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** One plain sentence for each file that could not be read. */
  readonly problems: readonly string[];
}
