/** The kept runs, by day: to open, to compare, to delete. */
import { Button, Drawer } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { filterHistory, showHistory, useHistory } from '../store/history-store.ts';
import { showScreen, useProgram } from '../store/settings-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { CompareBar } from './compare-bar.tsx';
import { DeleteAll } from './delete-all.tsx';
import { fitting } from './history-days.ts';
import { focusFirstRun, HistoryList } from './history-list.tsx';

const said = words.history;

export function HistoryPanel(): ReactNode {
  const isOpen = useHistory((state) => state.isOpen);
  return (
    <Drawer.Root
      opened={isOpen}
      onClose={() => {
        showHistory(false);
      }}
      position="right"
      size={460}
      className="history-drawer"
      // Escape is the window's: it closes the drawer, and does not cancel what runs behind it.
      closeOnEscape={false}
      // Both would put style elements into the page, which the security policy forbids.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      <Drawer.Overlay />
      <Drawer.Content>
        <div className="history-title">
          <Drawer.Title>{said.title}</Drawer.Title>
          <Drawer.CloseButton aria-label={words.frame.close} />
        </div>
        <Drawer.Body>{isOpen && <Runs />}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Runs(): ReactNode {
  const { entries, problems, filter, failure, isLoading } = useHistory();
  const isKept = useProgram((state) => state.settings.preferences.keepHistory);
  // Days are counted from the instant at which the list was opened.
  const [now] = useState(() => new Date().toISOString());
  const shown = fitting(entries, filter);
  return (
    <div className="history">
      {(entries.length > 0 || isLoading) && (
        <div className="history-head">
          <input
            data-autofocus
            className="history-filter"
            type="search"
            aria-label={said.filter}
            placeholder={said.filterExample}
            spellCheck={false}
            value={filter}
            onChange={({ currentTarget }) => {
              filterHistory(currentTarget.value);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown') return;
              event.preventDefault();
              focusFirstRun();
            }}
          />
          <span className="dim" role="status">
            {countText(shown.length, entries.length, isLoading)}
          </span>
        </div>
      )}
      {!isKept && <TurnedOff />}
      {failure !== null && (
        <p className="history-problem" role="alert">
          <Icon name="triangle" tone="warn" />
          <Seen text={failure} />
        </p>
      )}
      {problems.length > 0 && (
        <ul className="history-problems" aria-label={said.problems}>
          {problems.map((problem) => (
            <li key={problem} className="history-problem">
              <Icon name="triangle" tone="warn" />
              <span>
                <Seen text={problem} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {entries.length === 0 && isKept && !isLoading && <Nothing />}
      {entries.length > 0 && shown.length === 0 && (
        <p className="history-none dim">
          <Seen text={said.nothingFits(filter)} />
        </p>
      )}
      <HistoryList entries={shown} now={now} />
      {entries.length > 0 && (
        <footer className="history-foot">
          <CompareBar />
          <p className="history-keys dim">
            <span>{said.keys}</span>
            <span>{said.utc}</span>
            <DeleteAll count={entries.length} />
          </p>
        </footer>
      )}
    </div>
  );
}

function countText(shown: number, all: number, isLoading: boolean): string {
  if (all === 0 && isLoading) return said.loading;
  return shown === all ? said.kept(all) : said.filtered(shown, all);
}

function Nothing(): ReactNode {
  return (
    <div className="history-none">
      <Icon name="clock" size={22} tone="none" />
      <p>
        <strong>{said.nothingKept}</strong>
      </p>
      <p className="dim">{said.nothingKeptWhy}</p>
    </div>
  );
}

function TurnedOff(): ReactNode {
  return (
    <div className="history-off">
      <p>
        <strong>{said.turnedOff}</strong> <span className="dim">{said.turnedOffWhy}</span>
      </p>
      <Button
        variant="default"
        size="xs"
        onClick={() => {
          showHistory(false);
          showScreen('settings');
        }}
      >
        {said.toSettings}
      </Button>
    </div>
  );
}
