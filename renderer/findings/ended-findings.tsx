/** Findings that the run compared with had, and that are there no more. */
import { useState, type ReactNode } from 'react';
import type { Finding } from '../../shared/findings/finding.ts';
import { wordsFor } from '../../shared/findings/wording.ts';
import { useComparison } from '../store/history-comparison.ts';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { Fold } from './fold.tsx';

export function EndedFindings(): ReactNode {
  const changes = useComparison((state) => state.changes);
  const [isOpen, setOpen] = useState(false);
  const ended = (changes?.list ?? []).flatMap((change) =>
    change.kind === 'finding' && change.what === 'gone' && change.finding.severity !== 'ok'
      ? [change.finding]
      : [],
  );
  return (
    <Fold
      isOpen={isOpen}
      toggle={() => {
        setOpen(!isOpen);
      }}
      label={words.history.endedFindings(ended.length)}
      shown={[]}
      folded={ended.map((finding, index) => (
        <Ended key={index} finding={finding} />
      ))}
    />
  );
}

function Ended({ finding: { code, subject, data } }: { readonly finding: Finding }): ReactNode {
  return (
    <li className="finding is-ended" data-ended={code}>
      <div className="finding-text">
        <span className="finding-headline">
          <Seen text={wordsFor(code, subject, data).title} />
          <span className="since-mark">{words.history.marks.gone}</span>
        </span>
        <span className="finding-rest">
          <Seen text={subject} />
        </span>
      </div>
    </li>
  );
}
