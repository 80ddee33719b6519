/** The clauses that a text cites, each with its address on the web. */

export interface Citation {
  /** As it is written there. */
  readonly text: string;
  /** What it cites when it stands alone: `RFC 7672 §6` for the `§6` of `RFC 7672 §2.2, §6`. */
  readonly clause: string;
  /** The RFC editor’s page at that section; null for text that cites no RFC. */
  readonly address: string | null;
}

/** Put together with `CITATION_SEPARATOR` they are the whole text. */
export function citations(reference: string): readonly Citation[] {
  let document: string | null = null;
  return reference.split(CITATION_SEPARATOR).map((text) => {
    document = DOCUMENT.exec(text)?.[0] ?? (text.startsWith('§') ? document : null);
    const clause = text.startsWith('§') && document !== null ? `${document} ${text}` : text;
    return { text, clause, address: addressOf(clause) };
  });
}

export const CITATION_SEPARATOR = ', ';

const DOCUMENT = /^RFC \d{1,5}/;

function addressOf(clause: string): string | null {
  const match = /^RFC (\d{1,5})(?: §([0-9A-Z](?:[0-9.]*[0-9])?))?/.exec(clause);
  if (match === null) return null;
  const [, number, section] = match;
  const page = `https://www.rfc-editor.org/rfc/rfc${number}`;
  return section === undefined ? page : `${page}#section-${section}`;
}
