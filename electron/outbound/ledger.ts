/** What the servers of the outbound test saw, and the runs it belongs to; nothing else is kept. */
import type { Observation } from '../../shared/lab/observation.ts';
import type { ScenarioId } from '../../shared/lab/scenario.ts';
import type { Standing } from '../../shared/lab/standing.ts';
import { newAlias, ownObservations, standingsOf, type TestRun } from '../../shared/lab/test-run.ts';
import type { SigningAlgorithm } from '../lab/zone-key.ts';
import type { Clock } from '../net/network.ts';
import type { ReceiverPorts } from './conversation.ts';
import type { KeptKeys } from './host-keys.ts';
import { MAX_OBSERVATIONS, pruned, type OutboundState } from './state.ts';

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

/** Things seen of one address: who asks without end pushes out what is its own, and nobody else’s. */
const MAX_PER_SOURCE = 4000;
/** Milliseconds between two looks at what has grown old. */
const PRUNE_EVERY_MS = 60_000;

export type ChangeListener = (seen: Observation | null) => void;

export class Ledger {
  readonly receiverPorts: ReceiverPorts;
  readonly #options: LedgerOptions;
  readonly #ports: LedgerPorts;
  readonly #listeners = new Set<ChangeListener>();
  readonly #counts = new Map<string, number>();
  #runs: readonly TestRun[];
  #observations: Observation[];
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

  begin(): TestRun {
    const { scenarios, silentAfterMs } = this.#options;
    const startedAt = this.#ports.clock.now();
    const run = { alias: newAlias(this.#ports.random), startedAt, silentAfterMs, scenarios };
    this.#runs = [...this.#runs, run];
    this.#prune();
    this.#changed(null);
    return run;
  }

  observe(observation: Observation): void {
    // What belongs to no test is not kept: strangers leave no trace.
    const { at } = observation;
    const wanted = this.#runs.some(
      ({ startedAt, silentAfterMs }) => startedAt <= at && at <= startedAt + silentAfterMs,
    );
    if (!wanted) return;
    this.#observations.push(observation);
    this.#makeRoom(observation.seen.from);
    this.#changed(observation);
  }

  standings(alias: string): readonly Standing[] | null {
    const run = this.#runs.find((each) => each.alias === alias);
    if (run === undefined) return null;
    return standingsOf(run, this.#runs, this.#observations, this.#ports.clock.now());
  }

  /** What was seen of this run, in its order; null for a run that is not kept any more. */
  seen(alias: string): readonly Observation[] | null {
    const run = this.#runs.find((each) => each.alias === alias);
    return run === undefined ? null : ownObservations(run, this.#runs, this.#observations);
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
    this.#count();
    this.#changed(null);
  }

  #makeRoom(source: string): void {
    const count = (this.#counts.get(source) ?? 0) + 1;
    this.#counts.set(source, count);
    if (count > MAX_PER_SOURCE) {
      const oldest = this.#observations.findIndex(({ seen }) => seen.from === source);
      this.#observations.splice(oldest, 1);
      this.#counts.set(source, count - 1);
    } else if (this.#observations.length > MAX_OBSERVATIONS) {
      this.#observations.shift();
      this.#count();
    }
  }

  #count(): void {
    this.#counts.clear();
    for (const { seen } of this.#observations)
      this.#counts.set(seen.from, (this.#counts.get(seen.from) ?? 0) + 1);
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
    this.#count();
    return runs.length + observations.length < before;
  }

  #pruneLater(): void {
    this.#stopPruning = this.#ports.clock.setTimer(PRUNE_EVERY_MS, () => {
      if (this.#prune()) this.#changed(null);
      this.#pruneLater();
    });
  }

  #changed(seen: Observation | null): void {
    this.#ports.keep(() => this.state());
    for (const listener of this.#listeners) listener(seen);
  }
}
