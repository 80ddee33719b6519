/** The test of a sender as the window sees it: answers its questions, holds the servers, and tells how it stands. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import type {
  OutboundStart,
  OutboundState,
  OutboundWish,
  ResolverChecks,
} from '../../shared/ipc/outbound.ts';
import { listeningAdvice } from '../../shared/lab/listening-words.ts';
import { readNameServer, type AlgorithmNumber } from '../../shared/lab/place.ts';
import type { TestReport } from '../../shared/lab/test-report.ts';
import { checkTestResolvers, composeOutboundTest, type StartedTest } from '../compose.ts';
import type { Handle } from './ipc-host.ts';
import { readWish, usualWish, type OutboundRequest } from './outbound-request.ts';
import { OutboundRun } from './outbound-run.ts';
import { keepWish, readKeptWish } from './outbound-wish-file.ts';
import { tell } from './tell.ts';

/** Gives what answers for this subject. `folder` is that of the program’s own files. */
export function hostOutbound(window: BrowserWindow, folder: string): (handle: Handle) => void {
  const host = new OutboundHost({
    folder: join(folder, 'outbound'),
    platform: process.platform,
    now: Date.now,
    start: composeOutboundTest,
    check: checkTestResolvers,
    tell: (state) => {
      tell(window, 'outbound:changed', state);
    },
  });
  window.on('closed', () => void host.close());
  return (handle) => {
    handle('outbound:read', () => host.read());
    handle('outbound:start', (wish) => host.start(wish));
    handle('outbound:again', () => host.again());
    handle('outbound:stop', () => host.stop());
    handle('outbound:check', ({ resolver }) => host.check(resolver));
  };
}

export interface OutboundPorts {
  /** Of its own files. */
  readonly folder: string;
  /** As Node names it. */
  readonly platform: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly start: typeof composeOutboundTest;
  readonly check: typeof checkTestResolvers;
  readonly tell: (state: OutboundState) => void;
}

interface Running {
  readonly run: OutboundRun;
  readonly request: OutboundRequest;
}

export class OutboundHost {
  readonly #ports: OutboundPorts;
  readonly #wishPath: string;
  /** Starts and stops, one after the other. */
  #turn: Promise<void> = Promise.resolve();
  #wish: OutboundWish | null = null;
  #running: Running | null = null;
  #isClosed = false;
  /** What is wrong with what is kept, a sentence each. */
  readonly #problems = new Set<string>();
  #checking: AbortController | null = null;

  constructor(ports: OutboundPorts) {
    this.#ports = ports;
    this.#wishPath = join(ports.folder, 'wish.json');
  }

  read(): Promise<OutboundState> {
    return this.#inTurn(() => this.#state());
  }

  async start(wish: OutboundWish): Promise<OutboundStart> {
    const read = readWish(wish);
    if (read.kind !== 'usable') return read;
    return this.#inTurn(() => this.#start(wish, read.request));
  }

