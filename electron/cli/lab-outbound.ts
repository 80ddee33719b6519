/** `lab --outbound`: one test, told as it happens, until Ctrl-C or its verdict; or a page where each visitor begins one. */
import { printable } from '../../shared/findings/safe-text.ts';
import { ownAddress } from '../../shared/lab/address-mapping.ts';
import { conclude, type Conclusion, type Verdict } from '../../shared/lab/conclusion.ts';
import type { Observation } from '../../shared/lab/observation.ts';
import type { Standing } from '../../shared/lab/standing.ts';
import type { TestRun } from '../../shared/lab/test-run.ts';
import { composeOutboundTest, type OutboundTest } from '../compose.ts';
import { STOPPED, USAGE_ERROR, type ExitCode } from './exit-code.ts';
import type { OutboundRequest } from './lab-options.ts';
import { openPage, tellPage, type Page } from './lab-page.ts';
import {
  createReporter,
  prepareTestReports,
  savingWithVerdict,
  type TestReportFiles,
} from './lab-report.ts';
import { startFacts, tellResolvers } from './lab-start.ts';
import { OTHER_FILE, tellListening } from './lab-trouble.ts';
import { UsageError } from './options.ts';
import { jsonTeller, personTeller, type OutboundTeller } from './print-outbound.ts';
import type { Terminal } from './terminal.ts';

/** Milliseconds between two looks at whether something has changed. */
const LOOK_MS = 250;
/** Looks after which time alone may have decided something. */
const IDLE_LOOKS = 4;

export async function runOutboundTest(
  request: OutboundRequest,
  version: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const files = await prepareTestReports(request.reports, version);
  for (const doubt of files.doubts) terminal.err(printable(doubt));
  const started = await composeOutboundTest({
    ...request,
    mailAddresses: request.addresses.addresses,
    webAddress: request.open ? (request.web?.address ?? null) : null,
    listenOn: (published) => ownAddress(request.nat, published),
    tell: (message) => terminal.err(printable(message)),
  });
  if (!started.ok) {
    if (started.reason === 'file')
      throw new UsageError(`--state: ${started.message} ${OTHER_FILE}`);
    tellListening(started.failure, request, terminal);
    return USAGE_ERROR;
  }
  const { test } = started;
  const page = await openPage(test, request, version, terminal);
  if (page === null) {
    await test.close();
    return USAGE_ERROR;
  }
  try {
    const parts = { test, request, files, terminal, signal };
    return page.url === null ? await runOne(parts) : await serveVisitors(page, parts);
  } finally {
    await page.close();
    await test.close();
  }
}

interface Parts {
  readonly test: OutboundTest;
  readonly request: OutboundRequest;
  readonly files: TestReportFiles;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Begins no test: those of visitors are theirs, and nothing of them is told here. */
async function serveVisitors(
  page: Page,
  { test, request, terminal, signal }: Parts,
): Promise<ExitCode> {
  const teller = tellerFor(request, terminal);
  const facts = startFacts(test, request, false);
  teller.started(test, null, facts);
  tellPage(page, request, terminal);
  await tellResolvers(test, request, teller, terminal, signal);
  teller.guide(test, null, facts);
  await stopped(signal);
  return 0;
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });
}

async function runOne({ test, request, files, terminal, signal }: Parts): Promise<ExitCode> {
  const earlier = test.openRun();
  const run = earlier ?? test.begin();
  const reporter = createReporter({ test, run, request, files, terminal });
  const teller = savingWithVerdict(tellerFor(request, terminal), reporter);
  const facts = startFacts(test, request, earlier !== null);
  teller.started(test, run, facts);
  await tellResolvers(test, request, teller, terminal, signal);
  teller.guide(test, run, facts);
  const verdict = await follow(test, run, teller, request.once, signal);
  const allWritten = await reporter.save();
  if (verdict !== null) return exitCodeOfTest(verdict.conclusion);
  if (request.once) return STOPPED;
  return allWritten ? 0 : USAGE_ERROR;
}

function tellerFor({ json }: OutboundRequest, terminal: Terminal): OutboundTeller {
  return json ? jsonTeller(terminal) : personTeller(terminal);
}

/** As the README has it. */
function exitCodeOfTest(conclusion: Conclusion): ExitCode {
  switch (conclusion) {
    case 'validates':
      return 0;
    case 'validates-with-faults':
      return 1;
    case 'does-not-check':
    case 'encrypts-without-checking':
      return 2;
    case 'refuses-everything':
    case 'could-not-tell':
    case 'open':
      return USAGE_ERROR;
  }
}

/** The last word, when `once` waits for it; null when it was stopped before. */
function follow(
  test: OutboundTest,
  run: TestRun,
  teller: OutboundTeller,
  once: boolean,
  signal: AbortSignal,
): Promise<Verdict | null> {
  const progress = new Progress(teller);
  return new Promise((resolve) => {
    const end = (verdict: Verdict | null): void => {
      clearInterval(timer);
      stopListening();
      signal.removeEventListener('abort', stop);
      resolve(verdict);
    };
    const stop = (): void => end(null);
    let changed = true;
    let idle = 0;
    const look = (): void => {
      idle += 1;
      if (!changed && idle < IDLE_LOOKS) return;
      changed = false;
      idle = 0;
      const standings = test.standings(run.alias);
      const last = standings === null ? null : progress.look(standings);
      if (last !== null && once) end(last);
    };
    const stopListening = test.onChange((seen) => {
      changed = true;
      if (seen !== null) progress.see(seen);
    });
    const timer = setInterval(look, LOOK_MS);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}

/** Different questions that are told; a sender makes a few hundred, and a stranger no end of them. */
const MAX_QUESTIONS_TOLD = 2000;

/** Tells what is new, once. */
class Progress {
  readonly #teller: OutboundTeller;
  readonly #questions = new Set<string>();
  readonly #told = new Map<string, string>();
  #conclusion = '';
  #ended = false;

  constructor(teller: OutboundTeller) {
    this.#teller = teller;
  }

  see(observation: Observation): void {
    const { seen } = observation;
    if (seen.kind === 'dns') {
      const question = `${seen.from} ${seen.type} ${seen.name}`;
      if (this.#questions.has(question) || this.#questions.size >= MAX_QUESTIONS_TOLD) return;
      this.#questions.add(question);
    }
    this.#teller.seen(observation);
  }

  /** The verdict, once nothing more is waited for. */
  look(standings: readonly Standing[]): Verdict | null {
    for (const standing of standings) {
      const { scenario, phase, deed, worth } = standing;
      const state = `${phase} ${deed ?? ''} ${worth ?? ''}`;
      if (this.#told.get(scenario.id) === state) continue;
      this.#told.set(scenario.id, state);
      this.#teller.standing(standing);
    }
    const verdict = conclude(standings);
    const isLast = !standings.some(({ phase }) => phase === 'waiting' || phase === 'under-way');
    const told = `${verdict.conclusion} ${verdict.because.join(' ')}`;
    if (told !== this.#conclusion || isLast !== this.#ended) {
      this.#conclusion = told;
      this.#ended = isLast;
      this.#teller.verdict(verdict, standings, isLast);
    }
    return isLast ? verdict : null;
  }
}
