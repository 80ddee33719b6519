/** Findings in the order a person should read them: worst first, then as judged. */
import type { Finding, Severity } from '../../shared/findings/finding.ts';

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2, ok: 3 };

export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

/** The first thing to mend: an error, else a warning; null when there is neither. */
export function worstFinding(findings: readonly Finding[]): Finding | null {
  const [worst] = worstFirst(findings);
  return worst !== undefined && RANK[worst.severity] <= RANK.warning ? worst : null;
}

export function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const count = { error: 0, warning: 0, notice: 0, ok: 0 };
  for (const { severity } of findings) count[severity] += 1;
  return count;
}
