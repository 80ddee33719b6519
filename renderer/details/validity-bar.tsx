/** One period as a bar on a time line with the present; what it shows stands in words beside it. */
import type { ReactNode } from 'react';
import type { Tone } from '../ui/tone.ts';
import type { Period } from './validity.ts';

export interface ValidityBarProps {
  readonly period: Period | null;
  readonly now: number;
  /** What it means that it does not hold now. */
  readonly over: Tone;
}

/** Share of the line: a shorter bar would not be seen. */
const MIN_WIDTH = 0.006;

export function ValidityBar({ period, now, over }: ValidityBarProps): ReactNode {
  if (period === null) return null;
  const { from, to, holds } = period;
  const width = Math.max(to - from, MIN_WIDTH);
  return (
    <span className="bar" aria-hidden>
      <span
        className={holds ? 'bar-span tone-ok' : `bar-span tone-${over} is-over`}
        style={{ left: `${from * 100}%`, width: `${width * 100}%` }}
      />
      <span className="bar-now" style={{ left: `${now * 100}%` }} />
    </span>
  );
}
