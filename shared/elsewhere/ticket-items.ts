/** What a ticket tells, point by point: what is wrong, what shows it, what comes of it, the rule and what to change. */
import type { Finding } from '../findings/finding.ts';
import type { Report } from '../inspection/report.ts';
import { ancestorItems } from './ticket-ancestors.ts';
import type { TicketGroup } from './ticket-groups.ts';

export interface TicketItem {
  readonly title: string;
  /** Plain sentences. */
  readonly what: string;
  /** Where it was seen, one a line; empty where the sentences say so. */
  readonly seenAt: readonly string[];
  readonly proofs: readonly Proof[];
  /** What happens to mail; empty where the sentences say so. */
  readonly consequence: string;
  /** Clauses, each with what it says where that is short. */
  readonly rules: readonly string[];
  /** What to change: sentences, commands, text to paste, line by line; points that share it are told once. */
  readonly change: readonly string[];
}

/** A question that anyone can put again. */
export interface Proof {
  readonly command: string;
  /** What it showed. */
  readonly now: string;
  /** What it should show; null where it is right. */
  readonly right: string | null;
}

export function ticketItems(report: Report, group: TicketGroup): readonly TicketItem[] {
  const { findings } = group;
  const byCell = group.mender === 'DNS operator' ? ancestorItems(report, group) : [];
  const others = findings.filter(
    ({ code }) => byCell.length === 0 || !code.startsWith('ancestor-'),
  );
  return [...byCell, ...others.map(plainItem)];
}

/** A finding’s own words hold all of it; its remedy has the commands. */
function plainItem(finding: Finding): TicketItem {
  return {
    title: finding.title,
    what: finding.message,
    seenAt: [],
    proofs: [],
    consequence: '',
    rules: [finding.reference],
    change: finding.remedy === '' ? [] : finding.remedy.split('\n'),
  };
}
