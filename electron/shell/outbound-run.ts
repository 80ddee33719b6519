/** A test whose servers run, as the window is told of it: how it stands, and when that is told again. */
import type { Standing } from '../../shared/lab/standing.ts';
import { testReport, type TestReport } from '../../shared/lab/test-report.ts';
import type { TestRun } from '../../shared/lab/test-run.ts';
import type { OutboundTest } from '../compose.ts';
import type { OutboundRequest } from './outbound-request.ts';

export interface OutboundRunParts {
  readonly test: OutboundTest;
  readonly request: Pick<OutboundRequest, 'smtpPort' | 'open'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told how it stands, soon after that may have changed. */
  readonly changed: (report: TestReport | null) => void;
}

/** Milliseconds between two messages to the window, which draws all of each. */
const TELL_INTERVAL_MS = 200;
/** Times as long as one took: strangers who come without end leave the program four fifths of its time. */
const REST_FACTOR = 4;
/** Milliseconds: what time alone decides is looked at no sooner, lest a clock that was set back keep us busy. */
const MIN_WAIT_MS = 500;
/** Milliseconds: and no later, lest a clock that was set ahead keep it from being told. */
const MAX_WAIT_MS = 10_000;
/** Milliseconds that a timer may come too early. */
const TIMER_SLACK_MS = 20;

export class OutboundRun {
  readonly test: OutboundTest;
  readonly #parts: OutboundRunParts;
  readonly #ended = new AbortController();
  readonly #stopListening: () => void;
  #run: TestRun;
  #goesOn: boolean;
  #telling: ReturnType<typeof setTimeout> | null = null;
  #waiting: ReturnType<typeof setTimeout> | null = null;
  #closing: Promise<void> | null = null;
  /** Milliseconds until what changes now is told. */
  #pause = TELL_INTERVAL_MS;

  /** One that still waits for something goes on; else a new one begins. */
  constructor(parts: OutboundRunParts) {
    this.#parts = parts;
    this.test = parts.test;
    const earlier = parts.test.openRun();
    this.#goesOn = earlier !== null;
    this.#run = earlier ?? parts.test.begin();
    this.#stopListening = parts.test.onChange(() => {
      this.#telling ??= setTimeout(() => {
        this.#tell();
      }, this.#pause);
    });
    this.#wait(parts.test.standings(this.#run.alias));
  }

  /** It was begun before this start of the servers. */
  get goesOn(): boolean {
    return this.#goesOn;
  }

  /** Aborted when it ends. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Other recipients, of the same servers, for the same sender. */
  again(): void {
    this.#run = this.test.begin(this.#run.alias);
    this.#goesOn = false;
    this.#wait(this.test.standings(this.#run.alias));
  }

  /** How it stands; null where it is so old that it is not kept any more. */
  report(): TestReport | null {
    return this.#report(this.test.standings(this.#run.alias));
  }

  /** The servers, too; harmless when repeated. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    this.#stopListening();
    this.#rest();
    this.#ended.abort();
    await this.test.close();
  }

  #report(standings: readonly Standing[] | null): TestReport | null {
    const { test, request } = this.#parts;
    const seen = test.seen(this.#run.alias);
    if (standings === null || seen === null) return null;
    const { base, nameServer, trustAnchor, leftOut } = test;
    const { smtpPort, open } = request;
    const facts = { base, nameServer, trustAnchor, smtpPort, open, leftOut };
    return testReport(facts, this.#run, standings, seen, test.now());
  }

  #rest(): void {
    if (this.#telling !== null) clearTimeout(this.#telling);
    if (this.#waiting !== null) clearTimeout(this.#waiting);
    this.#telling = null;
    this.#waiting = null;
  }

  #tell(): void {
    this.#rest();
    const began = performance.now();
    const standings = this.test.standings(this.#run.alias);
    this.#parts.changed(this.#report(standings));
    const took = performance.now() - began;
    this.#pause = Math.min(Math.max(TELL_INTERVAL_MS, took * REST_FACTOR), MAX_WAIT_MS);
    if (!this.signal.aborted) this.#wait(standings);
  }

  /** Until time alone may have decided something. */
  #wait(standings: readonly Standing[] | null): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting);
    this.#waiting = null;
    const times = (standings ?? []).flatMap(({ nextAt }) => (nextAt === null ? [] : [nextAt]));
    if (times.length === 0) return;
    const left = Math.min(...times) - this.#parts.now() + TIMER_SLACK_MS;
    this.#waiting = setTimeout(
      () => {
        this.#tell();
      },
      Math.min(Math.max(left, MIN_WAIT_MS, this.#pause), MAX_WAIT_MS),
    );
  }
}
