/** What every name server says by itself: of the names above the TLSA record (RFC 9156), and of the zone. */
import { useState, type ReactNode } from 'react';
import type { HostReport, Report } from '../../shared/inspection/report.ts';
import { Icon } from '../ui/icon.tsx';
import { SecurityTag } from '../ui/security-tag.tsx';
import { Seen } from '../ui/seen.tsx';
import { TONE_ICON } from '../ui/tone.ts';
import { ServerCell } from './server-cell-details.tsx';
import { serverGrids, type GridCell, type ServerGrid } from './server-grid.ts';

export interface ServersTabProps {
  readonly report: Report;
  readonly host: HostReport | null;
}

export function ServersTab({ report, host }: ServersTabProps): ReactNode {
  const [chosen, setChosen] = useState<string | null>(null);
  const grids = serverGrids(report, host);
  if (grids.length === 0) {
    const done = report.finished || host?.ancestorsDone === true;
    return (
      <p className="dim">
        {done
          ? 'Not asked one by one: there is no secure record here that could be lost on the way.'
          : 'Asking every name server for every name above the record.'}
      </p>
    );
  }
  const cells = grids.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  const shown =
    cells.find((cell) => cell !== null && cellKey(cell) === chosen) ??
    cells.find((cell) => cell?.ancestor?.fault === 'ancestor-nxdomain') ??
    cells.find((cell) => cell?.tone === 'err') ??
    cells.find((cell) => cell?.tone === 'warn') ??
    null;
  const shownKey = shown === null ? null : cellKey(shown);
  return (
    <div className="servers">
      <div className="servers-grids">
        {grids.map((grid) => (
          <Grid key={grid.zone} grid={grid} shown={shownKey} choose={setChosen} />
        ))}
        <p className="dim servers-legend">
          Each server was asked over UDP and TCP. Press an answer to see the messages.
        </p>
      </div>
      {shown !== null && <ServerCell key={shownKey} cell={shown} />}
    </div>
  );
}

function cellKey({ zone, name, type, server, address }: GridCell): string {
  return [zone, name, type, server, address].join(' ');
}

interface GridProps {
  readonly grid: ServerGrid;
  readonly shown: string | null;
  readonly choose: (key: string) => void;
}

function Grid({ grid, shown, choose }: GridProps): ReactNode {
  return (
    <section className="servers-zone" aria-label={`Name servers of ${grid.zone}`}>
      <h3>
        zone{' '}
        <span className="mono">
          <Seen text={grid.zone} />
        </span>
        {grid.security !== null && <SecurityTag security={grid.security} />}
      </h3>
      <div className="servers-scroll">
        <table className="grid">
          <caption className="unseen">Answers of each name server of {grid.zone}</caption>
          <thead>
            <tr>
              <th scope="col">asked for</th>
              {grid.servers.map(({ server, address }) => (
                <th key={`${server} ${address}`} scope="col" className="mono">
                  <Seen text={server} />
                  <br />
                  <span className="dim">{address}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.rows.map((row) => (
              <tr key={`${row.name} ${row.type}`}>
                <th scope="row">
                  <span className="mono">
                    <Seen text={row.name} />
                  </span>{' '}
                  <span className="dim">{row.type}</span>
                </th>
                {row.cells.map((cell, place) => (
                  <Cell key={place} cell={cell} shown={shown} choose={choose} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface CellProps {
  readonly cell: GridCell | null;
  readonly shown: string | null;
  readonly choose: (key: string) => void;
}

function Cell({ cell, shown, choose }: CellProps): ReactNode {
  if (cell === null) return <td className="dim is-hole">not asked</td>;
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
      >
        <Icon name={TONE_ICON[cell.tone]} />
        <Seen text={cell.words} />
        {cell.note !== '' && <span className="cell-note">{cell.note}</span>}
      </button>
    </td>
  );
}
