/** One finding: what it is; opened, why it matters, the text that ends it, and the clause. */
import type { ReactNode } from 'react';
import type { Finding } from '../../shared/findings/finding.ts';
import { wordsFor } from '../../shared/findings/wording.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { rfcAddress } from '../ui/rfc-reference.ts';
import { Seen } from '../ui/seen.tsx';
import { SEVERITY_FACE } from '../ui/tone.ts';

export interface FindingCardProps {
  readonly finding: Finding;
  readonly open: boolean;
  readonly toggle: () => void;
  readonly copy: (text: string) => Promise<void>;
  readonly openReference: (address: string) => void;
}

export function FindingCard(props: FindingCardProps): ReactNode {
  const { finding, open, toggle } = props;
  const { tone, icon, word } = SEVERITY_FACE[finding.severity];
  const { title } = wordsFor(finding.code, finding.subject, finding.data);
  return (
    <li className={`finding${open ? ' is-open' : ''}`} data-open={open} data-code={finding.code}>
      <Icon name={icon} tone={tone} label={word} />
      <div className="finding-text">
        <button type="button" className="plain-button" aria-expanded={open} onClick={toggle}>
          <span className="finding-headline">
            <Seen text={title} />
          </span>
          <span className="finding-rest">
            <Seen text={finding.message} />
          </span>
        </button>
        {open && <Remedy {...props} />}
        {open && <Links {...props} />}
      </div>
    </li>
  );
}

function Remedy({ finding, copy }: FindingCardProps): ReactNode {
  if (finding.remedy === '') return null;
  return (
    <div className="remedy">
      <pre className="mono">
        <Lines text={finding.remedy} />
      </pre>
      <CopyButton text={finding.remedy} copy={copy} what="the remedy" />
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

function Links({ finding, openReference }: FindingCardProps): ReactNode {
  const address = rfcAddress(finding.reference);
  return (
    <p className="finding-links">
      {address === null ? (
        <span>{finding.reference}</span>
      ) : (
        <button
          type="button"
          className="text-link"
          onClick={() => {
            openReference(address);
          }}
        >
          {finding.reference}
        </button>
      )}
      <span className="mono finding-code">{finding.code}</span>
    </p>
  );
}
