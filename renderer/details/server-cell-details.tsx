/** One cell of the grid opened: each question with its answer and proof, what should have been, the message. */
import { useState, type ReactNode } from 'react';
import type { ServerQuestion } from '../../shared/inspection/report.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { SecurityTag } from '../ui/security-tag.tsx';
import { Seen } from '../ui/seen.tsx';
import { countText } from '../ui/time.ts';
import { hexDump } from './hex-dump.ts';
import type { GridCell } from './server-grid.ts';
import { digCommand, explainCell, reasonOf, whomToTell } from './server-words.ts';

export function ServerCell({ cell }: { readonly cell: GridCell }): ReactNode {
  const words = explainCell(cell);
  const dig = digCommand(cell);
  const { ancestor, questions } = cell;
  const tell = whomToTell(cell);
  const reason = reasonOf(cell);
  return (
    <div className="explanation" aria-live="polite">
      <h3>
        <Seen text={words.headline} />
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
      {words.paragraphs.map((paragraph) => (
        <p key={paragraph} className="dim">
          {paragraph}
        </p>
      ))}
      {tell !== null && (
        <p>
          <b>Whom to tell:</b> <Seen text={tell} />
        </p>
      )}
      {questions.map((question) => (
        <Question key={`${question.type} ${question.transport}`} question={question} />
      ))}
      {questions.length === 0 && ancestor !== null && ancestor.raw !== '' && (
        <Message raw={ancestor.raw} what="the message" />
      )}
      <p className="explanation-buttons">
        <code className="mono">{dig}</code>
        <CopyButton text={dig} copy={copyText} what="the dig command" />
      </p>
    </div>
  );
}

function Question({ question }: { readonly question: ServerQuestion }): ReactNode {
  const { name, type, transport, rcode, security, reason, records, raw } = question;
  const over = transport.toUpperCase();
  return (
    <article className="question" aria-label={`${name} ${type} over ${over}`}>
      <h4>
        <span className="mono">{type}</span> over {over}
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
      {raw !== '' && <Message raw={raw} what={`the answer to ${type} over ${over}`} />}
    </article>
  );
}

function flagsOf({ size, authoritative, truncated, edns, signed, answer }: ServerQuestion) {
  if (answer === 'none' && size === null) return [];
  return [
    size === null ? '' : countText(size, 'octet', 'octets'),
    authoritative ? 'authoritative' : 'not authoritative',
    truncated ? 'cut off' : '',
    signed ? 'signed' : 'unsigned',
    edns ? '' : 'no EDNS',
  ].filter((flag) => flag !== '');
}

/** Lines of a message that are seen without scrolling. */
const MAX_ROWS = 12;

/** The octets, out of the way until somebody wants them. */
function Message({ raw, what }: { readonly raw: string; readonly what: string }): ReactNode {
  const [open, setOpen] = useState(false);
  const dump = open ? hexDump(raw) : '';
  return (
    <div className="message">
      <p className="explanation-buttons">
        <button
          type="button"
          className="message-fold"
          aria-expanded={open}
          aria-label={`Show ${what} in hexadecimal`}
          onClick={() => {
            setOpen(!open);
          }}
        >
          <Icon name={open ? 'down' : 'right'} size={10} />
          message
        </button>
        <CopyButton text={raw} copy={copyText} what={`${what} in hexadecimal`} label="Copy hex" />
      </p>
      {open && (
        <textarea
          className="mono message-octets"
          readOnly
          spellCheck={false}
          rows={Math.min(dump.split('\n').length + 1, MAX_ROWS)}
          aria-label={`Octets of ${what}`}
          value={dump}
        />
      )}
    </div>
  );
}
