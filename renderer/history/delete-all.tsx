/** Forgets all kept runs, once the person has said so twice. */
import { useState, type ReactNode } from 'react';
import { deleteRun } from '../store/history-store.ts';
import { words } from '../words/words.ts';

const said = words.history;

export function DeleteAll({ count }: { readonly count: number }): ReactNode {
  const [isAsked, setAsked] = useState(false);
  if (!isAsked) {
    return (
      <button
        type="button"
        className="text-link"
        onClick={() => {
          setAsked(true);
        }}
      >
        {said.deleteAll}
      </button>
    );
  }
  return (
    <span className="history-doubt" role="group" aria-label={said.deleteAllQuestion(count)}>
      <span>{said.deleteAllQuestion(count)}</span>
      <button
        type="button"
        className="text-link"
        autoFocus
        onClick={() => {
          setAsked(false);
          void deleteRun(null);
        }}
      >
        {said.deleteNow}
      </button>
      <button
        type="button"
        className="text-link"
        onClick={() => {
          setAsked(false);
        }}
      >
        {said.keep}
      </button>
    </span>
  );
}
