/** The list of findings when it is empty, filtered, or not finished. */
import type { ReactNode } from 'react';
import { clearFilter } from '../store/finding-filter.ts';
import type { Phase } from '../store/inspection-store.ts';
import { Icon } from '../ui/icon.tsx';
import { words } from '../words/words.ts';

const { none, filter: said, running } = words.findings;

export interface NothingFoundProps {
  readonly phase: Phase;
  /** There is something to read all the same. */
  readonly notices: boolean;
}

export function NothingFound({ phase, notices }: NothingFoundProps): ReactNode {
  switch (phase) {
    case 'finished':
      return (
        <div className="findings-none">
          <p className="findings-none-word">
            <Icon name="tick" tone="ok" />
            {none.finished}
          </p>
          <p className="dim">{notices ? none.noticesHint : none.finishedHint}</p>
        </div>
      );
    case 'starting':
    case 'running':
      return (
        <p className="findings-none dim">
          <Icon name="clock" tone="pending" />
          {none.running}
        </p>
      );
    default:
      return (
        <p className="findings-none dim">
          <Icon name="question" tone="none" />
          {none.stopped}
        </p>
      );
  }
}

export function StillLooking(): ReactNode {
  return (
    <p className="findings-none dim" role="status">
      <Icon name="clock" tone="pending" />
      {running}
    </p>
  );
}

export interface FilterStatusProps {
  readonly shown: number;
  readonly all: number;
}

export function FilterStatus({ shown, all }: FilterStatusProps): ReactNode {
  return (
    <p className="finding-filter-status dim">
      <span role="status">{shown === 0 ? said.nothing : said.shown(shown, all)}</span>
      <button type="button" className="text-link" onClick={clearFilter}>
        {said.all}
      </button>
    </p>
  );
}
