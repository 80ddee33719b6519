/** What real senders do with mail to the domain: software and settings down the side, resolvers across. */
import { Fragment, useMemo, useState, type ReactNode } from 'react';
import {
  RESOLVERS,
  sendersNotes,
  sendersTable,
  type SenderCell,
  type SenderRow,
} from '../../shared/mail-software/senders.ts';
import { useInspection } from '../store/inspection-store.ts';
import { Icon } from '../ui/icon.tsx';
import { possibleWords, tableSentences, VERDICT_FACE, worstCell } from './sender-face.ts';
import { SenderDetails } from './sender-details.tsx';
import { words } from '../words/words.ts';

const { senders: said } = words.outlook;

export function SendersTab(): ReactNode {
  const report = useInspection((state) => state.report);
  const [chosen, setChosen] = useState<string | null>(null);
  const rows = useMemo(() => (report === null ? [] : sendersTable(report)), [report]);
  if (report === null) return null;
  const worst = worstCell(rows);
  const shown =
    rows.flatMap((row) =>
      row.cells
        .filter((cell) => (chosen === null ? cell === worst : cellKey(row, cell) === chosen))
        .map((cell) => ({ row, cell })),
    )[0] ?? null;
  const shownKey = shown === null ? null : cellKey(shown.row, shown.cell);
  return (
    <div className="outlook-panes">
      <div className="outlook-main">
        {!report.finished && <p className="dim">{said.unfinished}</p>}
        {tableSentences(rows).map((sentence) => (
          <p key={sentence} className="outlook-sentence">
            {sentence}
          </p>
        ))}
        <SenderTable rows={rows} shown={shownKey} choose={setChosen} />
        {sendersNotes(report).map((note) => (
          <p key={note} className="outlook-note">
            <Icon name="triangle" tone="warn" /> {note}
          </p>
        ))}
      </div>
      {shown !== null && <SenderDetails key={shownKey} row={shown.row} cell={shown.cell} />}
    </div>
  );
}

function cellKey({ sender, setting }: SenderRow, { resolver }: SenderCell): string {
  return [sender, setting, resolver].join('|');
}

interface SenderTableProps {
  readonly rows: readonly SenderRow[];
  readonly shown: string | null;
  readonly choose: (key: string) => void;
}

function SenderTable({ rows, shown, choose }: SenderTableProps): ReactNode {
  return (
    <table className="grid senders">
      <caption className="unseen">{said.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{said.senderAndSetting}</th>
          {RESOLVERS.map((resolver) => (
            <th key={resolver} scope="col">
              {said.resolvers[resolver].title}
              <span className="senders-possible">{said.resolvers[resolver].example}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.sender} ${row.setting}`}>
            <th scope="row">
              {row.sender}
              <span className="senders-setting mono dim">
                <Setting text={row.setting} />
              </span>
            </th>
            {row.cells.map((cell) => (
              <Cell
                key={cell.resolver}
                cell={cell}
                chosen={cellKey(row, cell) === shown}
                choose={() => {
                  choose(cellKey(row, cell));
                }}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Broken behind an underscore rather than in a word. */
function Setting({ text }: { readonly text: string }): ReactNode {
  return text.split(/(?<=_)/).map((part, index) => (
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}

interface CellProps {
  readonly cell: SenderCell;
  readonly chosen: boolean;
  readonly choose: () => void;
}

function Cell({ cell, chosen, choose }: CellProps): ReactNode {
  const { tone, icon, word } = VERDICT_FACE[cell.verdict];
  const possible = possibleWords(cell.possible);
  return (
    <td className={`is-${tone}${chosen ? ' is-chosen' : ''}`}>
      <button type="button" className={`cell tone-${tone}`} aria-pressed={chosen} onClick={choose}>
        <Icon name={icon} />
        <span>
          {word}
          {possible !== '' && <span className="senders-possible dim">{possible}</span>}
        </span>
      </button>
    </td>
  );
}
