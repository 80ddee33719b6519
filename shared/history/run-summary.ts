/** What a list of runs tells of each: the outcome, and how much there is to mend. */
import type { DomainOutcome, Report } from '../inspection/report.ts';

export interface RunSummary {
  readonly domain: string;
  /** ISO 8601, UTC: the instant of judgement. */
  readonly at: string;
  readonly outcome: DomainOutcome;
  readonly durationMs: number;
  readonly errors: number;
  readonly warnings: number;
  /** Nothing in it is proven by the keys of the real root. */
  readonly ownTrust: boolean;
}

export function summaryOf(report: Report): RunSummary {
  const { domain, at, outcome, durationMs, findings } = report;
  const count = (wanted: string): number =>
    findings.filter(({ severity }) => severity === wanted).length;
  return {
    ...{ domain, at, outcome, durationMs },
    errors: count('error'),
    warnings: count('warning'),
    ownTrust: report.tool.ownTrust === true,
  };
}
