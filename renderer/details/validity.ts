/** Validity periods of signatures, placed on one time line with the present. */
import type { ZoneReport } from '../../shared/inspection/report.ts';

/** Places on the line, 0 its left end, 1 its right end. */
export interface Period {
  readonly from: number;
  readonly to: number;
  /** The present is inside. */
  readonly holds: boolean;
}

/** Room left at both ends, as a share of the whole. */
const MARGIN = 0.04;

export function periodsOf(
  zones: readonly ZoneReport[],
  at: string,
): { readonly periods: readonly (Period | null)[]; readonly now: number } {
  const present = Date.parse(at);
  const spans = zones.map(({ signature }) =>
    signature === null
      ? null
      : { from: Date.parse(signature.inception), to: Date.parse(signature.expiration) },
  );
  const instants = [
    present,
    ...spans.flatMap((span) => (span === null ? [] : [span.from, span.to])),
  ];
  const known = instants.filter((instant) => !Number.isNaN(instant));
  const first = Math.min(...known);
  const length = Math.max(Math.max(...known) - first, 1);
  const place = (instant: number): number =>
    MARGIN + ((instant - first) / length) * (1 - 2 * MARGIN);
  return {
    periods: spans.map((span) =>
      span === null
        ? null
        : {
            from: place(span.from),
            to: place(span.to),
            holds: span.from <= present && present <= span.to,
          },
    ),
    now: place(present),
  };
}
