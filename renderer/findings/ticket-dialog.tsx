/** A ticket to be read and copied; where several are to be written to, each has one. */
import { Button, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Ticket } from '../../shared/elsewhere/ticket.ts';
import {
  closeTicket,
  openTicket,
  ticketKey,
  ticketsOfRun,
  useTicket,
} from '../store/finding-ticket.ts';
import { useInspection } from '../store/inspection-store.ts';
import { copyText } from '../store/settings-store.ts';
import { visibleText } from '../ui/visible-text.ts';
import { words } from '../words/words.ts';

const { ticket: said } = words.findings;

export function TicketDialog(): ReactNode {
  const open = useTicket((state) => state.open);
  const report = useInspection((state) => state.report);
  // Nothing is worked out while the answers still come in, unless somebody asks.
  const tickets = open === null || report === null ? [] : ticketsOfRun(report);
  const ticket = tickets.find((each) => ticketKey(each) === open) ?? null;
  return (
    <Modal
      opened={ticket !== null}
      onClose={closeTicket}
      title={ticket === null ? '' : said.offer[ticket.mender]}
      size={760}
      centered
      // Both would put style elements into the page, which the security policy forbids.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': said.close }}
    >
      {ticket !== null && <TicketText key={ticketKey(ticket)} tickets={tickets} ticket={ticket} />}
    </Modal>
  );
}

interface TicketTextProps {
  readonly tickets: readonly Ticket[];
  readonly ticket: Ticket;
}

function TicketText({ tickets, ticket }: TicketTextProps): ReactNode {
  const [copied, setCopied] = useState(false);
  const isLab = useInspection((state) => state.network === 'lab');
  return (
    <div className="ticket">
      {tickets.length > 1 && (
        <label className="ticket-choice">
          {said.choose}
          <select
            value={ticketKey(ticket)}
            onChange={({ target }) => {
              const chosen = tickets.find((each) => ticketKey(each) === target.value);
              if (chosen !== undefined) openTicket(chosen);
            }}
          >
            {tickets.map((each) => (
              <option key={ticketKey(each)} value={ticketKey(each)}>
                {`${said.to[each.mender](visibleText(each.about))}, ${said.count(each.findings.length)}`}
              </option>
            ))}
          </select>
        </label>
      )}
      <p className="dim">{said.what}</p>
      {isLab && <p className="note">{said.lab}</p>}
      <textarea
        className="mono ticket-text scroll"
        readOnly
        spellCheck={false}
        aria-label={said.text}
        value={ticket.text}
      />
      <div className="link-buttons">
        <Button
          data-autofocus
          onClick={() => {
            void copyText(ticket.text).then(() => {
              setCopied(true);
            });
          }}
        >
          <span aria-live="polite">{copied ? said.copied : said.copy}</span>
        </Button>
      </div>
    </div>
  );
}
