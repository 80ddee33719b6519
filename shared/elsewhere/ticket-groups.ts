/** Who has what to mend: errors and warnings, put together by whoever runs the zone, the mail hosts or the domain. */
import type { Finding, Mender, Severity } from '../findings/finding.ts';
import type { HostReport, LookUpReport, Report } from '../inspection/report.ts';

/** Who can be written to: of the own network and of nobody there is nothing to ask. */
export type TicketMender = Exclude<Mender, 'this network' | 'nobody'>;

export interface TicketGroup {
  readonly mender: TicketMender;
  readonly about: string;
  /** Worst first; of equals, as they were judged. */
  readonly findings: readonly Finding[];
  /** The MX hosts that they have to do with. */
  readonly hosts: readonly HostReport[];
}

export function ticketGroups(report: Report): readonly TicketGroup[] {
  const groups = new Map<string, TicketGroup & { readonly findings: Finding[] }>();
  const zones = knownZones(report);
  for (const finding of worstFirst(report.findings)) {
    const { mends } = finding;
    if (mends === 'this network' || mends === 'nobody') continue;
    const about = aboutOf(report, zones, finding, mends);
    const key = `${mends} ${about}`;
    const group = groups.get(key) ?? { mender: mends, about, findings: [], hosts: [] };
    group.findings.push(finding);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => ({ ...group, hosts: hostsOf(report, zones, group) }));
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2, ok: 3 };

function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return findings
    .filter(({ severity }) => RANK[severity] <= RANK.warning)
    .sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

/** The place that a finding is told at: whoever is in charge there is in charge of all of it. */
export function aboutFinding(report: Report, finding: Finding): string {
  return aboutOf(report, knownZones(report), finding, finding.mends);
}

function aboutOf(
  report: Report,
  zones: readonly string[],
  finding: Finding,
  mender: Mender,
): string {
  const host = hostOfFinding(report, finding);
  switch (mender) {
    case 'DNS operator':
      return zoneOfFinding(zones, finding, host);
    case 'mail host':
      return host === null ? report.domain : zoneOfHost(zones, host);
    case 'domain owner':
      // A DS record is its own zone’s owner’s to hand in, which need not be the owner of this domain.
      return finding.code === 'ds-mismatch' ? zoneOfFinding(zones, finding, host) : report.domain;
    case 'this network':
    case 'nobody':
      return report.domain;
  }
}

function zoneOfFinding(
  zones: readonly string[],
  { code, subject, data }: Finding,
  host: HostReport | null,
): string {
  const { zone } = data;
  if (typeof zone === 'string' && zone !== '') return zone;
  // What is said of names above a TLSA record, the servers of its own zone have said.
  if (code.startsWith('ancestor-') && host !== null) return zoneOfRecords(zones, host);
  return enclosing(zones, subject) ?? (host === null ? subject : zoneOfHost(zones, host));
}

/** Hosts of one zone are taken to be in one hand. */
function zoneOfHost(zones: readonly string[], { name }: HostReport): string {
  return enclosing(zones, name) ?? name;
}

/** As told, or the shortest name that its servers were asked about. */
function zoneOfRecords(zones: readonly string[], host: HostReport): string {
  const [apex] = host.ancestors.map(({ name }) => name).sort((a, b) => a.length - b.length);
  return host.tlsa.zone ?? apex ?? zoneOfHost(zones, host);
}

/** By its name, that of its records or of a name above them, an address, or as told. */
export function hostOfFinding({ hosts }: Report, { subject, data }: Finding): HostReport | null {
  const { host: told, tlsaName } = data;
  return (
    hosts.find(({ name }) => name === subject) ??
    hosts.find(({ name }) => name === told) ??
    hosts.find(({ tlsa }) => [subject, tlsaName].includes(tlsa.cname.at(-1) ?? tlsa.name)) ??
    hosts.find(({ tlsa }) => [subject, tlsaName].includes(tlsa.name)) ??
    hosts.find(({ addresses }) => addresses.some(({ address }) => address === subject)) ??
    null
  );
}

function hostsOf(
  report: Report,
  zones: readonly string[],
  { mender, about, findings }: TicketGroup,
): readonly HostReport[] {
  if (mender === 'DNS operator') {
    const isInZone = (host: HostReport): boolean =>
      zoneOfRecords(zones, host) === about || zoneOfHost(zones, host) === about;
    return report.hosts.filter(isInZone);
  }
  const told = new Set(findings.map((finding) => hostOfFinding(report, finding)));
  return report.hosts.filter((host) => told.has(host));
}

/** Worked out once for a report: each finding in a list asks for it. */
function knownZones(report: Report): readonly string[] {
  const known = KNOWN.get(report) ?? gatherZones(report);
  KNOWN.set(report, known);
  return known;
}

const KNOWN = new WeakMap<Report, readonly string[]>();

/** Zones below the top that were met on the way, the deepest first. */
function gatherZones({ zones, surveys, mx, hosts }: Report): readonly string[] {
  const lookUps: readonly (LookUpReport | null)[] = [
    mx.lookUp,
    ...hosts.flatMap((host) => [...host.lookUps, host.tlsa.lookUp]),
  ];
  const met = [
    ...zones.map(({ zone }) => zone),
    ...surveys.map(({ zone }) => zone),
    ...lookUps.flatMap((lookUp) => lookUp?.chain.map(({ zone }) => zone) ?? []),
    ...hosts.flatMap(({ tlsa }) => tlsa.zone ?? []),
  ];
  return [...new Set(met)]
    .filter((zone) => zone.includes('.') && zone !== '.')
    .sort((a, b) => b.length - a.length);
}

function enclosing(zones: readonly string[], name: string): string | null {
  return zones.find((zone) => name === zone || name.endsWith(`.${zone}`)) ?? null;
}
