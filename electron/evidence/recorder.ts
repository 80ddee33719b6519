/** Writes down all that one inspection is told from outside: name servers, mail servers, the policy file. */
import { randomBytes } from 'node:crypto';
import { toHex } from '../../shared/dns/bytes.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import type {
  RecordedPolicyFile,
  RecordedProbe,
  RecordedProbeResult,
  RecordedRun,
  RecordedSettings,
} from '../../shared/inspection/recorded-run.ts';
import type { InspectionClock, InspectionPorts } from '../inspection/ports.ts';
import type { ProbeResult } from '../smtp/probe.ts';
import { createRecordingNetwork, type Tape } from './recording-network.ts';
import { createRunRandom, SEED_OCTETS } from './run-random.ts';
import type { Witness } from './witness.ts';

export interface Recorder {
  readonly witness: Witness;
  /** The same events, kept as they pass. */
  listen(events: AsyncGenerator<InspectionEvent>): AsyncGenerator<InspectionEvent, void, void>;
  /** What there is so far; null when it was more than is kept. */
  run(settings: Omit<RecordedSettings, 'seed' | 'startedAt'>): RecordedRun | null;
}

/** One for each run. */
export function createRecorder(): Recorder {
  const seed = randomBytes(SEED_OCTETS);
  const events: InspectionEvent[] = [];
  const probes: RecordedProbe[] = [];
  const policyFiles: RecordedPolicyFile[] = [];
  let tape: Tape = { exchanges: [], connections: [], isFull: false };
  return {
    witness: {
      random: createRunRandom(seed),
      network(network) {
        const recording = createRecordingNetwork(network);
        tape = recording.tape;
        return recording.network;
      },
      query: (query) => query,
      ports: (ports) => ({
        ...ports,
        probe: recordingProbe(ports, probes),
        fetchPolicyFile: recordingPolicyFile(ports, policyFiles),
      }),
    },
    async *listen(source) {
      for await (const event of source) {
        events.push(event);
        yield event;
      }
    },
    run: (settings) =>
      tape.isFull
        ? null
        : {
            settings: { ...settings, startedAt: startOf(events), seed: toHex(seed) },
            events,
            // As they are now: nothing that comes later changes what was given out.
            exchanges: tape.exchanges.map((exchange) => ({ ...exchange, end: exchange.end })),
            connections: [...tape.connections],
            probes: [...probes],
            policyFiles: [...policyFiles],
          },
  };
}

function startOf(events: readonly InspectionEvent[]): number {
  const [first] = events;
  return first?.kind === 'started' ? Date.parse(first.startedAt) : 0;
}

function recordingProbe(ports: InspectionPorts, probes: RecordedProbe[]): InspectionPorts['probe'] {
  return async (target, signal) => {
    const started = ports.clock.monotonic();
    const result = await ports.probe(target, signal);
    const { address, port, serverName, keyTypes } = target;
    const afterMs = since(ports.clock, started);
    const index = probes.length;
    const entry = { address, port, serverName, keyTypes, afterMs };
    probes.push({ ...entry, result: recorded(result, null) });
    // Known only when the connection is gone; an abort leaves it unknown.
    const ended = ports.clock.monotonic();
    result.parting.then(
      (words) => {
        const parting = { afterMs: since(ports.clock, ended), words };
        probes[index] = { ...entry, result: recorded(result, parting) };
      },
      () => undefined,
    );
    return result;
  };
}

function recorded(
  { session, parting: _parting, ...rest }: ProbeResult,
  parting: RecordedProbeResult['parting'],
): RecordedProbeResult {
  const { version, cipher, presented, exact } = session ?? NO_SESSION;
  const kept = { version, cipher, presented: presented.map(toHex), exact };
  return { ...rest, session: session === null ? null : kept, parting };
}

const NO_SESSION = { version: '', cipher: '', presented: [], exact: false } as const;

function recordingPolicyFile(
  ports: InspectionPorts,
  policyFiles: RecordedPolicyFile[],
): InspectionPorts['fetchPolicyFile'] {
  return async (target, signal) => {
    const started = ports.clock.monotonic();
    const file = await ports.fetchPolicyFile(target, signal);
    policyFiles.push({ host: target.host, afterMs: since(ports.clock, started), file });
    return file;
  };
}

function since(clock: InspectionClock, started: number): number {
  return Math.round((clock.monotonic() - started) * 1000) / 1000;
}
