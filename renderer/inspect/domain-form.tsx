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
            aria-label="Leave the lab: look names up on the internet again"
            title="Names are looked up in the built-in lab. Press to look them up on the internet again."
            onClick={leaveLab}
          >
            <Icon name="flask" size={11} />
            lab
            <Icon name="close" size={8} />
          </button>
        )}
        <input
          data-domain-field
          className="mono"
          aria-label="Domain, mail address or URL"
          placeholder="example.org, user@example.org or a URL"
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
          Cancel
        </Button>
      ) : (
        <Button type="submit" h={34}>
          Inspect
        </Button>
      )}
      <span className="key-hint">Esc cancels · F5 again</span>
      {refusal !== null && (
        <p id="domain-refusal" className="domain-refusal" role="alert">
          <Icon name="triangle" tone="warn" />
          {refusal}
        </p>
      )}
    </form>
  );
}
