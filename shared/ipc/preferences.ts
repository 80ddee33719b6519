/** What the window asks about the settings that change how it asks and what it keeps. */
import type { SaveReply, Settings } from './contract.ts';

export interface PreferenceRequests {
  /** The whole of them; what cannot be used is told, and all stays as it was. */
  'preferences:change': { readonly payload: Preferences; readonly reply: PreferenceReply };
  'preferences:export': { readonly payload: null; readonly reply: SaveReply };
  /** Out of a file that the person chooses. */
  'preferences:import': { readonly payload: null; readonly reply: ImportReply };
}

export interface PreferenceEvents {
  /** A domain was named from outside: a link, a second start, a notification. It waits to be taken. */
  'domain:waiting': null;
}

export interface DomainRequests {
  'domain:take': { readonly payload: null; readonly reply: OutsideDomain | null };
}

export interface OutsideDomain {
  readonly domain: string;
  /** A link may come from any web page: the person is asked before anything is. */
  readonly from: 'link' | 'start' | 'notification';
}

/** No password stands in it: a proxy that needs one is refused. */
export interface Preferences {
  readonly contrast: 'system' | 'more';
  /** `''` asks authoritative servers, else `IP[#PORT]` of a recursive resolver. */
  readonly resolver: string;
  /** Zone-file text; `''` is what is built in. */
  readonly rootHints: string;
  readonly trustAnchors: string;
  /** `socks5://HOST[:PORT]`; `''` connects directly. */
  readonly proxy: string;
  /** `''` is this machine's name. */
  readonly ehloName: string;
  readonly timeoutSeconds: number;
  readonly families: 'both' | 'ipv4' | 'ipv6';
  readonly smtp: boolean;
  readonly allowPrivate: boolean;
  readonly maxConnections: number;
  readonly keepHistory: boolean;
}

export type PreferenceReply =
  | { readonly kind: 'kept'; readonly settings: Settings }
  /** Which field, and in one plain sentence why. */
  | { readonly kind: 'refused'; readonly field: keyof Preferences; readonly message: string };

export type ImportReply =
  | { readonly kind: 'imported'; readonly settings: Settings; readonly problems: readonly string[] }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly message: string };
