/** The steps of the plan: when, what must hold before the next, what was seen of it, what breaks otherwise. */
import { Fragment, type ReactNode } from 'react';
import { unfoldStep, useRollover } from '../store/rollover-store.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { TONE_ICON, type Tone } from '../ui/tone.ts';
import { words } from '../words/words.ts';

const { steps: said } = words.rollover;

export interface StepRow {
  readonly key: string;
  readonly title: string;
  /** What to do, as a sentence or two. */
  readonly todo: string;
  readonly state: 'done' | 'present' | 'later';
  readonly when: ReactNode;
  readonly mustHold: string;
  readonly checked: { readonly tone: Tone; readonly words: ReactNode };
  readonly ifSkipped: string;
  /** The whole RRset once the step is done, as lines of a zone file. */
  readonly records: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface StepTableProps {
  readonly steps: readonly StepRow[];
  /** Whose clock the times are: `UTC+1`. */
  readonly zone: string;
}

export function StepTable({ steps, zone }: StepTableProps): ReactNode {
  const open = useRollover((state) => state.openSteps);
  return (
    <table className="step-table">
      <caption className="unseen">{said.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{said.step}</th>
          <th scope="col" title={said.whenHint}>
            {said.when(zone)}
          </th>
          <th scope="col">{said.mustHold}</th>
          <th scope="col">{said.checked}</th>
          <th scope="col" className="if-skipped">
            {said.ifSkipped}
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step, index) => {
          const isOpen = open.includes(step.key);
          return (
            <Fragment key={step.key}>
              <Row step={step} number={index + 1} isOpen={isOpen} />
              {isOpen && <Records step={step} />}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly step: StepRow;
  readonly number: number;
  readonly isOpen: boolean;
}

function Row({ step, number, isOpen }: RowProps): ReactNode {
  const { key, title, state, when, mustHold, checked, ifSkipped } = step;
  return (
    <tr
      className={`is-${state} tone-row-${checked.tone}`}
      {...(state === 'present' ? { 'aria-current': 'step' } : {})}
    >
      <th scope="row">
        <button
          type="button"
          className="plain-button step-title"
          aria-expanded={isOpen}
          title={said.unfold}
          onClick={() => {
            unfoldStep(key, !isOpen);
          }}
        >
          <Icon name={isOpen ? 'down' : 'right'} size={10} />
          <span className="step-number">{number}</span>
          {title}
        </button>
      </th>
      <td>{when}</td>
      <td>{mustHold}</td>
      <td>
        <span className={`checked tone-${checked.tone}`}>
          {checked.tone !== 'pending' && <Icon name={TONE_ICON[checked.tone]} />}
          <span>{checked.words}</span>
        </span>
      </td>
      <td className="dim if-skipped">{ifSkipped}</td>
    </tr>
  );
}

function Records({ step }: { readonly step: StepRow }): ReactNode {
  const { records, added, removed } = step;
  const marked = [
    ...records.map((record) => ({ record, mark: added.includes(record) ? '+' : ' ' })),
    ...removed.map((record) => ({ record, mark: '−' })),
  ];
  return (
    <tr className="step-records">
      <td colSpan={5}>
        <p>{step.todo}</p>
        <p className="if-skipped-below">{said.ifSkippedIs(step.ifSkipped)}</p>
        <p>
          <span className="dim">{records.length === 0 ? said.noRecord : said.wholeSet}</span>
          {records.length > 0 && (
            <CopyButton
              text={records.join('\n')}
              copy={copyText}
              what={said.recordsOf(step.title)}
            />
          )}
        </p>
        <ul className="mono">
          {marked.map(({ record, mark }) => (
            <li key={mark + record} className={mark === '−' ? 'is-removed' : ''}>
              <span aria-label={MARKS[mark] ?? ''}>{mark}</span> <Seen text={record} />
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}

const MARKS: Readonly<Record<string, string>> = { '+': said.added, '−': said.removed };
