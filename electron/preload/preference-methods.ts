/** What the window may ask about settings, about itself, and about domains that were named from outside. */
import { ask, listen, type Listener } from './ask.ts';

export const preferenceMethods = {
  changePreferences: (preferences: unknown) => ask('preferences:change', preferences),
  readPreferenceFile: (field: unknown) => ask('preferences:read-file', field),
  exportPreferences: () => ask('preferences:export', null),
  importPreferences: () => ask('preferences:import', null),
  startFacts: () => ask('preferences:start', null),
  takeNotices: () => ask('notices:take', null),
  zoomWindow: (step: unknown) => ask('window:zoom', step),
  takeDomain: () => ask('domain:take', null),
  onDomainWaiting: (listener: Listener) => listen('domain:waiting', listener),
  onNoticesWaiting: (listener: Listener) => listen('notices:waiting', listener),
};
