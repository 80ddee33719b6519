/** Where everything of the time-line picture stands: marks in order of time, bars between them. */

export type MarkKind = 'publish' | 'now' | 'deploy' | 'remove';

/** What the picture is made of; instants in milliseconds since the epoch. */
export interface TimeLineFacts {
  readonly now: number;
  /** In no order; two at one instant are drawn as one line. */
  readonly marks: readonly MarkFacts[];
  readonly records: readonly BarFacts[];
  readonly served: readonly BarFacts[];
  /** From now until then caches are waited for; null when nothing is waited for. */
  readonly waitUntil: number | null;
}

export interface MarkFacts {
  readonly kind: MarkKind;
  readonly at: number;
  /** Above the line. */
  readonly title: string;
  /** Below it: when. */
  readonly note: string;
}

export interface BarFacts {
  /** How it is drawn and, in words, what it is. */
  readonly look: 'current' | 'next' | 'stale' | 'old-key' | 'new-key';
  readonly label: string;
  /** `null`: from before, or with no end in sight. */
  readonly from: MarkKind | null;
  readonly to: MarkKind | null;
  /** Bars of one row follow one another. */
  readonly row: number;
}

export interface TimeLine {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  readonly records: readonly Bar[];
  readonly served: readonly Bar[];
  /** Baselines of the two headings and of the notes under the lines. */
  readonly recordsTop: number;
  readonly servedTop: number;
  readonly notesTop: number;
  readonly linesTo: number;
  readonly wait: { readonly from: number; readonly to: number; readonly y: number } | null;
}

export interface Mark {
  readonly x: number;
  readonly at: number;
  readonly titles: readonly string[];
  readonly notes: readonly string[];
  readonly isNow: boolean;
}

export interface Bar extends BarFacts {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** All in pixels. */
export const BAR_HEIGHT = 24;
const BAR_STEP = 30;
/** Room before the first line and behind the last, at least: for what stands already and what stays. */
const EDGE = 84;
/** Between two lines, at least: their notes stand beside each other. */
const GAP = 116;
const MARGIN = 4;
const TITLES = 20;
const HEADING = 26;
const WAIT = 26;
const NOTE = 16;

export function layOut(facts: TimeLineFacts, width: number): TimeLine {
  const groups = groupByInstant(facts.marks);
  const places = placesOf(
    groups.map(([mark]) => mark?.at ?? 0),
    width,
  );
  const xOf = new Map(
    groups.flatMap((group, index) => group.map(({ kind }) => [kind, places[index] ?? 0] as const)),
  );
  const recordsTop = TITLES + HEADING;
  const servedTop = recordsTop + rowsOf(facts.records) * BAR_STEP + HEADING;
  const waitTop = servedTop + rowsOf(facts.served) * BAR_STEP;
  const linesTo = waitTop + WAIT;
  const lay = (bars: readonly BarFacts[], top: number): readonly Bar[] =>
    bars.map((bar) => {
      const x = (bar.from === null ? undefined : xOf.get(bar.from)) ?? MARGIN;
      const end = (bar.to === null ? undefined : xOf.get(bar.to)) ?? width - MARGIN;
      return { ...bar, x, y: top + bar.row * BAR_STEP, width: Math.max(end - x, 0) };
    });
  const notes = Math.max(1, ...groups.map((group) => notesOf(group).length));
  return {
    width,
    height: linesTo + 8 + notes * NOTE,
    marks: groups.map((group, index) => ({
      x: places[index] ?? 0,
      at: group[0]?.at ?? 0,
      titles: group.map(({ title }) => title),
      notes: notesOf(group),
      isNow: group.some(({ kind }) => kind === 'now'),
    })),
    records: lay(facts.records, recordsTop),
    served: lay(facts.served, servedTop),
    recordsTop,
    servedTop,
    notesTop: linesTo + NOTE,
    linesTo,
    wait: waitOf(facts, groups, places, waitTop + WAIT / 2 + 4),
  };
}

function notesOf(group: readonly MarkFacts[]): readonly string[] {
  return [...new Set(group.map(({ note }) => note))].filter((note) => note !== '');
}

function rowsOf(bars: readonly BarFacts[]): number {
  return Math.max(0, ...bars.map(({ row }) => row + 1));
}

function groupByInstant(marks: readonly MarkFacts[]): readonly (readonly MarkFacts[])[] {
  const groups = new Map<number, MarkFacts[]>();
  for (const mark of [...marks].sort((a, b) => a.at - b.at)) {
    groups.set(mark.at, [...(groups.get(mark.at) ?? []), mark]);
  }
  return [...groups.values()];
}

/** In the order of time; what is not needed to tell the lines apart is shared out by duration. */
function placesOf(instants: readonly number[], width: number): readonly number[] {
  const count = instants.length;
  const first = instants[0] ?? 0;
  const span = (instants.at(-1) ?? first) - first;
  const needed = 2 * EDGE + Math.max(0, count - 1) * GAP;
  const spare = Math.max(0, width - needed);
  // A window too narrow for all shrinks every part alike.
  const scale = Math.min(1, width / needed);
  const edge = (EDGE + spare / (count + 1)) * scale;
  const shared = spare - (2 * spare) / (count + 1);
  return instants.map(
    (at, index) => edge + (index * GAP + (span === 0 ? 0 : ((at - first) / span) * shared)) * scale,
  );
}

function waitOf(
  { now, waitUntil }: TimeLineFacts,
  groups: readonly (readonly MarkFacts[])[],
  places: readonly number[],
  y: number,
): TimeLine['wait'] {
  if (waitUntil === null) return null;
  const at = (instant: number): number | undefined =>
    places[groups.findIndex((group) => group.some((mark) => mark.at === instant))];
  const from = at(now);
  const to = at(waitUntil);
  return from === undefined || to === undefined || to <= from ? null : { from, to, y };
}
