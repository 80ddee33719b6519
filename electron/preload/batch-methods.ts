/** What the window may ask about a list of domains. */
import { ask, listen, type Listener } from './ask.ts';

export const batchMethods = {
  readBatch: () => ask('batch:read', null),
  loadBatch: (list: unknown) => ask('batch:load', list),
  commandBatch: (command: unknown) => ask('batch:command', command),
  batchRows: (from: unknown) => ask('batch:rows', from),
  openBatchRow: (row: unknown) => ask('batch:open', row),
  exportBatch: (request: unknown) => ask('batch:export', request),
  onBatchChanged: (listener: Listener) => listen('batch:changed', listener),
};
