/** What the window asks about a list of domains. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import { app, dialog, type BrowserWindow } from 'electron';
import { newBatch } from '../../shared/batch/course.ts';
import { readDomainList } from '../../shared/batch/read-list.ts';
import type { BatchRow } from '../../shared/batch/row.ts';
import type {
  BatchCommand,
  BatchExport,
  BatchList,
  BatchLoaded,
  BatchOpened,
  BatchRows,
  BatchState,
} from '../../shared/ipc/batch.ts';
import type { SaveReply } from '../../shared/ipc/contract.ts';
import { saveBatch } from './batch-file.ts';
import { keepHeapSmall } from './batch-heap.ts';
import { BatchKeeper } from './batch-keeper.ts';
import { BatchRunner, reportOf } from './batch-runner.ts';
import type { Inspections } from './inspections.ts';
import type { Handle } from './ipc-host.ts';
import type { PathSuggestion } from './report-file.ts';
import { tell } from './tell.ts';

/** Gives what answers for this subject. */
export function hostBatch(
  window: BrowserWindow,
  { begin }: Pick<Inspections, 'begin'>,
): (handle: Handle) => void {
  const host = new BatchHost(window, begin);
  window.on('closed', () => void host.stop());
  return (handle) => {
    handle('batch:read', () => host.read());
    handle('batch:load', (list) => host.load(list));
    handle('batch:command', (command) => host.command(command));
    handle('batch:rows', ({ from }) => host.rows(from));
    handle('batch:open', ({ index }) => host.open(index));
    handle('batch:export', (request) => host.save(request));
  };
}

/** Rows of one message: the window parses it within one frame or two. */
const ROWS_A_MESSAGE = 500;

class BatchHost {
  readonly #window: BrowserWindow;
  readonly #keeper = new BatchKeeper(join(app.getPath('userData'), 'batch'), Date.now);
  readonly #runner: BatchRunner;
  /** Read when it is first asked for: most starts of the program are for one domain. */
  #ready: Promise<void> | null = null;

  constructor(window: BrowserWindow, begin: Inspections['begin']) {
    this.#window = window;
    this.#runner = new BatchRunner({
      begin,
      keeper: this.#keeper,
      now: Date.now,
      tell: (changed) => {
        tell(window, 'batch:changed', changed);
      },
    });
  }

  async read(): Promise<BatchState> {
    await this.#restored();
    return this.#runner.state;
  }

  async load({ text, network }: BatchList): Promise<BatchLoaded> {
    await this.#restored();
    const list = readDomainList(text, domainToASCII);
    const { refused, refusedCount } = list;
    if (list.domains.length === 0) return { kind: 'refused', refused, refusedCount };
    await this.#runner.replace(newBatch(randomUUID(), network, list));
    return { kind: 'loaded', state: this.#runner.state };
  }

  async command({ command, concurrency }: BatchCommand): Promise<BatchState> {
    await this.#restored();
    if (concurrency !== undefined) await this.#runner.setConcurrency(concurrency);
    if (command === 'start' || command === 'retry') keepHeapSmall(app);
    if (command === 'start') await this.#runner.start();
    else if (command === 'pause') this.#runner.pause();
    else if (command === 'retry') await this.#runner.retry();
    else if (command === 'clear') await this.#runner.clear();
    return this.#runner.state;
  }

  async rows(from: number): Promise<BatchRows> {
    await this.#restored();
    const { batch } = this.#runner;
    const rows = batch?.rows.slice(from, from + ROWS_A_MESSAGE) ?? [];
    return { list: batch?.id ?? '', rows };
  }

  async open(index: number): Promise<BatchOpened> {
    await this.#restored();
    const { batch } = this.#runner;
    const row = batch?.rows[index];
    if (batch === null || row === undefined) {
      return { kind: 'refused', message: 'That domain is not on the list any more.' };
    }
    const { network } = batch;
    const { domain, status } = row;
    if (status !== 'done') {
      const reason =
        status === 'failed' ? 'its inspection failed' : 'it has not been inspected yet';
      return { kind: 'gone', domain, network, message: goneWords(domain, reason) };
    }
    const run = await this.#keeper.openRun(row);
    if (run.kind === 'opened') return { kind: 'opened', domain, network, events: run.events };
    return { kind: 'gone', domain, network, message: goneWords(domain, run.reason) };
  }

  async save({ format, rows }: BatchExport): Promise<SaveReply> {
    await this.#restored();
    const all = this.#runner.batch?.rows ?? [];
    const wanted = rows === null ? all : rows.flatMap((index) => all[index] ?? []);
    return saveBatch(format, wanted, Date.now(), {
      choosePath: (suggestion) => choosePath(this.#window, suggestion),
      reportOf: (row) => this.#keptReport(row),
    });
  }

  async stop(): Promise<void> {
    if (this.#ready === null) return;
    await this.#ready;
    await this.#runner.stop();
  }

  async #keptReport(row: BatchRow) {
    if (row.status !== 'done') return null;
    const run = await this.#keeper.openRun(row);
    return run.kind === 'opened' ? reportOf(row.domain, run.events) : null;
  }

  #restored(): Promise<void> {
    this.#ready ??= this.#runner.restore();
    return this.#ready;
  }
}

function goneWords(domain: string, reason: string): string {
  return `${domain} cannot be shown from the list: ${reason}.`;
}

async function choosePath(
  window: BrowserWindow,
  { name, kind }: PathSuggestion,
): Promise<string | null> {
  const choice = await dialog.showSaveDialog(window, {
    title: 'Save the list',
    defaultPath: name,
    filters: [{ name: kind.name, extensions: [...kind.extensions] }],
  });
  const path = choice.filePath ?? '';
  return choice.canceled || path === '' ? null : path;
}
