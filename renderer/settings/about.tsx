/** What the program is, that it tells nobody of anything, and its versions as text for a bug report. */
import type { ReactNode } from 'react';
import type { AppInfo } from '../../shared/ipc/contract.ts';
import { usePreferences } from '../store/settings-preferences.ts';
import { copyText, useProgram } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { words } from '../words/words.ts';

export function About(): ReactNode {
  const info = useProgram((state) => state.info);
  const system = usePreferences((state) => state.facts?.system ?? '');
  const { about } = words.settings;
  const lines = info === null ? [] : versionsOf(info, system);
  return (
    <section className="settings-group" aria-labelledby="about" data-about tabIndex={-1}>
      <h3 id="about">{about.title}</h3>
      <div className="settings-card about">
        <p>{about.what}</p>
        <p>{about.privacy}</p>
        {lines.length > 0 && (
          <div className="about-versions">
            <dl className="versions">
              {lines.map(([name, version]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd className="mono">{version}</dd>
                </div>
              ))}
            </dl>
            <CopyButton
              text={lines.map(([name, version]) => `${name} ${version}`).join('\n')}
              what={about.copied}
              label={about.copy}
              copy={copyText}
            />
          </div>
        )}
        <p className="dim">{about.licence}</p>
      </div>
    </section>
  );
}

function versionsOf(info: AppInfo, system: string): readonly (readonly [string, string])[] {
  const { program, electron, chromium, node, system: systemName } = words.settings.about.versions;
  return [
    [program, info.version],
    [electron, info.electron],
    [chromium, info.chromium],
    [node, info.node],
    [systemName, system],
  ];
}
