/** The time line: a row for each dated thing, its bar on one line of time with the present. */
import type { ReactNode } from 'react';
import type { Deadline, DeadlineWeight } from '../../shared/outlook/deadline.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { dayText, instantText } from '../ui/time.ts';
import { distanceWords, faceOf } from './deadline-face.ts';
import { axisLabels, type TimeScale } from './time-scale.ts';
import { words } from '../words/words.ts';

const { table: said } = words.outlook;

export interface DeadlineTableProps {
  readonly deadlines: readonly Deadline[];
  /** Milliseconds since the epoch, like `judgedAt`. */
  readonly now: number;
  readonly scale: TimeScale;
  readonly judgedAt: number | null;
  readonly shown: string | null;
  readonly choose: (key: string) => void;
}

export function DeadlineTable(props: DeadlineTableProps): ReactNode {
  const { deadlines, now, scale, judgedAt, shown, choose } = props;
  return (
    <>
      <table className="deadlines">
        <caption className="unseen">{said.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{said.what}</th>
            <th scope="col" className="deadline-bar">
              <Axis scale={scale} judgedAt={judgedAt} />
            </th>
            <th scope="col">{said.until}</th>
          </tr>
        </thead>
        <tbody>
          {deadlines.map((deadline) => (
            <Row
              key={deadline.key}
              deadline={deadline}
              now={now}
              scale={scale}
              judgedAt={judgedAt}
              chosen={deadline.key === shown}
              choose={() => {
                choose(deadline.key);
              }}
            />
          ))}
        </tbody>
      </table>
      <Legend />
    </>
  );
}

interface AxisProps {
  readonly scale: TimeScale;
  readonly judgedAt: number | null;
}

/** In words for the eye alone: each row says its date. */
function Axis({ scale, judgedAt }: AxisProps): ReactNode {
  return (
    <>
      <span className="unseen">{said.axis}</span>
      <span className="deadline-axis" aria-hidden>
        {axisLabels(scale, judgedAt).map(({ place, text, kind, isLast }) => (
          <span
            key={text}
            className={`deadline-label is-${kind}${isLast ? ' is-left' : ''}`}
            style={{ left: `${place * 100}%` }}
          >
            {text}
          </span>
        ))}
      </span>
    </>
  );
}

interface RowProps {
  readonly deadline: Deadline;
  readonly now: number;
  readonly scale: TimeScale;
  readonly judgedAt: number | null;
  readonly chosen: boolean;
  readonly choose: () => void;
}

function Row({ deadline, now, scale, judgedAt, chosen, choose }: RowProps): ReactNode {
  const { tone, icon, word } = faceOf(deadline, now);
  const iso = new Date(deadline.at).toISOString();
  return (
    <tr className={chosen ? 'is-chosen' : ''}>
      <th scope="row">
        <button type="button" className="deadline-what" aria-pressed={chosen} onClick={choose}>
          <Icon name={icon} tone={tone} />
          <span>
            <Seen text={deadline.what} />
            <span className="deadline-word dim">{word}</span>
          </span>
        </button>
      </th>
      <td className="deadline-bar">
        <Bar deadline={deadline} tone={tone} now={now} scale={scale} judgedAt={judgedAt} />
      </td>
      <td className="deadline-when" title={instantText(iso)}>
        {dayText(iso)}
        <span className="dim">{distanceWords(deadline.at, now)}</span>
      </td>
    </tr>
  );
}

/** Units across; the height is a row’s. */
const WIDTH = 1000;
const HEIGHT = 32;
const MIDDLE = HEIGHT / 2;

interface BarProps extends Omit<RowProps, 'chosen' | 'choose'> {
  readonly tone: string;
}

function Bar({ deadline, tone, now, scale, judgedAt }: BarProps): ReactNode {
  const x = (at: number): number => Math.round(scale.place(at) * WIDTH);
  const [from, to] = [x(deadline.from), x(deadline.at)];
  const present = x(now);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      {scale.ticks.map(({ place, label }) => (
        <path
          key={label}
          className="deadline-tick"
          d={`M${Math.round(place * WIDTH)} 0V${HEIGHT}`}
        />
      ))}
      {from < present && (
        <path className="deadline-gone" d={`M${from} ${MIDDLE}H${Math.min(to, present)}`} />
      )}
      {to > present && (
        <path
          className={`deadline-span is-${deadline.weight} tone-${tone}`}
          d={`M${Math.max(from, present)} ${MIDDLE}H${to}`}
        />
      )}
      <path className={`deadline-end tone-${tone}`} d={`M${to} ${MIDDLE - 8}V${MIDDLE + 8}`} />
      <path className="deadline-now" d={`M${present} 0V${HEIGHT}`} />
      {judgedAt !== null && <path className="deadline-judged" d={`M${x(judgedAt)} 0V${HEIGHT}`} />}
    </svg>
  );
}

const LEGEND: readonly DeadlineWeight[] = ['stops', 'routine', 'some', 'harmless'];

function Legend(): ReactNode {
  return (
    <ul className="deadline-legend dim">
      {LEGEND.map((weight) => (
        <li key={weight}>
          <svg width={26} height={10} viewBox="0 0 26 10" aria-hidden>
            <path className={`deadline-span is-${weight}`} d="M0 5H26" />
          </svg>
          {said.legend[weight]}
        </li>
      ))}
    </ul>
  );
}
