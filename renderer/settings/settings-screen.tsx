/** Settings and About: theme, recent domains, versions. */
import { Button, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Theme } from '../../shared/ipc/contract.ts';
import { forgetRecent, setTheme, useProgram } from '../store/settings-store.ts';

export function SettingsScreen(): ReactNode {
  const { theme, recent } = useProgram((state) => state.settings);
  const info = useProgram((state) => state.info);
  return (
    <div className="settings scroll">
      <div className="settings-column">
        <h2>Settings</h2>
        <section aria-labelledby="settings-theme">
          <div>
            <h3 id="settings-theme">Theme</h3>
            <p className="dim">“System” follows what your desktop uses.</p>
          </div>
          <SegmentedControl
            aria-labelledby="settings-theme"
            value={theme}
            data={[
              { value: 'system', label: 'System' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
            onChange={(value) => void setTheme(asTheme(value))}
          />
        </section>
        <section aria-labelledby="settings-recent">
          <div>
            <h3 id="settings-recent">Recent domains</h3>
            <p className="dim">
              {recent.length === 0
                ? 'None are kept.'
                : `${recent.length} kept on this computer, for the start screen.`}
            </p>
          </div>
          <Button
            variant="default"
            disabled={recent.length === 0}
            onClick={() => void forgetRecent()}
          >
            Forget them
          </Button>
        </section>
        <h2>About</h2>
        <p className="dim">
          DANE Inspector asks name servers and mail servers directly and validates every answer
          itself, from the root key down. It talks to nobody else, and sends no telemetry. To mail
          servers it says EHLO, STARTTLS and QUIT; it never sends mail.
        </p>
        {info !== null && (
          <dl className="versions">
            <dt>DANE Inspector</dt>
            <dd className="mono">{info.version}</dd>
            <dt>Electron</dt>
            <dd className="mono">{info.electron}</dd>
            <dt>Chromium</dt>
            <dd className="mono">{info.chromium}</dd>
            <dt>Node</dt>
            <dd className="mono">{info.node}</dd>
          </dl>
        )}
        <p className="dim">
          MIT licence. Built with React, React Flow, Mantine and zod (MIT); typefaces Inter and
          JetBrains Mono (SIL Open Font License 1.1).
        </p>
      </div>
    </div>
  );
}

function asTheme(value: string): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}
