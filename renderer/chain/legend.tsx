/** What the kinds of line mean. */
import type { ReactNode } from 'react';
import type { Security } from '../../shared/inspection/report.ts';
import { SECURITY_FACE } from '../ui/tone.ts';
import { words } from '../words/words.ts';

const STATUSES: readonly Security[] = ['secure', 'insecure', 'bogus', 'indeterminate'];

export function Legend(): ReactNode {
  return (
    <ul className="legend" aria-label={words.chain.legend}>
      {STATUSES.map((security) => (
        <li key={security}>
          <svg width="26" height="6" aria-hidden>
            <path className={`wire wire-${security}`} d="M1 3H25" />
          </svg>
          {SECURITY_FACE[security].word}
        </li>
      ))}
    </ul>
  );
}
