/** Tickets: one plain text for each who has something to mend, to be pasted into a mail and understood by itself. */
import type { Finding } from '../findings/finding.ts';
import type { Report } from '../inspection/report.ts';
import { ticketGroups, type TicketMender } from './ticket-groups.ts';
import { ticketItems } from './ticket-items.ts';
import { ticketSubject, ticketText } from './ticket-text.ts';

export interface Ticket {
  readonly mender: TicketMender;
  /** The zone whose servers, the zone whose mail hosts, or the domain that it is about; as `Name.key`. */
  readonly about: string;
  /** For the subject line of a mail. */
  readonly subject: string;
  /** The whole, its subject first; lines end in `\n`. */
  readonly text: string;
  /** Names of the MX hosts that it has to do with. */
  readonly hosts: readonly string[];
  /** What it tells of, worst first. */
  readonly findings: readonly Finding[];
}

/** Whoever has the worst to mend first; nobody is written to because of notices. */
export function ticketsOf(report: Report): readonly Ticket[] {
  return ticketGroups(report).map((group) => {
    const items = ticketItems(report, group);
    const subject = ticketSubject(group, items);
    return {
      mender: group.mender,
      about: group.about,
      subject,
      text: ticketText(report, group, items, subject),
      hosts: group.hosts.map(({ name }) => name),
      findings: group.findings,
    };
  });
}

/** The ticket that tells of a finding; null where nobody is to be written to. */
export function ticketWith(tickets: readonly Ticket[], finding: Finding): Ticket | null {
  return tickets.find(({ findings }) => findings.includes(finding)) ?? null;
}

/** The one for whoever runs the name servers of a zone; null where they have nothing to mend. */
export function ticketForZone(tickets: readonly Ticket[], zone: string): Ticket | null {
  return tickets.find(({ mender, about }) => mender === 'DNS operator' && about === zone) ?? null;
}
