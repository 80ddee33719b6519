/** A sentence that has something more than text in it, in the order that the language wants. */
import { Fragment, type ReactNode } from 'react';

/** What `words` makes of the pieces that it was handed: texts of its own, and the pieces in their places. */
export interface SaidProps {
  readonly parts: readonly ReactNode[];
}

export function Said({ parts }: SaidProps): ReactNode {
  return parts.map((part, index) => <Fragment key={index}>{part}</Fragment>);
}
