/** The control that judges the same evidence at another time, and what came of it. */
import { Button } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Report } from '../../shared/inspection/report.ts';
import type { Deadline } from '../../shared/outlook/deadline.ts';
import { useInspection } from '../store/inspection-store.ts';
import { judgeAt, leaveOutlook, useOutlook } from '../store/outlook-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { instantText } from '../ui/time.ts';
import { OUTCOME_FACE } from '../ui/tone.ts';
import { endedBetween, fieldText, hostChanges, instantOf } from './judged-words.ts';

export interface JudgeAtProps {
  readonly report: Report;
  readonly deadlines: readonly Deadline[];
}

const DAY_MS = 86_400_000;
const PRESETS = [7, 30, 90] as const;

export function JudgeAt({ report, deadlines }: JudgeAtProps): ReactNode {
  const runId = useInspection((state) => state.runId);
  const other = useOutlook();
  const isMine = other.runId === runId && other.at !== null;
  const asked = isMine ? other.at : null;
  return (
    <section className="judge-at" aria-label="Judge at another time">
      <h3>Judge the same evidence at another time</h3>
      <AtForm key={asked ?? 'none'} initial={asked ?? Date.parse(report.at)} />
      <p className="judge-presets">
        <Preset label="Now" at={() => Date.now()} />
        {PRESETS.map((days) => (
          <Preset key={days} label={`In ${days} days`} at={() => Date.now() + days * DAY_MS} />
        ))}
        {isMine && (
          <Button size="compact-sm" variant="default" onClick={leaveOutlook}>
            As inspected
          </Button>
        )}
      </p>
      <div aria-live="polite">
        {isMine && other.phase === 'judging' && <p className="dim">Judging…</p>}
        {isMine && other.phase === 'refused' && <p className="judge-refusal">{other.message}</p>}
        {isMine && other.report !== null && (
          <Outcome before={report} after={other.report} deadlines={deadlines} />
        )}
      </div>
    </section>
  );
}

function AtForm({ initial }: { readonly initial: number }): ReactNode {
  const [typed, setTyped] = useState(fieldText(initial));
  const at = instantOf(typed);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (at !== null) void judgeAt(at);
  };
  return (
    <form className="judge-form" onSubmit={submit}>
      <label>
        Judge at{' '}
        <input
          type="datetime-local"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />{' '}
        UTC
      </label>
      <Button type="submit" size="compact-sm" disabled={at === null}>
        Judge
      </Button>
    </form>
  );
}

interface PresetProps {
  readonly label: string;
  readonly at: () => number;
}

function Preset({ label, at }: PresetProps): ReactNode {
  return (
    <Button size="compact-sm" variant="default" onClick={() => void judgeAt(at())}>
      {label}
    </Button>
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
        <Judged report={before} note="as inspected" />
        <Judged report={after} note="if nothing is renewed" />
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
          <h4>What has ended by then</h4>
          <ul className="outlook-sources">
            {ended.map((what) => (
              <li key={what}>
                <Seen text={what} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="dim">
        Judged from what was seen when it was inspected. Signatures over DS records are not among
        it, and what failed then is taken to fail still.
      </p>
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
