/** One look at a watched domain by way of the window's own inspections, within a bound of time. */
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { NetworkChoice } from '../../shared/ipc/contract.ts';
import { lookOf } from '../../shared/watch/look.ts';
import type { Inspections } from './inspections.ts';
import type { LookedAt } from './watch-rounds.ts';

/** Milliseconds; an inspection ends within a minute by its own bounds, on a busy machine in two. */
const LOOK_LIMIT_MS = 180_000;

/** Rejects only when `signal` is aborted; whatever else goes wrong is a look that failed. */
export async function lookAt(
  inspections: Pick<Inspections, 'begin'>,
  domain: string,
  network: NetworkChoice,
  signal: AbortSignal,
): Promise<LookedAt> {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(() => {
    controller.abort(new Error('too slow'));
  }, LOOK_LIMIT_MS);
  try {
    // What does not heed the signal must not keep a place for ever.
    return await Promise.race([
      inspectOnce(inspections, domain, network, controller.signal),
      whenAborted(controller.signal),
    ]);
  } catch (error) {
    signal.throwIfAborted();
    const reason = controller.signal.aborted
      ? `The inspection took longer than ${LOOK_LIMIT_MS / 60_000} minutes.`
      : `The inspection stopped because of a fault in this program (${error instanceof Error ? error.message : 'unknown'}).`;
    return failed(reason);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('called off'));
    });
  });
}

async function inspectOnce(
  inspections: Pick<Inspections, 'begin'>,
  domain: string,
  network: NetworkChoice,
  signal: AbortSignal,
): Promise<LookedAt> {
  const begun = await inspections.begin(domain, network);
  if (begun.kind === 'refused') return failed(begun.message);
  const events: InspectionEvent[] = [];
  for await (const event of begun.inspect(signal)) {
    if (event.kind !== 'progress') events.push(event);
  }
  signal.throwIfAborted();
  const look = lookOf(judge(events.reduce(gather, emptyReport(begun.domain))));
  return { look, events: look.kind === 'seen' ? events : [] };
}

function failed(reason: string): LookedAt {
  return { look: { kind: 'failed', at: Date.now(), reason, everywhere: false }, events: [] };
}
