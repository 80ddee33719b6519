/** What the window may ask about settings, and about domains that were named from outside. */
import { ask, listen, type Listener } from './ask.ts';

export const preferenceMethods = {
  changePreferences: (preferences: unknown) => ask('preferences:change', preferences),
  exportPreferences: () => ask('preferences:export', null),
  importPreferences: () => ask('preferences:import', null),
  takeDomain: () => ask('domain:take', null),
  onDomainWaiting: (listener: Listener) => listen('domain:waiting', listener),
};
