/** Where everything goes: fixed columns that share the width there is, rows that are as high as needed. */
import type { ChainGraph, HostRow } from './graph.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface RowLayout {
  readonly host: Box;
  readonly records: readonly Box[];
  readonly chains: readonly Box[];
  readonly addresses: readonly Box[];
}

export interface ChainLayout {
  readonly domain: Box;
  readonly rows: readonly RowLayout[];
  readonly folded: Box | null;
  readonly columns: Columns;
  readonly width: number;
  readonly height: number;
}

interface Span {
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
  domain: { width: [114, 180], gap: [24, 56] },
  host: { width: [150, 220], gap: [18, 44] },
  record: { width: [164, 210], gap: [84, 150] },
  chain: { width: [178, 250], gap: [12, 36] },
  address: { width: [104, 250], gap: [0, 0] },
} as const;

export const MIN_WIDTH = widthAt(0);
const MAX_WIDTH = widthAt(1);

const HEADING = 34;
const DOMAIN_HEIGHT = 54;
const HOST_HEIGHT = 54;
const LINE_HEIGHT = 30;
const LINE_GAP = 8;
const BLOCK_GAP = 12;
/** Rows spread over the room there is, but stay together as one picture. */
const MIN_ROW_GAP = 34;
const MAX_ROW_GAP = 84;
const MAX_SPACE_ABOVE = 64;
const LOOSE_END_LABEL = 14;

export function layOut(
  graph: ChainGraph,
  room: { readonly width: number; readonly height: number },
): ChainLayout {
  const columns = columnsFor(room.width);
  const rowGap = rowGapFor(graph, room.height);
  const rows: RowLayout[] = [];
  let y = HEADING + spaceAbove(graph, room.height);
  for (const row of graph.rows) {
    const height = rowHeight(row);
    rows.push(layOutRow(row, columns, y, height));
    y += height + rowGap;
  }
  const folded =
    graph.folded === null
      ? null
      : {
          x: columns.host.x,
          y,
          width: columns.record.x - columns.host.x + columns.record.width,
          height: 36,
        };
  const bottom =
    folded === null
      ? Math.max(y - rowGap, HEADING + MAX_SPACE_ABOVE + DOMAIN_HEIGHT)
      : y + folded.height;
  return {
    domain: { ...columns.domain, y: middleOf(rows), height: DOMAIN_HEIGHT },
    rows,
    folded,
    columns,
    width: columns.address.x + columns.address.width,
    height: bottom,
  };
}

/** Where the domain stands: halfway between its first and its last host. */
function middleOf(rows: readonly RowLayout[]): number {
  const first = rows[0]?.host;
  const last = rows[rows.length - 1]?.host;
  if (first === undefined || last === undefined) return HEADING + MAX_SPACE_ABOVE;
  return (first.y + last.y) / 2;
}

/** A small picture does not cling to its headings. */
function spaceAbove(graph: ChainGraph, room: number): number {
  const content = graph.rows.reduce((sum, row) => sum + rowHeight(row), HEADING);
  const gaps = Math.max(graph.rows.length - 1, 0) * MAX_ROW_GAP;
  return Math.min(MAX_SPACE_ABOVE, Math.max(0, (room - content - gaps) / 3));
}

function rowGapFor(graph: ChainGraph, room: number): number {
  const content = graph.rows.reduce((sum, row) => sum + rowHeight(row), HEADING);
  const gaps = Math.max(graph.rows.length - 1, 1);
  return Math.min(MAX_ROW_GAP, Math.max(MIN_ROW_GAP, (room - content) / gaps));
}

function layOutRow(row: HostRow, columns: Columns, top: number, height: number): RowLayout {
  const recordHeights = row.records.map(recordHeight);
  const chainHeights = row.chains.map((chain) => chain.rows.length * LINE_HEIGHT);
  const addressHeights = row.addresses.map(() => LINE_HEIGHT);
  const records = stack(columns.record, recordHeights, LINE_GAP, top, height);
  const chains = stack(columns.chain, chainHeights, BLOCK_GAP, top, height);
  const { shift, middle } = aligned(records, chains);
  return {
    host: { ...columns.host, y: middle - HOST_HEIGHT / 2, height: HOST_HEIGHT },
    records: records.map((box) => ({ ...box, y: box.y - shift.records, height: LINE_HEIGHT })),
    chains: chains.map((box) => ({ ...box, y: box.y - shift.chains })),
    addresses: stack(columns.address, addressHeights, LINE_GAP, top, height),
  };
}

/** One chain stands as high as the first record beside it, so that the line between them is straight. */
function aligned(
  records: readonly Box[],
  chains: readonly Box[],
): {
  readonly shift: { readonly records: number; readonly chains: number };
  readonly middle: number;
} {
  const [record] = records;
  const last = records[records.length - 1];
  const [chain, another] = chains;
  const gap =
    record === undefined || chain === undefined || another !== undefined ? 0 : record.y - chain.y;
  const shift = { records: Math.max(gap, 0), chains: Math.max(-gap, 0) };
  const first = record?.y ?? 0;
  const end = (last?.y ?? 0) + LINE_HEIGHT;
  return { shift, middle: (first + end) / 2 - shift.records };
}

/** One below the other, centred in the row. */
function stack(
  column: Span,
  heights: readonly number[],
  gap: number,
  top: number,
  room: number,
): readonly Box[] {
  let y = top + (room - stackHeight(heights, gap)) / 2;
  return heights.map((height) => {
    const box = { ...column, y, height };
    y += height + gap;
    return box;
  });
}

function rowHeight(row: HostRow): number {
  return Math.max(
    HOST_HEIGHT,
    stackHeight(row.records.map(recordHeight), LINE_GAP),
    stackHeight(
      row.chains.map((chain) => chain.rows.length * LINE_HEIGHT),
      BLOCK_GAP,
    ),
    stackHeight(
      row.addresses.map(() => LINE_HEIGHT),
      LINE_GAP,
    ),
  );
}

function recordHeight(record: HostRow['records'][number]): number {
  return LINE_HEIGHT + (record.looseEnd === null ? 0 : LOOSE_END_LABEL);
}

function stackHeight(heights: readonly number[], gap: number): number {
  const sum = heights.reduce((total, height) => total + height, 0);
  return sum + Math.max(heights.length - 1, 0) * gap;
}

function columnsFor(available: number): Columns {
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
