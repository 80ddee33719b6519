/** The way from the drawer to the ticket for whoever has to mend what is selected. */
import type { ReactNode } from 'react';
import type { HostReport, Report } from '../../shared/inspection/report.ts';
import { openTicket, ticketAbout } from '../store/finding-ticket.ts';
import { words } from '../words/words.ts';

const said = words.findings.ticket;

export interface DrawerTicketProps {
  readonly report: Report;
  readonly host: HostReport | null;
}

export function DrawerTicket({ report, host }: DrawerTicketProps): ReactNode {
  // Until then there is more to come for it with every answer.
  const ticket = report.finished ? ticketAbout(report, host) : null;
  if (ticket === null) return null;
  return (
    <button
      type="button"
      className="text-link drawer-ticket"
      aria-label={said.offer[ticket.mender]}
      onClick={() => {
        openTicket(ticket);
      }}
    >
      <span className="drawer-ticket-long">{said.offer[ticket.mender]}</span>
      <span className="drawer-ticket-short">{said.short}</span>
    </button>
  );
}
