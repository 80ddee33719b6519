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
import { HistoryList } from './history-list.tsx';

const said = words.history;

export function HistoryPanel(): ReactNode {
  const isOpen = useHistory((state) => state.isOpen);
  return (
    <Drawer
      opened={isOpen}
      onClose={() => {
        showHistory(false);
      }}
      title={said.title}
      position="right"
      size={460}
      className="history-drawer"
      // Escape is the window's: it closes the drawer, and does not cancel what runs behind it.
      closeOnEscape={false}
      // Both would put style elements into the page, which the security policy forbids.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': words.frame.close }}
    >
      {isOpen && <Runs />}
    </Drawer>
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
      {entries.length > 0 && (
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
          />
          <span className="dim" role="status">
            {filter.trim() === ''
              ? said.kept(entries.length)
              : said.filtered(shown.length, entries.length)}
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
      {entries.length === 0 && isKept && <Nothing isLoading={isLoading} />}
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

function Nothing({ isLoading }: { readonly isLoading: boolean }): ReactNode {
  if (isLoading) return <p className="history-none dim">{said.loading}</p>;
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
