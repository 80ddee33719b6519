/** Says again what was recorded of a run, in the place of name servers, mail servers and the policy file. */
import { fromHex } from '../../shared/dns/bytes.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import type {
  RecordedProbe,
  RecordedProbeResult,
  RecordedRun,
} from '../../shared/inspection/recorded-run.ts';
import type { InspectionPorts, ProbeTarget } from '../inspection/ports.ts';
import type { Network } from '../net/network.ts';
import { createVirtualClock, type SimulatedClock } from '../net/simulated-clock.ts';
import type { ProbeResult } from '../smtp/probe.ts';
import { createQueues } from './queues.ts';
import { createReplayingNetwork } from './replaying-network.ts';
import { createRunRandom } from './run-random.ts';
import type { Witness } from './witness.ts';

export interface Replayer {
  /** For the core that the run is gone through on. */
  readonly network: Network;
  readonly witness: Witness;
  /** What it cost is a fact of the recorded run: nothing is sent now. */
  listen(events: AsyncGenerator<InspectionEvent>): AsyncGenerator<InspectionEvent, void, void>;
}

/** Nothing is asked of any server, and nothing waits: the clock jumps from one recorded moment to the next. */
export function createReplayer(run: RecordedRun): Replayer {
  const { settings } = run;
  const clock = createVirtualClock(settings.startedAt);
  return {
    network: createReplayingNetwork(run, clock),
    witness: {
      random: createRunRandom(fromHex(settings.seed) ?? new Uint8Array(0)),
      network: (network) => network,
      query: (query) => ({ ...query, proxy: settings.proxy }),
      ports: (ports) => ({
        ...ports,
        probe: replayingProbe(run, clock),
        fetchPolicyFile: replayingPolicyFile(run, clock),
      }),
    },
    async *listen(source) {
      const finished = run.events.find(({ kind }) => kind === 'finished');
      for await (const event of source) {
        yield event.kind === 'finished' && finished !== undefined ? finished : event;
      }
    },
  };
}

function replayingProbe({ probes }: RecordedRun, clock: SimulatedClock): InspectionPorts['probe'] {
  const recorded = createQueues(probes, keyOf);
  return async (target, signal) => {
    const probe = recorded.take(keyOf(target));
    await pass(clock, probe?.afterMs ?? 0, signal);
    return probe === null ? notRecorded(target) : restored(probe.result, clock, signal);
  };
}

function keyOf({ address, port, serverName, keyTypes }: ProbeTarget | RecordedProbe): string {
  return `${address}#${port} ${serverName ?? ''} ${keyTypes?.join() ?? ''}`;
}

function restored(
  { session, parting, ...rest }: RecordedProbeResult,
  clock: SimulatedClock,
  signal: AbortSignal,
): ProbeResult {
  const presented = session?.presented.map((der) => fromHex(der) ?? new Uint8Array(0)) ?? [];
  const farewell = takeLeave(parting, clock, signal);
  // Unheard unless somebody waits for it.
  farewell.catch(() => undefined);
  return {
    ...rest,
    session: session === null ? null : { ...session, presented },
    parting: farewell,
  };
}

async function takeLeave(
  parting: RecordedProbeResult['parting'],
  clock: SimulatedClock,
  signal: AbortSignal,
): Promise<string | null> {
  if (parting === null) return null;
  await pass(clock, parting.afterMs, signal);
  return parting.words;
}

function notRecorded({ address, serverName, keyTypes }: ProbeTarget): ProbeResult {
  return {
    address,
    offer: keyTypes?.[0] ?? (serverName === null ? 'no-sni' : 'usual'),
    source: 'network',
    serverName,
    stage: 'connect',
    failure: 'skipped',
    error: 'the case holds no conversation with it',
    banner: null,
    starttls: null,
    injected: false,
    session: null,
    transcript: [],
    stages: [],
    parting: Promise.resolve(null),
  };
}

function replayingPolicyFile(
  { policyFiles }: RecordedRun,
  clock: SimulatedClock,
): InspectionPorts['fetchPolicyFile'] {
  const recorded = createQueues(policyFiles, ({ host }) => host);
  return async ({ host }, signal) => {
    const found = recorded.take(host);
    await pass(clock, found?.afterMs ?? 0, signal);
    return found?.file ?? { kind: 'failed', reason: 'the case does not hold the policy file' };
  };
}

/** Rejects with the signal's reason when it aborts first. */
function pass(clock: SimulatedClock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const cancel = clock.deliver(ms, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    const onAbort = (): void => {
      cancel();
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
