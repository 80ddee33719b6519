/** Periods of validity, placed on one time line with the present. */

/** Instants in ISO 8601. */
export interface Span {
  readonly from: string;
  readonly until: string;
}

/** Places on the line, 0 its left end, 1 its right end. */
export interface Period {
  readonly from: number;
  readonly to: number;
  /** The present is inside. */
  readonly holds: boolean;
}

export interface TimeLine {
  readonly periods: readonly (Period | null)[];
  readonly now: number;
  /** The instants at both ends of the line, margins included. */
  readonly first: string;
  readonly last: string;
}

/** Room left at both ends, as a share of the whole. */
const MARGIN = 0.04;
/** Milliseconds on either side of an ECMAScript instant (ECMA-262 §21.4.1.1). */
const MAX_INSTANT = 8.64e15;

/** Null for what has no period, or one that cannot be read. */
export function timeLine(spans: readonly (Span | null)[], at: string): TimeLine {
  const present = Date.parse(at);
  const read = spans.map((span) => (span === null ? null : readSpan(span)));
  const known = [present, ...read.flatMap((span) => (span === null ? [] : [span.from, span.to]))];
  const instants = known.filter((instant) => !Number.isNaN(instant));
  const first = Math.min(...instants);
  const length = Math.max(Math.max(...instants) - first, 1);
  const place = (instant: number): number =>
    MARGIN + ((instant - first) / length) * (1 - 2 * MARGIN);
  const margin = (length * MARGIN) / (1 - 2 * MARGIN);
  return {
    periods: read.map((span) =>
      span === null
        ? null
        : {
            from: place(span.from),
            to: place(span.to),
            holds: span.from <= present && present <= span.to,
          },
    ),
    now: place(present),
    first: instantAt(first - margin),
    last: instantAt(first + length + margin),
  };
}

function readSpan({ from, until }: Span): { readonly from: number; readonly to: number } | null {
  const read = { from: Date.parse(from), to: Date.parse(until) };
  return Number.isNaN(read.from) || Number.isNaN(read.to) ? null : read;
}

/** ISO 8601 of milliseconds since the epoch, held within what can be written so. */
export function instantAt(instant: number): string {
  return new Date(Math.min(MAX_INSTANT, Math.max(-MAX_INSTANT, instant))).toISOString();
}
