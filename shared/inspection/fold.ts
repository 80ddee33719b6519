/** Makes the report of an inspection's events, one at a time; pure, and the same for window, CLI and tests. */
import { assertNever } from '../failure.ts';
import type { Observation } from '../dnssec/reason.ts';
import { emptyHost } from './empty-report.ts';
import type { InspectionEvent } from './event.ts';
import { judge } from './judge.ts';
import type { AddressReport, HostReport, ProbeReport, Report, ZoneSurvey } from './report.ts';

/** The report with this event taken in, and judged anew: for whoever shows it as it grows. */
export function fold(report: Report, event: InspectionEvent): Report {
  const next = gather(report, event);
  // How trust got into a zone is shown, but decides nothing that the look-ups have not said already.
  return event.kind === 'progress' || event.kind === 'zones' ? next : judge(next);
}

/** The evidence alone: for whoever waits for the end, and then calls `judge` once. */
export function gather(report: Report, event: InspectionEvent): Report {
  if (event.kind !== 'progress') return takeIn(report, event);
  const { step, queries, elapsedMs } = event;
  return { ...report, step, queries, durationMs: elapsedMs };
}

function takeIn(report: Report, event: Exclude<InspectionEvent, ProgressEvent>): Report {
  switch (event.kind) {
    case 'started': {
      const { kind: _kind, domain, at, startedAt, ...tool } = event;
      return { ...report, domain, at, startedAt, tool };
    }
    case 'observed':
      return { ...report, observations: merge(report.observations, event.observations) };
    case 'zones':
      return { ...report, zones: mergeZones(report.zones, event.zones) };
    case 'mx':
      return {
        ...report,
        mx: { ...event.mx, nonexistent: event.nonexistent, failed: event.failed },
        hosts: hostsOf(report, event),
      };
    case 'survey':
      return { ...report, surveys: mergeSurveys(report.surveys, event.survey) };
    case 'policy':
      return { ...report, policy: { mtaSts: event.mtaSts, tlsRpt: event.tlsRpt } };
    case 'addresses':
    case 'tlsa':
    case 'ancestors':
    case 'zone-refresh':
    case 'identities':
    case 'probe':
      return {
        ...report,
        hosts: report.hosts.map((host) =>
          host.name === event.host ? takeInHost(host, event) : host,
        ),
      };
    case 'finished': {
      const { durationMs, queries } = event;
      return { ...report, durationMs, queries, step: null, finished: true };
    }
    default:
      return assertNever(event);
  }
}

type ProgressEvent = Extract<InspectionEvent, { readonly kind: 'progress' }>;
type HostEvent = Extract<InspectionEvent, { readonly host: string }>;

function takeInHost(host: HostReport, event: HostEvent): HostReport {
  switch (event.kind) {
    case 'addresses':
      return {
        ...host,
        security: event.security,
        addresses: event.addresses,
        lookUps: event.lookUps,
        resolution: { failed: event.failed, alias: event.alias },
      };
    case 'tlsa': {
      // What single servers said is told by events of its own, before or after this one.
      const { servers, zone, soaRefresh, negativeTtl, unasked } = host.tlsa;
      const ofServers = { servers, zone, soaRefresh, negativeTtl, unasked };
      return { ...host, tlsa: { ...event.tlsa, done: true, ...ofServers } };
    }
    case 'ancestors':
      return {
        ...host,
        ancestors: event.ancestors,
        ancestorsDone: true,
        tlsa: { ...host.tlsa, servers: event.tlsaServers },
      };
    case 'zone-refresh': {
      const { zone, soaRefresh, negativeTtl, unasked } = event;
      return { ...host, tlsa: { ...host.tlsa, zone, soaRefresh, negativeTtl, unasked } };
    }
    case 'identities': {
      const records = host.tlsa.records.map((record, index) => ({
        ...record,
        identity: event.identities[index] ?? null,
      }));
      return { ...host, tlsa: { ...host.tlsa, records } };
    }
    case 'probe':
      return {
        ...host,
        addresses: host.addresses.map((address) =>
          address.address === event.address
            ? { ...address, probes: withProbe(address, event.index, event.probe) }
            : address,
        ),
      };
    default:
      return assertNever(event);
  }
}

/** MX hosts in the order senders try them (RFC 5321 §5.1); a name listed twice is one host. */
function hostsOf(
  report: Report,
  event: Extract<InspectionEvent, { readonly kind: 'mx' }>,
): readonly HostReport[] {
  if (event.failed || event.nonexistent || event.mx.null) return [];
  const records = event.mx.implicit
    ? [{ preference: 0, exchange: report.domain }]
    : [...event.mx.records].sort((a, b) => a.preference - b.preference);
  const hosts = new Map<string, HostReport>();
  for (const { exchange, preference } of records) {
    if (!hosts.has(exchange)) {
      hosts.set(exchange, emptyHost(exchange, preference, report.tool.smtpPort));
    }
  }
  return [...hosts.values()];
}

function withProbe(
  address: AddressReport,
  index: number,
  probe: ProbeReport,
): readonly ProbeReport[] {
  const probes = [...address.probes];
  probes[Math.min(index, probes.length)] = probe;
  return probes;
}

function merge(
  known: readonly Observation[],
  more: readonly Observation[],
): readonly Observation[] {
  const merged = new Map(known.map((observation) => [identity(observation), observation]));
  for (const observation of more) merged.set(identity(observation), observation);
  return [...merged.values()];
}

function identity(observation: Observation): string {
  return JSON.stringify([observation.code, observation.subject, observation.parameters]);
}

function mergeSurveys(known: Report['surveys'], next: ZoneSurvey): Report['surveys'] {
  const merged = new Map(known.map((survey) => [survey.zone, survey]));
  return [...merged.set(next.zone, next).values()];
}

function mergeZones(known: Report['zones'], more: Report['zones']): Report['zones'] {
  const merged = new Map(known.map((zone) => [zone.zone, zone]));
  for (const zone of more) merged.set(zone.zone, zone);
  return [...merged.values()];
}
