/** Before the first inspection: what this does, recent domains, and the lab to try it in. */
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { inspect, useInspection } from '../store/inspection-store.ts';
import { useProgram } from '../store/settings-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';

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
        <h2>Will mail to a domain get there?</h2>
        <p className="start-lead">
          Type a mail domain above. You will see what a sender that checks DANE does with its mail,
          and why: every mail host, every TLSA record, every certificate, and where they meet or
          fail to. The domain’s own name servers, mail servers and MTA-STS policy are asked
          directly; nobody else is trusted and nothing else leaves this computer.
        </p>
        {recent.length > 0 && (
          <section aria-label="Recent domains">
            <h3>Recent</h3>
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
          <section aria-label="Built-in lab">
            <h3>Nothing at hand?</h3>
            {lab || opened ? (
              <LabDomains />
            ) : (
              <>
                <p className="dim">
                  The lab is a small internet inside this program, with domains that are right and
                  domains that are wrong. It needs no connection.
                </p>
                <Button
                  variant="default"
                  h={34}
                  leftSection={<Icon name="flask" />}
                  onClick={() => {
                    setOpened(true);
                  }}
                >
                  Try the built-in lab
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
