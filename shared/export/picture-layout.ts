/** Where everything of the picture goes: fixed columns, rows as high as they need; pure. */
import type { Picture, Row } from './picture.ts';

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

export interface PictureLayout {
  readonly domain: Box;
  readonly rows: readonly RowLayout[];
  /** In the order of the picture's folds. */
  readonly folds: readonly Box[];
  readonly width: number;
  readonly height: number;
}

interface Span {
  readonly x: number;
  readonly width: number;
}

/** Units of the drawing, which are pixels where there is room. */
export const COLUMNS = {
  domain: { x: 0, width: 168 },
  host: { x: 212, width: 200 },
  record: { x: 446, width: 190 },
  chain: { x: 766, width: 226 },
  address: { x: 1020, width: 180 },
} as const satisfies Readonly<Record<string, Span>>;

const FOLD_SPAN: Span = {
  x: COLUMNS.host.x,
  width: COLUMNS.record.x + COLUMNS.record.width - COLUMNS.host.x,
};

export const LINE_HEIGHT = 30;
const WIDTH = COLUMNS.address.x + COLUMNS.address.width;
const HEADING = 30;
const BOX_HEIGHT = 52;
const LINE_GAP = 8;
const BLOCK_GAP = 12;
const ROW_GAP = 26;
/** Between a row and the fold behind it. */
const FOLD_GAP = 18;
/** Below a record whose line ends in the air. */
const LOOSE_END = 14;
const FOLDED = 32;
const LEGEND = 34;

export function layOut({ rows, folds, folded }: Picture): PictureLayout {
  const laid: RowLayout[] = [];
  const foldBoxes: Box[] = [];
  let y = HEADING;
  rows.forEach((row, index) => {
    const height = heightOf(row);
    laid.push(layOutRow(row, y, height));
    y += height;
    for (const { after } of folds) {
      if (after !== index) continue;
      foldBoxes.push({ ...FOLD_SPAN, y: y + FOLD_GAP, height: LINE_HEIGHT });
      y += FOLD_GAP + LINE_HEIGHT;
    }
    y += ROW_GAP;
  });
  const bottom = Math.max(y - ROW_GAP, HEADING + BOX_HEIGHT) + (folded === '' ? 0 : FOLDED);
  const first = laid[0]?.host.y ?? HEADING;
  const last = laid[laid.length - 1]?.host.y ?? HEADING;
  return {
    domain: { ...COLUMNS.domain, y: (first + last) / 2, height: BOX_HEIGHT },
    rows: laid,
    folds: foldBoxes,
    width: WIDTH,
    height: bottom + LEGEND,
  };
}

function layOutRow(row: Row, top: number, room: number): RowLayout {
  const records = stack(COLUMNS.record, row.records.map(recordHeight), LINE_GAP, top, room);
  return {
    host: { ...COLUMNS.host, y: top + (room - BOX_HEIGHT) / 2, height: BOX_HEIGHT },
    records: records.map((box) => ({ ...box, height: LINE_HEIGHT })),
    chains: stack(COLUMNS.chain, row.chains.map(chainHeight), BLOCK_GAP, top, room),
    addresses: stack(
      COLUMNS.address,
      row.addresses.map(() => LINE_HEIGHT),
      LINE_GAP,
      top,
      room,
    ),
  };
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
    const box = { x: column.x, width: column.width, y, height };
    y += height + gap;
    return box;
  });
}

function heightOf(row: Row): number {
  return Math.max(
    BOX_HEIGHT,
    stackHeight(row.records.map(recordHeight), LINE_GAP),
    stackHeight(row.chains.map(chainHeight), BLOCK_GAP),
    row.addresses.length * (LINE_HEIGHT + LINE_GAP) - LINE_GAP,
  );
}

function recordHeight({ looseEnd }: Row['records'][number]): number {
  return LINE_HEIGHT + (looseEnd === '' ? 0 : LOOSE_END);
}

function chainHeight({ lines }: Row['chains'][number]): number {
  return lines.length * LINE_HEIGHT;
}

function stackHeight(heights: readonly number[], gap: number): number {
  const sum = heights.reduce((total, height) => total + height, 0);
  return sum + Math.max(heights.length - 1, 0) * gap;
}
