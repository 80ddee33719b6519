/** The list of domains on screen: its rows as they come in, which of them are shown, and what is asked of the person. */
import { create } from 'zustand';
import {
  LIST_ORDER,
  NO_FILTER,
  type BatchFilter,
  type BatchOrder,
} from '../../shared/batch/view.ts';
import type { BatchPhase } from '../../shared/batch/course.ts';
import type { BatchRow } from '../../shared/batch/row.ts';
import type { BatchEvents, BatchState } from '../../shared/ipc/batch.ts';
import type { NetworkChoice } from '../../shared/ipc/contract.ts';
import { batchBridge } from '../bridge/batch-bridge.ts';
import { words } from '../words/words.ts';
import { useProgram } from './settings-store.ts';

export interface BatchView {
  /** Null until the process behind the window has said what there is. */
  readonly state: BatchState | null;
  /** When it came, by `performance.now()`: what runs has run on since. */
  readonly stateAt: number;
  /** In the order of the list; while they are fetched, the first of them. */
  readonly rows: readonly BatchRow[];
  readonly filter: BatchFilter;
  readonly order: BatchOrder;
  /** Place in the list of the row where the keyboard is. */
  readonly cursor: number | null;
  /** Place in the list of the row whose details are shown. */
  readonly selected: number | null;
  readonly question: BatchQuestion | null;
  /** Why a list was not taken. */
  readonly refusal: BatchRefusal | null;
  /** A list is being read, a row opened, or a file written. */
  readonly busy: 'reading' | 'opening' | 'saving' | null;
  /** What came of saving. */
  readonly saved: { readonly ok: boolean; readonly message: string } | null;
  /** How the list ended or stopped while another screen was open; null once it has been looked at. */
  readonly news: 'finished' | 'stopped' | null;
}

export interface BatchRefusal {
  readonly message: string;
  /** Lines that name no domain, one sentence each; the rest of them is counted. */
  readonly lines: readonly string[];
  readonly lineCount: number;
}

export type BatchQuestion =
  | { readonly kind: 'clear' }
  | { readonly kind: 'replace'; readonly text: string; readonly network: NetworkChoice }
  /** A row whose evidence is not there. */
  | {
      readonly kind: 'gone';
      readonly domain: string;
      readonly network: NetworkChoice;
      readonly message: string;
    };

export const useBatch = create<BatchView>(() => ({
  state: null,
  stateAt: 0,
  rows: [],
  filter: NO_FILTER,
  order: LIST_ORDER,
  cursor: null,
  selected: null,
  question: null,
  refusal: null,
  busy: null,
  saved: null,
  news: null,
}));

let isListening = false;

/** When the screen is first shown; from then on it is kept up to date on every screen. */
export async function openBatch(): Promise<void> {
  if (isListening) return;
  isListening = true;
  useProgram.subscribe(({ screen }) => {
    if (screen === 'batch') useBatch.setState({ news: null });
  });
  batchBridge.onChanged(takeChange);
  await guarded(async () => {
    await takeState(await batchBridge.read());
  });
}

/** Another list, or none: what was shown of the one before goes. */
export async function takeState(state: BatchState): Promise<void> {
  const isOther = useBatch.getState().state?.list !== state.list;
  useBatch.setState({ state, stateAt: performance.now() });
  if (!isOther) return;
  useBatch.setState({
    rows: [],
    filter: NO_FILTER,
    order: LIST_ORDER,
    cursor: state.total > 0 ? 0 : null,
    selected: null,
    saved: null,
  });
  await fetchRows(state.list, state.total);
}

/** Piece by piece, so that the window goes on answering. */
async function fetchRows(list: string, total: number): Promise<void> {
  for (let from = 0; from < total;) {
    const reply = await batchBridge.rows(from);
    const { state, rows } = useBatch.getState();
    if (reply.list !== list || state?.list !== list || reply.rows.length === 0) return;
    useBatch.setState({ rows: [...rows.slice(0, from), ...reply.rows] });
    from += reply.rows.length;
  }
}

function takeChange({ state, rows: changed }: BatchEvents['batch:changed']): void {
  const view = useBatch.getState();
  // The list on screen has been left, or is not there yet: whoever changes lists fetches its rows.
  if (view.state?.list !== state.list) return;
  const rows = [...view.rows];
  // Rows that are not fetched yet come as they are by then.
  for (const row of changed) if (row.index < rows.length) rows[row.index] = row;
  const news = newsOf(view.state.phase, state.phase) ?? view.news;
  useBatch.setState({ state, stateAt: performance.now(), rows, news });
}

/** Whoever has the list before them needs no mark. */
function newsOf(before: BatchPhase, now: BatchPhase): BatchView['news'] {
  if (before === now || useProgram.getState().screen === 'batch') return null;
  if (now === 'finished') return 'finished';
  // On another screen no person pauses it: something else did.
  return now === 'paused' ? 'stopped' : null;
}

export function filterBatch(change: Partial<BatchFilter>): void {
  useBatch.setState(({ filter }) => ({ filter: { ...filter, ...change } }));
}

/** The same column again turns it round; a third time gives the order of the list. */
export function orderBatch(key: BatchOrder['key']): void {
  useBatch.setState(({ order }) => {
    if (order.key !== key) return { order: { key, descending: false } };
    return { order: order.descending ? LIST_ORDER : { key, descending: true } };
  });
}

export function moveCursor(cursor: number): void {
  useBatch.setState({ cursor });
}

export function selectRow(selected: number | null): void {
  useBatch.setState(selected === null ? { selected } : { selected, cursor: selected });
}

export function askQuestion(question: BatchQuestion | null): void {
  useBatch.setState({ question });
}

export function refuse(message: string, lines: readonly string[] = [], lineCount = 0): void {
  useBatch.setState({ refusal: { message, lines, lineCount } });
}

export function dismissRefusal(): void {
  useBatch.setState({ refusal: null });
}

export function dismissSaved(): void {
  useBatch.setState({ saved: null });
}

/** A fault of the program is told like a refusal, so that the window never waits for nothing. */
export async function guarded(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    refuse(words.batch.refusals.fault(error instanceof Error ? error.message : 'unknown'));
  } finally {
    useBatch.setState({ busy: null });
  }
}
