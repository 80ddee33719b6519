/** The clauses that a text cites, each a link to its page; what cites none is text alone. */
import { Fragment, type ReactNode } from 'react';
import { CITATION_SEPARATOR, citations } from './rfc-reference.ts';

export interface CitationLinksProps {
  readonly reference: string;
  /** Of what is text alone. */
  readonly textClass?: string;
  /** What a link is called where it is not seen. */
  readonly aloud: (clause: string) => string;
  readonly open: (address: string) => void;
}

export function CitationLinks(props: CitationLinksProps): ReactNode {
  const { reference, textClass, aloud, open } = props;
  return citations(reference).map(({ text, clause, address }, index) => (
    <Fragment key={index}>
      {index > 0 && CITATION_SEPARATOR}
      {address === null ? (
        <span className={textClass}>{text}</span>
      ) : (
        <button
          type="button"
          className="text-link"
          aria-label={aloud(clause)}
          title={aloud(clause)}
          onClick={() => {
            open(address);
          }}
        >
          {text}
        </button>
      )}
    </Fragment>
  ));
}
