/** Inspects a domain with a number of MX hosts on the virtual internet and takes the times. */
import { performance } from 'node:perf_hooks';
import { composeOn, DEFAULT_CORE_OPTIONS } from '../../electron/compose.ts';
import type { LabDomainPlan } from '../../electron/lab/built-in-domains.ts';
import { createLab } from '../../electron/lab/lab.ts';
import { allRecords } from '../../electron/lab/zone-signer.ts';
import { knownName } from '../../electron/lab/zone-text.ts';
import type { Traffic } from '../../electron/net/virtual-internet.ts';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import { fold } from '../../shared/inspection/fold.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { criticalPath, type CriticalStep } from './critical-path.ts';

export const ROUND_TRIP_MS = 20;
const DOMAIN = 'bench.lab';

export interface InspectionMeasure {
  readonly hosts: number;
  readonly outcome: string;
  readonly queries: number;
  /** Until the outcomes of the domain and of every host are the final ones. */
  readonly verdictMs: number;
  /** Until nothing more is to come: the ancestors at every server included, goodbyes to mail servers not. */
  readonly fullMs: number;
  /** Processor time of this process, the lab's servers (their signing, their TLS) included. */
  readonly processorMs: number;
  readonly path: readonly CriticalStep[];
  readonly traffic: readonly Traffic[];
}

/** Each host has an IPv4 and an IPv6 address; two name servers likewise. `realTime` lets time pass. */
export async function measureInspection(
  hosts: number,
  realTime: boolean,
): Promise<InspectionMeasure> {
  const traffic: Traffic[] = [];
  const lab = createLab({
    at: Date.now(),
    realTime,
    roundTripMs: ROUND_TRIP_MS,
    plans: [planWith(hosts)],
    observe: (each) => traffic.push(each),
  });
  // Signed beforehand, as the zones of the world are.
  for (const zone of lab.zones()) allRecords(zone);
  const { rootHints, trustAnchors, network } = lab;
  const composed = composeOn(
    network,
    {
      ...DEFAULT_CORE_OPTIONS,
      version: 'bench',
      rootHints,
      trustAnchors,
      allowPrivate: true,
    },
    'bench.example',
    [],
  );
  if (!composed.ok) throw new Error(composed.message);
  const domain = knownName(DOMAIN);
  const startedAt = network.clock.monotonic();
  const processorBefore = process.cpuUsage();
  let report = emptyReport(DOMAIN);
  let verdictMs = 0;
  for await (const event of composed.core.inspect(domain, new AbortController().signal)) {
    const next = fold(report, event);
    if (outcomesOf(next) !== outcomesOf(report)) {
      verdictMs = network.clock.monotonic() - startedAt;
    }
    report = next;
  }
  const fullMs = network.clock.monotonic() - startedAt;
  const { user, system } = process.cpuUsage(processorBefore);
  return {
    hosts,
    outcome: report.outcome,
    queries: report.queries,
    verdictMs,
    fullMs,
    processorMs: (user + system) / 1000,
    path: criticalPath(domain, new Set(lab.zones().map(({ zone }) => zone.apex.key))),
    traffic: traffic.map((each) => ({ ...each, atMs: each.atMs - startedAt })),
  };
}

/** The first run in a process pays for compiling the code; it is not what a second domain would see. */
export async function warmUp(): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < WARM_UP_MS) await measureInspection(3, false);
}

const WARM_UP_MS = 1_500;

function outcomesOf(report: Report): string {
  return [report.outcome, ...report.hosts.map((host) => host.outcome)].join(' ');
}

function planWith(hosts: number): LabDomainPlan {
  return {
    name: DOMAIN,
    description: `${hosts} mail hosts, all in order`,
    outcome: 'secure',
    findings: [],
    signing: 'signed',
    denial: {
      kind: 'nsec3',
      iterations: 0,
      salt: new Uint8Array(0),
      optOut: false,
      omitEmptyNonTerminals: false,
    },
    hosts: Array.from({ length: hosts }, (_, index) => ({
      label: `mx${index + 1}`,
      tlsa: ['current', 'next'],
      startTls: true,
    })),
  };
}
