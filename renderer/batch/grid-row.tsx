/** One domain as a line of the table. */
import { memo, type ReactNode } from 'react';
import type { BatchRow } from '../../shared/batch/row.ts';
import { standingOf } from '../../shared/batch/view.ts';
import { openRow } from '../store/batch-actions.ts';
import { selectRow } from '../store/batch-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { durationText, instantText } from '../ui/time.ts';
import { words } from '../words/words.ts';
import { standingFace } from './standing-face.ts';

const said = words.batch;

/** The heading is the first row of the grid. */
const FIRST_ROW = 2;

export interface GridRowProps {
  readonly row: BatchRow;
  /** Among those that are shown, from 0. */
  readonly position: number;
  /** Pixels from the top. */
  readonly start: number;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
}

export function rowId({ index }: BatchRow): string {
  return `batch-row-${index}`;
}

/** What has not changed is not drawn again: others do so ten times a second. */
export const GridRow = memo(function GridRow(props: GridRowProps): ReactNode {
  const { row, position, start, isCurrent, isSelected } = props;
  const standing = standingOf(row);
  const { icon, tone, word } = standingFace(standing);
  const isDone = row.status === 'done';
  return (
    // The grid has the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      role="row"
      id={rowId(row)}
      className={`batch-line${isCurrent ? ' is-current' : ''}${isSelected ? ' is-selected' : ''}`}
      aria-rowindex={position + FIRST_ROW}
      aria-selected={isSelected}
      data-domain={row.domain}
      data-standing={standing}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => {
        selectRow(row.index);
      }}
      onDoubleClick={() => void openRow(row.index)}
    >
      <div role="gridcell" className="batch-cell is-domain mono">
        <Seen text={row.domain} />
      </div>
      <div role="gridcell" className={`batch-cell is-outcome tone-${tone}`}>
        <Icon name={icon} />
        {word}
      </div>
      <div role="gridcell" className="batch-cell is-problems">
        {isDone && <Counts errors={row.errors} warnings={row.warnings} />}
      </div>
      <div role="gridcell" className="batch-cell is-first">
        <Seen text={row.status === 'failed' ? row.sentence : row.first} />
      </div>
      <div role="gridcell" className="batch-cell is-duration">
        {isDone ? durationText(row.durationMs) : ''}
      </div>
      <div role="gridcell" className="batch-cell is-when">
        {row.at === null ? '' : instantText(row.at)}
      </div>
    </div>
  );
});

function Counts(props: { readonly errors: number; readonly warnings: number }): ReactNode {
  const { errors, warnings } = props;
  if (errors + warnings === 0) return <span className="dim">{said.nothingFound}</span>;
  return (
    <>
      {errors > 0 && (
        <span className="batch-tally tone-err">
          <Icon name="octagon" size={12} />
          {errors}
          <span className="unseen">{said.errors(errors)}</span>
        </span>
      )}
      {warnings > 0 && (
        <span className="batch-tally tone-warn">
          <Icon name="triangle" size={12} />
          {warnings}
          <span className="unseen">{said.warnings(warnings)}</span>
        </span>
      )}
    </>
  );
}
