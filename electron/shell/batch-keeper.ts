/** Keeps a list of domains and its results on disk as they come in; a disk that fails costs the keeping, never the work. */
import type { Batch } from '../../shared/batch/course.ts';
import type { BatchRow } from '../../shared/batch/row.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { BatchJournal, type JournalEntry } from './batch-journal.ts';
import { BatchRuns, type OpenedRun, type RunLimits } from './batch-runs.ts';
import { writeReason } from './system-reason.ts';

/** Milliseconds until a disk that failed is tried again. */
const RETRY_MS = 5_000;

export class BatchKeeper {
  readonly #folder: string;
  readonly #journal: BatchJournal;
  readonly #runs: BatchRuns;
  readonly #now: () => number;
  #batch: Batch | null = null;
  #pending: JournalEntry[] = [];
  /** Everything that touches the disk, one after the other. */
  #last: Promise<void> = Promise.resolve();
  #failedAt: number | null = null;
  #problem: string | null = null;

  constructor(folder: string, now: () => number, limits?: RunLimits) {
    this.#folder = folder;
    this.#journal = new BatchJournal(folder);
    this.#runs = new BatchRuns(folder, limits);
    this.#now = now;
  }

  /** One plain sentence while nothing can be kept; null when all is. */
  get problem(): string | null {
    return this.#problem;
  }

  /** What the program knew when it last ended; `problem` tells what of it is lost. */
  async read(): Promise<{ readonly batch: Batch | null; readonly problem: string | null }> {
    const { batch, octets, problem, isWhole } = await this.#journal.read();
    this.#batch = batch;
    // A list that cannot be read now may be read again another time: what belongs to it stays until then.
    if (batch !== null || problem === null) {
      await this.#runs.use(batch?.id ?? '', octets).catch(() => undefined);
    }
    if (batch !== null && !isWhole) await this.rewrite(batch);
    return { batch, problem };
  }

  /** A new list, or the same with some rows to be asked again. */
  rewrite(batch: Batch): Promise<void> {
    const isNew = batch.id !== this.#batch?.id;
    this.#batch = batch;
    this.#pending = [];
    return this.#next(async () => {
      if (isNew) await this.#runs.use(batch.id);
      await this.#journal.write(batch, this.#runs.octets);
      return true;
    });
  }

  /** `batch` as it is with it. */
  add(batch: Batch, entry: JournalEntry): Promise<void> {
    this.#batch = batch;
    this.#pending.push(entry);
    return this.#next(() => this.#append());
  }

  /** Octets that it takes; 0 where it cannot be kept, which is told by `problem`. */
  async keepRun({ index, domain }: BatchRow, events: readonly InspectionEvent[]): Promise<number> {
    if (this.#isResting()) return 0;
    try {
      return await this.#runs.keep(index, domain, events);
    } catch (error) {
      this.#fail(error);
      return 0;
    }
  }

  openRun({ index, domain }: BatchRow): Promise<OpenedRun> {
    return this.#runs.open(index, domain);
  }

  async forgetRuns(rows: readonly BatchRow[]): Promise<void> {
    for (const { index } of rows) await this.#runs.forget(index).catch(() => undefined);
  }

  clear(): Promise<void> {
    this.#batch = null;
    this.#pending = [];
    return this.#next(async () => {
      await this.#journal.remove();
      await this.#runs.use('');
      return true;
    });
  }

  /** A last try where the disk failed before; resolves when all is written that can be. */
  finish(): Promise<void> {
    const batch = this.#batch;
    if (this.#failedAt === null || batch === null) return this.#last;
    return this.rewrite(batch);
  }

  async #append(): Promise<boolean> {
    const entries = this.#pending.splice(0);
    const batch = this.#batch;
    if (batch === null || entries.length === 0 || this.#isResting()) return false;
    // Whatever a failing disk made of the file, it is written anew, with all that is known by now.
    if (this.#failedAt === null) await this.#journal.append(batch.id, entries);
    else await this.#journal.write(batch, this.#runs.octets);
    return true;
  }

  #isResting(): boolean {
    return this.#failedAt !== null && this.#now() - this.#failedAt < RETRY_MS;
  }

  /** `work` says whether the disk took something. */
  #next(work: () => Promise<boolean>): Promise<void> {
    this.#last = this.#last.then(async () => {
      try {
        if (!(await work())) return;
        this.#failedAt = null;
        this.#problem = null;
      } catch (error) {
        this.#fail(error);
      }
    });
    return this.#last;
  }

  #fail(error: unknown): void {
    this.#failedAt = this.#now();
    this.#problem = `Results cannot be kept on disk in ${this.#folder}: ${reasonOf(error)}. The work goes on; until that is mended, they are lost when the program ends.`;
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'EEXIST' ? 'a file stands in the place of the folder' : writeReason(error);
}
