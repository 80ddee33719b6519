/** Which cell of a grid is which, and where the arrow keys lead (WAI-ARIA APG, “Grid”). */
import type { GridCell } from './server-grid.ts';

export function cellKey({ zone, name, type, server, address }: GridCell): string {
  return [zone, name, type, server, address].join(' ');
}

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** The place that a key leads to from another; null for keys that lead nowhere. */
export function placeAfter(
  key: string,
  { row, column }: Place,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  toTheEnd: boolean,
): Place | null {
  const [lastRow, lastColumn] = [rows - 1, columns - 1];
  switch (key) {
    case 'ArrowLeft':
      return { row, column: Math.max(column - 1, 0) };
    case 'ArrowRight':
      return { row, column: Math.min(column + 1, lastColumn) };
    case 'ArrowUp':
      return { row: Math.max(row - 1, 0), column };
    case 'ArrowDown':
      return { row: Math.min(row + 1, lastRow), column };
    case 'Home':
      return { row: toTheEnd ? 0 : row, column: 0 };
    case 'End':
      return { row: toTheEnd ? lastRow : row, column: lastColumn };
    case 'PageUp':
      return { row: Math.max(row - PAGE_ROWS, 0), column };
    case 'PageDown':
      return { row: Math.min(row + PAGE_ROWS, lastRow), column };
    default:
      return null;
  }
}

/** Rows that a page key goes over. */
const PAGE_ROWS = 5;
