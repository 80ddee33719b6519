/** What the settings are before anybody changes them. */
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
