/** Questions about a list of domains, with every answer parsed. */
import type {
  BatchCommand,
  BatchEvents,
  BatchExport,
  BatchList,
  BatchLoaded,
  BatchOpened,
  BatchRows,
  BatchState,
} from '../../shared/ipc/batch.ts';
import type { SaveReply } from '../../shared/ipc/contract.ts';
import { answered, preload, told } from './answers.ts';
import type { StopListening } from './preload-api.ts';

export interface BatchBridge {
  read(): Promise<BatchState>;
  load(list: BatchList): Promise<BatchLoaded>;
  command(command: BatchCommand): Promise<BatchState>;
  rows(from: number): Promise<BatchRows>;
  open(index: number): Promise<BatchOpened>;
  save(request: BatchExport): Promise<SaveReply>;
  onChanged(listener: (changed: BatchEvents['batch:changed']) => void): StopListening;
}

export const batchBridge: BatchBridge = {
  read: () => answered('batch:read', preload.readBatch()),
  load: (list) => answered('batch:load', preload.loadBatch(list)),
  command: (command) => answered('batch:command', preload.commandBatch(command)),
  rows: (from) => answered('batch:rows', preload.batchRows({ from })),
  open: (index) => answered('batch:open', preload.openBatchRow({ index })),
  save: (request) => answered('batch:export', preload.exportBatch(request)),
  onChanged: (listener) => preload.onBatchChanged(told('batch:changed', listener)),
};
