/** One cell of the grid opened: each question with its answer and proof, what should have been, the message. */
import { useState, type ReactNode } from 'react';
import { ticketForZone } from '../../shared/elsewhere/ticket.ts';
import type { Report, ServerQuestion } from '../../shared/inspection/report.ts';
import { openTicket, ticketsOfRun } from '../store/finding-ticket.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { SecurityTag } from '../ui/security-tag.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { CopyMenu, type CopyChoice } from './copy-menu.tsx';
import { messageChoices, messageTexts, questionCommand } from './message-copies.ts';
import { MessagePanes } from './message-panes.tsx';
import type { GridCell } from './server-grid.ts';
import { explainCell, reasonOf, tellingQuestion, whomToTell } from './server-words.ts';

const { opened: said } = words.servers;

export interface ServerCellProps {
  readonly report: Report;
  readonly cell: GridCell;
}

export function ServerCell({ report, cell }: ServerCellProps): ReactNode {
  const explanation = explainCell(cell);
  const { ancestor, questions } = cell;
  const reason = reasonOf(cell);
  return (
    <div className="explanation scroll" aria-live="polite">
      <h3>
        <Seen text={explanation.headline} />
      </h3>
      {ancestor !== null && (
        <p className="explanation-facts">
          <span className="tag">{ancestor.rcode}</span>
          <SecurityTag security={ancestor.security} />
          {ancestor.fault !== null && <span className="mono dim">{ancestor.fault}</span>}
        </p>
      )}
      {reason !== null && (
        <p>
          <Seen text={reason} />
        </p>
      )}
      {explanation.paragraphs.map((paragraph) => (
        <p key={paragraph} className="dim">
          <Seen text={paragraph} />
        </p>
      ))}
      {explanation.parts.map(({ heading, text }) => (
        <Part key={heading} heading={heading}>
          <Seen text={text} />
        </Part>
      ))}
      <Tell report={report} cell={cell} />
      <Again report={report} cell={cell} />
      {questions.map((question) => (
        <Question
          key={`${question.type} ${question.transport}`}
          question={question}
          choices={messageChoices(report, cell.address, question)}
        />
      ))}
      {questions.length === 0 && ancestor !== null && ancestor.raw !== '' && (
        <Message raw={ancestor.raw} what={said.theMessage} choices={messageTexts(ancestor.raw)} />
      )}
    </div>
  );
}

interface PartProps {
  readonly heading: string;
  readonly children: ReactNode;
}

function Part({ heading, children }: PartProps): ReactNode {
  return (
    <p className="explanation-part">
      <b>{heading}:</b> {children}
    </p>
  );
}

/** Whose it is to mend, and what to send them. */
function Tell({ report, cell }: ServerCellProps): ReactNode {
  const tell = whomToTell(cell);
  if (tell === null) return null;
  const ticket = ticketForZone(ticketsOfRun(report), cell.zone);
  return (
    <>
      <Part heading={said.tell}>
        <Seen text={tell} />
      </Part>
      {ticket !== null && (
        <p className="explanation-buttons">
          <button
            type="button"
            className="ticket-button"
            onClick={() => {
              openTicket(ticket);
            }}
          >
            {said.ticket}
          </button>
        </p>
      )}
    </>
  );
}

function Again({ report, cell }: ServerCellProps): ReactNode {
  const question = tellingQuestion(report, cell);
  if (question === undefined) return null;
  const dig = questionCommand(report, cell.address, question);
  return (
    <p className="explanation-buttons">
      <code className="mono">
        <Seen text={dig} />
      </code>
      <CopyButton text={dig} copy={copyText} what={said.theCommand} />
    </p>
  );
}

interface QuestionProps {
  readonly question: ServerQuestion;
  readonly choices: readonly CopyChoice[];
}

function Question({ question, choices }: QuestionProps): ReactNode {
  const { name, type, transport, rcode, security, reason, records, raw } = question;
  const over = transport.toUpperCase();
  return (
    <article className="question" aria-label={said.question(name, type, over)}>
      <h4>
        <span className="mono">{type}</span>
        {said.over(over)}
        <span className="tag">{rcode}</span>
        {question.answer !== 'none' && <SecurityTag security={security} />}
        <span className="dim question-flags">{flagsOf(question).join(' · ')}</span>
      </h4>
      {reason !== '' && (
        <p>
          <Seen text={reason} />
        </p>
      )}
      {records.length > 0 && (
        <pre className="mono question-records">
          {records.map((record, index) => (
            <span key={index}>
              <Seen text={record} />
            </span>
          ))}
        </pre>
      )}
      <Message raw={raw} what={said.theAnswer(type, over)} choices={choices} />
    </article>
  );
}

function flagsOf({ size, authoritative, truncated, edns, signed, answer }: ServerQuestion) {
  if (answer === 'none' && size === null) return [];
  return [
    size === null ? '' : said.octets(size),
    authoritative ? said.authoritative : said.notAuthoritative,
    truncated ? said.cutOff : '',
    signed ? said.signed : said.unsigned,
    edns ? '' : said.noEdns,
  ].filter((flag) => flag !== '');
}

interface MessageProps {
  /** In hex; empty where none came. */
  readonly raw: string;
  readonly what: string;
  readonly choices: readonly CopyChoice[];
}

/** The fields and octets, out of the way until somebody wants them. */
function Message({ raw, what, choices }: MessageProps): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <div className="message">
      <div className="explanation-buttons">
        {raw !== '' && (
          <button
            type="button"
            className="message-fold"
            aria-expanded={open}
            aria-label={said.showMessage(what)}
            onClick={() => {
              setOpen(!open);
            }}
          >
            <Icon name={open ? 'down' : 'right'} size={10} />
            {said.message}
          </button>
        )}
        <CopyMenu what={what} choices={choices} />
      </div>
      {open && <MessagePanes raw={raw} />}
    </div>
  );
}
