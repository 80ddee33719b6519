/** The five columns of the picture, which share the width there is. */

export interface Span {
  readonly x: number;
  readonly width: number;
}

export interface Columns {
  readonly domain: Span;
  readonly host: Span;
  readonly record: Span;
  readonly chain: Span;
  readonly address: Span;
}

/** Pixels: least and most room of each column and of the gap behind it. */
const COLUMNS = {
  domain: { width: [112, 180], gap: [26, 60] },
  host: { width: [150, 220], gap: [18, 44] },
  record: { width: [164, 210], gap: [84, 150] },
  chain: { width: [178, 250], gap: [14, 36] },
  address: { width: [130, 250], gap: [0, 0] },
} as const;

export const MIN_WIDTH = widthAt(0);
const MAX_WIDTH = widthAt(1);

export function columnsFor(available: number): Columns {
  const share = Math.min(1, Math.max(0, (available - MIN_WIDTH) / (MAX_WIDTH - MIN_WIDTH)));
  let x = 0;
  const place = ({ width, gap }: (typeof COLUMNS)[keyof typeof COLUMNS]): Span => {
    const span = { x, width: Math.round(between(width, share)) };
    x += span.width + Math.round(between(gap, share));
    return span;
  };
  return {
    domain: place(COLUMNS.domain),
    host: place(COLUMNS.host),
    record: place(COLUMNS.record),
    chain: place(COLUMNS.chain),
    address: place(COLUMNS.address),
  };
}

function widthAt(share: number): number {
  return Object.values(COLUMNS).reduce(
    (total, { width, gap }) => total + between(width, share) + between(gap, share),
    0,
  );
}

function between([least, most]: readonly [number, number], share: number): number {
  return least + (most - least) * share;
}
