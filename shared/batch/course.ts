/** How a list of domains is worked through, as a value: what waits, what is under way, what is done. */
import { DEFAULT_CONCURRENCY } from './limits.ts';
import type { DomainList } from './read-list.ts';
import { waitingRow, type BatchRow } from './row.ts';

export type BatchPhase = 'empty' | 'ready' | 'running' | 'paused' | 'finished';

/** A list that was taken, and how far it is. */
export interface Batch extends Omit<DomainList, 'domains'> {
  /** Tells this list from the one before. */
  readonly id: string;
  readonly network: 'internet' | 'lab';
  readonly rows: readonly BatchRow[];
  /** `running` hands out what waits. */
  readonly stage: 'ready' | 'running' | 'paused';
  /** Domains at a time. */
  readonly concurrency: number;
  /** Milliseconds that it has been running, pauses left out. */
  readonly activeMs: number;
}

export function newBatch(
  id: string,
  network: Batch['network'],
  { domains, ...told }: DomainList,
  concurrency = DEFAULT_CONCURRENCY,
): Batch {
  return {
    ...told,
    id,
    network,
    rows: domains.map((domain, index) => waitingRow(index, domain)),
    stage: 'ready',
    concurrency,
    activeMs: 0,
  };
}

export function phaseOf(batch: Batch | null): BatchPhase {
  if (batch === null) return 'empty';
  if (batch.rows.every(isOver)) return 'finished';
  return batch.stage;
}

export function isOver({ status }: BatchRow): boolean {
  return status === 'done' || status === 'failed';
}

/** The first row that waits and may be begun now; null when there is none, or no room. */
export function nextRow({ rows, stage, concurrency }: Batch): BatchRow | null {
  if (stage !== 'running') return null;
  const running = rows.filter(({ status }) => status === 'running').length;
  if (running >= concurrency) return null;
  return rows.find(({ status }) => status === 'waiting') ?? null;
}

export function withRow(batch: Batch, row: BatchRow): Batch {
  const rows = [...batch.rows];
  if (rows[row.index]?.domain === row.domain) rows[row.index] = row;
  return { ...batch, rows };
}

/** What was under way when the work was broken off waits again. */
export function withoutRunning(batch: Batch): Batch {
  const rows = batch.rows.map((row) =>
    row.status === 'running' ? waitingRow(row.index, row.domain) : row,
  );
  return { ...batch, rows };
}

/** Those that failed, or of which nothing could be told, wait again. */
export function retried(batch: Batch): Batch {
  const rows = batch.rows.map((row) => (isRetried(row) ? waitingRow(row.index, row.domain) : row));
  return { ...batch, rows, stage: 'running' };
}

export function isRetried({ status, outcome }: BatchRow): boolean {
  return status === 'failed' || outcome === 'unknown';
}

/** Milliseconds until the rest is done, at the pace so far; null while there is none to go by. */
export function estimateRest({ rows, activeMs }: Batch): number | null {
  const done = rows.filter(isOver).length;
  return done === 0 ? null : Math.round((activeMs / done) * (rows.length - done));
}
