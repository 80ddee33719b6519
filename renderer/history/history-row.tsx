/** One kept run: when, of which domain, what it came to. */
import { useEffect, useRef, type ReactNode } from 'react';
import type { HistoryEntry } from '../../shared/ipc/history.ts';
import { chooseRun, openRun, useHistory } from '../store/history-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { instantText } from '../ui/time.ts';
import { OUTCOME_FACE } from '../ui/tone.ts';
import { visibleText } from '../ui/visible-text.ts';
import { words } from '../words/words.ts';
import { timeText } from './history-days.ts';

const said = words.history;

export interface HistoryRowProps {
  readonly entry: HistoryEntry;
  /** The person is asked whether it may go. */
  readonly isDoubted: boolean;
  readonly doubt: (id: string | null) => void;
  readonly remove: (id: string) => void;
}

export function HistoryRow({ entry, isDoubted, doubt, remove }: HistoryRowProps): ReactNode {
  const { id, domain, at } = entry;
  const isChosen = useHistory((state) => state.chosen.includes(id));
  const names = [visibleText(domain), instantText(at)] as const;
  return (
    <li className={`history-row${isChosen ? ' is-chosen' : ''}`} data-run={id}>
      <input
        type="checkbox"
        className="history-tick"
        aria-label={said.choose(...names)}
        title={said.compare}
        checked={isChosen}
        onChange={({ currentTarget }) => {
          chooseRun(id, currentTarget.checked);
        }}
      />
      {isDoubted ? (
        <Doubt
          keep={() => {
            doubt(null);
          }}
          remove={() => {
            remove(id);
          }}
        />
      ) : (
        <>
          <OpenButton entry={entry} names={names} />
          <button
            type="button"
            className="history-delete"
            aria-label={said.delete(...names)}
            title={said.deleteNow}
            onClick={() => {
              doubt(id);
            }}
          >
            <Icon name="close" size={10} />
          </button>
        </>
      )}
    </li>
  );
}

interface OpenButtonProps {
  readonly entry: HistoryEntry;
  readonly names: readonly [string, string];
}

function OpenButton({ entry, names }: OpenButtonProps): ReactNode {
  const { tone, icon, word } = OUTCOME_FACE[entry.outcome];
  return (
    <button
      type="button"
      className="history-open"
      title={said.open(...names)}
      onClick={() => void openRun(entry.id)}
    >
      <span className="history-time mono">{timeText(entry.at)}</span>
      <Icon name={icon} tone={tone} />
      <span className="history-what">
        <span className="mono history-domain">
          <Seen text={entry.domain} />
          {entry.network === 'lab' && <span className="tag">{said.lab}</span>}
          {entry.ownTrust && entry.network !== 'lab' && (
            <span className="tag">{said.ownTrust}</span>
          )}
        </span>
        <span className="dim">
          {word} · {said.counts(entry.errors, entry.warnings)}
        </span>
      </span>
    </button>
  );
}

function Doubt(props: { readonly keep: () => void; readonly remove: () => void }): ReactNode {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
  }, []);
  return (
    <span className="history-doubt" role="group" aria-label={said.deleteQuestion}>
      <span>{said.deleteQuestion}</span>
      <button type="button" className="text-link" ref={button} onClick={props.remove}>
        {said.deleteNow}
      </button>
      <button type="button" className="text-link" onClick={props.keep}>
        {said.keep}
      </button>
    </span>
  );
}
