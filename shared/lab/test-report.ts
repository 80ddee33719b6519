/** An outbound test as it stands: what the window shows, and what a report of it holds. */
import { conclude, type Verdict } from './conclusion.ts';
import type { Deed } from './deed.ts';
import type { DnsQuestion, MailStep, Observation } from './observation.ts';
import type { Endpoint } from './place.ts';
import type { ScenarioId, Worth } from './scenario.ts';
import type { Standing } from './standing.ts';
import { byScenario, recipientsOf, type TestRun } from './test-run.ts';
import { deedSentence } from './words.ts';

export interface TestReport extends TestFacts {
  /** Local part of every recipient. */
  readonly alias: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** When there is no more waiting for what has not come: ISO 8601, UTC. */
  readonly silentAt: string;
  /** When it stood like this: ISO 8601, UTC. */
  readonly at: string;
  readonly verdict: Verdict;
  /** Nothing more is waited for. */
  readonly isFinal: boolean;
  /** In the order of the table of scenarios. */
  readonly situations: readonly Situation[];
}

export interface TestFacts {
  /** The domain that the situations lie below; no trailing dot. */
  readonly base: string;
  readonly nameServer: Endpoint;
  /** The base zone’s DS record as a line of a zone file. */
  readonly trustAnchor: string;
  /** The port that senders connect to. */
  readonly smtpPort: number;
  /** Machines other than this one can reach it. */
  readonly open: boolean;
  /** Situations that no address was left for. */
  readonly leftOut: readonly ScenarioId[];
}

export interface Situation {
  readonly id: ScenarioId;
  /** `ALIAS@SCENARIO.BASE` */
  readonly recipient: string;
  readonly phase: Standing['phase'];
  /** Null until it is decided. */
  readonly deed: Deed | null;
  readonly worth: Worth | null;
  readonly basis: Standing['basis'];
  /** What the sender did, in one sentence. */
  readonly sentence: string;
  /** What was seen of it, in its order; of questions that were repeated the first. */
  readonly seen: readonly SeenStep[];
  /** Steps that are left out of `seen`, since there are too many. */
  readonly unshown: number;
}

export interface SeenStep {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly what: DnsQuestion | MailStep;
}

/** Steps of one situation; a sender makes some twenty, and a stranger no end of them. */
export const MAX_STEPS_SHOWN = 200;

/** `observations` are those of the run alone; `now` in milliseconds since the epoch. */
export function testReport(
  facts: TestFacts,
  run: TestRun,
  standings: readonly Standing[],
  observations: readonly Observation[],
  now: number,
): TestReport {
  const recipients = recipientsOf(run, facts.base);
  const seen = byScenario(observations);
  return {
    ...facts,
    alias: run.alias,
    startedAt: instant(run.startedAt),
    silentAt: instant(run.startedAt + run.silentAfterMs),
    at: instant(now),
    verdict: conclude(standings),
    isFinal: !standings.some(({ phase }) => phase === 'waiting' || phase === 'under-way'),
    situations: standings.map((standing) => {
      const { id } = standing.scenario;
      const recipient = recipients.find(({ scenario }) => scenario.id === id)?.address ?? '';
      return situationOf(standing, recipient, seen.get(id) ?? []);
    }),
  };
}

function situationOf(
  standing: Standing,
  recipient: string,
  observations: readonly Observation[],
): Situation {
  const { scenario, phase, deed, worth, basis } = standing;
  const steps = withoutRepetition(observations);
  return {
    ...{ id: scenario.id, recipient, phase, deed, worth, basis },
    sentence: deedSentence(standing),
    // The latest decide.
    seen: steps.slice(-MAX_STEPS_SHOWN).map(({ at, seen }) => ({ at: instant(at), what: seen })),
    unshown: Math.max(0, steps.length - MAX_STEPS_SHOWN),
  };
}

function withoutRepetition(observations: readonly Observation[]): readonly Observation[] {
  const asked = new Set<string>();
  return observations.filter(({ seen }) => {
    if (seen.kind !== 'dns') return true;
    const question = `${seen.from} ${seen.type} ${seen.name} ${seen.dnssec}`;
    const isNew = !asked.has(question);
    asked.add(question);
    return isNew;
  });
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
