/** Every message between the window and the process behind it: the channels and the shape of each. */
import type { InspectionEvent } from '../inspection/event.ts';
import type { ChainText } from '../inspection/given-chains.ts';
import type { Sighting } from '../rollover/sightings.ts';

/** Asked by the window, answered once. */
export interface Requests {
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
}

/** Told to the window, unasked. */
export interface Events {
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
}

export interface MenuCommand {
  readonly command:
    | 'inspect'
    | 'again'
    | 'cancel'
    | 'settings'
    | 'outline'
    | 'generate'
    | 'rollover'
    | 'open-files';
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
