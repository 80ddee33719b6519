/** Where instants stand on a line that gives the next hours as much room as the next months. */
import { words } from '../words/words.ts';

const { table: said } = words.outlook;
const { steps } = said;

export interface TimeScale {
  /** 0 is the left end, 1 the right end. */
  place(at: number): number;
  readonly now: number;
  readonly ticks: readonly { readonly place: number; readonly label: string }[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Place of the present: what has been gets less room than what comes. */
const NOW_PLACE = 0.18;
/** Room left at both ends. */
const MARGIN = 0.02;
/** Two ticks closer than this could not be read apart. */
const LEAST_GAP = 0.13;
/** The line reaches this far at least, so that it means the same for domains of all kinds. */
const LEAST_SPAN_MS = 30 * DAY_MS;

const STEPS: readonly (readonly [label: string, ms: number])[] = [
  [steps.hour, HOUR_MS],
  [steps.day, DAY_MS],
  [steps.week, 7 * DAY_MS],
  [steps.month, 30 * DAY_MS],
  [steps.quarter, 91 * DAY_MS],
  [steps.year, 365 * DAY_MS],
  [steps.fiveYears, 1826 * DAY_MS],
  [steps.quarterCentury, 9131 * DAY_MS],
];

/** Logarithmic to both sides of the present, an hour being the unit. */
export function timeScale(now: number, instants: readonly number[]): TimeScale {
  const ahead = Math.max(LEAST_SPAN_MS, ...instants.map((at) => at - now));
  const behind = Math.max(LEAST_SPAN_MS, ...instants.map((at) => now - at));
  const share = (span: number, whole: number): number =>
    Math.min(1, Math.log1p(span / HOUR_MS) / Math.log1p(whole / HOUR_MS));
  const place = (at: number): number =>
    at >= now
      ? NOW_PLACE + share(at - now, ahead) * (1 - NOW_PLACE - MARGIN)
      : NOW_PLACE - share(now - at, behind) * (NOW_PLACE - MARGIN);
  const ticks: { readonly place: number; readonly label: string }[] = [];
  for (const [label, ms] of STEPS) {
    const at = place(now + ms);
    const last = ticks.at(-1)?.place ?? NOW_PLACE;
    if (ms <= ahead && at - last >= LEAST_GAP) ticks.push({ place: at, label });
  }
  return { place, now: NOW_PLACE, ticks };
}

export interface AxisLabel {
  readonly place: number;
  readonly text: string;
  readonly kind: 'now' | 'tick' | 'judged';
  /** It ends at its place instead of standing around it: the line ends there. */
  readonly isLast: boolean;
}

/** Share of the line that a label takes, in a narrow window. */
const LABEL_WIDTH = 0.22;

/** Those that can be read apart, what matters most before the rest. */
export function axisLabels(scale: TimeScale, judgedAt: number | null): readonly AxisLabel[] {
  const wanted: readonly Omit<AxisLabel, 'isLast'>[] = [
    ...(judgedAt === null
      ? []
      : [{ place: scale.place(judgedAt), text: said.judged, kind: 'judged' as const }]),
    { place: scale.now, text: said.inspected, kind: 'now' },
    ...scale.ticks.map(({ place, label }) => ({ place, text: label, kind: 'tick' as const })),
  ];
  const shown: AxisLabel[] = [];
  for (const label of wanted) {
    const next = { ...label, isLast: label.place > 1 - LABEL_WIDTH / 2 };
    if (shown.every((other) => Math.abs(middle(other) - middle(next)) >= LABEL_WIDTH)) {
      shown.push(next);
    }
  }
  return shown;
}

function middle({ place, isLast }: AxisLabel): number {
  return isLast ? place - LABEL_WIDTH / 2 : place;
}
