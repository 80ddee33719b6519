/** What the window may ask about kept runs. */
import { ask } from './ask.ts';

export const historyMethods = {
  listHistory: () => ask('history:list', null),
  openHistory: (run: unknown) => ask('history:open', run),
  deleteHistory: (run: unknown) => ask('history:delete', run),
};
