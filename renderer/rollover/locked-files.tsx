/** Dropped files that want a password, each with a field for it. */
import type { ReactNode } from 'react';
import { givePassword, useMaterials, type DroppedFile } from '../store/material-store.ts';
import { Icon } from '../ui/icon.tsx';
import { PasswordForm } from '../ui/password-form.tsx';
import { Seen } from '../ui/seen.tsx';
import { visibleText } from '../ui/visible-text.ts';
import { words } from '../words/words.ts';

const { candidates: said } = words.rollover;

export function LockedFiles(): ReactNode {
  const files = useMaterials((state) => state.files);
  const locked = files.filter((file) => file.locked !== null);
  if (locked.length === 0) return null;
  return (
    <ul className="rollover-cards" aria-label={said.locked}>
      {locked.slice(0, MAX_SHOWN).map((file) => (
        <li key={file.id} className="card">
          <LockedFile file={file} />
        </li>
      ))}
      {locked.length > MAX_SHOWN && (
        <li className="dim">{said.moreInGenerate(locked.length - MAX_SHOWN)}</li>
      )}
    </ul>
  );
}

/** Forms shown at a time; the next one comes when one of them is open. */
const MAX_SHOWN = 3;

function LockedFile({ file: { id, name, phase, locked } }: { readonly file: DroppedFile }) {
  const isTried = phase === 'waiting';
  return (
    <article aria-label={visibleText(name)}>
      <p className="card-title">
        <Icon name="lock" tone="none" />
        <Seen text={name} />
      </p>
      <PasswordForm
        id={`rollover-${id}`}
        isTried={isTried}
        isWrong={locked === 'password-wrong' && !isTried}
        give={(password) => {
          givePassword(id, password);
        }}
      />
    </article>
  );
}
