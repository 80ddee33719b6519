/** Works through a list of domains, so many at a time, and tells what changed, not oftener than a window can draw. */
import { setMaxListeners } from 'node:events';
import {
  estimateRest,
  isOver,
  isRetried,
  nextRow,
  phaseOf,
  retried,
  withoutRunning,
  withRow,
  type Batch,
} from '../../shared/batch/course.ts';
import { DEFAULT_CONCURRENCY, MAX_CONCURRENCY } from '../../shared/batch/limits.ts';
import { doneRow, failedRow, type BatchRow } from '../../shared/batch/row.ts';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { Report } from '../../shared/inspection/report.ts';
import type { BatchEvents, BatchState } from '../../shared/ipc/batch.ts';
import type { BatchKeeper } from './batch-keeper.ts';
import type { Inspections } from './inspections.ts';

export interface BatchPorts {
  readonly begin: Inspections['begin'];
  readonly keeper: BatchKeeper;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly tell: (changed: BatchEvents['batch:changed']) => void;
}

/** Milliseconds between two messages to the window. */
const TELL_MS = 100;
/** Domains in a row for which nobody answered at all: then it is this machine, and going on would waste the list. */
const MAX_WITHOUT_NETWORK = 8;
/** Events of one run; the largest that an inspection's bounds allow is a quarter of it. */
const MAX_RUN_EVENTS = 20_000;

export class BatchRunner {
  readonly #ports: BatchPorts;
  #batch: Batch | null = null;
  #concurrency = DEFAULT_CONCURRENCY;
  /** When the time was last taken; null while it does not run. */
  #since: number | null = null;
  #inFlight = newController();
  #withoutNetwork = 0;
  #problem: string | null = null;
  #changed = new Set<number>();
  #telling: ReturnType<typeof setTimeout> | null = null;

  constructor(ports: BatchPorts) {
    this.#ports = ports;
  }

  get batch(): Batch | null {
    return this.#batch;
  }

