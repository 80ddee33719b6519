/** What can be done with the runs that are ticked. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { compareRuns, useHistory } from '../store/history-store.ts';
import { words } from '../words/words.ts';

const said = words.history;

export function CompareBar(): ReactNode {
  const chosen = useHistory((state) => state.chosen);
  const entries = useHistory((state) => state.entries);
  // Newest first, as in the list.
  const [newer, older] = entries.filter(({ id }) => chosen.includes(id));
  const fits = newer !== undefined && older !== undefined && isSame(newer, older);
  return (
    <div className="history-compare">
      <span className="dim" role="status">
        {hint(newer !== undefined, older !== undefined, fits)}
      </span>
      <Button
        variant="default"
        size="xs"
        disabled={!fits}
        onClick={() => {
          if (fits) void compareRuns(older.id, newer.id);
        }}
      >
        {said.compare}
      </Button>
    </div>
  );
}

interface Subject {
  readonly domain: string;
  readonly network: string;
}

function isSame(one: Subject, other: Subject): boolean {
  return one.domain === other.domain && one.network === other.network;
}

function hint(isOne: boolean, areTwo: boolean, fits: boolean): string {
  if (!isOne) return said.chooseHint;
  if (!areTwo) return said.chooseOther;
  return fits ? '' : said.chosenDiffer;
}
