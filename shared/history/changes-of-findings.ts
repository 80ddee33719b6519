/** Which findings came, went, or weigh otherwise; the days and hours that they name are no change. */
import type { Finding } from '../findings/finding.ts';
import type { Report } from '../inspection/report.ts';
import type { Change } from './change.ts';
import { isLookedAt } from './looked-at.ts';
import { canonicalData } from './mark-keys.ts';

/** Where what it rests on was not looked at in one of the two, a finding is not called new or gone for that. */
export function changesOfFindings(
  before: Report,
  now: Report,
  unseen: 'before' | 'now' | null,
): readonly Change[] {
  const left = grouped(before.findings);
  const pairs = now.findings.map((finding) => ({ finding, former: take(left, finding, isSame) }));
  // What says the same of the same subject with other particulars, e.g. fewer days, is the same still.
  const matched = pairs.map(({ finding, former }) => ({
    finding,
    former: former ?? take(left, finding, () => true),
  }));
  return [
    ...matched.flatMap(({ finding, former }): readonly Change[] => {
      if (former === null) {
        const isNew = unseen !== 'before' && isLookedAt(finding, now, before);
        return isNew ? [{ kind: 'finding', finding, what: 'new' }] : [];
      }
      if (former.severity === finding.severity) return [];
      return [{ kind: 'severity', finding, before: former.severity, now: finding.severity }];
    }),
    ...(unseen === 'now' ? [] : [...left.values()].flat())
      .filter((finding) => isLookedAt(finding, before, now))
      .map((finding): Change => ({ kind: 'finding', finding, what: 'gone' })),
  ];
}

function grouped(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(groupOf(finding));
    if (group === undefined) groups.set(groupOf(finding), [finding]);
    else group.push(finding);
  }
  return groups;
}

function groupOf({ code, subject }: Finding): string {
  return `${code} ${subject}`;
}

function isSame(one: Finding, other: Finding): boolean {
  return canonicalData(one.data) === canonicalData(other.data);
}

function take(
  left: Map<string, Finding[]>,
  finding: Finding,
  fits: (one: Finding, other: Finding) => boolean,
): Finding | null {
  const group = left.get(groupOf(finding)) ?? [];
  const place = group.findIndex((each) => fits(each, finding));
  const [taken = null] = place < 0 ? [] : group.splice(place, 1);
  return taken;
}