  get state(): BatchState {
    const batch = this.#batch;
    const problems = [this.#problem, this.#ports.keeper.problem].flatMap((each) => each ?? []);
    if (batch === null) return { ...NO_LIST, concurrency: this.#concurrency, problems };
    const { id: list, rows, stage: _stage, ...told } = { ...batch, activeMs: this.#activeMs() };
    return {
      ...told,
      list,
      phase: phaseOf(batch),
      total: rows.length,
      done: rows.filter(isOver).length,
      restMs: estimateRest({ ...batch, activeMs: told.activeMs }),
      problems,
    };
  }

  /** What was kept from the last time: nothing goes on by itself. */
  async restore(): Promise<void> {
    const { batch, problem } = await this.#ports.keeper.read();
    this.#batch = batch;
    this.#problem = problem;
    this.#concurrency = batch?.concurrency ?? this.#concurrency;
  }

  async replace(batch: Batch): Promise<void> {
    this.#breakOff();
    this.#batch = { ...batch, concurrency: this.#concurrency };
    await this.#ports.keeper.rewrite(this.#batch);
  }

  async clear(): Promise<void> {
    this.#breakOff();
    this.#batch = null;
    await this.#ports.keeper.clear();
  }

  async start(): Promise<void> {
    if (this.#batch === null || phaseOf(this.#batch) === 'finished') return;
    const isFirst = this.#batch.stage === 'ready';
    this.#run({ ...this.#batch, stage: 'running' });
    if (isFirst) await this.#ports.keeper.add(this.#batch, { kind: 'begun' });
  }

  /** Those that are under way are finished. */
  pause(): void {
    if (this.#batch?.stage !== 'running') return;
    this.#takeTime();
    this.#batch = { ...this.#batch, stage: 'paused' };
    this.#since = null;
    this.#tellSoon();
  }

  async retry(): Promise<void> {
    const again = this.#batch?.rows.filter(isRetried) ?? [];
    if (again.length === 0) return;
    await this.#ports.keeper.forgetRuns(again);
    // The list has gone on, or is another one, since the disk was asked.
    if (this.#batch === null || !this.#batch.rows.some(isRetried)) return;
    for (const row of this.#batch.rows) if (isRetried(row)) this.#changed.add(row.index);
    this.#run(retried(this.#batch));
    await this.#ports.keeper.rewrite(this.#batch);
  }

  async setConcurrency(concurrency: number): Promise<void> {
    this.#concurrency = concurrency;
    if (this.#batch === null) return;
    this.#batch = { ...this.#batch, concurrency };
    this.#fill();
    await this.#ports.keeper.add(this.#batch, { kind: 'concurrency', concurrency });
  }

  /** The window is gone: what is under way is broken off, and waits for the next time. */
  async stop(): Promise<void> {
    this.pause();
    this.#breakOff();
    await this.#ports.keeper.finish();
  }

  #run(batch: Batch): void {
    this.#batch = batch;
    this.#problem = null;
    this.#withoutNetwork = 0;
    this.#since ??= this.#ports.now();
    this.#fill();
    this.#tellSoon();
  }

  #fill(): void {
    for (;;) {
      const row = this.#batch === null ? null : nextRow(this.#batch);
      if (row === null) return;
      this.#put({ ...row, status: 'running' });
      void this.#inspect(row, this.#inFlight.signal);
    }
  }

  async #inspect(row: BatchRow, signal: AbortSignal): Promise<void> {
    const { index, domain } = row;
    let over: BatchRow;
    let octets = 0;
    try {
      const found = await this.#look(domain, signal);
      if (signal.aborted) return;
      if (found === null) return;
      this.#mindNetwork(found.report);
      over = doneRow(index, domain, found.report);
      octets = await this.#ports.keeper.keepRun(row, found.events);
    } catch (error) {
      if (signal.aborted) return;
      console.error(error);
      over = failedRow(index, domain, faultWords(error), this.#ports.now());
    }
    if (signal.aborted || this.#batch === null) return;
    this.#takeTime();
    this.#put(over);
    const { activeMs } = this.#batch;
    const added = this.#ports.keeper.add(this.#batch, { kind: 'row', row: over, activeMs, octets });
    this.#fill();
    if (phaseOf(this.#batch) !== 'finished') return;
    this.#since = null;
    await added;
    await this.#ports.keeper.finish();
    this.#tellSoon();
  }

  /** Null when nothing can be asked at all: then the work stops, and says why. */
  async #look(
    domain: string,
    signal: AbortSignal,
  ): Promise<{ readonly report: Report; readonly events: readonly InspectionEvent[] } | null> {
    const network = this.#batch?.network ?? 'internet';
    const begun = await this.#ports.begin(domain, network);
    if (begun.kind === 'refused') {
      if (!signal.aborted) this.#halt(begun.message);
      return null;
    }
    const events: InspectionEvent[] = [];
    for await (const event of begun.inspect(signal)) {
      if (event.kind !== 'progress' && events.length < MAX_RUN_EVENTS) events.push(event);
    }
    return { report: reportOf(domain, events), events };
  }

  #mindNetwork({ mx }: Report): void {
    this.#withoutNetwork = mx.networkDown === true ? this.#withoutNetwork + 1 : 0;
    if (this.#withoutNetwork === MAX_WITHOUT_NETWORK && this.#batch?.stage === 'running') {
      this.pause();
      this.#problem = NO_NETWORK;
    }
  }

  #halt(message: string): void {
    this.pause();
    this.#breakOff();
    this.#problem = message;
  }

  /** What is under way waits again. */
  #withdraw(): void {
    if (this.#batch === null) return;
    for (const { index, status } of this.#batch.rows) {
      if (status === 'running') this.#changed.add(index);
    }
    this.#batch = withoutRunning(this.#batch);
    this.#tellSoon();
  }

  #breakOff(): void {
    this.#inFlight.abort();
    this.#inFlight = newController();
    this.#since = null;
    this.#problem = null;
    this.#withdraw();
  }

  #put(row: BatchRow): void {
    if (this.#batch === null) return;
    this.#batch = withRow(this.#batch, row);
    this.#changed.add(row.index);
    this.#tellSoon();
  }

  #activeMs(): number {
    const running = this.#since === null ? 0 : this.#ports.now() - this.#since;
    return (this.#batch?.activeMs ?? 0) + Math.max(0, Math.round(running));
  }

  #takeTime(): void {
    if (this.#batch === null || this.#since === null) return;
    this.#batch = { ...this.#batch, activeMs: this.#activeMs() };
    this.#since = this.#ports.now();
  }

  #tellSoon(): void {
    if (this.#telling !== null) return;
    this.#telling = setTimeout(() => {
      this.#telling = null;
      const rows = [...this.#changed].flatMap((index) => this.#batch?.rows[index] ?? []);
      this.#changed.clear();
      this.#ports.tell({ state: this.state, rows });
    }, TELL_MS);
  }
}

/** Each inspection under way listens; Node would take so many for a leak. */
function newController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(2 * MAX_CONCURRENCY, controller.signal);
  return controller;
}

/** Of all that one inspection told. */
export function reportOf(domain: string, events: readonly InspectionEvent[]): Report {
  return judge(events.reduce(gather, emptyReport(domain)));
}

const NO_LIST: BatchState = {
  list: '',
  phase: 'empty',
  network: 'internet',
  concurrency: DEFAULT_CONCURRENCY,
  total: 0,
  done: 0,
  activeMs: 0,
  restMs: null,
  refused: [],
  refusedCount: 0,
  duplicates: 0,
  leftOut: 0,
  problems: [],
};

const NO_NETWORK =
  'Paused: for several domains in a row nobody answered, not even the root’s servers. This computer seems to be without a network. Resume when it is back, then retry what could not be told.';

function faultWords(error: unknown): string {
  const what = error instanceof Error ? error.message : 'unknown';
  return `The inspection stopped because of a fault in this program (${what}).`;
}
