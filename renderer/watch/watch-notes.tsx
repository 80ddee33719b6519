/** What was told about one domain, newest first, and what can be done with it. */
import type { ReactNode } from 'react';
import type { WatchedDomain, WatchNote } from '../../shared/ipc/watch.ts';
import { lookNow, removeWatched, showLastRun } from '../store/watch-store.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { Seen } from '../ui/seen.tsx';
import { instantText } from '../ui/time.ts';
import { words } from '../words/words.ts';

const text = words.watch.notes;

const ICONS: Readonly<Record<WatchNote['kind'], IconName>> = {
  outcome: 'cycle',
  expiry: 'clock',
  failed: 'question',
  recovered: 'eye',
};

export interface WatchNotesProps {
  readonly watched: WatchedDomain;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export function WatchNotes({ watched, now }: WatchNotesProps): ReactNode {
  const { domain, notes, ends, problem, lookedAt } = watched;
  return (
    <section className="watch-told" aria-label={text.title(domain)}>
      <div className="watch-actions">
        <button
          type="button"
          className="text-link"
          disabled={lookedAt === null}
          onClick={() => void showLastRun(domain)}
        >
          {text.open}
        </button>
        <button type="button" className="text-link" onClick={() => void lookNow(domain)}>
          {text.look}
        </button>
        <button type="button" className="text-link" onClick={() => void removeWatched(domain)}>
          {text.remove}
        </button>
      </div>
      {problem !== null && (
        <p className="note">
          <Icon name="question" tone="none" />
          <Seen text={problem} />
        </p>
      )}
      {ends !== null && (
        <p className="dim">
          <Seen text={text.ends(ends.what, instantText(ends.at))} />
        </p>
      )}
      {notes.length === 0 ? (
        <p className="dim">{text.none}</p>
      ) : (
        <ol className="watch-note-list">
          {notes.map((note) => (
            <li key={`${note.at} ${note.kind} ${note.text}`}>
              <Icon name={ICONS[note.kind]} tone="none" label={text.kinds[note.kind]} />
              <span className="dim">
                <LocalTime at={Date.parse(note.at)} now={now} />
              </span>
              <span>
                <Seen text={note.text} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
