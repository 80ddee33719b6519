/** A file that wants a password, or of which something could not be used: what is wrong, in place. */
import type { ReactNode } from 'react';
import { givePassword, removeFile, type DroppedFile } from '../store/material-store.ts';
import { Icon } from '../ui/icon.tsx';
import { PasswordForm } from '../ui/password-form.tsx';
import { Seen } from '../ui/seen.tsx';
import { visibleText } from '../ui/visible-text.ts';
import { words } from '../words/words.ts';

const { dropped: said } = words.generate;

export function FileCard({ file }: { readonly file: DroppedFile }): ReactNode {
  const { id, name, problems } = file;
  const isLocked = file.locked !== null;
  const isTried = file.phase === 'waiting';
  return (
    <article
      className={`material-card ${isLocked ? 'is-locked' : 'is-faulty'}`}
      aria-label={visibleText(name)}
    >
      <p className="material-title">
        <Icon name={isLocked ? 'lock' : 'triangle'} tone={isLocked ? 'none' : 'warn'} />
        <b>
          <Seen text={name} />
        </b>
        <button
          type="button"
          className="plain-button material-remove"
          aria-label={said.remove(visibleText(name))}
          onClick={() => {
            removeFile(id);
          }}
        >
          <Icon name="close" size={11} />
        </button>
      </p>
      {isLocked ? (
        <PasswordForm
          id={String(id)}
          isTried={isTried}
          isWrong={file.locked === 'password-wrong' && !isTried}
          give={(password) => {
            givePassword(id, password);
          }}
        />
      ) : (
        <ul className="material-problems">
          {[...new Set(problems)].slice(0, SHOWN).map((problem) => (
            <li key={problem}>
              <Seen text={problem} />
            </li>
          ))}
          {problems.length > SHOWN && <li>{said.moreParts(problems.length - SHOWN)}</li>}
        </ul>
      )}
    </article>
  );
}

/** Sentences of one file; a bundle may hold a thousand broken parts. */
const SHOWN = 3;
