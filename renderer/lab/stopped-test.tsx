/** Before a test: what it is, where it lives, and how it goes. */
import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OutboundState } from '../../shared/ipc/outbound.ts';
import { SCENARIOS } from '../../shared/lab/scenario.ts';
import { showPlace, startTest, useOutbound } from '../store/outbound-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { ListeningTrouble } from './listening-trouble.tsx';
import { PlaceFields } from './place-fields.tsx';

const said = words.outbound.start;

export interface StoppedTestProps {
  readonly state: Extract<OutboundState, { readonly kind: 'stopped' }>;
}

export function StoppedTest({ state }: StoppedTestProps): ReactNode {
  return (
    <div className="outbound-start scroll">
      <div className="outbound-column">
        <h3 className="outbound-question">{said.title}</h3>
        <p className="outbound-lead">{said.lead(SCENARIOS.length)}</p>
        <p className="outbound-local">
          <Icon name="lock" tone="ok" />
          <span>
            <strong>{said.local}</strong> <span className="dim">{said.localHint}</span>
          </span>
        </p>
        {state.problem !== null && (
          <p className="outbound-note">
            <Icon name="triangle" tone="warn" />
            <Seen text={state.problem} />
          </p>
        )}
        <StartForm />
        <Musts />
        <Steps />
      </div>
    </div>
  );
}

function StartForm(): ReactNode {
  const form = useOutbound((view) => view.form);
  const busy = useOutbound((view) => view.busy);
  const isOpen = useOutbound((view) => view.isFormOpen);
  if (form === null) return null;
  const isStarting = busy === 'starting';
  return (
    <form
      className="outbound-card"
      onSubmit={(event) => {
        event.preventDefault();
        void startTest();
      }}
    >
      <div className="outbound-go">
        <Button
          type="submit"
          h={38}
          aria-disabled={isStarting}
          leftSection={isStarting && <Loader size={12} color="var(--on-accent)" />}
        >
          {isStarting ? said.starting : said.button}
        </Button>
        <button
          type="button"
          className="plain-button outbound-place"
          aria-expanded={isOpen}
          aria-controls="outbound-place"
          onClick={() => {
            showPlace(!isOpen);
          }}
        >
          <span className="outbound-place-title">
            <Icon name={isOpen ? 'down' : 'right'} size={11} />
            {said.place}
          </span>
          <span className="dim">
            <Seen text={said.summary(form.base, form.nameServer, form.addresses, form.smtpPort)} />
          </span>
        </button>
      </div>
      <ListeningTrouble />
      <div id="outbound-place">{isOpen && <PlaceFields form={form} />}</div>
    </form>
  );
}

/** The three that everybody knows, as they would be seen of a sender that does well. */
const SHOWN = ['do', 'wrong', 'dont'] as const;

function Musts(): ReactNode {
  const shown = SCENARIOS.filter(({ id }) => SHOWN.some((each) => each === id));
  return (
    <section aria-labelledby="outbound-musts">
      <h4 id="outbound-musts">{said.must}</h4>
      <ul className="outbound-musts">
        {shown.map(({ id, title, setting, duty }) => (
          <li key={id}>
            <strong>{title}</strong>
            <span className="dim">{setting}</span>
            <span>{duty}</span>
          </li>
        ))}
      </ul>
      <p className="dim">{said.more(SCENARIOS.length - SHOWN.length)}</p>
    </section>
  );
}

function Steps(): ReactNode {
  return (
    <section aria-labelledby="outbound-how">
      <h4 id="outbound-how">{said.stepsTitle}</h4>
      <ol className="outbound-how">
        {said.steps.map(({ title, text }, index) => (
          <li key={title}>
            <span className="outbound-number" aria-hidden>
              {index + 1}
            </span>
            <span>
              <strong>{title}</strong>
              <span className="dim">{text}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
