/** What is shown held against a run of before: the one that F5 replaced, or a kept one. */
import { create } from 'zustand';
import type { Changes } from '../../shared/history/change.ts';
import { changesBetween } from '../../shared/history/changes-between.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { useInspection, type InspectionState } from './inspection-store.ts';

export interface ComparisonState {
  /** Null: nothing is compared. */
  readonly before: Report | null;
  /** The kept run that it is; null for the one that was shown before. */
  readonly keptId: string | null;
  /** The one that was shown before, while the same domain is shown. */
  readonly previous: Report | null;
  /** Null until what is shown has finished. */
  readonly changes: Changes | null;
}

const NOTHING: ComparisonState = { before: null, keptId: null, previous: null, changes: null };

export const useComparison = create<ComparisonState>(() => NOTHING);

/** Follows what the Inspect screen shows. */
export function listenForComparison(): void {
  useInspection.subscribe((now, before) => {
    if (now.runId !== before.runId) succeed(now, before);
    else if (now.phase !== before.phase) settle();
  });
}

/** Both are of the domain that is shown. */
export function compareWith(before: Report, keptId: string | null): void {
  useComparison.setState({ before, keptId });
  settle();
}

/** With the run that was shown before, or with nothing when there was none. */
export function compareWithPrevious(): void {
  const { previous } = useComparison.getState();
  if (previous !== null) compareWith(previous, null);
}

export function stopComparing(): void {
  useComparison.setState({ before: null, keptId: null, changes: null });
}

/** The same domain asked anew is compared with what was shown; another one starts afresh. */
function succeed(now: InspectionState, before: InspectionState): void {
  if (!isAskedAnew(now, before)) {
    useComparison.setState(NOTHING);
    return;
  }
  // One that was cancelled leaves the one before it to compare with.
  const last = before.report?.finished ? before.report : useComparison.getState().previous;
  useComparison.setState({ before: last, keptId: null, previous: last, changes: null });
}

/** The servers of the domain that was shown are asked once more. */
export function isAskedAnew(now: InspectionState, before: InspectionState): boolean {
  return (
    now.report !== null &&
    now.origin === null &&
    now.network === before.network &&
    now.report.domain === before.report?.domain
  );
}

function settle(): void {
  const { report, phase } = useInspection.getState();
  const { before } = useComparison.getState();
  const isKnown = before !== null && report !== null && phase === 'finished' && report.finished;
  useComparison.setState({ changes: isKnown ? changesBetween(before, report) : null });
}
