/** One test of one sender: its recipients, and which of all that the servers see belongs to it. */
import { addressFromText } from '../dns/address.ts';
import type { MailStep, Observation } from './observation.ts';
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
 * name: it is the run’s where no other run was open, or where its sender is known from this run alone. Once the
 * run’s sender is known, strangers who knock at a port that is open to all are told from it. A resolver’s
 * question is the run’s only where no other run was open.
 */
export function ownObservations(
  run: TestRun,
  runs: readonly TestRun[],
  observations: readonly Observation[],
): readonly Observation[] {
  const named = aliasesByConnection(observations);
  const senders = sendersByAlias(observations);
  const isKin = kinship(run.alias, named, observations);
  return observations.filter(({ at, seen }) => {
    if (at < run.startedAt || at > endOf(run)) return false;
    const alone = runs.every((other) => other.alias === run.alias || !isOpen(other, at));
    if (seen.kind === 'dns') return alone;
    const aliases = named.get(seen.connection);
    if (aliases !== undefined) return aliases.has(run.alias);
    if (alone) return isKin(seen);
    const knownTo = runs.filter(
      (other) => isOpen(other, at) && senders.get(other.alias)?.has(seen.from) === true,
    );
    return knownTo.length === 1 && knownTo[0]?.alias === run.alias;
  });
}

/** Whether it may be the same sender: large ones have many machines, in one network or under one name. */
function kinship(
  alias: string,
  named: ReadonlyMap<string, ReadonlySet<string>>,
  observations: readonly Observation[],
): (seen: MailStep) => boolean {
  const greetings = new Map<string, string>();
  for (const { seen } of observations) {
    if (seen.kind !== 'smtp' || seen.step.name !== 'ehlo') continue;
    const domain = domainOf(seen.step.greeting);
    if (domain !== null) greetings.set(seen.connection, domain);
  }
  const networks = new Set<string>();
  const domains = new Set<string>();
  for (const { seen } of observations) {
    if (seen.kind !== 'smtp' || named.get(seen.connection)?.has(alias) !== true) continue;
    networks.add(networkOf(seen.from));
    const domain = greetings.get(seen.connection);
    if (domain !== undefined) domains.add(domain);
  }
  return ({ connection, from }) =>
    networks.size === 0 ||
    networks.has(networkOf(from)) ||
    domains.has(greetings.get(connection) ?? '');
}

/** What stands behind the first label of a host’s name; null where that is one label, which half the world shares. */
function domainOf(greeting: string): string | null {
  const domain = greeting.toLowerCase().replace(/\.$/, '').split('.').slice(1);
  return domain.length < 2 || domain.includes('') ? null : domain.join('.');
}

/** 24 bits of an IPv4 address, 48 of an IPv6 one: what one operator has at least. */
function networkOf(address: string): string {
  const octets = addressFromText(address);
  if (octets === null) return address;
  return octets.subarray(0, octets.length === 4 ? 3 : 6).join('.');
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
