/** The last inspection judged at another time, from the evidence it left. */
import { create } from 'zustand';
import type { Report } from '../../shared/inspection/report.ts';
import type { Deadline } from '../../shared/outlook/deadline.ts';
import { deadlinesOf } from '../../shared/outlook/deadlines.ts';
import { imagine } from './imagined-run.ts';
import { useInspection } from './inspection-store.ts';

export interface OutlookState {
  readonly phase: 'none' | 'judging' | 'judged' | 'refused';
  /** The run that it is about; what is shown of another one is out of date. */
  readonly runId: string | null;
  /** Milliseconds since the epoch; null: the run’s own instant. */
  readonly at: number | null;
  /** The report as it would be; null while there is none. */
  readonly report: Report | null;
  /** Why there is none; null when there is one. */
  readonly message: string | null;
}

const NONE: OutlookState = { phase: 'none', runId: null, at: null, report: null, message: null };

export const useOutlook = create<OutlookState>(() => NONE);

let known: { readonly report: Report; readonly deadlines: readonly Deadline[] } | null = null;

/** As of the report’s own instant; worked out once for all that show it. */
export function deadlinesOfRun(report: Report): readonly Deadline[] {
  if (known?.report !== report) {
    const at = Date.parse(report.at);
    known = { report, deadlines: Number.isNaN(at) ? [] : deadlinesOf(report, at) };
  }
  return known.deadlines;
}

/** The last question counts. */
export async function judgeAt(at: number): Promise<void> {
  const { runId, events, report } = useInspection.getState();
  const judging: OutlookState = { ...NONE, phase: 'judging', runId, at };
  useOutlook.setState(judging, true);
  const instant = new Date(at).toISOString();
  const later = await imagine(
    { events, host: '', records: null, chain: null, at: instant },
    report?.domain ?? '',
  );
  if (useOutlook.getState() === judging) useOutlook.setState({ ...judging, ...later }, true);
}

export function leaveOutlook(): void {
  useOutlook.setState(NONE, true);
}
