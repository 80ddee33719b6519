/** Which host and port the plan is for. */
import { Button } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { choose, planFor, useRollover } from '../store/rollover-store.ts';
import { Seen } from '../ui/seen.tsx';

export interface HostFormProps {
  /** Hosts that the person may mean: of the dropped certificates, of the last inspection. */
  readonly offered: readonly string[];
}

export function HostForm({ offered }: HostFormProps): ReactNode {
  const typed = useRollover((state) => state.typed);
  const port = useRollover((state) => state.typedPort);
  const host = useRollover((state) => state.host);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    planFor(typed);
  };
  const others = offered.filter((name) => name !== host).slice(0, MAX_OFFERED);
  return (
    <section aria-labelledby="rollover-host-title">
      <h3 id="rollover-host-title">Host</h3>
      <form className="rollover-host" onSubmit={onSubmit}>
        <input
          className="rollover-input mono"
          aria-label="Mail host"
          placeholder="mx.example.org"
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            choose({ typed: event.currentTarget.value });
          }}
        />
        <input
          className="rollover-input mono rollover-port"
          aria-label="Port"
          inputMode="numeric"
          value={port}
          onChange={(event) => {
            choose({ typedPort: event.currentTarget.value });
          }}
        />
        <Button type="submit" variant="default" h={32} px={12} disabled={typed.trim() === ''}>
          Look
        </Button>
      </form>
      {others.length > 0 && (
        <ul className="rollover-offers" aria-label="Hosts to choose from">
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
    </section>
  );
}

/** Hosts offered at a time; a wildcard certificate names none, a large one names hundreds. */
const MAX_OFFERED = 6;
