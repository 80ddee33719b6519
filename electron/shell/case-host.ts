/** Keeps the evidence of what the window shows, writes it into a case file, and goes through one again. */
import { randomUUID } from 'node:crypto';
import { readCase, recordedReport, writeCase } from '../../shared/export/case-file.ts';
import { compareReports } from '../../shared/export/compare-reports.ts';
import { printable } from '../../shared/findings/safe-text.ts';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { RecordedRun } from '../../shared/inspection/recorded-run.ts';
import { parseRecordedRun } from '../../shared/ipc/case-schema.ts';
import type { CaseReply } from '../../shared/ipc/contract.ts';
import { bringsOwnTrust, replay, type RecordedInspection } from '../compose.ts';
import { differencesOf } from './case-differences.ts';

/** Runs whose evidence is kept: the one on screen, and the one before while the next begins. */
const MAX_KEPT = 2;
/** Hexadecimal digits of one run’s evidence; thirty hosts have some ten million. */
const MAX_KEPT_CHARACTERS = 32 * 1024 * 1024;
/** Milliseconds; going through thirty hosts again takes some seconds. */
const MAX_REPLAY_MS = 120_000;

export class CaseHost {
  readonly #kept = new Map<string, RecordedInspection['run']>();
  #opened: { readonly file: string; readonly runs: readonly RecordedRun[] } | null = null;
  #opening: AbortController | null = null;

  /** The same events; what they rest on can be saved while the window shows them. */
  keep(runId: string, { events, run }: RecordedInspection): AsyncIterable<InspectionEvent> {
    this.stop();
    this.#opened = null;
    this.#remember(runId, run);
    return this.#bounded(runId, events, run);
  }

  async *#bounded(
    runId: string,
    events: AsyncIterable<InspectionEvent>,
    run: RecordedInspection['run'],
  ): AsyncGenerator<InspectionEvent, void, void> {
    yield* events;
    const recorded = run();
    if (recorded === null || sizeOf(recorded) > MAX_KEPT_CHARACTERS) this.#kept.delete(runId);
  }

  /** Null when the evidence of this run is not kept any more. */
  caseFile(runId: string): Uint8Array | null {
    const run = this.#kept.get(runId)?.() ?? null;
    return run === null ? null : writeCase([run]);
  }

  /** Whatever is wrong with it is told; the evidence of what is shown stays until all is well. */
  async open(file: string, octets: Uint8Array | string): Promise<CaseReply> {
    this.stop();
    const reading = typeof octets === 'string' ? octets : runsOf(octets);
    if (typeof reading === 'string') return refuse(file, reading);
    return this.#replay(file, reading, 0);
  }

  /** Another run of the case that was opened last. */
  async show(index: number): Promise<CaseReply> {
    this.stop();
    if (this.#opened === null) return { kind: 'none' };
    return this.#replay(this.#opened.file, this.#opened.runs, index);
  }

  /** Whoever waits for a case is told that there is none. */
  stop(): void {
    this.#opening?.abort();
    this.#opening = null;
  }

  async #replay(file: string, runs: readonly RecordedRun[], index: number): Promise<CaseReply> {
    const run = runs[index];
    if (run === undefined) return refuse(file, 'it holds no inspection');
    const opening = new AbortController();
    this.#opening = opening;
    const events = await goThrough(run, opening);
    if (this.#opening !== opening) return { kind: 'none' };
    this.#opening = null;
    if (typeof events === 'string') return refuse(file, events);
    const runId = randomUUID();
    this.#opened = { file, runs };
    this.#remember(runId, () => run);
    return { kind: 'opened', runId, ...outcomeOf(file, runs, index, run, events) };
  }

  #remember(runId: string, run: RecordedInspection['run']): void {
    this.#kept.set(runId, run);
    for (const old of [...this.#kept.keys()].slice(0, -MAX_KEPT)) this.#kept.delete(old);
  }
}

function sizeOf({ exchanges, probes }: RecordedRun): number {
  const answers = exchanges.flatMap(({ answers: all }) => all.map(({ octets }) => octets));
  const chains = probes.flatMap(({ result }) => result.session?.presented ?? []);
  return [...answers, ...chains].reduce((sum, { length }) => sum + length, 0);
}

/** Why not, in plain words without a full stop. */
function runsOf(octets: Uint8Array): readonly RecordedRun[] | string {
  const reading = readCase(octets);
  if (!reading.ok) return reading.reason;
  const runs = reading.runs.map(parseRecordedRun);
  return runs.every((run) => run !== null) ? runs : 'it holds what no inspection records';
}

async function goThrough(
  run: RecordedRun,
  opening: AbortController,
): Promise<readonly InspectionEvent[] | string> {
  const replayed = replay(run, opening.signal);
  if (!replayed.ok) return replayed.message.replace(/\.$/, '');
  const timer = setTimeout(() => {
    opening.abort();
  }, MAX_REPLAY_MS);
  const events: InspectionEvent[] = [];
  try {
    for await (const event of replayed.events) if (event.kind !== 'progress') events.push(event);
    return opening.signal.aborted ? TOO_LONG : events;
  } catch (error) {
    if (opening.signal.aborted) return TOO_LONG;
    console.error(error);
    return 'its evidence cannot be gone through again';
  } finally {
    clearTimeout(timer);
  }
}

const TOO_LONG = `going through its evidence takes longer than ${MAX_REPLAY_MS / 1000} seconds`;

function outcomeOf(
  file: string,
  runs: readonly RecordedRun[],
  index: number,
  run: RecordedRun,
  events: readonly InspectionEvent[],
): Omit<Extract<CaseReply, { readonly kind: 'opened' }>, 'kind' | 'runId'> {
  const { domain, version, startedAt } = run.settings;
  const recorded = recordedReport(run);
  const found = judge(events.reduce(gather, emptyReport(domain)));
  const likeness = compareReports(recorded, found);
  return {
    domain: found.domain,
    events,
    note: {
      file,
      recordedAt: new Date(startedAt).toISOString(),
      version,
      likeness,
      differences: likeness === 'different' ? differencesOf(recorded, found) : [],
      ownTrust: bringsOwnTrust(run),
      domains: runs.map(({ settings }) => settings.domain),
      index,
    },
  };
}

function refuse(file: string, reason: string): CaseReply {
  return { kind: 'refused', message: `${printable(file)} cannot be opened: ${reason}.` };
}
