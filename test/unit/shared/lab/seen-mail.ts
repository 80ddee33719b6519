/** Runs, and what a mail server does at one of their recipients, as the servers of the test see it. */
import type { Observation, SmtpStep } from '../../../../shared/lab/observation.ts';
import { SCENARIOS, type ScenarioId } from '../../../../shared/lab/scenario.ts';
import type { TestRun } from '../../../../shared/lab/test-run.ts';

export const START = Date.UTC(2026, 10, 29, 12);
export const LATER = START + 120_000;

export const ALL = SCENARIOS.map(({ id }) => id);

export function run(alias: string, startedAt = START): TestRun {
  return { alias, startedAt, silentAfterMs: 600_000, scenarios: ALL };
}

export function steps(
  scenario: ScenarioId,
  from: string,
  connection: string,
  ...all: readonly SmtpStep[]
): readonly Observation[] {
  return all.map((step, index) => ({
    at: START + 1000 + index,
    scenario,
    seen: { kind: 'smtp', connection, from, host: 1, step },
  }));
}

export const EHLO: SmtpStep = { name: 'ehlo', greeting: 'mta', tls: true };
export const TLS: SmtpStep = {
  name: 'tls',
  version: 'TLSv1.3',
  cipher: 'x',
  serverName: null,
};
export const CLOSED: SmtpStep = { name: 'closed' };

/** Delivered over TLS. */
export function taken(scenario: ScenarioId, from: string, alias: string): readonly Observation[] {
  return steps(
    scenario,
    from,
    `${scenario}-${alias}`,
    EHLO,
    TLS,
    { name: 'recipient', alias, tls: true },
    { name: 'delivered', alias, tls: true },
    CLOSED,
  );
}

/** Left after the certificate; `name` tells connections of one address apart. */
export function kept(scenario: ScenarioId, from: string, name = 'x'): readonly Observation[] {
  return steps(scenario, from, `${scenario}-${from}-${name}`, EHLO, TLS, CLOSED);
}
