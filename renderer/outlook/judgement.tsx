/** What the evidence comes to at another time, beside what it came to when it was inspected. */
import type { ReactNode } from 'react';
import type { Report } from '../../shared/inspection/report.ts';
import type { Deadline } from '../../shared/outlook/deadline.ts';
import { useInspection } from '../store/inspection-store.ts';
import { useOutlook } from '../store/outlook-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { instantText } from '../ui/time.ts';
import { OUTCOME_FACE } from '../ui/tone.ts';
import { endedBetween, hostChanges } from './judged-words.ts';
import { words } from '../words/words.ts';

const { judge: said } = words.outlook;

export interface JudgementProps {
  readonly report: Report;
  readonly deadlines: readonly Deadline[];
}

export function Judgement({ report, deadlines }: JudgementProps): ReactNode {
  const runId = useInspection((state) => state.runId);
  const other = useOutlook();
  const isMine = other.runId === runId && other.at !== null;
  return (
    <section className={isMine ? 'judgement' : 'unseen'} aria-live="polite" aria-label={said.title}>
      {isMine && other.phase === 'judging' && <p className="dim">{said.judging}</p>}
      {isMine && other.phase === 'refused' && <p className="judge-refusal">{other.message}</p>}
      {isMine && other.report !== null && (
        <Outcome before={report} after={other.report} deadlines={deadlines} />
      )}
    </section>
  );
}

interface OutcomeProps {
  readonly before: Report;
  readonly after: Report;
  readonly deadlines: readonly Deadline[];
}

function Outcome({ before, after, deadlines }: OutcomeProps): ReactNode {
  const changes = hostChanges(before, after);
  const ended = endedBetween(deadlines, Date.parse(before.at), Date.parse(after.at));
  return (
    <>
      <dl className="judge-outcomes">
        <Judged report={before} note={said.before} />
        <Judged report={after} note={said.after} />
      </dl>
      {changes.length > 0 && (
        <ul className="outlook-hosts">
          {changes.map((change) => (
            <li key={change}>
              <Seen text={change} />
            </li>
          ))}
        </ul>
      )}
      {ended.length > 0 && (
        <>
          <h4>{said.ended}</h4>
          <ul className="outlook-sources">
            {ended.map((what) => (
              <li key={what}>
                <Seen text={what} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="dim">{said.basis}</p>
    </>
  );
}

interface JudgedProps {
  readonly report: Report;
  readonly note: string;
}

function Judged({ report, note }: JudgedProps): ReactNode {
  const { tone, icon, word } = OUTCOME_FACE[report.outcome];
  return (
    <div data-outcome={report.outcome}>
      <dt>
        {instantText(report.at)} <span className="dim">{note}</span>
      </dt>
      <dd>
        <span className={`judge-word tone-${tone}`}>
          <Icon name={icon} /> {word}
        </span>{' '}
        <Seen text={report.summary} />
      </dd>
    </div>
  );
}
