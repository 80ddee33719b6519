/** What was dropped, one card a thing, however many there are. */
import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactNode } from 'react';
import { chooseFolder, clearMaterials, useMaterials } from '../store/material-store.ts';
import { forgetChoices } from '../store/publish-store.ts';
import { FileCard } from './file-card.tsx';
import { MaterialCard } from './material-card.tsx';
import { askForFiles } from './material-input.tsx';
import type { MaterialRow } from './material-rows.ts';
import { Problems } from './problems.tsx';
import { words } from '../words/words.ts';

const { dropped: said } = words.generate;

export function MaterialPane({ rows }: { readonly rows: readonly MaterialRow[] }): ReactNode {
  const problems = useMaterials((state) => state.problems);
  return (
    <section className="material-pane" aria-label={said.region}>
      <header>
        <h2>{said.title}</h2>
        <Progress />
        <button
          type="button"
          className="text-link"
          onClick={() => {
            clearMaterials();
            forgetChoices();
          }}
        >
          {said.clear}
        </button>
      </header>
      <Problems texts={problems} />
      <RowList rows={rows} />
      <footer>
        <Button size="xs" variant="default" onClick={askForFiles}>
          {said.addFiles}
        </Button>
        <Button size="xs" variant="default" onClick={() => void chooseFolder()}>
          {said.addFolder}
        </Button>
      </footer>
    </section>
  );
}

/** Read out when it ends, not at each file. */
function Progress(): ReactNode {
  const files = useMaterials((state) => state.files.length);
  const waiting = useMaterials(
    (state) => state.files.filter(({ phase }) => phase === 'waiting').length,
  );
  return (
    <p className="dim material-progress" aria-live="polite" aria-busy={waiting > 0}>
      {waiting > 0 ? said.reading(waiting) : said.files(files)}
    </p>
  );
}

/** Pixels of a card before it has been measured. */
const ESTIMATED_ROW = 112;
/** Rows drawn beyond both ends of what is seen. */
const ROWS_BEYOND = 6;

function RowList({ rows }: { readonly rows: readonly MaterialRow[] }): ReactNode {
  const scrolled = useRef<HTMLDivElement>(null);
  // No compiler memoizes what it returns.
  // oxlint-disable-next-line react/incompatible-library
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrolled.current,
    estimateSize: () => ESTIMATED_ROW,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: ROWS_BEYOND,
  });
  return (
    <div
      ref={scrolled}
      className="material-list scroll"
      // A region that scrolls must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label={said.list}
      role="region"
    >
      <ul style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <li
              key={key}
              ref={list.measureElement}
              data-index={index}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row row={row} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Row({ row }: { readonly row: MaterialRow }): ReactNode {
  switch (row.kind) {
    case 'heading':
      return <h3>{row.text}</h3>;
    case 'file':
      return <FileCard file={row.file} />;
    case 'card':
      return <MaterialCard card={row.card} />;
  }
}
