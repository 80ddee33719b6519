/** At which hosts the records stand: the certificates' own names, or names that the person chooses. */
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Wanted } from '../../shared/publish/wanted.ts';
import type { MaterialView } from '../store/material-view.ts';
import { addHost, chooseHosts, usePublish } from '../store/publish-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { hosts: said } = words.generate;

/** Names offered at once: a thousand certificates have a thousand. */
const SHOWN_NAMES = 12;

export interface HostsFieldProps {
  readonly view: MaterialView;
  readonly wanted: Wanted;
}

export function HostsField({ view, wanted }: HostsFieldProps): ReactNode {
  const chosen = usePublish((state) => state.hosts);
  const [all, setAll] = useState(false);
  const taken = chosen ?? onlyHost(wanted);
  const isTaken = new Set(taken);
  const names = [...new Set([...view.names, ...taken])];
  const most = all ? MOST_NAMES : SHOWN_NAMES;
  const shown = names.filter((name, index) => index < most || isTaken.has(name));
  const toggle = (name: string): void => {
    chooseHosts(isTaken.has(name) ? taken.filter((each) => each !== name) : [...taken, name]);
  };
  return (
    <fieldset className="publish-field">
      <legend>{said.title}</legend>
      {shown.length > 0 && (
        <div className="picks">
          {shown.map((name) => (
            <label key={name} className={`pick mono${isTaken.has(name) ? ' is-on' : ''}`}>
              <input
                type="checkbox"
                checked={isTaken.has(name)}
                onChange={() => {
                  toggle(name);
                }}
              />
              <Seen text={name} />
            </label>
          ))}
          {names.length > shown.length && !all && (
            <button
              type="button"
              className="text-link"
              onClick={() => {
                setAll(true);
              }}
            >
              {said.more(names.length - shown.length)}
            </button>
          )}
        </div>
      )}
      <HostInput shown={taken} />
      <p className="dim">
        {hostWords(chosen, wanted)}{' '}
        {chosen !== null && (
          <button
            type="button"
            className="text-link"
            onClick={() => {
              chooseHosts(null);
            }}
          >
            {said.ownNames}
          </button>
        )}
      </p>
      <Wildcards names={view.wildcards} />
    </fieldset>
  );
}

/** Chips that a page can hold. */
const MOST_NAMES = 400;

function hostWords(chosen: readonly string[] | null, wanted: Wanted): string {
  if (chosen === null) return ownNameWords(wanted);
  return chosen.length === 0 ? said.none : said.all;
}

function ownNameWords({ records }: Wanted): string {
  if (records.length === 0) return said.noRecord;
  const nameless = records.some(({ host }) => host === null);
  return nameless ? said.nameless : said.firstName;
}

/**
 * Where several certificates stand at names of their own, none of these is a choice: to choose one is to
 * have all records there.
 */
function onlyHost({ records }: Wanted): readonly string[] {
  const own = [...new Set(records.map(({ host }) => host))];
  const [host] = own;
  return own.length === 1 && typeof host === 'string' ? [host] : [];
}

function HostInput({ shown }: { readonly shown: readonly string[] }): ReactNode {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <form
      className="publish-input"
      onSubmit={(event) => {
        event.preventDefault();
        const refused = addHost(typed, shown);
        setProblem(refused);
        if (refused === null) setTyped('');
      }}
    >
      <input
        className="mono"
        aria-label={said.another}
        placeholder={said.example}
        spellCheck={false}
        autoComplete="off"
        value={typed}
        aria-invalid={problem !== null}
        {...(problem === null ? {} : { 'aria-describedby': 'host-problem' })}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setProblem(null);
        }}
      />
      <Button size="xs" variant="default" type="submit" disabled={typed.trim() === ''}>
        {said.add}
      </Button>
      {problem !== null && (
        <p id="host-problem" className="publish-problem" role="alert">
          <Icon name="triangle" tone="warn" size={12} />
          <span>
            <Seen text={problem} />
          </span>
        </p>
      )}
    </form>
  );
}

function Wildcards({ names }: { readonly names: readonly string[] }): ReactNode {
  const [first] = names;
  if (first === undefined) return null;
  const shown = (
    <span className="mono">
      <Seen text={first} />
    </span>
  );
  return (
    <p className="dim">
      <Said
        parts={names.length > 1 ? said.wildcards(shown, names.length - 1) : said.wildcard(shown)}
      />
    </p>
  );
}
