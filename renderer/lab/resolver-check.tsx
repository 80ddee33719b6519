/** Asks a resolver for the test’s zone, before a mail server relies on it, and says what to do where it is not ready. */
import { Button, Loader } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import type { ResolverCheck } from '../../shared/ipc/outbound.ts';
import { changeSetup, checkResolver, useOutboundSetup } from '../store/outbound-setup.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { checkFace } from './resolver-face.ts';

const { check: said } = words.outbound.setup.resolver;

export function ResolverCheckForm(): ReactNode {
  const resolver = useOutboundSetup((setup) => setup.resolver);
  const isChecking = useOutboundSetup((setup) => setup.isChecking);
  return (
    <div className="outbound-check">
      <h4 id="outbound-check">{said.title}</h4>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void checkResolver();
        }}
      >
        <label htmlFor="outbound-resolver">{said.field}</label>
        <input
          id="outbound-resolver"
          className="mono"
          spellCheck={false}
          autoComplete="off"
          placeholder={said.placeholder}
          aria-describedby="outbound-resolver-hint"
          value={resolver}
          onChange={(event) => {
            changeSetup({ resolver: event.currentTarget.value });
          }}
        />
        <Button
          type="submit"
          h={30}
          variant="default"
          aria-disabled={isChecking}
          leftSection={isChecking && <Loader size={11} color="var(--accent)" />}
        >
          {said.button}
        </Button>
      </form>
      <p id="outbound-resolver-hint" className="dim outbound-hint">
        {said.hint}
      </p>
      <div role="status">
        <Outcome />
      </div>
    </div>
  );
}

function Outcome(): ReactNode {
  const isChecking = useOutboundSetup((setup) => setup.isChecking);
  const checked = useOutboundSetup((setup) => setup.checked);
  const last = useRef<HTMLUListElement>(null);
  const wasChecking = useRef(false);
  useEffect(() => {
    // It comes below what the pane shows, where the button was at its end.
    if (wasChecking.current && !isChecking) last.current?.scrollIntoView({ block: 'nearest' });
    wasChecking.current = isChecking;
  }, [isChecking]);
  if (isChecking) return <p className="dim">{said.asking}</p>;
  if (checked === null) return null;
  return (
    <>
      {checked.problem !== null && (
        <p className="outbound-note">
          <Icon name="triangle" tone="warn" />
          <Seen text={checked.problem} />
        </p>
      )}
      <ul className="outbound-checks" ref={last}>
        {checked.checks.map((check) => (
          <Check key={check.resolver} check={check} />
        ))}
      </ul>
    </>
  );
}

function Check({ check }: { readonly check: ResolverCheck }): ReactNode {
  const { tone, icon, word } = checkFace(check);
  return (
    <li data-check={check.state}>
      <p className="outbound-check-head">
        <Icon name={icon} tone={tone} />
        <strong className={`tone-${tone}`}>{word}</strong>
        <span className="mono">
          <Seen text={check.resolver} />
        </span>
      </p>
      <p>
        <Seen text={check.sentence} />
      </p>
      {check.advice !== null && (
        <p className="dim">
          <Seen text={check.advice} />
        </p>
      )}
    </li>
  );
}
