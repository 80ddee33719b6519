/** The line that tells what changed since the run that is compared with; opened, each change by itself. */
import { useState, type ReactNode } from 'react';
import type { Changes } from '../../shared/history/change.ts';
import { compareWithPrevious, stopComparing, useComparison } from '../store/history-comparison.ts';
import { compareShownWith, useHistory } from '../store/history-store.ts';
import { useInspection, type Phase } from '../store/inspection-store.ts';
import { DismissButton } from '../ui/dismiss-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { instantText } from '../ui/time.ts';
import { OUTCOME_FACE } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import { ChangeList } from './change-list.tsx';
import { headlineOf } from './change-words.ts';
import { sinceText } from './since-text.ts';

const said = words.history.strip;

export function ChangesStrip(): ReactNode {
  const before = useComparison((state) => state.before);
  const changes = useComparison((state) => state.changes);
  const phase = useInspection((state) => state.phase);
  const at = useInspection((state) => state.report?.at ?? '');
  const [isOpen, setOpen] = useState(false);
  if (before === null) return null;
  const hasMore =
    changes !== null &&
    (changes.list.length + changes.notCompared.length > 0 || changes.askedOtherwise);
  return (
    <section className="changes" aria-label={said.title}>
      <div className="changes-line">
        <Icon name="clock" tone="none" />
        <p className="changes-words" role="status" title={instantText(before.at)}>
          <strong>{said.since(sinceText(before.at, at))}</strong>: {sentence(changes, phase)}
        </p>
        {hasMore && (
          <button
            type="button"
            className="text-link"
            aria-expanded={isOpen}
            onClick={() => {
              setOpen(!isOpen);
            }}
          >
            {isOpen ? said.hide : said.show}
          </button>
        )}
        <OtherRuns />
        <DismissButton dismiss={stopComparing} label={said.stop} />
      </div>
      {hasMore && isOpen && <ChangeList changes={changes} />}
    </section>
  );
}

function sentence(changes: Changes | null, phase: Phase): ReactNode {
  if (changes === null) {
    const isUnderWay = phase === 'running' || phase === 'starting';
    return isUnderWay ? said.waiting : said.stopped;
  }
  const parts = headlineOf(changes);
  if (parts.length > 0) return <Seen text={parts.join(' · ')} />;
  return changes.notCompared.length > 0 ? said.nothingSeen : said.nothing;
}

/** Any kept run of the domain that is shown; the one shown before stands first. */
function OtherRuns(): ReactNode {
  const domain = useInspection((state) => state.report?.domain ?? '');
  const network = useInspection((state) => state.network);
  const shownAt = useInspection((state) => state.report?.at ?? '');
  const { keptId, previous } = useComparison();
  const entries = useHistory((state) => state.entries);
  const kept = entries.filter(
    (entry) => entry.domain === domain && entry.network === network && entry.at !== shownAt,
  );
  const others = kept.filter(({ at }) => at !== previous?.at);
  if (others.length === 0) return null;
  return (
    <select
      className="changes-with"
      aria-label={said.with}
      value={keptId ?? ''}
      onChange={({ currentTarget: { value } }) => {
        if (value === '') compareWithPrevious();
        else void compareShownWith(value);
      }}
    >
      {previous !== null && <option value="">{said.before}</option>}
      {others.map(({ id, at, outcome }) => (
        <option key={id} value={id}>
          {`${instantText(at)} · ${OUTCOME_FACE[outcome].word}`}
        </option>
      ))}
    </select>
  );
}
