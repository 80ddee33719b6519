/** One inspection of one domain, as a stream of events (RFC 7672 from a sender's point of view). */
import { setMaxListeners } from 'node:events';
import type { Name } from '../../shared/dns/name.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { withDetective } from './detective.ts';
import { createEventQueue } from './event-queue.ts';
import { inspectHost } from './host.ts';
import { MAX_INSPECTION_MS } from './limits.ts';
import { findHosts } from './mx.ts';
import { inspectPolicy } from './policy.ts';
import type { InspectionPorts, InspectionQuery } from './ports.ts';
import { createRun, elapsed, tellLimit, tellStep, type Run } from './run.ts';
import { allowFor } from './server-questions.ts';
import { conductSurvey } from './survey.ts';
import type { Place } from './survey-plan.ts';

/**
 * Ends with `finished`, always within `MAX_INSPECTION_MS`; an abort of `signal` throws its reason.
 * All work ends with the generator, also when the reader stops early.
 */
export async function* inspect(
  query: InspectionQuery,
  ports: InspectionPorts,
  signal: AbortSignal,
): AsyncGenerator<InspectionEvent, void, void> {
  signal.throwIfAborted();
  const queue = createEventQueue<InspectionEvent>();
  const controller = new AbortController();
  // Every question and connection of the run listens to it; Node would take eleven for a leak.
  setMaxListeners(0, controller.signal);
  const follow = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', follow, { once: true });
  const run = createRun(query, ports, controller.signal, withDetective(queue.push, ports.crypto));
  const work = conduct(run, controller, signal).then(
    () => queue.close(),
    (error: unknown) => queue.close(error instanceof Error ? error : new Error(String(error))),
  );
  try {
    yield* queue.read();
  } finally {
    signal.removeEventListener('abort', follow);
    controller.abort(new Error('the inspection is over'));
    await work;
  }
}

async function conduct(run: Run, controller: AbortController, outer: AbortSignal): Promise<void> {
  const { query, ports } = run;
  run.emit({
    kind: 'started',
    domain: query.domain.key,
    at: new Date(query.at).toISOString(),
    startedAt: new Date(ports.clock.now()).toISOString(),
    version: query.version,
    resolver: query.resolver,
    smtpPort: query.smtpPort,
    smtp: query.smtp,
    ...(query.proxy === null ? {} : { proxy: query.proxy }),
  });
  let late = false;
  const cancelTimer = ports.clock.setTimer(MAX_INSPECTION_MS, () => {
    late = true;
    controller.abort(new Error('MAX_INSPECTION_MS'));
  });
  try {
    await inspectAll(run);
  } catch (error) {
    // Only our own deadline ends in a report; a person's abort and bugs are passed on.
    if (!late || outer.aborted) throw error;
    tellLimit(run, query.domain.key, 'MAX_INSPECTION_MS');
  } finally {
    cancelTimer();
  }
  run.emit({ kind: 'finished', durationMs: elapsed(run), queries: ports.resolver.queries() });
}

async function inspectAll(run: Run): Promise<void> {
  const { hosts, nextHops, owner } = await findHosts(run);
  allowFor(run.asked, hosts.length);
  const places = createPlaces(hosts);
  const mxPlace = owner === null ? Promise.resolve([]) : placeOfMx(run, owner);
  const survey = conductSurvey(run, gather([mxPlace, ...places.found]));
  if (hosts.length > 0)
    tellStep(run, `Looking at ${hosts.length} mail ${hosts.length === 1 ? 'host' : 'hosts'}`);
  await settleAll([
    ...hosts.map((host, index) =>
      inspectHost(run, host, nextHops, {
        surveyed: survey.begun,
        locate: (found) => places.locate(index, found),
      }),
    ),
    survey.done,
    inspectPolicy(run, hosts),
  ]);
}

async function placeOfMx(run: Run, owner: Name): Promise<readonly Place[]> {
  const zone = await run.ports.resolver.zoneOf(owner, run.signal);
  return [{ kind: 'mx', name: owner, zone }];
}

async function gather(found: readonly Promise<readonly Place[]>[]): Promise<readonly Place[]> {
  return (await Promise.all(found)).flat();
}

/** Where each host lives, as soon as that host knows. */
function createPlaces(hosts: readonly Name[]): {
  readonly found: readonly Promise<readonly Place[]>[];
  readonly locate: (index: number, places: readonly Place[]) => void;
} {
  const tellers: ((places: readonly Place[]) => void)[] = [];
  const found = hosts.map(() => new Promise<readonly Place[]>((resolve) => tellers.push(resolve)));
  return { found, locate: (index, places) => tellers[index]?.(places) };
}

/** Waits for all even when one fails, so that nothing is left running; then fails with the first. */
async function settleAll(work: readonly Promise<void>[]): Promise<void> {
  const settled = await Promise.allSettled(work);
  for (const result of settled) if (result.status === 'rejected') throw result.reason;
}
