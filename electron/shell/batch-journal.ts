/** The list of domains on disk: one file of JSON lines, to which each result is added as it comes in. */
import { mkdirSync } from 'node:fs';
import { appendFile, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { isOver, newBatch, type Batch } from '../../shared/batch/course.ts';
import { MAX_CONCURRENCY, MAX_DOMAINS, MAX_TOLD_LINES } from '../../shared/batch/limits.ts';
import type { BatchRow } from '../../shared/batch/row.ts';
import { batchRow } from '../../shared/ipc/batch-schema.ts';
import { readReason } from './system-reason.ts';

/** What was kept; `octets` are those of the kept run of each row, by its place, oldest first. */
export interface KeptBatch {
  readonly batch: Batch | null;
  readonly octets: ReadonlyMap<number, number>;
  /** One plain sentence where something of it is lost. */
  readonly problem: string | null;
  /** False where a line is damaged or cut off: nothing must be added behind it. */
  readonly isWhole: boolean;
}

/** What is added to the file. */
export type JournalEntry =
  | {
      readonly kind: 'row';
      readonly row: BatchRow;
      readonly activeMs: number;
      /** Of its kept run; 0 when there is none. */
      readonly octets: number;
    }
  | { readonly kind: 'begun' }
  | { readonly kind: 'concurrency'; readonly concurrency: number };

export class BatchJournal {
  readonly #folder: string;
  readonly #path: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, 'list.jsonl');
  }

  /** A file that is not ours is set aside, never overwritten unseen. */
  async read(): Promise<KeptBatch> {
    let text: string;
    try {
      const { size } = await stat(this.#path);
      if (size > MAX_FILE_OCTETS) return await this.#setAside();
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      return missing ? NONE : { ...NONE, problem: unreadable(readReason(error)) };
    }
    return readJournal(text) ?? (await this.#setAside());
  }

  /** The whole of it anew: a new list, a list begun again, or a disk that takes files again. */
  async write(batch: Batch, octets: ReadonlyMap<number, number>): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    await writeFileAtomic(this.#path, journalText(batch, octets));
  }

  async append(list: string, entries: readonly JournalEntry[]): Promise<void> {
    await appendFile(this.#path, entries.map((entry) => line({ ...entry, list })).join(''));
  }

  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
    await rm(this.#damaged, { force: true });
  }

  get #damaged(): string {
    return `${this.#path}.damaged`;
  }

  async #setAside(): Promise<KeptBatch> {
    try {
      await rename(this.#path, this.#damaged);
      return { ...NONE, problem: unreadable(`the file is damaged; it is now ${this.#damaged}`) };
    } catch {
      return { ...NONE, problem: unreadable('the file is damaged') };
    }
  }
}

/** Octets: ten thousand rows of the greatest length. A larger file is not ours. */
const MAX_FILE_OCTETS = 64 * 1024 * 1024;

const NONE: KeptBatch = { batch: null, octets: new Map(), problem: null, isWhole: true };

function unreadable(reason: string): string {
  return `The list of domains that was kept cannot be read: ${reason}. Load your list again.`;
}

const count = z.number().int().nonnegative();
const MAX_NAME_CHARACTERS = 1024;
const MAX_TOLD_CHARACTERS = 1000;

const heading = z.object({
  kind: z.literal('list'),
  version: z.literal(1),
  list: z.string().min(1).max(64),
  network: z.enum(['internet', 'lab']),
  concurrency: count.min(1).max(MAX_CONCURRENCY),
  begun: z.boolean(),
  activeMs: count,
  domains: z.array(z.string().min(1).max(MAX_NAME_CHARACTERS)).min(1).max(MAX_DOMAINS),
  refused: z.array(z.string().max(MAX_TOLD_CHARACTERS)).max(MAX_TOLD_LINES),
  refusedCount: count,
  duplicates: count,
  leftOut: count,
});

const entry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('row'),
    list: z.string(),
    row: batchRow,
    activeMs: count,
    octets: count,
  }),
  z.object({ kind: z.literal('begun'), list: z.string() }),
  z.object({
    kind: z.literal('concurrency'),
    list: z.string(),
    concurrency: count.min(1).max(MAX_CONCURRENCY),
  }),
]);

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function journalText(batch: Batch, octets: ReadonlyMap<number, number>): string {
  const { id: list, network, concurrency, stage, activeMs, rows } = batch;
  const { refused, refusedCount, duplicates, leftOut } = batch;
  const domains = rows.map(({ domain }) => domain);
  const begun = stage !== 'ready';
  const first = line({
    ...{ kind: 'list', version: 1, list, network, concurrency, begun, activeMs, domains },
    ...{ refused, refusedCount, duplicates, leftOut },
  });
  // In the order in which their runs were kept, for the oldest of them go first.
  const order = [...octets.keys()].flatMap((index) => rows[index] ?? []);
  const others = rows.filter(({ index }) => !octets.has(index));
  return [...others, ...order].filter(isOver).reduce((text, row) => {
    const kept = octets.get(row.index) ?? 0;
    return text + line({ kind: 'row', list, row, activeMs, octets: kept });
  }, first);
}

/** Null when it is no such file. */
function readJournal(text: string): KeptBatch | null {
  const lines = text.split('\n');
  const first = heading.safeParse(parsed(lines[0] ?? ''));
  if (!first.success) return null;
  const { list, begun, activeMs, kind: _kind, version: _version, ...rest } = first.data;
  let batch: Batch = { ...newBatch(list, rest.network, rest, rest.concurrency), activeMs };
  const rows = [...batch.rows];
  const octets = new Map<number, number>();
  let damaged = 0;
  let isBegun = begun;
  // Behind the last line end stands nothing, or what was being written when the program ended.
  for (const text of lines.slice(1, -1)) {
    const read = entry.safeParse(parsed(text));
    if (!read.success) {
      damaged += 1;
      continue;
    }
    const { data } = read;
    if (data.list !== list) continue;
    isBegun = true;
    if (data.kind === 'concurrency') batch = { ...batch, concurrency: data.concurrency };
    if (data.kind !== 'row') continue;
    const { row } = data;
    if (rows[row.index]?.domain !== row.domain || !isOver(row)) {
      damaged += 1;
      continue;
    }
    rows[row.index] = row;
    octets.delete(row.index);
    if (data.octets > 0) octets.set(row.index, data.octets);
    batch = { ...batch, activeMs: Math.max(batch.activeMs, data.activeMs) };
  }
  const problem = damaged === 0 ? null : lostWords(damaged);
  return {
    batch: { ...batch, rows, stage: isBegun ? 'paused' : 'ready' },
    octets,
    problem,
    isWhole: damaged === 0 && lines.at(-1) === '',
  };
}

function lostWords(count: number): string {
  const what = count === 1 ? '1 kept result' : `${count.toLocaleString('en')} kept results`;
  return `${what} could not be read, for the file is damaged there. What is missing waits again; nothing else is lost.`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
