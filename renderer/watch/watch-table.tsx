/** The watched domains: a row each, that unfolds to what was told about it. */
import { Fragment, type ReactNode } from 'react';
import type { WatchedDomain } from '../../shared/ipc/watch.ts';
import { openNotes, useWatch } from '../store/watch-store.ts';
import { Icon } from '../ui/icon.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { Seen } from '../ui/seen.tsx';
import { dayText, distanceText, shortDayText } from '../ui/time.ts';
import { OUTCOME_FACE } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import { WatchNotes } from './watch-notes.tsx';
import { faceOf, sortedRows } from './watch-rows.ts';

const { row, table } = words.watch;

const COLUMNS = ['outcome', 'domain', 'looked', 'next', 'ends', 'notes'] as const;

export interface WatchTableProps {
  readonly domains: readonly WatchedDomain[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export function WatchTable({ domains, now }: WatchTableProps): ReactNode {
  const opened = useWatch((view) => view.opened);
  return (
    <table className="watch-table">
      <caption className="unseen">{table.caption}</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={`watch-${column}`}>
              {table[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sortedRows(domains).map((watched) => (
          <Fragment key={watched.domain}>
            <Row watched={watched} now={now} isOpen={watched.domain === opened} />
            {watched.domain === opened && (
              <tr className="watch-unfolded">
                <td colSpan={COLUMNS.length} id="watch-notes">
                  <WatchNotes watched={watched} now={now} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly watched: WatchedDomain;
  readonly now: number;
  readonly isOpen: boolean;
}

function Row({ watched, now, isOpen }: RowProps): ReactNode {
  const { domain, outcome } = watched;
  const face = faceOf(watched);
  return (
    <tr className={isOpen ? 'is-open' : ''} data-domain={domain} data-outcome={outcome ?? ''}>
      <td className="watch-outcome">
        <span className={`tag tone-${face.tone}`}>
          <Icon name={face.icon} tone={face.tone} size={12} />
          {face.word}
        </span>
      </td>
      <th scope="row" className="watch-domain">
        <button
          type="button"
          className="plain-button"
          aria-expanded={isOpen}
          title={row.unfold(domain)}
          {...(isOpen ? { 'aria-controls': 'watch-notes' } : {})}
          onClick={() => {
            openNotes(isOpen ? null : domain);
          }}
        >
          <Icon name={isOpen ? 'down' : 'right'} size={10} />
          <span className="mono">
            <Seen text={domain} />
          </span>
        </button>
        <Care watched={watched} />
      </th>
      <td className="watch-looked">
        <Instant at={watched.lookedAt} now={now} none={row.never} />
      </td>
      <td className="watch-next">
        <Next watched={watched} now={now} />
      </td>
      <td className="watch-ends">
        <Ends watched={watched} now={now} />
      </td>
      <td className="watch-notes">
        <LastNote watched={watched} now={now} />
      </td>
    </tr>
  );
}

/** What speaks against the outcome that is shown. */
function Care({ watched: { doubt, failures } }: { readonly watched: WatchedDomain }): ReactNode {
  const texts = [
    ...(doubt === null ? [] : [row.doubt(OUTCOME_FACE[doubt].word)]),
    ...(failures === 0 ? [] : [row.failed(failures)]),
  ];
  return texts.map((text) => (
    <span key={text} className="watch-care dim">
      <Icon name="question" tone="none" size={11} />
      {text}
    </span>
  ));
}

interface InstantProps {
  /** ISO 8601. */
  readonly at: string | null;
  readonly now: number;
  readonly none: string;
}

function Instant({ at, now, none }: InstantProps): ReactNode {
  if (at === null) return <span className="dim">{none}</span>;
  return <LocalTime at={Date.parse(at)} now={now} />;
}

type CellProps = Omit<RowProps, 'isOpen'>;

function Next({ watched: { looking, waiting, nextAt }, now }: CellProps): ReactNode {
  if (looking) return <span className="watch-working">{row.underWay}</span>;
  if (waiting) return <span className="dim">{row.waiting}</span>;
  return <Instant at={nextAt} now={now} none={row.paused} />;
}

function Ends({ watched: { ends }, now }: CellProps): ReactNode {
  if (ends === null) return <span className="dim">{row.nothingEnds}</span>;
  const today = new Date(now).toISOString();
  const day = ends.at.slice(0, 4) === today.slice(0, 4) ? shortDayText(ends.at) : dayText(ends.at);
  return (
    <span className="watch-end" title={ends.what}>
      {ends.soon && <Icon name="triangle" tone="warn" size={12} label={row.soon} />}
      {row.ends(day, distanceText(ends.at, today))}
    </span>
  );
}

function LastNote({ watched: { notes }, now }: CellProps): ReactNode {
  const [last] = notes;
  if (last === undefined) return <span className="dim">{row.noNotes}</span>;
  return (
    <span className="watch-last" title={last.text}>
      <span className="dim">
        <LocalTime at={Date.parse(last.at)} now={now} />
      </span>{' '}
      <Seen text={last.text} />
    </span>
  );
}
