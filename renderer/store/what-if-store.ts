/** The last inspection judged as if one host published other records, or presented another chain. */
import { create } from 'zustand';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { Report } from '../../shared/inspection/report.ts';
import type { WhatIfReply, WhatIfRequest } from '../../shared/ipc/contract.ts';
import { bridge } from '../bridge/bridge.ts';
import { MAX_KEPT_EVENTS, useInspection } from './inspection-store.ts';

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
  const reply = await ask({ events, host, records, chain });
  if (useWhatIf.getState() !== judging) return;
  if (reply.kind === 'refused') {
    useWhatIf.setState({ ...judging, phase: 'refused', message: reply.message }, true);
    return;
  }
  const imagined = judge(reply.events.reduce(gather, emptyReport(report?.domain ?? '')));
  useWhatIf.setState({ ...judging, phase: 'judged', report: imagined }, true);
}

export function leaveWhatIf(): void {
  useWhatIf.setState(NONE, true);
}

/** A fault on the way is told like a refusal, so that nothing waits for ever. */
async function ask(request: WhatIfRequest): Promise<WhatIfReply> {
  if (request.events.length === 0) {
    return { kind: 'refused', message: 'Inspect a domain first: there is nothing to judge yet.' };
  }
  if (request.events.length >= MAX_KEPT_EVENTS) {
    return { kind: 'refused', message: 'The inspection is too large to be judged once more.' };
  }
  try {
    return await bridge.judgeWhatIf(request);
  } catch (error) {
    const what = error instanceof Error ? error.message : 'unknown';
    return { kind: 'refused', message: `The program could not judge it (${what}). Try again.` };
  }
}
