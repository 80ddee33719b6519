/** What the settings are before anybody changes them, and how far they may be changed. */
import type { Preferences } from './preferences.ts';

export const DEFAULT_PREFERENCES: Preferences = {
  contrast: 'system',
  resolver: '',
  rootHints: '',
  trustAnchors: '',
  proxy: '',
  ehloName: '',
  timeoutSeconds: 5,
  families: 'both',
  smtp: true,
  allowPrivate: false,
  maxConnections: 24,
  keepHistory: true,
};

export const PREFERENCE_LIMITS = {
  /** Characters of a field of one line; a host name has 253. */
  lineCharacters: 1024,
  /** Characters of root hints or trust anchors; the built-in ones have 3,000. */
  zoneCharacters: 64 * 1024,
  /** Seconds; longer than any answer is worth waiting for. */
  timeoutSeconds: 60,
  /** Connections; open files of a process are few on some systems. */
  connections: 200,
} as const;
