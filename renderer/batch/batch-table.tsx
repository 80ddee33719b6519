/** The table: as long as the list, drawn where it is seen; a grid for the keyboard and those who hear it (WAI-ARIA 1.2). */
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { BatchRow } from '../../shared/batch/row.ts';
import { rowsShown, type SortKey } from '../../shared/batch/view.ts';
import { openRow } from '../store/batch-actions.ts';
import { moveCursor, orderBatch, selectRow, useBatch } from '../store/batch-store.ts';
import { Icon } from '../ui/icon.tsx';
import { words } from '../words/words.ts';
import { GridRow, rowId } from './grid-row.tsx';

const said = words.batch;

const COLUMNS: readonly (SortKey & keyof typeof said.columns)[] = [
  'domain',
  'outcome',
  'problems',
  'first',
  'duration',
  'when',
];

/** Pixels; as in the style sheet. */
const ROW_HEIGHT = 32;
/** Rows drawn beyond both ends of what is seen. */
const ROWS_BEYOND = 8;

type List = Virtualizer<HTMLDivElement, Element>;

export function BatchTable(): ReactNode {
  const rows = useBatch((view) => view.rows);
  const filter = useBatch((view) => view.filter);
  const order = useBatch((view) => view.order);
  const cursor = useBatch((view) => view.cursor);
  const selected = useBatch((view) => view.selected);
  const shown = useMemo(() => rowsShown(rows, filter, order), [rows, filter, order]);
  const scrolled = useRef<HTMLDivElement>(null);
  // No compiler memoizes what it returns.
  // oxlint-disable-next-line react/incompatible-library
  const list: List = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scrolled.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => shown[index]?.index ?? index,
    overscan: ROWS_BEYOND,
    // The heading stays in sight above them.
    scrollPaddingStart: ROW_HEIGHT,
  });
  const place = Math.max(
    0,
    shown.findIndex(({ index }) => index === cursor),
  );
  const current = shown[place] ?? null;
  useSelectionInSight(list, shown);
  return (
    <div className="batch-room">
      <div
        ref={scrolled}
        className="batch-grid scroll"
        role="grid"
        aria-label={said.table}
        aria-describedby="batch-keys"
        aria-rowcount={shown.length + 1}
        aria-colcount={COLUMNS.length}
        aria-activedescendant={current === null ? undefined : rowId(current)}
        tabIndex={0}
        onKeyDown={(event) => {
          onGridKey(event, shown, place, list);
        }}
      >
        <Heading />
        <div role="rowgroup" style={{ height: list.getTotalSize() }} className="batch-rows">
          {list.getVirtualItems().map(({ index, key, start }) => {
            const row = shown[index];
            return row === undefined ? null : (
              <GridRow
                key={key}
                row={row}
                position={index}
                start={start}
                isCurrent={row === current}
                isSelected={row.index === selected}
              />
            );
          })}
        </div>
      </div>
      {shown.length === 0 && <p className="batch-none dim">{said.noRow}</p>}
      <p id="batch-keys" className="batch-keys dim">
        {said.keys}
      </p>
    </div>
  );
}

function Heading(): ReactNode {
  const order = useBatch((view) => view.order);
  return (
    <div role="rowgroup" className="batch-heading">
      <div role="row" className="batch-line" aria-rowindex={1}>
        {COLUMNS.map((column) => {
          const isSorted = order.key === column;
          const direction = order.descending ? 'descending' : 'ascending';
          return (
            <div
              key={column}
              role="columnheader"
              className={`batch-cell is-${column}`}
              aria-sort={isSorted ? direction : 'none'}
            >
              <button
                type="button"
                title={said.sortedBy(said.columns[column])}
                onClick={() => {
                  orderBatch(column);
                }}
              >
                {said.columns[column]}
                {isSorted && <Icon name={order.descending ? 'down' : 'up'} size={10} />}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Back from the Inspect screen the row that was opened is where the eye is. */
function useSelectionInSight(list: List, shown: readonly BatchRow[]): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current || shown.length === 0) return;
    isDone.current = true;
    const { selected } = useBatch.getState();
    const place = shown.findIndex(({ index }) => index === selected);
    if (place >= 0) list.scrollToIndex(place, { align: 'center' });
  }, [list, shown]);
}

/** Rows that Page Up and Page Down go. */
const PAGE = 10;

function onGridKey(
  event: KeyboardEvent<HTMLDivElement>,
  shown: readonly BatchRow[],
  place: number,
  list: List,
): void {
  const { key, ctrlKey, metaKey, altKey, target, currentTarget } = event;
  // The buttons of the heading have keys of their own.
  if (target !== currentTarget || ctrlKey || metaKey || altKey) return;
  const current = shown[place];
  if (current === undefined) return;
  if (key === 'Enter') void openRow(current.index);
  else if (key === ' ') {
    const { selected } = useBatch.getState();
    selectRow(selected === current.index ? null : current.index);
  } else {
    const to = placeAfter(key, place, shown.length - 1);
    const row = to === null ? undefined : shown[to];
    if (to === null || row === undefined) return;
    moveCursor(row.index);
    list.scrollToIndex(to);
  }
  event.preventDefault();
}

function placeAfter(key: string, place: number, last: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(place + 1, last);
    case 'ArrowUp':
      return Math.max(place - 1, 0);
    case 'PageDown':
      return Math.min(place + PAGE, last);
    case 'PageUp':
      return Math.max(place - PAGE, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
