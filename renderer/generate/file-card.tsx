/** A file that wants a password, or of which something could not be used: what is wrong, in place. */
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { givePassword, removeFile, type DroppedFile } from '../store/material-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { visibleText } from '../ui/visible-text.ts';

export function FileCard({ file }: { readonly file: DroppedFile }): ReactNode {
  const { id, name, problems } = file;
  const isLocked = file.locked !== null;
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
          aria-label={`Remove ${visibleText(name)}`}
          onClick={() => {
            removeFile(id);
          }}
        >
          <Icon name="close" size={11} />
        </button>
      </p>
      {isLocked ? (
        <PasswordForm file={file} />
      ) : (
        <ul className="material-problems">
          {[...new Set(problems)].slice(0, SHOWN).map((problem) => (
            <li key={problem}>
              <Seen text={problem} />
            </li>
          ))}
          {problems.length > SHOWN && <li>and {problems.length - SHOWN} more such parts</li>}
        </ul>
      )}
    </article>
  );
}

/** Sentences of one file; a bundle may hold a thousand broken parts. */
const SHOWN = 3;

const LOCKED =
  'What is in it is locked with a password. The password is used once, here, and not kept.';

/** What is typed here goes to the worker that opens the file; the field forgets it at once. */
function PasswordForm({ file }: { readonly file: DroppedFile }): ReactNode {
  const [password, setPassword] = useState('');
  const isTried = file.phase === 'waiting';
  const isWrong = file.locked === 'password-wrong' && !isTried;
  const field = `password-${file.id}`;
  return (
    <form
      className="password-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isTried) return;
        givePassword(file.id, password);
        setPassword('');
      }}
    >
      <label htmlFor={field} className={isWrong ? 'tone-err' : 'dim'} aria-live="assertive">
        {isWrong && 'That password does not open it. Try another.'}
        {isTried && 'Trying the password; some files take seconds to open.'}
        {!isWrong && !isTried && LOCKED}
      </label>
      <span>
        <input
          id={field}
          type="password"
          autoComplete="off"
          aria-invalid={isWrong}
          readOnly={isTried}
          value={password}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
          }}
        />
        <Button size="xs" type="submit" aria-disabled={isTried}>
          {isTried ? 'Opening…' : 'Open'}
        </Button>
      </span>
    </form>
  );
}
