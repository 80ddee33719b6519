/** Where everything goes: columns side by side, rows that are as high as needed. */
import { columnsFor, type Columns, type Span } from './columns.ts';
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
  /** Where the folds of the graph stand, in its order. */
  readonly folds: readonly Box[];
  /** What is to be mended first, below the row it is about. */
  readonly trouble: Box | null;
  /** What is said in the place of hosts. */
  readonly empty: Box | null;
  /** Places of what is to come, while nothing is there; empty otherwise. */
  readonly ghosts: readonly Box[];
  readonly columns: Columns;
  readonly width: number;
  readonly height: number;
}

const HEADING = 40;
const DOMAIN_HEIGHT = 54;
const HOST_HEIGHT = 54;
export const LINE_HEIGHT = 30;
/** An address box that tells of several in two lines. */
const FOLDED_ADDRESS_HEIGHT = 44;
const LINE_GAP = 8;
const BLOCK_GAP = 12;
const FOLD_HEIGHT = 40;
/** Between a row and what belongs to it below. */
const CLOSE_GAP = 22;
const TROUBLE_HEIGHT = 132;
const EMPTY_HEIGHT = 84;
/** Rows spread over the room there is, but stay together as one picture. */
const MIN_ROW_GAP = 40;
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
  const folds: Box[] = [];
  let trouble: Box | null = null;
  let y = HEADING + spaceAbove(graph, room.height);
  let bottom = HEADING + MAX_SPACE_ABOVE + DOMAIN_HEIGHT;
  graph.rows.forEach((row, index) => {
    const height = rowHeight(row);
    rows.push(layOutRow(row, columns, y, height));
    bottom = y + height;
    if (isAt(graph, row)) {
      trouble = troubleBox(columns, bottom + CLOSE_GAP);
      bottom += CLOSE_GAP + TROUBLE_HEIGHT;
    }
    for (const fold of graph.folds) {
      if (fold.after !== index) continue;
      folds.push({ ...foldSpan(columns), y: bottom + CLOSE_GAP, height: FOLD_HEIGHT });
      bottom += CLOSE_GAP + FOLD_HEIGHT;
    }
    y = bottom + rowGap;
  });
  const domain = { ...columns.domain, y: middleOf(rows), height: DOMAIN_HEIGHT };
  const empty = graph.empty === null ? null : emptyBox(columns, bottom + CLOSE_GAP);
  if (empty !== null) bottom = empty.y + empty.height;
  if (graph.trouble !== null && rows.length === 0) {
    trouble = troubleBox(columns, bottom + CLOSE_GAP);
    bottom = trouble.y + trouble.height;
  }
  const ghosts = graph.looking ? ghostBoxes(columns, domain) : [];
  const width = columns.address.x + columns.address.width;
  return { domain, rows, folds, trouble, empty, ghosts, columns, width, height: bottom };
}

function isAt({ trouble }: ChainGraph, { host }: HostRow): boolean {
  return trouble !== null && trouble.host === host.name;
}

function foldSpan({ host, record }: Columns): Span {
  return { x: host.x, width: record.x + record.width - host.x };
}

function troubleBox({ host, chain }: Columns, y: number): Box {
  return { x: host.x, width: chain.x + chain.width - host.x, y, height: TROUBLE_HEIGHT };
}

function emptyBox({ host, chain }: Columns, y: number): Box {
  return { x: host.x, width: chain.x + chain.width - host.x, y, height: EMPTY_HEIGHT };
}

function ghostBoxes({ host, record, chain, address }: Columns, { y }: Box): readonly Box[] {
  const middle = y + DOMAIN_HEIGHT / 2;
  const line = { y: middle - LINE_HEIGHT / 2, height: LINE_HEIGHT };
  return [
    { ...host, y: middle - HOST_HEIGHT / 2, height: HOST_HEIGHT },
    { ...record, ...line },
    { ...chain, ...line },
    { ...address, ...line },
  ];
}

/** Where the domain stands: halfway between its first and its last host. */
function middleOf(rows: readonly RowLayout[]): number {
  const first = rows[0]?.host;
  const last = rows[rows.length - 1]?.host;
  if (first === undefined || last === undefined) return HEADING + MAX_SPACE_ABOVE;
  return (first.y + last.y) / 2;
}

function contentHeight(graph: ChainGraph): number {
  const ofRows = graph.rows.reduce((sum, row) => sum + rowHeight(row), HEADING);
  const ofFolds = graph.folds.length * (FOLD_HEIGHT + CLOSE_GAP);
  return ofRows + ofFolds + (graph.trouble === null ? 0 : TROUBLE_HEIGHT + CLOSE_GAP);
}

/** A small picture does not cling to its headings. */
function spaceAbove(graph: ChainGraph, room: number): number {
  const gaps = Math.max(graph.rows.length - 1, 0) * MAX_ROW_GAP;
  return Math.min(MAX_SPACE_ABOVE, Math.max(0, (room - contentHeight(graph) - gaps) / 3));
}

function rowGapFor(graph: ChainGraph, room: number): number {
  const gaps = Math.max(graph.rows.length - 1, 1);
  return Math.min(MAX_ROW_GAP, Math.max(MIN_ROW_GAP, (room - contentHeight(graph)) / gaps));
}

function layOutRow(row: HostRow, columns: Columns, top: number, height: number): RowLayout {
  const recordHeights = row.records.map(recordHeight);
  const chainHeights = row.chains.map((chain) => chain.rows.length * LINE_HEIGHT);
  const records = stack(columns.record, recordHeights, LINE_GAP, top, height);
  const chains = stack(columns.chain, chainHeights, BLOCK_GAP, top, height);
  const { shift, middle } = aligned(records, chains);
  return {
    host: { ...columns.host, y: middle - HOST_HEIGHT / 2, height: HOST_HEIGHT },
    records: records.map((box) => ({ ...box, y: box.y - shift.records, height: LINE_HEIGHT })),
    chains: chains.map((box) => ({ ...box, y: box.y - shift.chains })),
    addresses: stack(columns.address, row.addresses.map(addressHeight), LINE_GAP, top, height),
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
  const chains = row.chains.map((chain) => chain.rows.length * LINE_HEIGHT);
  return Math.max(
    HOST_HEIGHT,
    stackHeight(row.records.map(recordHeight), LINE_GAP),
    stackHeight(chains, BLOCK_GAP),
    stackHeight(row.addresses.map(addressHeight), LINE_GAP),
  );
}

function addressHeight({ note }: HostRow['addresses'][number]): number {
  return note === '' ? LINE_HEIGHT : FOLDED_ADDRESS_HEIGHT;
}

function recordHeight(record: HostRow['records'][number]): number {
  return LINE_HEIGHT + (record.looseEnd === null ? 0 : LOOSE_END_LABEL);
}

function stackHeight(heights: readonly number[], gap: number): number {
  const sum = heights.reduce((total, height) => total + height, 0);
  return sum + Math.max(heights.length - 1, 0) * gap;
}
