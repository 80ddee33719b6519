/** Beside the verdict: puts the domain on the list of those that are looked at again, or leads there. */
import type { ReactNode } from 'react';
import { useInspection } from '../store/inspection-store.ts';
import { showScreen, useProgram } from '../store/settings-store.ts';
import { openNotes, useWatch, watchDomain } from '../store/watch-store.ts';
import { Icon } from '../ui/icon.tsx';
import { words } from '../words/words.ts';

const said = words.watch.verdict;

/** The list is of the lab's domains or of the internet's: one of the other network, or of somebody's case, has no place there. */
export function WatchLink(): ReactNode {
  const domain = useInspection(({ report }) => report?.domain ?? null);
  const isCase = useInspection(({ origin }) => origin?.kind === 'case');
  const network = useInspection((state) => state.network);
  const listed = useProgram(({ info }) => (info?.lab === true ? 'lab' : 'internet'));
  const domains = useWatch(({ state }) => state?.domains ?? null);
  if (domain === null || domains === null || isCase || network !== listed) return null;
  const isWatched = domains.some((watched) => watched.domain === domain);
  return (
    <button
      type="button"
      title={isWatched ? said.watchedHint : said.watchHint}
      onClick={() => void (isWatched ? showWatched(domain) : watchOrTell(domain))}
    >
      <Icon name="eye" size={12} />
      {isWatched ? said.watched : said.watch}
    </button>
  );
}

function showWatched(domain: string): void {
  openNotes(domain);
  showScreen('watch');
}

/** Why it cannot be is told where the list is. */
async function watchOrTell(domain: string): Promise<void> {
  if (!(await watchDomain(domain))) showScreen('watch');
}
