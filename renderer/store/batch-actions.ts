/** What a person does with a list of domains: takes one, starts and stops it, opens a row, saves what is shown. */
import { MAX_LIST_CHARACTERS } from '../../shared/batch/limits.ts';
import { rowsShown } from '../../shared/batch/view.ts';
import type { BatchCommand, BatchExport } from '../../shared/ipc/batch.ts';
import type { NetworkChoice } from '../../shared/ipc/contract.ts';
import { batchBridge } from '../bridge/batch-bridge.ts';
import { words } from '../words/words.ts';
import { readListFile } from './batch-intake.ts';
import {
  askQuestion,
  dismissRefusal,
  guarded,
  refuse,
  takeState,
  useBatch,
} from './batch-store.ts';
import { inspect, showRun, useInspection } from './inspection-store.ts';
import { showScreen } from './settings-store.ts';

const said = words.batch;

/** From the disk, dropped or chosen. */
export async function takeListFiles(files: readonly File[]): Promise<void> {
  const [file] = files;
  if (file === undefined) return;
  if (files.length > 1) {
    refuse(said.refusals.oneFile(files.length));
    return;
  }
  useBatch.setState({ busy: 'reading' });
  const read = await readListFile(file);
  useBatch.setState({ busy: null });
  if (read.ok) await takeList(read.text);
  else refuse(read.message);
}

/** Results that would be lost are asked about first. */
export async function takeList(
  text: string,
  network: NetworkChoice = useInspection.getState().network,
): Promise<void> {
  if (text.length > MAX_LIST_CHARACTERS) refuse(said.refusals.tooLong(MAX_LIST_CHARACTERS));
  else if ((useBatch.getState().state?.done ?? 0) > 0)
    askQuestion({ kind: 'replace', text, network });
  else await loadList(text, network);
}

async function loadList(text: string, network: NetworkChoice): Promise<void> {
  dismissRefusal();
  useBatch.setState({ busy: 'reading' });
  await guarded(async () => {
    const reply = await batchBridge.load({ text, network });
    if (reply.kind === 'loaded') await takeState(reply.state);
    else refuse(said.refusals.noDomain, reply.refused, reply.refusedCount);
  });
}

/** Yes to what was asked. */
export async function answerQuestion(): Promise<void> {
  const { question } = useBatch.getState();
  askQuestion(null);
  if (question?.kind === 'clear') await command({ command: 'clear' });
  else if (question?.kind === 'replace') await loadList(question.text, question.network);
  else if (question?.kind === 'gone') {
    showScreen('inspect');
    await inspect(question.domain, question.network);
  }
}

/** Nothing is lost where there is no result yet. */
export async function clearBatch(): Promise<void> {
  if ((useBatch.getState().state?.done ?? 0) > 0) askQuestion({ kind: 'clear' });
  else await command({ command: 'clear' });
}

export async function command(command: BatchCommand): Promise<void> {
  await guarded(async () => {
    await takeState(await batchBridge.command(command));
  });
}

/** In the Inspect screen, as a run that has finished. */
export async function openRow(index: number): Promise<void> {
  if (useBatch.getState().busy === 'opening') return;
  useBatch.setState({ busy: 'opening', cursor: index, selected: index });
  await guarded(async () => {
    const reply = await batchBridge.open(index);
    if (reply.kind === 'refused') refuse(reply.message);
    else if (reply.kind === 'gone') askQuestion(reply);
    else {
      const { domain, network, events } = reply;
      await showRun({ domain, network, events, origin: { kind: 'batch' } });
      showScreen('inspect');
    }
  });
}

/** The next or the previous of those that are shown; null where there is none. */
export function neighbour(step: 1 | -1): number | null {
  const { rows, filter, order, selected } = useBatch.getState();
  const shown = rowsShown(rows, filter, order);
  const place = shown.findIndex(({ index }) => index === selected);
  return place < 0 ? null : (shown[place + step]?.index ?? null);
}

/** The rows that are shown, in the order in which they are. */
export async function saveRows(format: BatchExport['format']): Promise<void> {
  const { rows, filter, order, busy } = useBatch.getState();
  if (busy === 'saving') return;
  const shown = rowsShown(rows, filter, order).map(({ index }) => index);
  useBatch.setState({ busy: 'saving', saved: null });
  await guarded(async () => {
    const reply = await batchBridge.save({ format, rows: shown });
    if (reply.kind === 'cancelled') return;
    const saved =
      reply.kind === 'saved'
        ? { ok: true, message: words.frame.savedAs(reply.path) }
        : { ok: false, message: reply.message };
    useBatch.setState({ saved });
  });
}
