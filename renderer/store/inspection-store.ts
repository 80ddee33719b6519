/** The inspection on screen: started, folded event by event, cancelled. */
import { create } from 'zustand';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import { gather } from '../../shared/inspection/fold.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import type { ChainText } from '../../shared/inspection/given-chains.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { Report } from '../../shared/inspection/report.ts';
import type {
  CaseNote,
  CaseReply,
  NetworkChoice,
  RunEnded,
  RunEvent,
  StartReply,
  StartRequest,
} from '../../shared/ipc/contract.ts';
import { bridge } from '../bridge/bridge.ts';
import { words } from '../words/words.ts';
import { createPaintPace } from './paint-pace.ts';
import { createRunClock } from './run-clock.ts';

export type Phase = 'idle' | 'starting' | 'running' | 'finished' | 'cancelled' | 'failed';

/** Where a report comes from for which no server was asked now. */
export type RunOrigin =
  | { readonly kind: 'case'; readonly note: CaseNote }
  /** `at`: ISO 8601 UTC, when it was asked. */
  | { readonly kind: 'history'; readonly at: string }
  | { readonly kind: 'batch' };

/** A run that came to its end somewhere else, or at another time. */
export interface KeptRun {
  readonly domain: string;
  readonly network: NetworkChoice;
  readonly events: readonly InspectionEvent[];
  readonly origin: RunOrigin;
}

export interface InspectionState {
  readonly phase: Phase;
  /** What stands in the field; stays whatever happens. */
  readonly typed: string;
  readonly network: NetworkChoice;
  /** Chains that stand in for what mail hosts present, by host. */
  readonly chains: readonly ChainText[];
  /** Why the last request was not begun; shown at the field. */
  readonly refusal: string | null;
  readonly runId: string | null;
  /** Null on the start screen. */
  readonly report: Report | null;
  /** What the report was folded of, without progress: the same evidence can be judged under other conditions. */
  readonly events: readonly InspectionEvent[];
  /** Why the run failed; null when it did not. */
  readonly failure: string | null;
  /** Milliseconds since the run began; ticks while it goes on. */
  readonly elapsedMs: number;
  /** Null when servers were asked for what is shown. */
  readonly origin: RunOrigin | null;
  /** Chains to ask the live domain with, once the person has said that the case may be left. */
  readonly leaving: readonly ChainText[] | null;
}

export const useInspection = create<InspectionState>(() => ({
  phase: 'idle',
  typed: '',
  network: 'internet',
  chains: [],
  refusal: null,
  runId: null,
  report: null,
  events: [],
  failure: null,
  elapsedMs: 0,
  origin: null,
  leaving: null,
}));

/** Messages kept for runs whose start is not answered yet; a run's whole stream is far shorter. */
const MAX_EARLY_MESSAGES = 2000;
/** Events kept of a run; the largest that an inspection's bounds allow is a quarter of it. */
export const MAX_KEPT_EVENTS = 20_000;

const early: (RunEvent | RunEnded)[] = [];
let waiting: RunEvent[] = [];
let requests = 0;
/** Of the run that is shown, whatever else is being asked for. */
let standing: Exclude<Phase, 'starting'> = 'idle';
let shownRuns = 0;
const pace = createPaintPace();
let painting: ReturnType<typeof setTimeout> | null = null;
const clock = createRunClock((elapsedMs) => {
  useInspection.setState({ elapsedMs });
});

export function type(typed: string): void {
  useInspection.setState({ typed, refusal: null });
}

/** Without a domain: what stands in the field. Chains are given for one domain, and not for the next. */
export async function inspect(
  domain?: string,
  network?: NetworkChoice,
  chains: readonly ChainText[] = [],
): Promise<void> {
  const state = useInspection.getState();
  const typed = domain ?? state.typed;
  const on = network ?? state.network;
  useInspection.setState({ typed, phase: 'starting', refusal: null });
  requests += 1;
  const request = requests;
  early.splice(0);
  const given = chains.length === 0 ? {} : { chains };
  const reply = await ask({ domain: typed, network: on, ...given });
  // Something else has been asked for meanwhile, or nothing at all: only the last one counts.
  if (request !== requests) {
    if (reply.kind === 'started') await bridge.cancelInspection(reply.runId);
    return;
  }
  if (reply.kind === 'refused') {
    // What was shown before stays: a typing mistake loses nothing.
    useInspection.setState({ phase: standing, refusal: reply.message });
    return;
  }
  waiting = [];
  standing = 'running';
  useInspection.setState({
    phase: standing,
    network: on,
    chains,
    runId: reply.runId,
    typed: reply.domain,
    report: emptyReport(reply.domain),
    events: [],
    failure: null,
    elapsedMs: 0,
    origin: null,
    leaving: null,
  });
  clock.start();
  for (const message of early.splice(0)) take(message);
}

/** A fault on the way is told where a refusal is told, so that the window never waits for nothing. */
async function ask(request: StartRequest): Promise<StartReply> {
  try {
    return await bridge.startInspection(request);
  } catch (error) {
    const fault = error instanceof Error ? error.message : words.frame.unknownFault;
    return { kind: 'refused', message: words.inspect.couldNotBegin(fault) };
  }
}

