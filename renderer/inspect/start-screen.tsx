/** Before the first inspection: what this does, recent domains, and the lab to try it in. */
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { inspect, useInspection } from '../store/inspection-store.ts';
import { useProgram } from '../store/settings-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';

const said = words.inspect.start;

export function StartScreen(): ReactNode {
  const { recent } = useProgram((state) => state.settings);
  const labDomains = useProgram((state) => state.labDomains);
  const problem = useProgram((state) => state.info?.problem ?? null);
  const lab = useInspection((state) => state.network === 'lab');
  const [opened, setOpened] = useState(false);
  return (
    <div className="start scroll">
      <div className="start-column">
        {problem !== null && (
          <p className="start-problem" role="alert">
            <Icon name="triangle" tone="warn" />
            <Seen text={problem} />
          </p>
        )}
        <h2>{said.heading}</h2>
        <p className="start-lead">{said.lead}</p>
        {recent.length > 0 && (
          <section aria-label={said.recent}>
            <h3>{said.recentHeading}</h3>
            <ul className="start-list">
              {recent.map((domain) => (
                <li key={domain}>
                  <button
                    type="button"
                    className="start-domain mono"
                    onClick={() => void inspect(domain, 'internet')}
                  >
                    <Seen text={domain} />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        {labDomains.length > 0 && (
          <section aria-label={said.lab}>
            <h3>{said.labHeading}</h3>
            {lab || opened ? (
              <LabDomains />
            ) : (
              <>
                <p className="dim">{said.labLead}</p>
                <Button
                  variant="default"
                  h={34}
                  leftSection={<Icon name="flask" />}
                  onClick={() => {
                    setOpened(true);
                  }}
                >
                  {said.labButton}
                </Button>
              </>
            )}
          </section>
        )}
      </div>
    </div>
  );
}

function LabDomains(): ReactNode {
  const labDomains = useProgram((state) => state.labDomains);
  return (
    <ul className="start-lab">
      {labDomains.map(({ domain, description }) => (
        <li key={domain}>
          <button type="button" onClick={() => void inspect(domain, 'lab')}>
            <span className="mono">{domain}</span>
            <span className="dim">{description}</span>
            <Icon name="right" />
          </button>
        </li>
      ))}
    </ul>
  );
}
