/** Which host and port the plan is for. */
import { Button } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { choose, planFor, useRollover } from '../store/rollover-store.ts';
import type { Offered } from './use-material.ts';
import { Seen } from '../ui/seen.tsx';
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { host: said } = words.rollover;

export interface HostFormProps {
  readonly offered: Offered;
}

export function HostForm({ offered }: HostFormProps): ReactNode {
  const typed = useRollover((state) => state.typed);
  const port = useRollover((state) => state.typedPort);
  const host = useRollover((state) => state.host);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    planFor(typed);
  };
  const others = offered.hosts.filter((name) => name !== host).slice(0, MAX_OFFERED);
  return (
    <section aria-labelledby="rollover-host-title">
      <h3 id="rollover-host-title">{said.title}</h3>
      <form className="rollover-host" onSubmit={onSubmit}>
        <input
          className="rollover-input rollover-name mono"
          aria-label={said.field}
          placeholder={said.example}
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            choose({ typed: event.currentTarget.value });
          }}
        />
        <label>
          {said.port}
          <input
            className="rollover-input mono rollover-port"
            inputMode="numeric"
            value={port}
            onChange={(event) => {
              choose({ typedPort: event.currentTarget.value });
            }}
          />
        </label>
        <Button type="submit" variant="default" h={32} px={12} disabled={typed.trim() === ''}>
          {said.look}
        </Button>
      </form>
      {others.length > 0 && (
        <ul className="rollover-offers" aria-label={said.offered}>
          {others.map((name) => (
            <li key={name}>
              <button
                type="button"
                className="offer mono"
                onClick={() => {
                  planFor(name);
                }}
              >
                <Seen text={name} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {offered.wildcards.length > 0 && (
        <p className="dim rollover-hint">
          <Said
            parts={said.wildcard(
              <Seen text={offered.wildcards.slice(0, MAX_WILDCARDS).join(', ')} />,
            )}
          />
        </p>
      )}
    </section>
  );
}

/** Hosts offered at a time; a wildcard certificate names none, a large one names hundreds. */
const MAX_OFFERED = 6;
const MAX_WILDCARDS = 3;
