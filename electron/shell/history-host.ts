/** Keeps each run that comes to its end, where the person wants it kept, and answers for those that are. */
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { judge } from '../../shared/inspection/judge.ts';
import { summaryOf } from '../../shared/history/run-summary.ts';
import type { NetworkChoice } from '../../shared/ipc/contract.ts';
import { MAX_RUN_EVENTS } from './history-file.ts';
import type { HistoryFolder } from './history-folder.ts';
import type { Handle } from './ipc-host.ts';

export interface HistoryPorts {
  /** The person’s choice, as it is when a run ends. */
  readonly isWanted: () => boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export class HistoryHost {
  readonly #folder: HistoryFolder;
  readonly #ports: HistoryPorts;

  constructor(folder: HistoryFolder, ports: HistoryPorts) {
    this.#folder = folder;
    this.#ports = ports;
  }

  /** The same events; a run that was cancelled or failed is no verdict, and is not kept. */
  async *follow(
    network: NetworkChoice,
    events: AsyncIterable<InspectionEvent>,
    signal: AbortSignal,
  ): AsyncGenerator<InspectionEvent, void, void> {
    const told: InspectionEvent[] = [];
    for await (const event of events) {
      if (event.kind !== 'progress') told.push(event);
      yield event;
    }
    const isWhole = told.at(-1)?.kind === 'finished' && told.length <= MAX_RUN_EVENTS;
    if (!isWhole || signal.aborted || !this.#ports.isWanted()) return;
    const summary = summaryOf(judge(told.reduce(gather, emptyReport(''))));
    // Nobody waits for the disk.
    void this.#folder.keep({ network, summary, events: told }, this.#ports.now());
  }

  readonly answer = (handle: Handle): void => {
    handle('history:list', () => this.#folder.list());
    handle('history:open', ({ id }) => this.#folder.open(id));
    handle('history:delete', (run) => this.#folder.delete(run === null ? null : run.id));
  };
}
