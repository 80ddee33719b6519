/** Says what a report's evidence comes to: outcomes, sentences and findings (RFC 7672); pure. */
import { collectFindings } from './collect-findings.ts';
import { domainOutcome, summarise, takesNoMail } from './domain-outcome.ts';
import { hostBecause } from './host-because.ts';
import { standingOf } from './host-standing.ts';
import type { HostReport, Report } from './report.ts';
import { assignRoles } from './tlsa-roles.ts';

/** The report with outcome, summary, findings, and each host's outcome and records worked out from its evidence. */
export function judge(report: Report): Report {
  const judged = { ...report, hosts: report.hosts.map((host) => judgeHost(report, host)) };
  // RFC 5321 §5.1: without MX and without address there is no host, the domain's own name included.
  const hostless = judged.mx.implicit && takesNoMail(judged);
  const withHosts = hostless ? { ...judged, hosts: [] } : judged;
  const withOutcome = { ...withHosts, outcome: domainOutcome(withHosts) };
  return {
    ...withOutcome,
    summary: summarise(withOutcome),
    findings: collectFindings(withOutcome),
  };
}

function judgeHost(report: Report, evidence: HostReport): HostReport {
  const host = { ...evidence, tlsa: assignRoles(evidence) };
  const standing = standingOf(report, host);
  return { ...host, outcome: standing.outcome, because: hostBecause(host, standing) };
}
