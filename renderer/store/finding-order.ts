/** Findings in the order a person should read them: worst first, and what stops mail before the rest. */
import type { Finding, Severity } from '../../shared/findings/finding.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { nodeOfFinding } from './finding-node.ts';
import { hostOf } from './node-id.ts';

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2, ok: 3 };

/** Equal severities keep the order in which they were judged, but for hosts whose mail is deferred. */
export function worstFirst(report: Report): readonly Finding[] {
  const weighed = report.findings.map((finding) => ({
    finding,
    weight: 2 * RANK[finding.severity] + (stopsMail(report, finding) ? 0 : 1),
  }));
  return weighed.sort((a, b) => a.weight - b.weight).map(({ finding }) => finding);
}

/** The first thing to mend: an error, else a warning; null when there is neither. */
export function worstFinding(report: Report): Finding | null {
  const [worst] = worstFirst(report);
  return worst !== undefined && RANK[worst.severity] <= RANK.warning ? worst : null;
}

export function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const count = { error: 0, warning: 0, notice: 0, ok: 0 };
  for (const { severity } of findings) count[severity] += 1;
  return count;
}

function stopsMail(report: Report, finding: Finding): boolean {
  const name = hostOf(nodeOfFinding(report, finding));
  return report.hosts.some((host) => host.name === name && host.outcome === 'deferred');
}
