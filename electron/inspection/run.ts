/** What the stages of one inspection share: the question, the ports, the signal, and where events go. */
import pLimit, { type LimitFunction } from 'p-limit';
import type { Observation } from '../../shared/dnssec/reason.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import type { LookUp } from '../resolver/resolver.ts';
import type { InspectionPorts, InspectionQuery } from './ports.ts';
import { zoneReports } from './look-up-report.ts';
import { createAskedServers, type AskedServers } from './server-questions.ts';

export interface Run {
  readonly query: InspectionQuery;
  readonly ports: InspectionPorts;
  readonly signal: AbortSignal;
  readonly emit: (event: InspectionEvent) => void;
  readonly probes: LimitFunction;
  /** Questions to single servers: names that hosts share are asked for once. */
  readonly asked: AskedServers;
  readonly startedMonotonic: number;
}

export function createRun(
  query: InspectionQuery,
  ports: InspectionPorts,
  signal: AbortSignal,
  emit: (event: InspectionEvent) => void,
): Run {
  return {
    query,
    ports,
    signal,
    emit,
    probes: pLimit(query.maxConnections),
    asked: createAskedServers(),
    startedMonotonic: ports.clock.monotonic(),
  };
}

/** Says what is being done now. */
export function tellStep(run: Run, step: string): void {
  run.emit({
    kind: 'progress',
    step,
    queries: run.ports.resolver.queries(),
    elapsedMs: elapsed(run),
  });
}

export function elapsed(run: Run): number {
  return Math.round(run.ports.clock.monotonic() - run.startedMonotonic);
}

/** Tells what the resolver noticed and learnt on the way of a look-up. */
export function tellLookUp(run: Run, lookUp: LookUp): void {
  tellObservations(run, lookUp.observations);
  if (lookUp.zones.length > 0) run.emit({ kind: 'zones', zones: zoneReports(lookUp.zones) });
}

export function tellObservations(run: Run, observations: readonly Observation[]): void {
  if (observations.length > 0) run.emit({ kind: 'observed', observations });
}

/** One of our bounds left something out. */
export function tellLimit(run: Run, subject: string, limit: string): void {
  tellObservations(run, [{ code: 'limit-reached', subject, parameters: { limit } }]);
}
