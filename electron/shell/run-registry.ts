/** The inspections under way for the window: at most one; each is told event by event until it ends. */
import { randomUUID } from 'node:crypto';
import type { BrowserWindow } from 'electron';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import type { RunEnded } from '../../shared/ipc/contract.ts';
import { tell } from './tell.ts';

export type EventSource = (signal: AbortSignal, runId: string) => AsyncIterable<InspectionEvent>;

export class RunRegistry {
  readonly #window: BrowserWindow;
  readonly #running = new Map<string, AbortController>();

  constructor(window: BrowserWindow) {
    this.#window = window;
  }

  /** A new run ends the one before: the window shows one domain at a time. */
  start(events: EventSource): string {
    this.cancelAll();
    const runId = randomUUID();
    const controller = new AbortController();
    this.#running.set(runId, controller);
    void this.#run(runId, events, controller.signal);
    return runId;
  }

  cancel(runId: string): void {
    this.#running.get(runId)?.abort();
  }

  cancelAll(): void {
    for (const controller of this.#running.values()) controller.abort();
  }

  async #run(runId: string, events: EventSource, signal: AbortSignal): Promise<void> {
    let sequence = 0;
    let ending: Pick<RunEnded, 'how' | 'message'> = { how: 'finished', message: null };
    try {
      for await (const event of events(signal, runId)) {
        tell(this.#window, 'inspection:event', { runId, sequence, event });
        sequence += 1;
      }
      if (signal.aborted) ending = { how: 'cancelled', message: null };
    } catch (error) {
      ending = endingOf(error, signal);
    } finally {
      this.#running.delete(runId);
    }
    tell(this.#window, 'inspection:ended', { runId, sequence, ...ending });
  }
}

/** Abort is how a run is cancelled; anything else that is thrown is a fault of this program. */
function endingOf(error: unknown, signal: AbortSignal): Pick<RunEnded, 'how' | 'message'> {
  if (signal.aborted) return { how: 'cancelled', message: null };
  console.error(error);
  const what = error instanceof Error ? error.message : 'unknown';
  return {
    how: 'failed',
    message: `The inspection stopped because of a fault in this program (${what}). What was learnt until then is shown.`,
  };
}