export function inspectAgain(): Promise<void> {
  return askLive(useInspection.getState().chains);
}

/** What a case holds was asked elsewhere and at another time: the person is asked before anybody else is. */
async function askLive(chains: readonly ChainText[]): Promise<void> {
  const { report, network, origin } = useInspection.getState();
  if (report === null) return;
  if (origin?.kind === 'case') useInspection.setState({ leaving: chains });
  else await inspect(report.domain, network, chains);
}

export async function leaveCase(): Promise<void> {
  const { report, network, leaving } = useInspection.getState();
  stayWithCase();
  if (report !== null && leaving !== null) await inspect(report.domain, network, leaving);
}

export function stayWithCase(): void {
  useInspection.setState({ leaving: null });
}

/** A case takes the place of what is shown, as a run that has finished. */
export function showCase(opened: Extract<CaseReply, { kind: 'opened' }>): Promise<void> {
  const { runId, domain, events, note } = opened;
  return show(runId, { domain, events, origin: { kind: 'case', note } });
}

/** Shows a kept run as one that has finished; nobody is asked. */
export function showRun({ domain, network, events, origin }: KeptRun): Promise<void> {
  shownRuns += 1;
  return show(`kept-${shownRuns}`, { domain, network, events, origin });
}

async function show(
  runId: string,
  run: Omit<KeptRun, 'network'> & Partial<KeptRun>,
): Promise<void> {
  const { domain, events: all, ...where } = run;
  requests += 1;
  const request = requests;
  clock.stop();
  await endRun();
  if (request !== requests) return;
  waiting = [];
  const events = all.filter(({ kind }) => kind !== 'progress');
  const report = judge(events.reduce(gather, emptyReport(domain)));
  const shown = { ...where, runId, report, events, leaving: null, chains: [] };
  // Whoever waits for the end of a run sees it.
  useInspection.setState({ ...shown, phase: 'running', typed: domain, refusal: null });
  standing = 'finished';
  useInspection.setState({ phase: standing, failure: null, elapsedMs: report.durationMs });
}

/** Judges a saved chain in place of what the host presents; null asks the host itself again. */
export function giveChain(host: string, text: string | null): Promise<void> {
  const { chains } = useInspection.getState();
  const others = chains.filter((chain) => chain.host !== host);
  return askLive(text === null ? others : [...others, { host, text }]);
}

/** Also before it is known whether it can begin: then what was shown stays. */
export async function cancel(): Promise<void> {
  if (useInspection.getState().phase === 'starting') {
    requests += 1;
    useInspection.setState({ phase: standing });
  }
  await endRun();
}

async function endRun(): Promise<void> {
  const { runId } = useInspection.getState();
  if (runId !== null && standing === 'running') await bridge.cancelInspection(runId);
}

/** Back to the start screen, with an empty field. */
export async function leave(): Promise<void> {
  requests += 1;
  const request = requests;
  clock.stop();
  await endRun();
  if (request !== requests) return;
  standing = 'idle';
  useInspection.setState({
    phase: standing,
    typed: '',
    refusal: null,
    report: null,
    events: [],
    runId: null,
    failure: null,
    origin: null,
    leaving: null,
  });
}

/** From the lab to the internet; what is shown stays. */
export function leaveLab(): void {
  useInspection.setState({ network: 'internet' });
}

export function listenToRuns(): void {
  bridge.onInspectionEvent(take);
  bridge.onInspectionEnded(take);
}

function take(message: RunEvent | RunEnded): void {
  const { runId, phase } = useInspection.getState();
  if (message.runId !== runId) {
    // The answer to `start` may come after the first events of the run.
    if (phase === 'starting' && early.length < MAX_EARLY_MESSAGES) early.push(message);
    return;
  }
  if ('how' in message) end(message);
  else {
    waiting.push(message);
    painting ??= setTimeout(paint, pace.interval());
  }
}

function end(message: RunEnded): void {
  clock.stop();
  paint();
  standing = message.how;
  // While another one is being begun, what comes of it is still to be waited for.
  const { phase } = useInspection.getState();
  const next = phase === 'starting' ? phase : standing;
  useInspection.setState({ phase: next, failure: message.message });
}

function paint(): void {
  if (painting !== null) clearTimeout(painting);
  painting = null;
  const arrived = waiting;
  waiting = [];
  const { report, events: before, runId } = useInspection.getState();
  if (report === null || arrived.length === 0) return;
  const events = arrived.filter((message) => message.runId === runId).map(({ event }) => event);
  const kept = events.filter(({ kind }) => kind !== 'progress');
  pace.begin();
  const gathered = events.reduce(gather, report);
  useInspection.setState({
    report: events.some(isEvidence) ? judge(gathered) : gathered,
    events: [...before, ...kept].slice(0, MAX_KEPT_EVENTS),
  });
}

/** What a verdict may rest on; how trust got into a zone is said by the look-ups already. */
function isEvidence({ kind }: InspectionEvent): boolean {
  return kind !== 'progress' && kind !== 'zones';
}
