/** Which thing in the picture a finding is about. */
import type { Finding } from '../../shared/findings/finding.ts';
import type { HostReport, Report } from '../../shared/inspection/report.ts';
import type { NodeId } from './node-id.ts';

/** The host, address, record or chain that the subject names; the domain when it names none of them. */
export function nodeOfFinding(report: Report, finding: Finding): NodeId {
  // Where the domain is its own mail host, a policy is still the domain's.
  if (isPolicy(finding.code)) return { kind: 'domain' };
  const names = [finding.subject, ...hostNamesIn(finding)];
  for (const name of names) {
    for (const host of report.hosts) {
      const node = nodeWithin(host, name, finding.code);
      if (node !== null) return node;
    }
  }
  return { kind: 'domain' };
}

export function isPolicy(code: string): boolean {
  return /^(mta-sts|tlsrpt)-/.test(code);
}

function nodeWithin(host: HostReport, subject: string, code: string): NodeId | null {
  if (subject === host.name) return { kind: 'host', host: host.name };
  if (subject === host.tlsa.name || host.tlsa.cname.includes(subject)) {
    if (host.tlsa.records.length === 0) return { kind: 'no-tlsa', host: host.name };
    return code === 'tlsa-record-unmatched' ? unmatched(host) : { kind: 'host', host: host.name };
  }
  if (host.addresses.some(({ address }) => address === subject)) {
    return { kind: 'addresses', host: host.name, first: subject };
  }
  // An ancestor of the TLSA name that is below the host.
  if (host.tlsa.name.endsWith(`.${subject}`) && subject.endsWith(host.name)) {
    return { kind: 'host', host: host.name };
  }
  return null;
}

function unmatched(host: HostReport): NodeId {
  const index = host.tlsa.records.findIndex((record) => record.usable && !record.matches);
  return { kind: 'tlsa', host: host.name, index: Math.max(index, 0) };
}

function hostNamesIn(finding: Finding): readonly string[] {
  const { host } = finding.data;
  return typeof host === 'string' ? [host] : [];
}
