/** The fields of a message as a tree that is walked with the arrow keys; only the lines seen are drawn. */
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import type { MessageField } from '../../shared/dns/message-view-fields.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { fieldRows, type FieldRow } from './field-rows.ts';
import { labelOf, octetsText, valueOf } from './message-text.ts';

export interface FieldTreeProps {
  readonly fields: readonly MessageField[];
  readonly selected: number;
  readonly onSelect: (id: number) => void;
}

/** Pixels of a line. */
const LINE_HEIGHT = 21;
const LINES_BEYOND = 16;

export function FieldTree({ fields, selected, onSelect }: FieldTreeProps): ReactNode {
  const tree = useRef<HTMLDivElement>(null);
  const name = useId();
  const [turned, setTurned] = useState<ReadonlySet<number>>(new Set());
  const rows = useMemo(() => fieldRows(fields, turned, selected), [fields, turned, selected]);
  const place = rows.findIndex(({ field }) => field.id === selected);
  // No compiler memoizes what it returns.
  // oxlint-disable-next-line react/incompatible-library
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => tree.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: LINES_BEYOND,
  });
  useEffect(() => {
    if (place >= 0) list.scrollToIndex(place, { align: 'auto' });
    // The list is another one at each painting.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [place]);
  const turn = ({ field }: FieldRow): void => {
    const next = new Set(turned);
    if (!next.delete(field.id)) next.add(field.id);
    setTurned(next);
  };
  const onKey = (event: KeyboardEvent): void => {
    const row = rows[place];
    const move = MOVES[event.key];
    if (move === undefined || row === undefined) return;
    event.preventDefault();
    const to = move(place, rows);
    if (to === 'turn') turn(row);
    else if (to !== undefined) onSelect(rows[to]?.field.id ?? selected);
  };
  return (
    <div
      ref={tree}
      className="fields scroll"
      role="tree"
      aria-label={words.details.raw.fields}
      aria-activedescendant={place < 0 ? undefined : `${name}-${selected}`}
      tabIndex={0}
      onKeyDown={onKey}
    >
      <div role="presentation" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <Line
              key={row.field.id}
              id={`${name}-${row.field.id}`}
              row={row}
              top={start}
              selected={row.field.id === selected}
              onSelect={onSelect}
              onTurn={turn}
            />
          );
        })}
      </div>
    </div>
  );
}

/** What a key does: to which line it leads, or that it turns the one it is on. */
type Move = (place: number, rows: readonly FieldRow[]) => number | 'turn' | undefined;

const MOVES: Readonly<Record<string, Move>> = {
  ArrowDown: (place, rows) => Math.min(place + 1, rows.length - 1),
  ArrowUp: (place) => Math.max(place - 1, 0),
  Home: () => 0,
  End: (_, rows) => rows.length - 1,
  Enter: () => 'turn',
  ' ': () => 'turn',
  ArrowRight: (place, rows) =>
    rows[place]?.open === false ? 'turn' : Math.min(place + 1, rows.length - 1),
  ArrowLeft: (place, rows) => {
    const row = rows[place];
    if (row?.open === true) return 'turn';
    const parent = rows.findIndex(({ field }) => field.id === row?.field.parent);
    return parent < 0 ? undefined : parent;
  },
};

interface LineProps {
  readonly id: string;
  readonly row: FieldRow;
  readonly top: number;
  readonly selected: boolean;
  readonly onSelect: (id: number) => void;
  readonly onTurn: (row: FieldRow) => void;
}

function Line({ id, row, top, selected, onSelect, onTurn }: LineProps): ReactNode {
  const { field, open } = row;
  return (
    // The tree has the focus and its keys; a line is only clicked.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      className={field.fault === null ? 'field' : 'field is-fault'}
      role="treeitem"
      aria-level={field.depth + 1}
      aria-selected={selected}
      {...(open === null ? {} : { 'aria-expanded': open })}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 6 + field.depth * INDENT }}
      onClick={() => {
        onSelect(field.id);
        if (open !== null && selected) onTurn(row);
      }}
    >
      <span className="field-turn" aria-hidden>
        {open !== null && <Icon name={open ? 'down' : 'right'} size={9} />}
      </span>
      <span className="field-label">{labelOf(field)}</span>
      <span className="field-value mono">
        <Seen text={valueOf(field)} />
      </span>
      <span className="field-octets mono dim">{octetsText(field)}</span>
    </div>
  );
}

/** Pixels for each level. */
const INDENT = 14;
