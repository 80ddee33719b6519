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
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { steps: said } = words.rollover;

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
    const { title, todo, check, otherwise } = wordsOfStep(step, plan);
    return [
      {
        key: step.kind,
        title,
        todo,
        state: state.state === 'done' ? 'done' : index === present ? 'present' : 'later',
        when: whenOf(step, state, question),
        mustHold: check,
        checked: checkedOf(state, index === present, question),
        ifSkipped: otherwise,
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
      said.done
    );
  }
  if (step.kind === 'wait' || step.kind === 'settle') {
    if (until !== null) return <Said parts={said.until(<LocalTime at={until} now={now} />)} />;
    return waitText(step.kind === 'wait' ? plan.settled : plan.settle);
  }
  if (state === 'now') return said.now;
  if (until !== null) return <Said parts={said.from(<LocalTime at={until} now={now} />)} />;
  if (step.after > 0) {
    const after = step.kind === 'deploy' ? said.afterPublishing : said.afterDeploying;
    return after(waitText(step.after));
  }
  return said.next;
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
    return { tone: 'none', words: kind === 'prepare' ? said.maybePrepared : said.couldNotTell };
  }
  if (until !== null && check.kind === 'time') {
    return { tone: 'warn', words: said.left(waitText((until - now) / 1000)) };
  }
  if (check.kind === 'time' || check.kind === 'none') {
    const over = check.kind === 'time' ? said.over : said.done;
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
        {said.counted(counted.right, counted.all, clockText(seenAt, now))}
        {counted.wrong.length > 0 && <Named say={said.not} names={counted.wrong} />}
        {counted.silent.length > 0 && <Named say={counted.silence} names={counted.silent} />}
      </>
    ),
  };
}

const NOT_YET: Checked = { tone: 'pending', words: said.notYet };

/** Puts names into their sentence. */
type SayOf = (names: ReactNode) => readonly ReactNode[];

/** Names that are told; more are counted. */
const MAX_NAMES = 3;

interface NamedProps {
  readonly say: SayOf;
  readonly names: readonly string[];
}

function Named({ say, names }: NamedProps): ReactNode {
  const first = names.slice(0, MAX_NAMES).join(', ');
  const more = names.length - MAX_NAMES;
  return (
    <span className="checked-names" title={names.map(visibleText).join('\n')}>
      <Said parts={say(<Seen text={more > 0 ? said.andMore(first, more) : first} />)} />
    </span>
  );
}

function countedOf(check: Extract<Check, { readonly kind: 'servers' | 'addresses' }>): {
  readonly right: number;
  readonly all: number;
  readonly wrong: readonly string[];
  readonly silent: readonly string[];
  readonly silence: SayOf;
} {
  const { right, wrong } = check;
  const silent = check.kind === 'servers' ? check.silent : check.unseen;
  const all = right.length + wrong.length + silent.length;
  const silence = check.kind === 'servers' ? said.silent : said.unseen;
  return { right: right.length, all, wrong, silent, silence };
}
