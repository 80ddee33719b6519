/** What the servers of the outbound test saw, and the runs it belongs to; nothing else is kept. */
import { attribute } from '../../shared/lab/attribution.ts';
import type { Observation } from '../../shared/lab/observation.ts';
import type { ScenarioId } from '../../shared/lab/scenario.ts';
import type { Standing } from '../../shared/lab/standing.ts';
import { newAlias, standingsOf, type TestRun } from '../../shared/lab/test-run.ts';
import type { SigningAlgorithm } from '../lab/zone-key.ts';
import type { Clock } from '../net/network.ts';
import type { ReceiverPorts } from './conversation.ts';
import { fairShare } from './fair-share.ts';
import type { KeptKeys } from './host-keys.ts';
import { QuestionFilter } from './question-filter.ts';
import { MAX_OBSERVATIONS, MAX_RUNS, pruned, type OutboundState } from './state.ts';

export interface LedgerOptions {
  readonly base: string;
  readonly algorithm: SigningAlgorithm;
  /** PKCS #8, base64. */
  readonly zoneKey: string;
  readonly hostKeys: KeptKeys;
  readonly scenarios: readonly ScenarioId[];
  readonly silentAfterMs: number;
}

export interface LedgerPorts {
  readonly clock: Clock;
  readonly random: (count: number) => Uint8Array;
  readonly kept: OutboundState | null;
  /** Told after every change; `read` gives what is to be kept then. */
  keep(read: () => OutboundState): void;
}

/** Milliseconds between two looks at what has grown old. */
const PRUNE_EVERY_MS = 60_000;

export type ChangeListener = (seen: Observation | null) => void;

export class Ledger {
  readonly receiverPorts: ReceiverPorts;
  readonly #options: LedgerOptions;
  readonly #ports: LedgerPorts;
  readonly #listeners = new Set<ChangeListener>();
  #runs: readonly TestRun[];
  #observations: Observation[];
  #questions = new QuestionFilter();
  /** By alias, what is each run’s; null after a change, until somebody wants to know. */
  #own: ReadonlyMap<string, readonly Observation[]> | null = null;
  #stopPruning: () => void = () => undefined;

  constructor(options: LedgerOptions, ports: LedgerPorts) {
    this.#options = options;
    this.#ports = ports;
    const kept = ports.kept?.base === options.base ? ports.kept : null;
    this.#runs = kept?.runs ?? [];
    this.#observations = [...(kept?.observations ?? [])];
    this.#prune();
    this.receiverPorts = {
      isRecipient: (alias, { scenario }) =>
        this.#runs.some((run) => run.alias === alias && run.scenarios.includes(scenario)),
      observe: ({ scenario, rank }, { id, from }, step) => {
        const seen = { kind: 'smtp' as const, connection: id, from, host: rank, step };
        this.observe({ at: ports.clock.now(), scenario, seen });
      },
      forget: ({ id }) => this.#forget(id),
    };
    this.#pruneLater();
  }

  get runs(): readonly TestRun[] {
    return this.#runs;
  }

  /** The latest that still waits for something, of all situations that there are now. */
  openRun(): TestRun | null {
    const now = this.#ports.clock.now();
    const { scenarios } = this.#options;
    const open = this.#runs.filter(
      (run) =>
        run.startedAt <= now &&
        now < run.startedAt + run.silentAfterMs &&
        run.scenarios.every((id) => scenarios.includes(id)),
    );
    return open.at(-1) ?? null;
  }

  /** `instead` is the alias of a run that ends with it: what the same sender does from now on is the new one’s. */
  begin(instead: string | null = null): TestRun {
    const { scenarios, silentAfterMs } = this.#options;
    const startedAt = this.#ports.clock.now();
    this.#runs = this.#runs.map((run) => (run.alias === instead ? endedBy(run, startedAt) : run));
    const run = { alias: newAlias(this.#ports.random), startedAt, silentAfterMs, scenarios };
    this.#runs = [...this.#withRoomForOne(startedAt), run];
    this.#questions = new QuestionFilter();
    this.#prune();
    this.#changed(null);
    return run;
  }

  observe(observation: Observation): void {
    // What belongs to no test is not kept: strangers leave no trace.
    const { at, scenario, seen } = observation;
    const wanted = this.#runs.some(
      ({ startedAt, silentAfterMs }) => startedAt <= at && at <= startedAt + silentAfterMs,
    );
    if (!wanted || (seen.kind === 'dns' && !this.#questions.wants(scenario, seen))) return;
    this.#observations.push(observation);
    if (this.#observations.length > MAX_OBSERVATIONS)
      this.#observations = [...fairShare(this.#observations)];
    this.#changed(observation);
  }

  standings(alias: string): readonly Standing[] | null {
    const run = this.#runs.find((each) => each.alias === alias);
    if (run === undefined) return null;
    return standingsOf(run, this.#ownOf(run), this.#ports.clock.now());
  }

  /** What was seen of this run, in its order; null for a run that is not kept any more. */
  seen(alias: string): readonly Observation[] | null {
    const run = this.#runs.find((each) => each.alias === alias);
    return run === undefined ? null : this.#ownOf(run);
  }

  #ownOf({ alias }: TestRun): readonly Observation[] {
    this.#own ??= attribute(this.#runs, this.#observations);
    return this.#own.get(alias) ?? [];
  }

  /** Of too many the oldest goes that is over and was sent none: who only begins tests pushes out none that is used. */
  #withRoomForOne(now: number): readonly TestRun[] {
    if (this.#runs.length < MAX_RUNS) return this.#runs;
    const isUnused = (run: TestRun): boolean => !this.#ownOf(run).some(namesRecipient);
    const over = this.#runs.filter((run) => now >= run.startedAt + run.silentAfterMs);
    const gone = over.find(isUnused) ?? over[0] ?? this.#runs.find(isUnused) ?? this.#runs[0];
    return this.#runs.filter((run) => run !== gone);
  }

  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  close(): void {
    this.#stopPruning();
    this.#listeners.clear();
  }

  #forget(connection: string): void {
    this.#observations = this.#observations.filter(
      ({ seen }) =>
        seen.kind !== 'smtp' ||
        (seen.connection !== connection && !seen.connection.startsWith(`${connection}/`)),
    );
    this.#changed(null);
  }

  state(): OutboundState {
    const { base, algorithm, zoneKey, hostKeys } = this.#options;
    const observations = [...this.#observations];
    return { base, algorithm, zoneKey, hostKeys, runs: this.#runs, observations };
  }

  #prune(): boolean {
    const before = this.#runs.length + this.#observations.length;
    const { runs, observations } = pruned(this.state(), this.#ports.clock.now());
    this.#runs = runs;
    this.#observations = [...observations];
    this.#own = null;
    return runs.length + observations.length < before;
  }

  #pruneLater(): void {
    this.#stopPruning = this.#ports.clock.setTimer(PRUNE_EVERY_MS, () => {
      if (this.#prune()) this.#changed(null);
      this.#pruneLater();
    });
  }

  #changed(seen: Observation | null): void {
    this.#own = null;
    this.#ports.keep(() => this.state());
    for (const listener of this.#listeners) listener(seen);
  }
}

/** The last millisecond of the one is not the first of the other. */
function endedBy(run: TestRun, at: number): TestRun {
  const lasted = Math.max(1, at - run.startedAt - 1);
  return { ...run, silentAfterMs: Math.min(run.silentAfterMs, lasted) };
}

function namesRecipient({ seen }: Observation): boolean {
  return seen.kind === 'smtp' && seen.step.name === 'recipient';
}
