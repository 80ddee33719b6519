/** Questions about watched domains, with every answer parsed. */
import type { WatchedRun, WatchSettings, WatchState } from '../../shared/ipc/watch.ts';
import { answered, preload, told } from './answers.ts';
import type { StopListening } from './preload-api.ts';

export interface WatchBridge {
  read(): Promise<WatchState>;
  add(domain: string): Promise<WatchState>;
  remove(domain: string): Promise<WatchState>;
  change(settings: WatchSettings): Promise<WatchState>;
  /** Null looks at all. */
  look(domain: string | null): Promise<WatchState>;
  run(domain: string): Promise<WatchedRun>;
  onChanged(listener: (state: WatchState) => void): StopListening;
  /** Null: the list is to be shown. */
  onShow(listener: (domain: string | null) => void): StopListening;
}

export const watchBridge: WatchBridge = {
  read: () => answered('watch:read', preload.readWatch()),
  add: (domain) => answered('watch:add', preload.addWatched({ domain })),
  remove: (domain) => answered('watch:remove', preload.removeWatched({ domain })),
  change: (settings) => answered('watch:settings', preload.changeWatch(settings)),
  look: (domain) => answered('watch:look', preload.lookNow({ domain })),
  run: (domain) => answered('watch:run', preload.watchedRun({ domain })),
  onChanged: (listener) => preload.onWatchChanged(told('watch:changed', listener)),
  onShow: (listener) =>
    preload.onWatchShow(
      told('watch:show', ({ domain }) => {
        listener(domain);
      }),
    ),
};
