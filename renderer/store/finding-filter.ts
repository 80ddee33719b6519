/** Which findings are shown: by words, severity, whose they are to mend, and the host that they are about. */
import { create } from 'zustand';
import type { Finding, Mender, Severity } from '../../shared/findings/finding.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { nodeOfFinding } from './finding-node.ts';
import { hostOf } from './node-id.ts';

export interface FindingFilter {
  /** Each of its words must occur. */
  readonly text: string;
  /** None chosen: all. */
  readonly severities: readonly Severity[];
  readonly mender: Mender | null;
  /** `''` is the domain itself; null is any. */
  readonly host: string | null;
}

const OPEN: FindingFilter = { text: '', severities: [], mender: null, host: null };

/** The domain that the filter was made for. */
let filteredDomain: string | null = null;

/** Another domain is begun with all of its findings; the same one again keeps the filter. */
export function filterFor(domain: string): void {
  if (filteredDomain !== domain) clearFilter();
  filteredDomain = domain;
}

export const useFindingFilter = create<FindingFilter>(() => OPEN);

/** Characters of the words that are looked for. */
const MAX_TEXT = 200;

export function filterByText(text: string): void {
  useFindingFilter.setState({ text: text.slice(0, MAX_TEXT) });
}

export function toggleSeverity(severity: Severity): void {
  useFindingFilter.setState(({ severities }) => ({
    severities: severities.includes(severity)
      ? severities.filter((each) => each !== severity)
      : [...severities, severity],
  }));
}

export function filterByMender(mender: Mender | null): void {
  useFindingFilter.setState({ mender });
}

export function filterByHost(host: string | null): void {
  useFindingFilter.setState({ host });
}

export function clearFilter(): void {
  useFindingFilter.setState(OPEN, true);
}

export function isFiltering({ text, severities, mender, host }: FindingFilter): boolean {
  return text.trim() !== '' || severities.length > 0 || mender !== null || host !== null;
}

/** In the order given. */
export function filtered(
  report: Report,
  findings: readonly Finding[],
  filter: FindingFilter,
): readonly Finding[] {
  const { severities, mender, host } = filter;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return findings.filter(
    (finding) =>
      (severities.length === 0 || severities.includes(finding.severity)) &&
      (mender === null || finding.mends === mender) &&
      (host === null || (hostOf(nodeOfFinding(report, finding)) ?? '') === host) &&
      holdsAll(finding, words),
  );
}

function holdsAll(finding: Finding, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { title, message, subject, code, remedy, mends, reference, severity } = finding;
  const text = [title, message, subject, code, remedy, mends, reference, severity]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Those who have something to mend, in a fixed order. */
export function mendersIn(findings: readonly Finding[]): readonly Mender[] {
  return MENDERS.filter((mender) =>
    findings.some(({ mends, severity }) => mends === mender && severity !== 'ok'),
  );
}

const MENDERS: readonly Mender[] = [
  'mail host',
  'DNS operator',
  'domain owner',
  'this network',
  'nobody',
];
