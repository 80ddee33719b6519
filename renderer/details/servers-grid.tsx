/** One zone’s grid: what was asked down the side, each name server across; arrow keys go from answer to answer. */
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';
import { SecurityTag } from '../ui/security-tag.tsx';
import { Seen } from '../ui/seen.tsx';
import { TONE_ICON } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import type { GridCell, ServerGrid } from './server-grid.ts';
import { cellKey, placeAfter, type Place } from './servers-keys.ts';

export interface ServersGridProps {
  readonly grid: ServerGrid;
  readonly shown: string | null;
  readonly choose: (key: string) => void;
}

const { grid: said } = words.servers;

export function ServersGrid({ grid, shown, choose }: ServersGridProps): ReactNode {
  const body = useRef<HTMLTableSectionElement>(null);
  const [place, setPlace] = useState<Place>(() => placeOf(grid, shown));
  const size = { rows: grid.rows.length, columns: grid.servers.length };
  const at = {
    row: Math.min(place.row, size.rows - 1),
    column: Math.min(place.column, size.columns - 1),
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const next = placeAfter(event.key, at, size, event.ctrlKey);
    if (next === null) return;
    event.preventDefault();
    setPlace(next);
    body.current?.querySelector<HTMLElement>(`[data-place="${next.row} ${next.column}"]`)?.focus();
  };
  return (
    <section className="servers-zone" aria-label={said.region(grid.zone)}>
      <h3>
        {said.zone}{' '}
        <span className="mono">
          <Seen text={grid.zone} />
        </span>
        {grid.security !== null && <SecurityTag security={grid.security} />}
      </h3>
      <table
        className="grid"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- WAI-ARIA APG, “Grid”: a table that arrow keys walk
        role="grid"
        aria-label={said.caption(grid.zone)}
        aria-rowcount={size.rows + 1}
        aria-colcount={size.columns + 1}
      >
        <Heading grid={grid} />
        <tbody ref={body}>
          {grid.rows.map((row, rowIndex) => (
            <tr key={`${row.name} ${row.type}`}>
              <th scope="row">
                <span className="mono">
                  <Seen text={row.name} />
                </span>{' '}
                <span className="dim">{row.type}</span>
              </th>
              {row.cells.map((cell, column) => (
                <Cell
                  key={column}
                  cell={cell}
                  shown={shown}
                  choose={choose}
                  place={{ row: rowIndex, column }}
                  isStop={at.row === rowIndex && at.column === column}
                  enter={setPlace}
                  walk={onKeyDown}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Heading({ grid }: { readonly grid: ServerGrid }): ReactNode {
  return (
    <thead>
      <tr>
        <th scope="col">{said.asked}</th>
        {grid.servers.map(({ server, address }) => (
          <th key={`${server} ${address}`} scope="col" className="mono">
            <Seen text={server} />
            <br />
            <span className="dim">{address}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Where the tab key comes in: at the answer that is open, else at the beginning. */
function placeOf({ rows }: ServerGrid, shown: string | null): Place {
  for (const [row, { cells }] of rows.entries()) {
    const column = cells.findIndex((cell) => cell !== null && cellKey(cell) === shown);
    if (column >= 0) return { row, column };
  }
  return { row: 0, column: 0 };
}

interface CellProps {
  readonly cell: GridCell | null;
  readonly shown: string | null;
  readonly choose: (key: string) => void;
  readonly place: Place;
  readonly isStop: boolean;
  readonly enter: (place: Place) => void;
  readonly walk: (event: KeyboardEvent) => void;
}

/** One stop for the tab key in the whole grid. */
function Cell({ cell, shown, choose, place, isStop, enter, walk }: CellProps): ReactNode {
  const stop = {
    'data-place': `${place.row} ${place.column}`,
    tabIndex: isStop ? 0 : -1,
    onKeyDown: walk,
    onFocus: () => {
      enter(place);
    },
  };
  if (cell === null) {
    return (
      <td className="dim is-hole" {...stop}>
        {said.hole}
      </td>
    );
  }
  const key = cellKey(cell);
  const chosen = key === shown;
  return (
    <td className={`is-${cell.tone}${chosen ? ' is-chosen' : ''}`}>
      <button
        type="button"
        className={`cell tone-${cell.tone}`}
        aria-pressed={chosen}
        onClick={() => {
          choose(key);
        }}
        {...stop}
      >
        <Icon name={TONE_ICON[cell.tone]} />
        <Seen text={cell.words} />
        {cell.note !== '' && <span className="cell-note">{cell.note}</span>}
      </button>
    </td>
  );
}
