/** What the window may ask about watched domains. */
import { ask, listen, type Listener } from './ask.ts';

export const watchMethods = {
  readWatch: () => ask('watch:read', null),
  addWatched: (domain: unknown) => ask('watch:add', domain),
  removeWatched: (domain: unknown) => ask('watch:remove', domain),
  changeWatch: (settings: unknown) => ask('watch:settings', settings),
  lookNow: (domain: unknown) => ask('watch:look', domain),
  watchedRun: (domain: unknown) => ask('watch:run', domain),
  onWatchChanged: (listener: Listener) => listen('watch:changed', listener),
  onWatchShow: (listener: Listener) => listen('watch:show', listener),
};
