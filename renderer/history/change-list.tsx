/** Each change in a sentence; what has a place in the picture leads there. */
import type { ReactNode } from 'react';
import type { Change, Changes } from '../../shared/history/change.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { useInspection } from '../store/inspection-store.ts';
import { selectFinding, selectNode } from '../store/selection-store.ts';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { placeOf } from './change-place.ts';
import { changeSentence, notComparedSentence } from './change-words.ts';

/** Sentences that a person reads; what is more is counted. */
const MAX_SENTENCES = 100;

export function ChangeList({ changes }: { readonly changes: Changes }): ReactNode {
  const report = useInspection((state) => state.report);
  if (report === null) return null;
  const { list, notCompared, askedOtherwise } = changes;
  const left = list.length - MAX_SENTENCES;
  return (
    // What scrolls is reached with the keys too, also where nothing in it can be pressed.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <ul className="changes-list scroll" tabIndex={0} aria-label={words.history.strip.title}>
      {list.slice(0, MAX_SENTENCES).map((change, index) => (
        <li key={index} data-change={change.kind}>
          <Sentence change={change} report={report} />
        </li>
      ))}
      {left > 0 && <li className="dim">{words.history.strip.more(left)}</li>}
      {notCompared.map((each) => (
        <li key={notComparedSentence(each)} className="dim">
          <Seen text={notComparedSentence(each)} />
        </li>
      ))}
      {askedOtherwise && <li className="dim">{words.history.notCompared.askedOtherwise}</li>}
    </ul>
  );
}

function Sentence(props: { readonly change: Change; readonly report: Report }): ReactNode {
  const { change, report } = props;
  const text = <Seen text={changeSentence(change)} />;
  const place = placeOf(report, change);
  if (place === null) return text;
  return (
    <button
      type="button"
      className="changes-jump"
      onClick={() => {
        if (place.kind === 'finding') selectFinding(report, place.finding);
        else selectNode(place.node);
      }}
    >
      {text}
    </button>
  );
}
