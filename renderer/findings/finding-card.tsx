/** One finding: what it is and whose to mend; opened, the text that ends it, the ticket, and the clause. */
import type { ReactNode } from 'react';
import { aboutFinding, hostOfFinding } from '../../shared/elsewhere/ticket-groups.ts';
import { ticketWith } from '../../shared/elsewhere/ticket.ts';
import type { Finding } from '../../shared/findings/finding.ts';
import { wordsFor } from '../../shared/findings/wording.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { jumpToNode } from '../store/finding-jump.ts';
import { openTicket, ticketsOfRun } from '../store/finding-ticket.ts';
import { useFindingMark } from '../store/history-marks.ts';
import { askAboutLink, copyText } from '../store/settings-store.ts';
import { CitationLinks } from '../ui/citation-links.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { SEVERITY_FACE } from '../ui/tone.ts';
import { words } from '../words/words.ts';

export interface FindingCardProps {
  readonly report: Report;
  readonly finding: Finding;
  readonly open: boolean;
  readonly toggle: () => void;
}

const said = words.findings;

export function FindingCard(props: FindingCardProps): ReactNode {
  const { report, finding, open, toggle } = props;
  const { tone, icon, word } = SEVERITY_FACE[finding.severity];
  const { title } = wordsFor(finding.code, finding.subject, finding.data);
  const mark = useFindingMark(finding);
  return (
    <li className={`finding${open ? ' is-open' : ''}`} data-open={open} data-code={finding.code}>
      <Icon name={icon} tone={tone} label={word} />
      <div className="finding-text">
        <button type="button" className="plain-button" aria-expanded={open} onClick={toggle}>
          <span className="finding-headline">
            <Seen text={title} />
            {mark !== null && <span className="since-mark">{words.history.marks[mark]}</span>}
          </span>
          <span className="finding-rest">
            <Seen text={finding.message} />
          </span>
          {finding.severity !== 'ok' && (
            <span className="finding-whose">
              <Seen text={whoseWords(report, finding)} />
            </span>
          )}
        </button>
        {open && <Remedy finding={finding} />}
        {open && <Links {...props} />}
      </div>
    </li>
  );
}

function whoseWords(report: Report, finding: Finding): string {
  const host = finding.mends === 'mail host' ? hostOfFinding(report, finding) : null;
  return said.whose[finding.mends](host?.name ?? aboutFinding(report, finding));
}

function Remedy({ finding }: { readonly finding: Finding }): ReactNode {
  if (finding.remedy === '') return null;
  return (
    <div className="remedy">
      <pre className="mono">
        <Lines text={finding.remedy} />
      </pre>
      <CopyButton text={finding.remedy} copy={copyText} what={said.theRemedy} />
    </div>
  );
}

/** A remedy has lines; every other unseen character in it is made visible. */
function Lines({ text }: { readonly text: string }): ReactNode {
  return text.split('\n').map((line, index) => (
    <span key={index} className="remedy-line">
      <Seen text={line} />
      {'\n'}
    </span>
  ));
}

function Links({ report, finding }: FindingCardProps): ReactNode {
  const ticket = ticketWith(ticketsOfRun(report), finding);
  return (
    <p className="finding-links">
      <LinkButton
        words={said.showInPicture}
        press={() => {
          jumpToNode(report, finding);
        }}
      />
      {ticket !== null && (
        <LinkButton
          words={said.ticket.offer[ticket.mender]}
          press={() => {
            openTicket(ticket);
          }}
        />
      )}
      <span>
        <CitationLinks reference={finding.reference} aloud={said.opensPage} open={askAboutLink} />
      </span>
      <span className="mono finding-code">{finding.code}</span>
    </p>
  );
}

interface LinkButtonProps {
  readonly words: string;
  readonly press: () => void;
}

function LinkButton({ words: label, press }: LinkButtonProps): ReactNode {
  return (
    <button type="button" className="text-link" onClick={press}>
      {label}
    </button>
  );
}
