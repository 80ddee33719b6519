/** Runs the stages of one inspection side by side and tells their events in order, within the time for one domain. */
import { setMaxListeners } from 'node:events';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { withDetective } from './detective.ts';
import { createEventQueue } from './event-queue.ts';
import { MAX_INSPECTION_MS } from './limits.ts';
import type { InspectionPorts, InspectionQuery } from './ports.ts';
import { createRun, elapsed, tellLimit, type Run } from './run.ts';

/**
 * Begins with `started` and ends with `finished`, always within `MAX_INSPECTION_MS`; an abort of `signal`
 * throws its reason. All work ends with the generator, also when the reader stops early.
 */
export async function* conduct(
  query: InspectionQuery,
  ports: InspectionPorts,
  stages: (run: Run) => Promise<void>,
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
  const work = fromStartToEnd(run, stages, controller, signal).then(
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

/** RFC 1035 §4.2. */
const DNS_PORT = 53;

async function fromStartToEnd(
  run: Run,
  stages: (run: Run) => Promise<void>,
  controller: AbortController,
  outer: AbortSignal,
): Promise<void> {
  const { query, ports } = run;
  run.emit({
    kind: 'started',
    domain: query.domain.key,
    at: new Date(query.at).toISOString(),
    startedAt: new Date(ports.clock.now()).toISOString(),
    version: query.version,
    resolver: query.resolver,
    smtpPort: query.smtpPort,
    ...(query.dnsPort === DNS_PORT ? {} : { dnsPort: query.dnsPort }),
    smtp: query.smtp,
    ...(query.proxy === null ? {} : { proxy: query.proxy }),
    ...(query.ownTrust === true ? { ownTrust: true } : {}),
  });
  let late = false;
  const cancelTimer = ports.clock.setTimer(MAX_INSPECTION_MS, () => {
    late = true;
    controller.abort(new Error('MAX_INSPECTION_MS'));
  });
  try {
    await stages(run);
  } catch (error) {
    // Only our own deadline ends in a report; a person's abort and bugs are passed on.
    if (!late || outer.aborted) throw error;
    tellLimit(run, query.domain.key, 'MAX_INSPECTION_MS');
  } finally {
    cancelTimer();
  }
  run.emit({ kind: 'finished', durationMs: elapsed(run), queries: ports.resolver.queries() });
}

/** Waits for all even when one fails, so that nothing is left running; then fails with the first. */
export async function settleAll(work: readonly Promise<void>[]): Promise<void> {
  const settled = await Promise.allSettled(work);
  for (const result of settled) if (result.status === 'rejected') throw result.reason;
}
