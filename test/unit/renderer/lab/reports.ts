// Reports of an outbound test as the process behind the window tells them.
import type { SmtpStep } from '../../../../shared/lab/observation.ts';
import { SCENARIOS, type ScenarioId } from '../../../../shared/lab/scenario.ts';
import type { SeenStep, Situation, TestReport } from '../../../../shared/lab/test-report.ts';
import type { OutboundState, OutboundWish } from '../../../../shared/ipc/outbound.ts';

export const WISH: OutboundWish = {
  base: 'havedane.test',
  nameServer: '127.25.0.53#5300',
  addresses: '127.25.0.1-127.25.0.20',
  smtpPort: 25,
  listenPort: 25,
  algorithm: null,
  seconds: 600,
  open: false,
};

export const STOPPED: OutboundState = { kind: 'stopped', wish: WISH, problem: null };

export function running(report: TestReport, resolver: string | null = null): OutboundState {
  return { kind: 'running', wish: WISH, problem: null, goesOn: false, resolver, report };
}

/** Nothing was seen, unless `changes` says so. */
export function reportWith(
  changes: Partial<TestReport> = {},
  situations: Readonly<Partial<Record<ScenarioId, Partial<Situation>>>> = {},
): TestReport {
  return {
    base: 'havedane.test',
    nameServer: { address: '127.25.0.53', port: 5300 },
    trustAnchor: `havedane.test. 60 IN DS 8033 13 2 ${'4f'.repeat(32)}`,
    smtpPort: 25,
    open: false,
    leftOut: [],
    alias: 'abcdefghjkmnpqrstu',
    startedAt: '2026-11-29T17:00:00.000Z',
    silentAt: '2026-11-29T17:10:00.000Z',
    at: '2026-11-29T17:04:05.000Z',
    verdict: { conclusion: 'open', because: [], unknown: [] },
    isFinal: false,
    situations: SCENARIOS.map(({ id }) => ({
      ...waiting(id),
      ...situations[id],
    })),
    ...changes,
  };
}

function waiting(id: ScenarioId): Situation {
  return {
    id,
    recipient: `abcdefghjkmnpqrstu@${id}.havedane.test`,
    ...{ phase: 'waiting', deed: null, worth: null, basis: null },
    ...{ sentence: 'Nothing seen yet.', seen: [], unshown: 0 },
  };
}

export function mailStep(step: SmtpStep, connection = 'c1', host = 1): SeenStep {
  const what = { kind: 'smtp', connection, from: '127.0.0.1', host, step } as const;
  return { at: '2026-11-29T17:04:05.000Z', what };
}

export function question(name: string, from = '127.0.0.2'): SeenStep {
  const what = { kind: 'dns', from, name, type: 'TLSA', dnssec: true, minimised: false } as const;
  return { at: '2026-11-29T17:04:04.000Z', what };
}
