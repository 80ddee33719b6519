/** One test of one sender: its recipients, and which of all that the servers see belongs to it. */
import type { Observation } from './observation.ts';
import { SCENARIOS, type Scenario, type ScenarioId } from './scenario.ts';
import { standingOf, type Standing } from './standing.ts';

export interface TestRun {
  /** Local part of every recipient: cannot be guessed, so that nobody else’s mail counts. */
  readonly alias: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds after which there is no more waiting for what has not come. */
  readonly silentAfterMs: number;
  readonly scenarios: readonly ScenarioId[];
}

/** Characters of an alias: RFC 5321 §4.1.2 allows them unquoted, and nobody mixes them up. */
const ALIAS_CHARACTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
/** 18 of 31 characters: 89 bits. */
const ALIAS_LENGTH = 18;

/** `random` gives that many unpredictable octets; those that would favour some characters are left out. */
export function newAlias(random: (count: number) => Uint8Array): string {
  const even = 256 - (256 % ALIAS_CHARACTERS.length);
  let alias = '';
  while (alias.length < ALIAS_LENGTH) {
    for (const octet of random(ALIAS_LENGTH)) {
      if (octet < even && alias.length < ALIAS_LENGTH)
        alias += ALIAS_CHARACTERS[octet % ALIAS_CHARACTERS.length];
    }
  }
  return alias;
}

export interface Recipient {
  readonly scenario: Scenario;
  /** `ALIAS@SCENARIO.BASE` */
  readonly address: string;
}

export function recipientsOf({ alias, scenarios }: TestRun, base: string): readonly Recipient[] {
  return SCENARIOS.filter(({ id }) => scenarios.includes(id)).map((scenario) => ({
    scenario,
    address: `${alias}@${scenario.id}.${base}`,
  }));
}

/** Where every situation of the run stands; `runs` are all that are known, this one included. */
export function standingsOf(
  run: TestRun,
  runs: readonly TestRun[],
  observations: readonly Observation[],
  now: number,
): readonly Standing[] {
  const own = ownObservations(run, runs, observations);
  return SCENARIOS.filter(({ id }) => run.scenarios.includes(id)).map((scenario) =>
    standingOf(
      scenario,
      own.filter((observation) => observation.scenario === scenario.id),
      { startedAt: run.startedAt, now, silentAfterMs: run.silentAfterMs },
    ),
  );
}

/**
 * What names one of its recipients is the run’s, with the whole connection. Before that a connection bears no
 * name: it is the run’s where no other run was open, or where its sender is known from this run alone. A
 * resolver’s question is the run’s only where no other run was open.
 */
export function ownObservations(
  run: TestRun,
  runs: readonly TestRun[],
  observations: readonly Observation[],
): readonly Observation[] {
  const named = aliasesByConnection(observations);
  const senders = sendersByAlias(observations);
  return observations.filter(({ at, seen }) => {
    if (at < run.startedAt || at > endOf(run)) return false;
    const alone = runs.every((other) => other.alias === run.alias || !isOpen(other, at));
    if (seen.kind === 'dns') return alone;
    const aliases = named.get(seen.connection);
    if (aliases !== undefined) return aliases.has(run.alias);
    if (alone) return true;
    const knownTo = runs.filter(
      (other) => isOpen(other, at) && senders.get(other.alias)?.has(seen.from) === true,
    );
    return knownTo.length === 1 && knownTo[0]?.alias === run.alias;
  });
}

function endOf({ startedAt, silentAfterMs }: TestRun): number {
  return startedAt + silentAfterMs;
}

function isOpen(run: TestRun, at: number): boolean {
  return at >= run.startedAt && at <= endOf(run);
}

function aliasesByConnection(
  observations: readonly Observation[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const named = new Map<string, Set<string>>();
  for (const { seen } of observations) {
    if (seen.kind !== 'smtp' || seen.step.name !== 'recipient') continue;
    const aliases = named.get(seen.connection) ?? new Set();
    named.set(seen.connection, aliases.add(seen.step.alias));
  }
  return named;
}

function sendersByAlias(
  observations: readonly Observation[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const senders = new Map<string, Set<string>>();
  for (const { seen } of observations) {
    if (seen.kind !== 'smtp' || seen.step.name !== 'recipient') continue;
    const known = senders.get(seen.step.alias) ?? new Set();
    senders.set(seen.step.alias, known.add(seen.from));
  }
  return senders;
}
