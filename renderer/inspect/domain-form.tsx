/** The one input: a domain in any form a person has it in, and the button beside it. */
import { Button, Loader } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import {
  cancel,
  inspect,
  leaveLab,
  type as typeDomain,
  useInspection,
} from '../store/inspection-store.ts';
import { showScreen } from '../store/settings-store.ts';
import { Icon } from '../ui/icon.tsx';
import { words } from '../words/words.ts';

const said = words.inspect.form;

export function DomainForm(): ReactNode {
  const typed = useInspection((state) => state.typed);
  const refusal = useInspection((state) => state.refusal);
  const phase = useInspection((state) => state.phase);
  const network = useInspection((state) => state.network);
  const running = phase === 'running' || phase === 'starting';
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    showScreen('inspect');
    void inspect();
  };
  return (
    <form className="domain-form" role="search" onSubmit={onSubmit}>
      <div className={`domain-field${refusal === null ? '' : ' is-refused'}`}>
        {network === 'lab' && (
          <button
            type="button"
            className="tag lab-tag"
            aria-label={said.leaveLab}
            title={said.labHint}
            onClick={leaveLab}
          >
            <Icon name="flask" size={11} />
            {said.lab}
            <Icon name="close" size={8} />
          </button>
        )}
        <input
          data-domain-field
          className="mono"
          aria-label={said.field}
          placeholder={said.example}
          spellCheck={false}
          autoComplete="off"
          autoFocus
          value={typed}
          aria-invalid={refusal !== null}
          {...(refusal === null ? {} : { 'aria-describedby': 'domain-refusal' })}
          onChange={(event) => {
            typeDomain(event.currentTarget.value);
          }}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
        />
        {running && <span className="domain-progress" aria-hidden />}
      </div>
      {running ? (
        <Button
          variant="default"
          h={34}
          leftSection={<Loader size={12} color="var(--accent)" />}
          onClick={() => void cancel()}
        >
          {said.cancel}
        </Button>
      ) : (
        <Button type="submit" h={34}>
          {said.inspect}
        </Button>
      )}
      <span className="key-hint">{said.keys}</span>
      {refusal !== null && (
        <p id="domain-refusal" className="domain-refusal" role="alert">
          <Icon name="triangle" tone="warn" />
          {refusal}
        </p>
      )}
    </form>
  );
}
