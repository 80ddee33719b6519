/** What the window asks about the settings that change how it asks and what it keeps, and about itself. */
import type { SaveReply, Settings } from './contract.ts';

export interface PreferenceRequests {
  /** The whole of them; what cannot be used is told, and all stays as it was. */
  'preferences:change': { readonly payload: Preferences; readonly reply: PreferenceReply };
  /** Root hints or trust anchors out of a file that the person chooses; kept when they can be used. */
  'preferences:read-file': {
    readonly payload: { readonly field: ZoneField };
    readonly reply: PreferenceReply | { readonly kind: 'cancelled' };
  };
  'preferences:export': { readonly payload: null; readonly reply: SaveReply };
  /** Out of a file that the person chooses. */
  'preferences:import': { readonly payload: null; readonly reply: ImportReply };
  'preferences:start': { readonly payload: null; readonly reply: StartFacts };
  /** What the person must be told, each sentence once. */
  'notices:take': { readonly payload: null; readonly reply: readonly string[] };
  'window:zoom': { readonly payload: { readonly step: ZoomStep }; readonly reply: null };
}

export interface PreferenceEvents {
  /** A domain was named from outside: a link, a second start, a notification. It waits to be taken. */
  'domain:waiting': null;
  'notices:waiting': null;
}

export interface DomainRequests {
  'domain:take': { readonly payload: null; readonly reply: OutsideDomain | null };
}

export interface OutsideDomain {
  readonly domain: string;
  readonly from: 'link' | 'start' | 'menu' | 'notification';
  /** The person is asked before anything is: any web page can make a link. */
  readonly ask: boolean;
}

export type ZoomStep = 'in' | 'out' | 'reset';

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

export type PreferenceField = keyof Preferences;
export type ZoneField = 'rootHints' | 'trustAnchors';

/** How this window was started, and what of the settings does not count for that reason. */
export interface StartFacts {
  readonly fixed: readonly FixedPreference[];
  /** Options that no setting stands for, as given. */
  readonly others: readonly string[];
  /** A second window with options of its own: what it keeps ends with it. */
  readonly isGuest: boolean;
  /** For bug reports: the system and its version. */
  readonly system: string;
}

/** A preference that the command line decides. */
export interface FixedPreference {
  readonly field: PreferenceField;
  /** As it was given, without what is secret. */
  readonly option: string;
}

export type PreferenceReply =
  | { readonly kind: 'kept'; readonly settings: Settings }
  /** Which field, and in one plain sentence why. */
  | { readonly kind: 'refused'; readonly field: PreferenceField; readonly message: string };

export type ImportReply =
  | { readonly kind: 'imported'; readonly settings: Settings; readonly problems: readonly string[] }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly message: string };
