/** The tickets of the report that is shown, and which of them is open. */
import { create } from 'zustand';
import { ticketsOf, type Ticket } from '../../shared/elsewhere/ticket.ts';
import type { HostReport, Report } from '../../shared/inspection/report.ts';

export interface TicketState {
  /** As `ticketKey`; null while none is open. */
  readonly open: string | null;
}

export const useTicket = create<TicketState>(() => ({ open: null }));

export function openTicket(ticket: Ticket): void {
  useTicket.setState({ open: ticketKey(ticket) });
}

export function closeTicket(): void {
  useTicket.setState({ open: null });
}

/** The same one in the next report of the domain. */
export function ticketKey({ mender, about }: Ticket): string {
  return `${mender} ${about}`;
}

let known: { readonly report: Report; readonly tickets: readonly Ticket[] } | null = null;

/** Worked out once for all that show them. */
export function ticketsOfRun(report: Report): readonly Ticket[] {
  if (known?.report !== report) known = { report, tickets: ticketsOf(report) };
  return known.tickets;
}

/** The first that has to do with a host, or of the domain as a whole; null where nobody has anything to mend. */
export function ticketAbout(report: Report, host: HostReport | null): Ticket | null {
  const tickets = ticketsOfRun(report);
  if (host === null) return tickets[0] ?? null;
  return tickets.find(({ hosts }) => hosts.includes(host.name)) ?? null;
}
