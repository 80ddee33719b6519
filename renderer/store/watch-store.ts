/** The watched domains as the process behind the window knows them, and what the person does with the list. */
import { create } from 'zustand';
import type { WatchSettings, WatchState } from '../../shared/ipc/watch.ts';
import { watchBridge } from '../bridge/watch-bridge.ts';
import { words } from '../words/words.ts';
import { showRun } from './inspection-store.ts';
import { showScreen } from './settings-store.ts';

export interface WatchView {
  /** Null until it was read. */
  readonly state: WatchState | null;
  /** What stands in the field. */
  readonly typed: string;
  /** Why what was asked for last was not done; null when it was. */
  readonly refusal: string | null;
  /** The domain whose notes are unfolded. */
  readonly opened: string | null;
}

export const useWatch = create<WatchView>(() => ({
  state: null,
  typed: '',
  refusal: null,
  opened: null,
}));

export function listenToWatch(): void {
  watchBridge.onChanged((state) => {
    useWatch.setState({ state });
  });
  watchBridge.onShow((domain) => {
    if (domain === null) showScreen('watch');
    else void showLastRun(domain);
  });
  void asking(watchBridge.read());
}

export function typeWatched(typed: string): void {
  useWatch.setState({ typed, refusal: null });
}

export async function addTyped(): Promise<void> {
  const { typed } = useWatch.getState();
  if (await asking(watchBridge.add(typed))) useWatch.setState({ typed: '' });
}

/** For whoever offers to watch a domain elsewhere; false when it was refused, with the reason on the list’s screen. */
export function watchDomain(domain: string): Promise<boolean> {
  return asking(watchBridge.add(domain));
}

export async function removeWatched(domain: string): Promise<void> {
  await asking(watchBridge.remove(domain));
}

/** Null looks at all. */
export async function lookNow(domain: string | null): Promise<void> {
  await asking(watchBridge.look(domain));
}

export async function changeWatch(change: Partial<WatchSettings>): Promise<void> {
  const { state } = useWatch.getState();
  if (state !== null) await asking(watchBridge.change({ ...state.settings, ...change }));
}

export function openNotes(domain: string | null): void {
  useWatch.setState({ opened: domain });
}

/** In the Inspect screen, as it was; where it cannot be, the list says why. */
export async function showLastRun(domain: string): Promise<void> {
  try {
    const run = await watchBridge.run(domain);
    if (run.kind === 'kept') {
      const { network, at, events } = run;
      await showRun({ domain, network, events, origin: { kind: 'history', at } });
      showScreen('inspect');
      return;
    }
    useWatch.setState({ refusal: run.message, opened: domain });
  } catch (error) {
    useWatch.setState({ refusal: fault(error), opened: domain });
  }
  showScreen('watch');
}

async function asking(reply: Promise<WatchState>): Promise<boolean> {
  try {
    const state = await reply;
    useWatch.setState({ state, refusal: state.refusal });
    return state.refusal === null;
  } catch (error) {
    useWatch.setState({ refusal: fault(error) });
    return false;
  }
}

function fault(error: unknown): string {
  const what = error instanceof Error ? error.message : words.frame.unknownFault;
  return words.watch.couldNotDo(what);
}
