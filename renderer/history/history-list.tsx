/** The list of kept runs; arrows go through it, Enter opens, Delete deletes. */
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { HistoryEntry } from '../../shared/ipc/history.ts';
import { deleteRun } from '../store/history-store.ts';
import { daysOf } from './history-days.ts';
import { HistoryRow } from './history-row.tsx';

export interface HistoryListProps {
  readonly entries: readonly HistoryEntry[];
  /** ISO 8601. */
  readonly now: string;
}

export function HistoryList({ entries, now }: HistoryListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const [doubted, setDoubted] = useState<string | null>(null);
  const remove = async (id: string): Promise<void> => {
    const place = entries.findIndex((entry) => entry.id === id);
    const next = entries[place + 1] ?? entries[place - 1] ?? null;
    setDoubted(null);
    await deleteRun(id);
    // The place of one that went is taken by the next.
    if (next !== null) focusRun(list.current, next.id);
  };
  /** Null takes the question back, and the place of the row that it stood in. */
  const doubt = (id: string | null): void => {
    flushSync(() => {
      setDoubted(id);
    });
    if (id === null && doubted !== null) focusRun(list.current, doubted);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const id = runOf(event.target);
    const step = STEPS.get(event.key);
    if (step !== undefined) {
      event.preventDefault();
      const place = entries.findIndex((entry) => entry.id === id);
      const next = entries[Math.min(entries.length - 1, Math.max(0, step(place, entries.length)))];
      if (next !== undefined) focusRun(list.current, next.id);
    } else if (event.key === 'Delete' && id !== null) {
      event.preventDefault();
      doubt(id);
    } else if (event.key === 'Escape' && doubted !== null) {
      // Escape takes back the question, and leaves the list open.
      event.preventDefault();
      doubt(null);
    }
  };
  return (
    // The rows have the buttons; keys pass through here on their way up.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="history-list scroll" ref={list} onKeyDown={onKeyDown}>
      {daysOf(entries, now).map(({ name, entries: some }) => (
        <section key={name} aria-label={name}>
          <h3>{name}</h3>
          <ul>
            {some.map((entry) => (
              <HistoryRow
                key={entry.id}
                entry={entry}
                isDoubted={doubted === entry.id}
                doubt={doubt}
                remove={(id) => void remove(id)}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** From the filter above it. */
export function focusFirstRun(): void {
  document.querySelector<HTMLElement>('.history-list .history-open')?.focus();
}

const PAGE = 10;
const STEPS: ReadonlyMap<string, (place: number, count: number) => number> = new Map([
  ['ArrowDown', (place) => place + 1],
  ['ArrowUp', (place) => place - 1],
  ['PageDown', (place) => place + PAGE],
  ['PageUp', (place) => place - PAGE],
  ['Home', () => 0],
  ['End', (_place, count) => count - 1],
] as const);

function runOf(target: EventTarget): string | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-run]') : null;
  return row?.dataset['run'] ?? null;
}

function focusRun(list: HTMLElement | null, id: string): void {
  list?.querySelector<HTMLElement>(`[data-run="${id}"] .history-open`)?.focus();
}
