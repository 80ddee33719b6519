/** Which rows are shown: by outcome, by finding, by text; the counts are of the whole list. */
import { useMemo, type ReactNode } from 'react';
import {
  countCodes,
  countStandings,
  LIST_ORDER,
  NO_FILTER,
  rowsShown,
  type Standing,
} from '../../shared/batch/view.ts';
import { filterBatch, useBatch } from '../store/batch-store.ts';
import { Icon } from '../ui/icon.tsx';
import { numberText } from '../words/en/language.ts';
import { words } from '../words/words.ts';
import { standingFace } from './standing-face.ts';

const said = words.batch.filters;

export function BatchFilters(): ReactNode {
  const rows = useBatch((view) => view.rows);
  const filter = useBatch((view) => view.filter);
  const standings = useMemo(() => countStandings(rows), [rows]);
  const codes = useMemo(() => countCodes(rows), [rows]);
  const shown = useMemo(() => rowsShown(rows, filter, LIST_ORDER).length, [rows, filter]);
  const isFiltered = filter.standing !== null || filter.code !== null || filter.text.trim() !== '';
  return (
    <section className="batch-filters" aria-label={said.title}>
      <div className="batch-chips">
        <Chip standing={null} count={rows.length} />
        {standings.map(({ standing, count }) => (
          <Chip key={standing} standing={standing} count={count} />
        ))}
      </div>
      <div className="batch-fields">
        <select
          aria-label={said.code}
          value={filter.code ?? ''}
          onChange={({ currentTarget: { value } }) => {
            filterBatch({ code: value === '' ? null : value });
          }}
        >
          <option value="">{said.anyCode}</option>
          {codes.map(({ code, count }) => (
            <option key={code} value={code}>
              {said.codeCount(code, count)}
            </option>
          ))}
          {filter.code !== null && !codes.some(({ code }) => code === filter.code) && (
            <option value={filter.code}>{said.codeCount(filter.code, 0)}</option>
          )}
        </select>
        <input
          type="search"
          aria-label={said.text}
          placeholder={said.text}
          value={filter.text}
          onChange={({ currentTarget }) => {
            filterBatch({ text: currentTarget.value });
          }}
        />
        <p className="dim batch-shown" role="status">
          {isFiltered ? said.shown(shown, rows.length) : ''}
        </p>
        {isFiltered && (
          <button
            type="button"
            className="text-link"
            onClick={() => {
              filterBatch(NO_FILTER);
            }}
          >
            {said.none}
          </button>
        )}
      </div>
    </section>
  );
}

interface ChipProps {
  /** Null is all of them. */
  readonly standing: Standing | null;
  readonly count: number;
}

function Chip({ standing, count }: ChipProps): ReactNode {
  const isOn = useBatch((view) => view.filter.standing === standing);
  const face = standing === null ? null : standingFace(standing);
  return (
    <button
      type="button"
      className={`batch-chip${isOn ? ' is-on' : ''}`}
      aria-pressed={isOn}
      data-standing={standing ?? 'all'}
      onClick={() => {
        filterBatch({ standing: isOn ? null : standing });
      }}
    >
      {face !== null && <Icon name={face.icon} tone={face.tone} size={12} />}
      {face?.word ?? said.all}
      <span className="batch-chip-count">{numberText(count)}</span>
    </button>
  );
}
