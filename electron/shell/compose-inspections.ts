/** Gives the window its inspections: the core on the internet, as the settings have it now, and the lab. */
import { domainToASCII } from 'node:url';
import pLimit from 'p-limit';
import { readDomainInput } from '../../shared/inspection/domain-input.ts';
import { readGivenChains } from '../../shared/inspection/given-chains.ts';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { HostLookReply, HostLookRequest, NetworkChoice } from '../../shared/ipc/contract.ts';
import type { Preferences } from '../../shared/ipc/preferences.ts';
import {
  composeCore,
  composeLabCore,
  DEFAULT_CORE_OPTIONS,
  listLabDomains,
  whatIf,
  type Composed,
  type Core,
} from '../compose.ts';
import type { Inspections } from './inspections.ts';
import { coreOptions, type StartOptions } from './preferences-core.ts';
import type { SightingsFile } from './sightings-file.ts';

export interface ComposedInspections extends Inspections {
  /** What of the command line or the settings cannot be used, in plain words; null when all can. */
  readonly problem: string | null;
}

/** `preferences` are looked at before each run: what is changed counts from the next one on. */
export function composeInspections(
  start: StartOptions,
  preferences: () => Preferences,
  version: string,
  sightings: SightingsFile,
): ComposedInspections {
  const internet = internetCore(start, preferences, version);
  // The lab signs a whole small internet: it is put up when first asked for, and kept.
  let lab: Promise<Composed> | null = null;
  const coreOn = (network: NetworkChoice): Composed | Promise<Composed> => {
    if (network === 'internet') return internet();
    lab ??= composeLabCore({ ...DEFAULT_CORE_OPTIONS, version }, true);
    return lab;
  };
  const looks = pLimit(MAX_LOOKS);
  const first = internet();
  return {
    problem: first.ok ? null : first.message,
    async begin(typed, network, chains = []) {
      const input = readDomainInput(typed, domainToASCII);
      if (!input.ok) return { kind: 'refused', message: input.message };
      const given = readGivenChains(chains);
      if (!given.ok) return { kind: 'refused', message: given.message };
      const composed = await coreOn(network);
      if (!composed.ok) return { kind: 'refused', message: composed.message };
      const { domain } = input;
      return {
        kind: 'begun',
        domain: domain.key,
        record: (signal) =>
          composed.core.record(domain, signal, { texts: chains, chains: given.chains }),
        inspect: (signal) => composed.core.inspect(domain, signal, given.chains),
      };
    },
    lookAtHost: (request, signal) =>
      looks(async () => {
        const composed = await coreOn(request.network);
        if (!composed.ok) return { kind: 'refused', message: composed.message };
        return look(composed.core, request, sightings, signal);
      }),
    judgeWhatIf: whatIf,
    async labDomains() {
      const domains = await listLabDomains();
      return domains.map(({ name, description }) => ({ domain: name, description }));
    },
  };
}

/** Put together anew when the settings are others than for the run before: all runs share its connections. */
function internetCore(
  start: StartOptions,
  preferences: () => Preferences,
  version: string,
): () => Composed {
  let used: Preferences | null = null;
  let composed: Composed | null = null;
  return () => {
    const wanted = preferences();
    if (composed !== null && used === wanted) return composed;
    used = wanted;
    composed =
      start.problem === null
        ? composeCore(coreOptions(start, wanted, version))
        : refused(start.problem);
    return composed;
  };
}

/** Hosts looked at at a time: a person with many of them still is polite. */
const MAX_LOOKS = 4;

async function look(
  core: Core,
  { host: typed, port, network }: HostLookRequest,
  sightings: SightingsFile,
  signal: AbortSignal,
): Promise<HostLookReply> {
  const input = readDomainInput(typed, domainToASCII);
  if (!input.ok) return { kind: 'refused', message: input.message };
  const events: InspectionEvent[] = [];
  for await (const event of core.lookAtHost(input.domain, port, signal)) {
    if (event.kind !== 'progress') events.push(event);
  }
  const [host] = judge(events.reduce(gather, emptyReport(input.domain.key))).hosts;
  const seen = host === undefined ? [] : sightings.remember(network, host, Date.now());
  return { kind: 'seen', events, sightings: seen };
}

function refused(message: string): Composed {
  return { ok: false, message };
}
