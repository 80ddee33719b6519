/** The last inspection judged as if one host published other records, or presented another chain. */
import { create } from 'zustand';
import type { Report } from '../../shared/inspection/report.ts';
import { imagine } from './imagined-run.ts';
import { useInspection } from './inspection-store.ts';

export interface WhatIfState {
  readonly phase: 'none' | 'judging' | 'judged' | 'refused';
  /** The run that it is about; what is shown of another one is out of date. */
  readonly runId: string | null;
  readonly host: string | null;
  /** In presentation form; null leaves what is published. */
  readonly records: readonly string[] | null;
  /** PEM, leaf first; null leaves what is presented. */
  readonly chain: string | null;
  /** The report as it would be; null while there is none. */
  readonly report: Report | null;
  /** Why there is none; null when there is one. */
  readonly message: string | null;
}

const NONE: WhatIfState = {
  phase: 'none',
  runId: null,
  host: null,
  records: null,
  chain: null,
  report: null,
  message: null,
};

export const useWhatIf = create<WhatIfState>(() => NONE);

/** `records`: the whole RRset; `chain`: PEM, leaf first. Null leaves what is there. The last question counts. */
export async function judgeWhatIf(
  host: string,
  records: readonly string[] | null,
  chain: string | null,
): Promise<void> {
  const { runId, events, report } = useInspection.getState();
  const judging: WhatIfState = { ...NONE, phase: 'judging', runId, host, records, chain };
  useWhatIf.setState(judging, true);
  const imagined = await imagine({ events, host, records, chain }, report?.domain ?? '');
  if (useWhatIf.getState() === judging) useWhatIf.setState({ ...judging, ...imagined }, true);
}

export function leaveWhatIf(): void {
  useWhatIf.setState(NONE, true);
}