  again(): Promise<OutboundState> {
    return this.#inTurn(() => {
      this.#running?.run.again();
      return this.#state();
    });
  }

  stop(): Promise<OutboundState> {
    return this.#inTurn(async () => {
      await this.#end();
      return this.#state();
    });
  }

  /** One at a time: a later one takes the place of an earlier. */
  async check(typed: string | null): Promise<ResolverChecks> {
    const running = this.#running;
    if (running === null) return unasked('No test runs whose zone could be asked for: start one.');
    const resolver = typed === null ? null : readNameServer(typed);
    if (resolver?.ok === false) return unasked(resolver.message);
    this.#checking?.abort();
    const checking = new AbortController();
    this.#checking = checking;
    const stop = (): void => checking.abort();
    const { test, signal } = running.run;
    signal.addEventListener('abort', stop, { once: true });
    try {
      const wanted = resolver === null ? null : [resolver.value];
      const { smtpPort } = running.request;
      const question = { base: test.base, hosts: test.hosts, smtpPort, resolvers: wanted };
      const checks = await this.#ports.check(question, checking.signal);
      if (checks.length === 0) return unasked('This machine is set to ask no resolver.');
      return { checks: checks.map(shownCheck), problem: null };
    } catch (error) {
      if (signal.aborted) return unasked('The test was stopped before the resolver answered.');
      if (checking.signal.aborted) return unasked('Another resolver was asked instead.');
      console.error(error);
      return unasked('The resolver could not be asked.');
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** For good: the window is gone. Does not wait for what is under way, which ends itself. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#end();
  }

  async #start(wish: OutboundWish, request: OutboundRequest): Promise<OutboundStart> {
    if (this.#isClosed) return CLOSED;
    if (this.#running !== null) {
      // Asked for twice, before the first was answered.
      const isSame = JSON.stringify(request) === JSON.stringify(this.#running.request);
      if (isSame) return { kind: 'started', state: this.#state() };
      return { kind: 'failed', message: 'A test runs already: stop it before you start another.' };
    }
    this.#problems.clear();
    const started = await this.#startServers(request);
    if (!started.ok) return started.start;
    const { test } = started;
    if (this.#isStopped()) {
      await test.close();
      return CLOSED;
    }
    const run = new OutboundRun({
      ...{ test, request, now: this.#ports.now },
      changed: (report) => {
        this.#changed(report);
      },
    });
    this.#running = { run, request };
    this.#wish = { ...wish, open: false };
    this.#note(keepWish(this.#wishPath, this.#wish));
    return { kind: 'started', state: this.#state() };
  }

  /** The window may have been closed while something was waited for. */
  #isStopped(): boolean {
    return this.#isClosed;
  }

  async #startServers(
    request: OutboundRequest,
  ): Promise<
    | Extract<StartedTest, { readonly ok: true }>
    | { readonly ok: false; readonly start: OutboundStart }
  > {
    const options = {
      ...request,
      mailAddresses: request.addresses.addresses,
      tell: (message: string) => {
        this.#note(message);
      },
    };
    try {
      const statePath = this.#statePath(request);
      let started = await this.#ports.start({ ...options, statePath });
      if (!started.ok && started.reason === 'file') {
        this.#note(`${started.message} ${UNKEPT}`);
        started = await this.#ports.start({ ...options, statePath: null });
      }
      return started.ok ? started : { ok: false, start: this.#failure(started, request) };
    } catch (error) {
      console.error(error);
      return { ok: false, start: { kind: 'failed', message: 'The servers could not be started.' } };
    }
  }

  #failure(
    started: Extract<StartedTest, { readonly ok: false }>,
    { smtpPort, addresses }: OutboundRequest,
  ): OutboundStart {
    if (started.reason === 'file') return { kind: 'failed', message: started.message };
    const { what, endpoint, failure } = started.failure;
    const advice = listeningAdvice({
      ...{ asker: 'window', what, ...endpoint, smtpPort, platform: this.#ports.platform },
      code: failure.kind === 'unreachable' ? failure.code : failure.kind,
      mailAddresses: addresses.text,
    });
    return { kind: 'cannot-listen', advice };
  }

  /** Each zone and algorithm has a key of its own, which resolvers have been told to trust; none is thrown away for another. */
  #statePath({ base, algorithm }: OutboundRequest): string {
    const { folder } = this.#ports;
    mkdirSync(folder, { recursive: true });
    const pathOf = (number: AlgorithmNumber): string => join(folder, `zone-${base}-${number}.json`);
    if (algorithm !== null) return pathOf(algorithm);
    const kept = ALGORITHMS.map(pathOf).filter((path) => existsSync(path));
    const [latest = pathOf(USUAL_ALGORITHM)] = kept.sort((a, b) => writtenAt(b) - writtenAt(a));
    return latest;
  }

  async #end(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    this.#checking?.abort();
    await running?.run.close();
  }

  #changed(report: TestReport | null): void {
    if (report === null) {
      void this.#inTurn(async () => {
        await this.#end();
        this.#note(DELETED);
        this.#ports.tell(this.#state());
      });
      return;
    }
    this.#ports.tell(this.#state(report));
  }

  #state(report = this.#running?.run.report() ?? null): OutboundState {
    this.#wish ??= this.#readWish();
    const problem = this.#problems.size === 0 ? null : [...this.#problems].join(' ');
    const common = { wish: this.#wish, problem };
    if (this.#running === null || report === null) return { kind: 'stopped', ...common };
    const { goesOn } = this.#running.run;
    return { kind: 'running', ...common, goesOn, report };
  }

  #readWish(): OutboundWish {
    const { wish, problem } = readKeptWish(this.#wishPath);
    this.#note(problem);
    return wish ?? usualWish(this.#ports.platform);
  }

  #note(problem: string | null): void {
    if (problem !== null && this.#problems.size < MAX_PROBLEMS) this.#problems.add(problem);
  }

  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }
}

/** Sentences that are shown beside each other; each is told once. */
const MAX_PROBLEMS = 5;
const USUAL_ALGORITHM: AlgorithmNumber = 13;
const ALGORITHMS: readonly AlgorithmNumber[] = [13, 14, 8, 15];
const UNKEPT = 'This test has a key of its own, which is forgotten when it is stopped.';
const DELETED =
  'The test was a day old, after which what was seen of a sender is deleted: its servers were stopped.';
const CLOSED: OutboundStart = { kind: 'failed', message: 'The window was closed.' };

function unasked(problem: string): ResolverChecks {
  return { checks: [], problem };
}

function shownCheck({
  resolver: { address, port },
  ...check
}: Awaited<ReturnType<typeof checkTestResolvers>>[number]): ResolverChecks['checks'][number] {
  return { resolver: `${address}#${port}`, ...check };
}

function writtenAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
