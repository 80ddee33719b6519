/** Asks for the password of a file that does not open without one; what is typed is forgotten at once. */
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { words } from '../words/words.ts';

export interface PasswordFormProps {
  /** Of the file; no other form on the page may have it. */
  readonly id: string;
  /** The last one did not open it. */
  readonly isWrong: boolean;
  /** One is being tried. */
  readonly isTried: boolean;
  readonly give: (password: string) => void;
}

const { password: said } = words.frame;

export function PasswordForm({ id, isWrong, isTried, give }: PasswordFormProps): ReactNode {
  const [password, setPassword] = useState('');
  const field = `password-${id}`;
  return (
    <form
      className="password-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isTried) return;
        give(password);
        setPassword('');
      }}
    >
      <label htmlFor={field} className={isWrong ? 'tone-err' : 'dim'} aria-live="assertive">
        {isWrong && said.wrong}
        {isTried && said.tried}
        {!isWrong && !isTried && said.locked}
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
          {isTried ? said.opening : said.open}
        </Button>
      </span>
    </form>
  );
}
