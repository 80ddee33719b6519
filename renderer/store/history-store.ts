/** The runs that are kept on this computer: listed, opened, compared, deleted. */
import { create } from 'zustand';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { HistoryEntry, HistoryReply } from '../../shared/ipc/history.ts';
import { historyBridge } from '../bridge/history-bridge.ts';
import { words } from '../words/words.ts';
import { compareWith } from './history-comparison.ts';
import { showRun, useInspection } from './inspection-store.ts';
import { showScreen } from './settings-store.ts';

export interface HistoryState {
  readonly isOpen: boolean;
  readonly isLoading: boolean;
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** What cannot be read or written, one plain sentence each. */
  readonly problems: readonly string[];
  readonly filter: string;
  /** At most two, the one chosen first in front. */
  readonly chosen: readonly string[];
  /** Why the last one could not be opened; null when it could. */
  readonly failure: string | null;
}

export const useHistory = create<HistoryState>(() => ({
  isOpen: false,
  isLoading: false,
  entries: [],
  problems: [],
  filter: '',
  chosen: [],
  failure: null,
}));

const said = words.history;
let attempts = 0;

export function showHistory(isOpen: boolean): void {
  useHistory.setState({ isOpen, filter: '', chosen: [], failure: null });
  if (isOpen) void loadHistory();
}

export async function loadHistory(): Promise<void> {
  useHistory.setState({ isLoading: true });
  try {
    useHistory.setState(await historyBridge.list());
  } catch (error) {
    useHistory.setState({ problems: [said.cannotList(faultOf(error))] });
  }
  useHistory.setState({ isLoading: false });
}

export function filterHistory(filter: string): void {
  useHistory.setState({ filter });
}

/** A third one takes the place of the first. */
export function chooseRun(id: string, isChosen: boolean): void {
  const others = useHistory.getState().chosen.filter((each) => each !== id);
  useHistory.setState({ chosen: isChosen ? [...others, id].slice(-2) : others });
}

/** Null: all. */
export async function deleteRun(id: string | null): Promise<void> {
  try {
    useHistory.setState(await historyBridge.remove(id === null ? null : { id }));
  } catch (error) {
    useHistory.setState({ problems: [said.cannotList(faultOf(error))] });
  }
  const { chosen, entries } = useHistory.getState();
  const there = new Set(entries.map((entry) => entry.id));
  useHistory.setState({ chosen: chosen.filter((each) => there.has(each)) });
}

/** Shows a kept run as it was; nobody is asked. */
export async function openRun(id: string): Promise<void> {
  const opened = await fetchRun(id);
  if (opened === null) return;
  await show(opened);
  useHistory.setState({ isOpen: false });
}

/** Shows the newer of two runs of one domain, and what changed since the older. */
export async function compareRuns(older: string, newer: string): Promise<void> {
  const before = await fetchRun(older);
  const now = before === null ? null : await fetchRun(newer);
  if (before === null || now === null) return;
  await show(now);
  compareWith(reportOf(before), older);
  useHistory.setState({ isOpen: false });
}

/** Holds what is shown against a kept run of the same domain. */
export async function compareShownWith(id: string): Promise<void> {
  const before = await fetchRun(id);
  const shown = useInspection.getState().report?.domain;
  if (before !== null && before.entry.domain === shown) compareWith(reportOf(before), id);
}

type Opened = Extract<HistoryReply, { readonly kind: 'opened' }>;

/** The last one asked for counts; a domain that is asked about meanwhile counts more. */
async function fetchRun(id: string): Promise<Opened | null> {
  attempts += 1;
  const attempt = attempts;
  const { runId } = useInspection.getState();
  useHistory.setState({ failure: null });
  const reply = await historyBridge.open(id).catch((error: unknown): HistoryReply => {
    return { kind: 'refused', message: said.cannotOpen(faultOf(error)) };
  });
  const shown = useInspection.getState();
  if (attempt !== attempts || shown.runId !== runId || shown.phase === 'starting') return null;
  if (reply.kind === 'opened') return reply;
  useHistory.setState({ failure: reply.message });
  return null;
}

async function show({ entry, events }: Opened): Promise<void> {
  const { domain, network, at } = entry;
  showScreen('inspect');
  await showRun({ domain, network, events, origin: { kind: 'history', at } });
}

function reportOf({ entry, events }: Opened): ReturnType<typeof judge> {
  return judge(events.reduce(gather, emptyReport(entry.domain)));
}

function faultOf(error: unknown): string {
  return error instanceof Error ? error.message : words.frame.unknownFault;
}
