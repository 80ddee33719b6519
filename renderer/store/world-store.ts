/** What stands in the world for single mail hosts: asked when a person wants it, kept until asked again. */
import { create } from 'zustand';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { Report } from '../../shared/inspection/report.ts';
import type {
  HostLookReply,
  HostLookRequest,
  NetworkChoice,
  Sighting,
} from '../../shared/ipc/contract.ts';
import { bridge } from '../bridge/bridge.ts';
import { useInspection } from './inspection-store.ts';
import { words } from '../words/words.ts';

export interface HostView {
  readonly host: string;
  readonly port: number;
  readonly network: NetworkChoice;
  readonly phase: 'looking' | 'seen' | 'refused';
  /** The host is `report.hosts[0]`; stays from the look before while a new one is under way. */
  readonly report: Report | null;
  readonly sightings: readonly Sighting[];
  /** Why there is no answer; null when there is one. */
  readonly message: string | null;
  /** Milliseconds since the epoch: when the answer came. */
  readonly seenAt: number | null;
}

export interface WorldState {
  /** By `viewKey`. */
  readonly views: Readonly<Record<string, HostView>>;
}

export const useWorld = create<WorldState>(() => ({ views: {} }));

/** A host of the lab is another one than that of the same name on the internet. */
export function viewKey({
  host,
  port,
  network,
}: Pick<HostView, 'host' | 'port' | 'network'>): string {
  return `${network} ${host}:${port}`;
}

/** The last look on the network that is asked now; null without one. */
export function useWorldView(host: string | null, port: number): HostView | null {
  const network = useInspection((state) => state.network);
  const key = host === null ? null : viewKey({ host, port, network });
  return useWorld(({ views }) => (key === null ? null : (views[key] ?? null)));
}

/** The same, once. */
export function worldView(host: string, port: number): HostView | null {
  const { network } = useInspection.getState();
  return useWorld.getState().views[viewKey({ host, port, network })] ?? null;
}

/** Asks the host's name servers and mail servers; the last question counts. */
export async function lookAtHost(host: string, port: number): Promise<void> {
  const { network } = useInspection.getState();
  const key = viewKey({ host, port, network });
  const before = useWorld.getState().views[key];
  const looking: HostView = {
    host,
    port,
    network,
    phase: 'looking',
    report: before?.report ?? null,
    sightings: before?.sightings ?? [],
    message: null,
    seenAt: before?.seenAt ?? null,
  };
  show(key, looking);
  const reply = await ask({ host, port, network });
  if (useWorld.getState().views[key] !== looking) return;
  if (reply.kind === 'refused') {
    show(key, { ...looking, phase: 'refused', message: reply.message });
    return;
  }
  const { events, sightings } = reply;
  show(key, {
    ...looking,
    phase: 'seen',
    report: judge(events.reduce(gather, emptyReport(host))),
    sightings,
    seenAt: Date.now(),
  });
}

function show(key: string, view: HostView): void {
  useWorld.setState(({ views }) => ({ views: { ...views, [key]: view } }));
}

/** A fault on the way is told like a refusal, so that nothing waits for ever. */
async function ask(request: HostLookRequest): Promise<HostLookReply> {
  try {
    return await bridge.lookAtHost(request);
  } catch (error) {
    const what = error instanceof Error ? error.message : words.frame.unknownFault;
    return { kind: 'refused', message: words.frame.couldNotLook(what) };
  }
}
