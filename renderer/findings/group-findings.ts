/** Findings of one code together, so that thirty of a kind do not hide the others. */
import type { Finding } from '../../shared/findings/finding.ts';

export interface FindingGroup {
  readonly code: string;
  /** Shown at once. */
  readonly first: readonly Finding[];
  /** Shown when asked for. */
  readonly more: readonly Finding[];
}

/** Findings of one code that are shown at once; one more than these is not worth folding. */
const SHOWN = 2;

/** Keeps the order: a group stands where its first finding stood. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const byCode = new Map<string, Finding[]>();
  for (const finding of findings) {
    // A code of which one is worse than another stands in two places.
    const key = `${finding.severity} ${finding.code}`;
    byCode.set(key, [...(byCode.get(key) ?? []), finding]);
  }
  return [...byCode.entries()].map(([code, members]) => {
    const shown = members.length > SHOWN + 1 ? SHOWN : members.length;
    return { code, first: members.slice(0, shown), more: members.slice(shown) };
  });
}
