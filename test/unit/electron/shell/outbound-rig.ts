// A test of a sender without servers, that sees what it is told to see, and a host around it.
import { OutboundHost, type OutboundPorts } from '../../../../electron/shell/outbound-host.ts';
import type { OutboundTest, StartedTest } from '../../../../electron/compose.ts';
import type { OutboundState, OutboundWish } from '../../../../shared/ipc/outbound.ts';
import type { Observation, SmtpStep } from '../../../../shared/lab/observation.ts';
import { SCENARIOS, type ScenarioId } from '../../../../shared/lab/scenario.ts';
import { standingOf } from '../../../../shared/lab/standing.ts';
import type { TestRun } from '../../../../shared/lab/test-run.ts';

export const WISH: OutboundWish = {
  base: 'havedane.test',
  nameServer: '127.61.0.53#46053',
  addresses: '127.61.0.1-127.61.0.20',
  ...{ smtpPort: 42_625, listenPort: 42_625, algorithm: null, seconds: 600, open: false },
};

export interface FakeTest extends OutboundTest {
  readonly closed: () => number;
  readonly listeners: () => number;
  see(scenario: ScenarioId, connection: string, step: SmtpStep): void;
  /** As the ledger does it after a day. */
  forget(): void;
}

/** `now` is the clock of the servers. */
export function fakeTest(now: () => number = Date.now, earlier: TestRun | null = null): FakeTest {
  let runs: readonly TestRun[] = earlier === null ? [] : [earlier];
  let observations: readonly Observation[] = [];
  let closed = 0;
  const listeners = new Set<(seen: Observation | null) => void>();
  const changed = (seen: Observation | null): void => {
    for (const listener of listeners) listener(seen);
  };
  const runOf = (alias: string) => runs.find((run) => run.alias === alias);
  const ownOf = ({ startedAt }: TestRun) => observations.filter(({ at }) => at >= startedAt);
  return {
    ...{ base: 'havedane.test', trustAnchor: 'anchor', zoneText: '', hosts: [], leftOut: [] },
    nameServer: { address: '127.61.0.53', port: 46_053 },
    now,
    begin(instead) {
      runs = runs.map((run) => (run.alias === instead ? { ...run, silentAfterMs: 1 } : run));
      const scenarios = SCENARIOS.map(({ id }) => id);
      const alias = `alias${runs.length + 1}`;
      const run = { alias, startedAt: now(), silentAfterMs: 60_000, scenarios };
      runs = [...runs, run];
      changed(null);
      return run;
    },
    openRun: () => earlier,
    runs: () => runs,
    standings(alias) {
      const run = runOf(alias);
      if (run === undefined) return null;
      const { startedAt, silentAfterMs } = run;
      return SCENARIOS.map((scenario) => {
        const own = ownOf(run).filter((each) => each.scenario === scenario.id);
        return standingOf(scenario, own, { startedAt, silentAfterMs, now: now() });
      });
    },
    seen(alias) {
      const run = runOf(alias);
      return run === undefined ? null : ownOf(run);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed += 1;
      return Promise.resolve();
    },
    closed: () => closed,
    listeners: () => listeners.size,
    see(scenario, connection, step) {
      const seen = { kind: 'smtp' as const, connection, from: '127.0.0.1', host: 1, step };
      const observation = { at: now(), scenario, seen };
      observations = [...observations, observation];
      changed(observation);
    },
    forget() {
      runs = [];
      changed(null);
    },
  };
}

/** What comes of a promise is decided later. */
export function later<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

export function started(test: OutboundTest): StartedTest {
  return { ok: true, test };
}

export function hostIn(folder: string, ports: Partial<OutboundPorts> = {}) {
  const told: OutboundState[] = [];
  const host = new OutboundHost({
    ...{ folder, platform: 'linux', now: Date.now },
    start: () => Promise.resolve(started(fakeTest())),
    check: () => Promise.resolve([]),
    forget: () => undefined,
    tell: (state) => told.push(state),
    ...ports,
  });
  return { host, told };
}

/** Of a state or a reply that holds one; throws where no test runs. */
export function reportIn(state: OutboundState) {
  if (state.kind !== 'running') throw new Error(`no test runs: ${state.problem ?? ''}`);
  return state.report;
}
