/** The steps of a plan as rows of the table: times in the clock of this computer, what was seen by the last look. */
import type { ReactNode } from 'react';
import { zoneFileName } from '../../shared/findings/safe-text.ts';
import type { RolloverPlan, RolloverStep } from '../../shared/rollover/plan.ts';
import type { Check, Progress, StepProgress } from '../../shared/rollover/progress.ts';
import { wordsOfStep } from '../../shared/rollover/words.ts';
import { clockText, LocalTime, waitText } from '../ui/local-time.tsx';
import { Seen } from '../ui/seen.tsx';
import type { Tone } from '../ui/tone.ts';
import { visibleText } from '../ui/visible-text.ts';
import type { StepRow } from './step-table.tsx';

export interface RowsQuestion {
  readonly plan: RolloverPlan;
  readonly progress: Progress;
  /** Of the record set, without a trailing dot. */
  readonly owner: string;
  readonly ttl: number;
  readonly now: number;
  /** When the last look ended. */
  readonly seenAt: number;
  /** Since when every name server is known to show the records to come. */
  readonly publishedAt: number | null;
}

export function stepRows(question: RowsQuestion): readonly StepRow[] {
  const { plan, progress, owner, ttl } = question;
  const line = (record: string): string => `${zoneFileName(owner)} ${ttl} IN TLSA ${record}`;
  const present = presentStep(progress);
  return plan.steps.flatMap((step, index) => {
    const state = progress.steps[index];
    if (state === undefined) return [];
    const words = wordsOfStep(step, plan);
    return [
      {
        key: step.kind,
        title: words.title,
        todo: words.todo,
        state: state.state === 'done' ? 'done' : index === present ? 'present' : 'later',
        when: whenOf(step, state, question),
        mustHold: words.check,
        checked: checkedOf(state, index === present, question),
        ifSkipped: words.otherwise,
        records: step.records.map(line),
        added: step.add.map(line),
        removed: step.remove.map(line),
      },
    ];
  });
}

/** The first that is not done; a wait stands for the step that it holds back. */
function presentStep({ steps }: Progress): number {
  return steps.findIndex(({ state }) => state !== 'done');
}

function whenOf(step: RolloverStep, progress: StepProgress, question: RowsQuestion): ReactNode {
  const { now, publishedAt, plan } = question;
  const { state, until } = progress;
  if (state === 'done') {
    return step.kind === 'publish' && publishedAt !== null ? (
      <LocalTime at={publishedAt} now={now} />
    ) : (
      'done'
    );
  }
  if (step.kind === 'wait' || step.kind === 'settle') {
    if (until !== null) return <>until {<LocalTime at={until} now={now} />}</>;
    return waitText(step.kind === 'wait' ? plan.settled : plan.settle);
  }
  if (state === 'now') return 'now';
  if (until !== null) return <>from {<LocalTime at={until} now={now} />}</>;
  if (step.after > 0) {
    return `${waitText(step.after)} after ${step.kind === 'deploy' ? 'publishing' : 'deploying'}`;
  }
  return 'then';
}

interface Checked {
  readonly tone: Tone;
  readonly words: ReactNode;
}

function checkedOf(
  { kind, state, check, until }: StepProgress,
  isPresent: boolean,
  { now, seenAt }: RowsQuestion,
): Checked {
  if (state === 'unknown' && check.kind !== 'servers') {
    return { tone: 'none', words: kind === 'prepare' ? MAYBE_PREPARED : 'could not tell' };
  }
  if (until !== null && check.kind === 'time') {
    return { tone: 'warn', words: `${waitText((until - now) / 1000)} left` };
  }
  if (check.kind === 'time' || check.kind === 'none') {
    const over = check.kind === 'time' ? 'over' : 'done';
    return state === 'done' ? { tone: 'ok', words: over } : NOT_YET;
  }
  if (state !== 'done' && !isPresent && state !== 'now') return NOT_YET;
  const counted = countedOf(check);
  const tone =
    state === 'done'
      ? 'ok'
      : counted.silent.length > 0 && counted.wrong.length === 0
        ? 'none'
        : 'warn';
  return {
    tone,
    words: (
      <>
        {counted.right} of {counted.all} at {clockText(seenAt, now)}
        {counted.wrong.length > 0 && <Named words="not" names={counted.wrong} />}
        {counted.silent.length > 0 && <Named words={counted.silence} names={counted.silent} />}
      </>
    ),
  };
}

const MAYBE_PREPARED = 'a record that matches nothing could be a next key’s, or left over';
const NOT_YET: Checked = { tone: 'pending', words: 'not yet' };

/** Names that are told; more are counted. */
const MAX_NAMES = 3;

function Named({
  words,
  names,
}: {
  readonly words: string;
  readonly names: readonly string[];
}): ReactNode {
  const more = names.length - MAX_NAMES;
  return (
    <span className="checked-names" title={names.map(visibleText).join('\n')}>
      {words} <Seen text={names.slice(0, MAX_NAMES).join(', ')} />
      {more > 0 && ` and ${more} more`}
    </span>
  );
}

function countedOf(check: Extract<Check, { readonly kind: 'servers' | 'addresses' }>): {
  readonly right: number;
  readonly all: number;
  readonly wrong: readonly string[];
  readonly silent: readonly string[];
  readonly silence: string;
} {
  const { right, wrong } = check;
  const silent = check.kind === 'servers' ? check.silent : check.unseen;
  const all = right.length + wrong.length + silent.length;
  const silence = check.kind === 'servers' ? 'silent:' : 'not seen:';
  return { right: right.length, all, wrong, silent, silence };
}
