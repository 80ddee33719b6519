/** Saves the report of an outbound test as a file; says what came of it. */
import { create } from 'zustand';
import { writeTestReport } from '../../shared/export/outbound.ts';
import type { ReportFormat } from '../../shared/ipc/contract.ts';
import { bridge } from '../bridge/bridge.ts';
import { words } from '../words/words.ts';
import { reportOf, useOutbound } from './outbound-store.ts';
import { useProgram } from './settings-store.ts';

export type TestReportFormat = Exclude<ReportFormat, 'case'>;

export interface OutboundSaving {
  /** The list of formats is open. */
  readonly menu: boolean;
  readonly phase: 'idle' | 'working' | 'done' | 'failed';
  readonly message: string | null;
  /** What was asked for last; it can be tried again. */
  readonly format: TestReportFormat | null;
}

const NOTHING: OutboundSaving = { menu: false, phase: 'idle', message: null, format: null };

export const useOutboundSaving = create<OutboundSaving>(() => NOTHING);

export async function saveTestReport(format: TestReportFormat): Promise<void> {
  const report = reportOf(useOutbound.getState().state);
  if (report === null || useOutboundSaving.getState().phase === 'working') return;
  useOutboundSaving.setState({ menu: false, phase: 'working', message: null, format });
  try {
    const version = useProgram.getState().info?.version ?? '';
    // What is printed is the page.
    const text = writeTestReport(report, format === 'pdf' ? 'html' : format, { version });
    const content = { format, text };
    const reply = await bridge.saveReport({ domain: report.base, at: report.at, content });
    if (reply.kind === 'cancelled') dismissTestSaving();
    else if (reply.kind === 'saved') tell('done', words.frame.savedAs(reply.path));
    else tell('failed', reply.message);
  } catch (error) {
    const what = error instanceof Error ? error.message : words.frame.unknownFault;
    tell('failed', words.outbound.report.couldNotSave(what));
  }
}

/** Whether there is a test to report on: it is what a person who looks at this screen wants to save. */
export function canSaveTest(): boolean {
  return reportOf(useOutbound.getState().state) !== null;
}

export function showTestReportMenu(menu: boolean): void {
  if (!menu || canSaveTest()) useOutboundSaving.setState({ menu });
}

export function dismissTestSaving(): void {
  useOutboundSaving.setState(NOTHING);
}

function tell(phase: OutboundSaving['phase'], message: string): void {
  useOutboundSaving.setState({ phase, message });
}
