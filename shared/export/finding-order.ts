/** Findings in the order a person should read them: worst first, and what stops mail before the rest. */
import type { Finding } from '../findings/finding.ts';
import type { Report } from '../inspection/report.ts';

/** Equal ones keep the order in which they were judged. */
export function worstFirst(report: Report): readonly Finding[] {
  const stopped = subjectsOfDeferredHosts(report);
  const weighed = report.findings.map((finding) => ({
    finding,
    weight: 2 * rankOf(finding) + (stopped.has(finding.subject) ? 0 : 1),
  }));
  return weighed.sort((a, b) => a.weight - b.weight).map(({ finding }) => finding);
}

function subjectsOfDeferredHosts({ hosts }: Report): ReadonlySet<string> {
  const deferred = hosts.filter(({ outcome }) => outcome === 'deferred');
  return new Set(
    deferred.flatMap(({ name, tlsa, addresses }) => [
      name,
      tlsa.name,
      ...addresses.map(({ address }) => address),
    ]),
  );
}

const RANKS: readonly string[] = ['error', 'warning', 'notice', 'ok'];

function rankOf({ severity }: Finding): number {
  const rank = RANKS.indexOf(severity);
  return rank < 0 ? RANKS.length : rank;
}
