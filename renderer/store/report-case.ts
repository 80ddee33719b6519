/** Opens case files: chosen, dropped, or handed over by the system. */
import { create } from 'zustand';
import type { CaseReply } from '../../shared/ipc/contract.ts';
import { CASE_EXTENSION } from '../../shared/export/case-file.ts';
import { MAX_ARCHIVE_OCTETS } from '../../shared/export/zip.ts';
import { bridge } from '../bridge/bridge.ts';
import { showCase } from './inspection-store.ts';
import { showScreen } from './settings-store.ts';
import { words } from '../words/words.ts';

const { case: said } = words.report;

export interface OpeningState {
  readonly opening: boolean;
  /** Why the last one was not opened, or what was left out; null when all is well. */
  readonly problem: string | null;
}

export const useOpening = create<OpeningState>(() => ({ opening: false, problem: null }));

let attempts = 0;

/** In the system’s dialog. */
export function chooseCase(): Promise<void> {
  return open(() => bridge.openCase({ from: 'dialog' }));
}

/** What the system asked the program to open. */
export function openWaitingCase(): Promise<void> {
  return open(() => bridge.openCase({ from: 'waiting' }));
}

export function showCaseRun(index: number): Promise<void> {
  return open(() => bridge.showCaseRun(index));
}

/** True when the files are cases, and no material; the first of them is opened. */
export function takeCases(files: readonly File[]): boolean {
  const [first] = files;
  if (first === undefined || !files.every(({ name }) => isCase(name))) return false;
  void open(() => openDropped(first)).then(() => {
    if (files.length === 1 || useOpening.getState().problem !== null) return;
    const problem = said.oneAtATime(files.length, first.name);
    useOpening.setState({ problem });
  });
  return true;
}

export function dismissProblem(): void {
  useOpening.setState({ problem: null });
}

function isCase(name: string): boolean {
  return name.toLowerCase().endsWith(CASE_EXTENSION);
}

async function openDropped(file: File): Promise<CaseReply> {
  const { name, size } = file;
  if (size > MAX_ARCHIVE_OCTETS) {
    const most = MAX_ARCHIVE_OCTETS / 1024 / 1024;
    return { kind: 'refused', message: said.tooLarge(name, most) };
  }
  let octets: Uint8Array;
  try {
    octets = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { kind: 'refused', message: said.unreadable(name) };
  }
  return bridge.openCase({ from: 'drop', name, octets });
}

/** The last one asked for counts; what is shown stays until it is there. */
async function open(ask: () => Promise<CaseReply>): Promise<void> {
  attempts += 1;
  const attempt = attempts;
  useOpening.setState({ opening: true, problem: null });
  const reply = await ask().catch((error: unknown): CaseReply => {
    const what = error instanceof Error ? error.message : words.frame.unknownFault;
    return { kind: 'refused', message: said.couldNotOpen(what) };
  });
  if (attempt !== attempts) return;
  useOpening.setState({
    opening: false,
    problem: reply.kind === 'refused' ? reply.message : null,
  });
  if (reply.kind !== 'opened') return;
  showScreen('inspect');
  await showCase(reply);
}
