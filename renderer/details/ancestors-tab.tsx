/** What every name server says of every name above the TLSA record, to a minimising resolver (RFC 9156). */
import { useState, type ReactNode } from 'react';
import type { AncestorReport, HostReport } from '../../shared/inspection/report.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { SecurityTag } from '../ui/security-tag.tsx';
import { Seen } from '../ui/seen.tsx';
import { ancestorGrid } from './ancestor-grid.ts';
import { explain } from './ancestor-words.ts';

export interface AncestorsTabProps {
  readonly host: HostReport;
  readonly finished: boolean;
}

export function AncestorsTab({ host, finished }: AncestorsTabProps): ReactNode {
  const [chosen, setChosen] = useState<{ name: string; address: string } | null>(null);
  const grid = ancestorGrid(host);
  if (grid.names.length === 0) {
    return (
      <p className="dim">
        {host.ancestorsDone || finished
          ? 'Not asked: there is no secure TLSA record here that could be lost on the way.'
          : 'Asking every name server for every name above the record.'}
      </p>
    );
  }
  const cells = grid.rows.flat();
  const shown =
    cells.find((cell) => cell?.name === chosen?.name && cell?.address === chosen?.address) ??
    cells.find((cell) => cell?.fault === 'ancestor-nxdomain') ??
    cells.find((cell) => cell?.ok === false) ??
    null;
  return (
    <div className="ancestors">
      <table className="grid">
        <caption className="unseen">
          Answers of each name server for the TLSA name and the names above it
        </caption>
        <thead>
          <tr>
            <th scope="col">asked, as a minimising resolver would</th>
            {grid.servers.map(({ server, address }) => (
              <th key={`${server} ${address}`} scope="col" className="mono">
                <Seen text={server} />
                <br />
                {address}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.rows.map((row, index) => (
            <tr key={grid.names[index]}>
              <th scope="row" className="mono">
                <Seen text={grid.names[index] ?? ''} />
              </th>
              {row.map((cell, place) => (
                <Cell
                  key={place}
                  cell={cell}
                  chosen={cell !== null && cell === shown}
                  choose={() => {
                    if (cell !== null) setChosen({ name: cell.name, address: cell.address });
                  }}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {shown !== null && <Explanation cell={shown} />}
    </div>
  );
}

interface CellProps {
  readonly cell: AncestorReport | null;
  readonly chosen: boolean;
  readonly choose: () => void;
}

function Cell({ cell, chosen, choose }: CellProps): ReactNode {
  if (cell === null) return <td className="dim">not asked</td>;
  return (
    <td className={`${cell.ok ? '' : 'is-err'}${chosen ? ' is-chosen' : ''}`}>
      <button
        type="button"
        className={`cell tone-${cell.ok ? 'ok' : 'err'}`}
        aria-pressed={chosen}
        onClick={choose}
      >
        <Icon name={cell.ok ? 'tick' : 'octagon'} />
        {cellWords(cell)}
      </button>
    </td>
  );
}

function cellWords(cell: AncestorReport): string {
  switch (cell.answer) {
    case 'answer':
      return cell.ok ? 'answer' : `answer, ${cell.security}`;
    case 'empty':
      if (!cell.ok) return cell.covers ? 'denies a name' : 'empty, not proven';
      return cell.proven ? 'empty, proven' : 'empty';
    case 'nxdomain':
      return 'NXDOMAIN';
    case 'none':
      return cell.rcode;
  }
}

function Explanation({ cell }: { readonly cell: AncestorReport }): ReactNode {
  const words = explain(cell);
  const dig = `dig +norecurse +dnssec @${cell.address} ${cell.name} TLSA`;
  return (
    <div className="explanation" aria-live="polite">
      <h3>
        <Seen text={words.headline} />
      </h3>
      <p className="explanation-facts">
        <span className="tag">{cell.rcode}</span>
        <SecurityTag security={cell.security} />
        {cell.fault !== null && <span className="mono dim">{cell.fault}</span>}
      </p>
      {cell.reason !== '' && (
        <p>
          <Seen text={cell.reason} />
        </p>
      )}
      {words.paragraphs.map((paragraph) => (
        <p key={paragraph} className="dim">
          {paragraph}
        </p>
      ))}
      <p className="explanation-buttons">
        <code className="mono">{dig}</code>
        <CopyButton text={dig} copy={copyText} what="the dig command" />
        {cell.raw !== '' && (
          <CopyButton
            text={cell.raw}
            copy={copyText}
            what="the packet in hexadecimal"
            label="Copy packet"
          />
        )}
      </p>
    </div>
  );
}
