/** In what the report of a case file differs from what its evidence comes to, in sentences. */
import { printable } from '../../shared/findings/safe-text.ts';
import type { Report } from '../../shared/inspection/report.ts';

/** Sentences that a person reads; what is left out is counted. */
const MAX_SENTENCES = 6;

export function differencesOf(recorded: Report, found: Report): readonly string[] {
  const all = [
    ...(recorded.outcome === found.outcome
      ? []
      : [`The file says “${recorded.outcome}”, the evidence gives “${found.outcome}”.`]),
    ...hostDifferences(recorded, found),
    ...without(findingsOf(recorded), findingsOf(found)).map(
      (finding) => `Only in the file: ${printable(finding)}.`,
    ),
    ...without(findingsOf(found), findingsOf(recorded)).map(
      (finding) => `Not in the file: ${printable(finding)}.`,
    ),
  ];
  if (all.length === 0) return ['Records, certificates or answers of servers differ.'];
  const left = all.length - MAX_SENTENCES;
  return left > 0 ? [...all.slice(0, MAX_SENTENCES), `${left} more differ.`] : all;
}

function hostDifferences(recorded: Report, found: Report): readonly string[] {
  const there = new Map(found.hosts.map(({ name, outcome }) => [name, outcome]));
  return recorded.hosts.flatMap(({ name, outcome }) => {
    const now = there.get(name);
    if (now === outcome) return [];
    const given = now === undefined ? 'does not name it' : `gives “${now}”`;
    return [`${printable(name)}: the file says “${outcome}”, the evidence ${given}.`];
  });
}

function findingsOf({ findings }: Report): readonly string[] {
  return findings.map(({ severity, code, subject }) => `${severity} ${code} of ${subject}`);
}

function without(some: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return some.filter((each) => !known.has(each));
}
