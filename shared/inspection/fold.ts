/** Makes the report of an inspection's events, one at a time; pure, and the same for window, CLI and tests. */
import { assertNever } from '../failure.ts';
import type { Observation } from '../dnssec/reason.ts';
import { emptyHost } from './empty-report.ts';
import type { InspectionEvent } from './event.ts';
import { judge } from './judge.ts';
import type { AddressReport, HostReport, ProbeReport, Report } from './report.ts';

/** The report with this event taken in, and judged anew. */
export function fold(report: Report, event: InspectionEvent): Report {
  if (event.kind === 'progress') {
    return {
      ...report,
      step: event.step,
      queries: event.queries,
      durationMs: event.elapsedMs,
    };
  }
  return judge(takeIn(report, event));
}

function takeIn(
  report: Report,
  event: Exclude<InspectionEvent, { readonly kind: 'progress' }>,
): Report {
  switch (event.kind) {
    case 'started': {
      const { version, resolver, smtpPort, smtp } = event;
      return {
        ...report,
        domain: event.domain,
        at: event.at,
        startedAt: event.startedAt,
        tool: { version, resolver, smtpPort, smtp },
      };
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
    case 'addresses':
      return withHost(report, event.host, (host) => ({
        ...host,
        security: event.security,
        addresses: event.addresses,
        lookUps: event.lookUps,
        resolution: { failed: event.failed, alias: event.alias },
      }));
    case 'tlsa':
      return withHost(report, event.host, (host) => ({
        ...host,
        tlsa: {
          ...event.tlsa,
          done: true,
          servers: host.tlsa.servers,
          zone: host.tlsa.zone,
          soaRefresh: host.tlsa.soaRefresh,
        },
      }));
    case 'ancestors':
      return withHost(report, event.host, (host) => ({
        ...host,
        ancestors: event.ancestors,
        ancestorsDone: true,
        tlsa: { ...host.tlsa, servers: event.tlsaServers },
      }));
    case 'zone-refresh':
      return withHost(report, event.host, (host) => ({
        ...host,
        tlsa: { ...host.tlsa, zone: event.zone, soaRefresh: event.soaRefresh },
      }));
    case 'probe':
      return withHost(report, event.host, (host) => ({
        ...host,
        addresses: host.addresses.map((address) =>
          address.address === event.address
            ? { ...address, probes: withProbe(address, event.index, event.probe) }
            : address,
        ),
      }));
    case 'finished':
      return {
        ...report,
        durationMs: event.durationMs,
        queries: event.queries,
        step: null,
        finished: true,
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

function withHost(report: Report, name: string, change: (host: HostReport) => HostReport): Report {
  return {
    ...report,
    hosts: report.hosts.map((host) => (host.name === name ? change(host) : host)),
  };
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

function mergeZones(known: Report['zones'], more: Report['zones']): Report['zones'] {
  const merged = new Map(known.map((zone) => [zone.zone, zone]));
  for (const zone of more) merged.set(zone.zone, zone);
  return [...merged.values()];
}
