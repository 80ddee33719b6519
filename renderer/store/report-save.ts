/** Saves what the Inspect screen shows as a file, or copies it; says what came of it. */
import { create } from 'zustand';
import { reportsToCsv } from '../../shared/export/csv.ts';
import { reportsToHtml } from '../../shared/export/html.ts';
import { reportsToJson } from '../../shared/export/json.ts';
import { reportsToMarkdown } from '../../shared/export/markdown.ts';
import type { Report } from '../../shared/inspection/report.ts';
import type { ReportFormat, ReportRequest } from '../../shared/ipc/contract.ts';
import { bridge } from '../bridge/bridge.ts';
import { useInspection, type InspectionState } from './inspection-store.ts';
import { words } from '../words/words.ts';

const { report: said } = words;

export interface SavingState {
  /** The list of formats is open. */
  readonly menu: boolean;
  /** `done`: the message says what was done. */
  readonly phase: 'idle' | 'working' | 'done' | 'failed';
  readonly message: string | null;
  /** What was asked for last; it can be tried again. */
  readonly format: ReportFormat | null;
}

const NOTHING: SavingState = { menu: false, phase: 'idle', message: null, format: null };

export const useSaving = create<SavingState>(() => NOTHING);

/** Characters that the process behind the window takes for the clipboard. */
const MAX_COPIED_CHARACTERS = 1024 * 1024;

export async function saveReport(format: ReportFormat): Promise<void> {
  const { report, runId, origin } = useInspection.getState();
  if (report === null || runId === null || useSaving.getState().phase === 'working') return;
  // Told before a place for it is asked for.
  if (format === 'case' && origin !== null && origin.kind !== 'case') {
    useSaving.setState({ menu: false, format: null });
    tell('failed', words.history.noCase);
    return;
  }
  useSaving.setState({ menu: false, phase: 'working', message: null, format });
  try {
    const content: ReportRequest['content'] =
      format === 'case' ? { format, runId } : { format, text: textOf(report, format) };
    const reply = await bridge.saveReport({ domain: report.domain, at: report.at, content });
    if (reply.kind === 'cancelled') dismissSaving();
    else if (reply.kind === 'saved') tell('done', words.frame.savedAs(reply.path));
    else tell('failed', reply.message);
  } catch (error) {
    tell('failed', said.couldNotSave(faultOf(error)));
  }
}

/** For tickets and mail. */
export async function copyReport(): Promise<void> {
  const { report } = useInspection.getState();
  if (report === null || useSaving.getState().phase === 'working') return;
  useSaving.setState({ menu: false, format: null });
  const text = reportsToMarkdown([report]);
  if (text.length > MAX_COPIED_CHARACTERS) {
    tell('failed', said.tooLongToCopy);
    return;
  }
  try {
    await bridge.writeClipboard(text);
    tell('done', said.copied);
  } catch (error) {
    tell('failed', said.couldNotCopy(faultOf(error)));
  }
}

export function showReportMenu(menu: boolean): void {
  if (!menu || canSave(useInspection.getState())) useSaving.setState({ menu });
}

export function dismissSaving(): void {
  useSaving.setState(NOTHING);
}

/** Half a report would be taken for a verdict. */
export function canSave({ report, phase }: Pick<InspectionState, 'report' | 'phase'>): boolean {
  return phase === 'finished' && report?.finished === true;
}

function textOf(report: Report, format: Exclude<ReportFormat, 'case'>): string {
  switch (format) {
    case 'html':
    case 'pdf':
      return reportsToHtml([report]);
    case 'markdown':
      return reportsToMarkdown([report]);
    case 'csv':
      return reportsToCsv([report]);
    case 'json':
      return reportsToJson([report]);
  }
}

function tell(phase: SavingState['phase'], message: string): void {
  useSaving.setState({ phase, message });
}

function faultOf(error: unknown): string {
  return error instanceof Error ? error.message : words.frame.unknownFault;
}
