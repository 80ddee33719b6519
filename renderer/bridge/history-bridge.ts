/** Questions about kept runs, with every answer parsed. */
import type { HistoryList, HistoryReference, HistoryReply } from '../../shared/ipc/history.ts';
import { answered, preload } from './answers.ts';

export interface HistoryBridge {
  list(): Promise<HistoryList>;
  open(id: string): Promise<HistoryReply>;
  /** Null forgets all. */
  remove(run: HistoryReference | null): Promise<HistoryList>;
}

export const historyBridge: HistoryBridge = {
  list: () => answered('history:list', preload.listHistory()),
  open: (id) => answered('history:open', preload.openHistory({ id })),
  remove: (run) => answered('history:delete', preload.deleteHistory(run)),
};
