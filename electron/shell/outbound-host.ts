/** The test of a sender as the window sees it: answers its questions, holds the servers, and tells how it stands. */
import { join } from 'node:path';
import type { App, BrowserWindow } from 'electron';
import type {
  OutboundStart,
  OutboundState,
  OutboundWish,
  ResolverChecks,
} from '../../shared/ipc/outbound.ts';
import { readNameServer } from '../../shared/lab/place.ts';
import type { TestReport } from '../../shared/lab/test-report.ts';
import { checkTestResolvers, composeOutboundTest, forgetOldRows } from '../compose.ts';
import type { Handle } from './ipc-host.ts';
import { readWish, usualWish, type OutboundRequest } from './outbound-request.ts';
import { OutboundRun } from './outbound-run.ts';
import { forgetOld, startServers, type ServerPorts } from './outbound-servers.ts';
import { keepWish, readKeptWish } from './outbound-wish-file.ts';
import { tell } from './tell.ts';

/** Gives what answers for this subject. */
export function hostOutbound(
  app: Pick<App, 'getPath' | 'on' | 'quit'>,
  window: BrowserWindow,
): (handle: Handle) => void {
  const host = new OutboundHost({
    folder: join(app.getPath('userData'), 'outbound'),
    platform: process.platform,
    now: Date.now,
    start: composeOutboundTest,
    check: checkTestResolvers,
    forget: forgetOldRows,
    tell: (state) => {
      tell(window, 'outbound:changed', state);
    },
  });
  window.on('closed', () => void host.close());
  let isOver = false;
  app.on('will-quit', (event) => {
    if (isOver || !host.isBusy) return;
    // What was seen last is not on the disk yet.
    event.preventDefault();
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      app.quit();
    };
    void host.close().finally(end);
    setTimeout(end, QUIT_MS);
  });
  return (handle) => {
    handle('outbound:read', () => host.read());
    handle('outbound:start', (wish) => host.start(wish));
    handle('outbound:again', () => host.again());
    handle('outbound:stop', () => host.stop());
    handle('outbound:check', ({ resolver }) => host.check(resolver));
  };
}

/** Milliseconds that the end of the program waits for the servers to close. */
const QUIT_MS = 2000;

export interface OutboundPorts extends ServerPorts {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly check: typeof checkTestResolvers;
  readonly tell: (state: OutboundState) => void;
}

interface Running {
  readonly run: OutboundRun;
  readonly request: OutboundRequest;
  /** Null: nothing is kept. */
  readonly statePath: string | null;
}

export class OutboundHost {
  readonly #ports: OutboundPorts;
  readonly #wishPath: string;
  /** Starts and stops, one after the other. */
  #turn: Promise<void> = Promise.resolve();
  #wish: OutboundWish | null = null;
  #running: Running | null = null;
  #isClosed = false;
  #closing: Promise<void> | null = null;
  /** Things that are being done. */
  #works = 0;
  #forgetting: ReturnType<typeof setInterval> | null = null;
  /** What is wrong with what is kept, a sentence each. */
  readonly #problems = new Set<string>();
  #checking: AbortController | null = null;
  /** As it was typed. */
  #resolver: string | null = null;

  constructor(ports: OutboundPorts) {
    this.#ports = ports;
    this.#wishPath = join(ports.folder, 'wish.json');
  }

  /** Something runs, begins or ends. */
  get isBusy(): boolean {
    return this.#running !== null || this.#works > 0;
  }

  read(): Promise<OutboundState> {
    return this.#inTurn(() => {
      if (this.#forgetting === null && !this.#isClosed) {
        const forget = (): void => forgetOld(this.#ports, this.#running?.statePath ?? null);
        this.#forgetting = setInterval(() => void this.#inTurn(forget), FORGET_MS);
        forget();
      }
      return this.#state();
    });
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
    this.#resolver = typed;
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

  /** For good: the window is gone. A start that is under way ends itself. */
  close(): Promise<void> {
    this.#isClosed = true;
    if (this.#forgetting !== null) clearInterval(this.#forgetting);
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    this.#works += 1;
    await Promise.all([this.#end(), this.#turn]);
    this.#works -= 1;
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
    const started = await startServers(request, this.#ports, (problem) => {
      this.#note(problem);
      if (this.#running !== null) this.#ports.tell(this.#state());
    });
    if (!started.ok) return started.start;
    const { test, statePath } = started;
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
    this.#running = { run, request, statePath };
    this.#wish = { ...wish, open: false };
    this.#note(keepWish(this.#wishPath, this.#wish));
    return { kind: 'started', state: this.#state() };
  }

  /** The window may have been closed while something was waited for. */
  #isStopped(): boolean {
    return this.#isClosed;
  }

  async #end(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    this.#checking?.abort();
    try {
      await running?.run.close();
    } catch (error) {
      // There is nobody left to tell, and nothing more to be done.
      console.error(error);
    }
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
    return { kind: 'running', ...common, goesOn, resolver: this.#resolver, report };
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
    this.#works += 1;
    const done = this.#turn.then(work);
    const end = (): void => {
      this.#works -= 1;
    };
    this.#turn = done.then(end, end);
    return done;
  }
}

/** Milliseconds between two looks at what is too old in the files that are kept. */
const FORGET_MS = 60 * 60_000;
/** Sentences that are shown beside each other; each is told once. */
const MAX_PROBLEMS = 5;
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
