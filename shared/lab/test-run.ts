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

/** Where every situation of the run stands; `own` is what was seen of it alone. */
export function standingsOf(
  run: TestRun,
  own: readonly Observation[],
  now: number,
): readonly Standing[] {
  const { startedAt, silentAfterMs, scenarios } = run;
  const seen = byScenario(own);
  return SCENARIOS.filter(({ id }) => scenarios.includes(id)).map((scenario) =>
    standingOf(scenario, seen.get(scenario.id) ?? [], { startedAt, now, silentAfterMs }),
  );
}

/** In their order; what nothing was seen of is left out. */
export function byScenario(
  observations: readonly Observation[],
): ReadonlyMap<ScenarioId, readonly Observation[]> {
  const groups = new Map<ScenarioId, Observation[]>();
  for (const observation of observations) {
    const group = groups.get(observation.scenario);
    if (group === undefined) groups.set(observation.scenario, [observation]);
    else group.push(observation);
  }
  return groups;
}
