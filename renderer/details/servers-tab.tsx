/** What every name server says by itself: of the names above the TLSA record (RFC 9156), and of the zone. */
import { useState, type ReactNode } from 'react';
import type { HostReport, Report } from '../../shared/inspection/report.ts';
import { words } from '../words/words.ts';
import { ServerCell } from './server-cell-details.tsx';
import { serverGrids, type GridCell } from './server-grid.ts';
import { ServersGrid } from './servers-grid.tsx';
import { cellKey } from './servers-keys.ts';

export interface ServersTabProps {
  readonly report: Report;
  readonly host: HostReport | null;
}

const { grid: said, notAsked } = words.servers;

export function ServersTab({ report, host }: ServersTabProps): ReactNode {
  const [chosen, setChosen] = useState<string | null>(null);
  const grids = serverGrids(report, host);
  if (grids.length === 0) {
    const done = report.finished || host?.ancestorsDone === true;
    return <p className="dim">{done ? notAsked.done : notAsked.running}</p>;
  }
  const cells = grids.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  const shown = cells.find((cell) => cell !== null && cellKey(cell) === chosen) ?? worstOf(cells);
  const shownKey = shown === null ? null : cellKey(shown);
  return (
    <div className="servers">
      <div className="servers-grids scroll">
        {grids.map((grid) => (
          <ServersGrid key={grid.zone} grid={grid} shown={shownKey} choose={setChosen} />
        ))}
        <p className="dim servers-legend">{said.legend}</p>
      </div>
      {shown !== null && <ServerCell key={shownKey} report={report} cell={shown} />}
    </div>
  );
}

/** The one that is opened first. */
function worstOf(cells: readonly (GridCell | null)[]): GridCell | null {
  return (
    cells.find((cell) => cell?.ancestor?.fault === 'ancestor-nxdomain') ??
    cells.find((cell) => cell?.tone === 'err') ??
    cells.find((cell) => cell?.tone === 'warn') ??
    null
  );
}
