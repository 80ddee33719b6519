/** Every message between the window and the process behind it: the channels and the shape of each. */
import type { InspectionEvent } from '../inspection/event.ts';
import type { ChainText } from '../inspection/given-chains.ts';

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
}

/** Told to the window, unasked. */
export interface Events {
  'inspection:event': RunEvent;
  'inspection:ended': RunEnded;
  'menu:command': MenuCommand;
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
  readonly command: 'inspect' | 'again' | 'cancel' | 'settings' | 'outline';
}
