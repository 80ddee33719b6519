/** Settings saved as a file, taken from one, and put back to what they were at first. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import {
  dismissCarried,
  exportSettings,
  importSettings,
  resetAll,
  usePreferences,
} from '../store/settings-preferences.ts';
import { DismissButton } from '../ui/dismiss-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';

export function Carrying(): ReactNode {
  const { carry, resetAll: resetWords, resetAllAbout } = words.settings;
  return (
    <>
      <div className="setting">
        <div className="setting-words">
          <h4>{carry.title}</h4>
          <p className="dim">{carry.about}</p>
        </div>
        <div className="setting-control">
          <Button variant="default" size="xs" onClick={() => void exportSettings()}>
            {carry.save}
          </Button>
          <Button variant="default" size="xs" onClick={() => void importSettings()}>
            {carry.load}
          </Button>
        </div>
        <Outcome />
      </div>
      <div className="setting">
        <div className="setting-words">
          <h4>{resetWords}</h4>
          <p className="dim">{resetAllAbout}</p>
        </div>
        <div className="setting-control">
          <Button variant="default" size="xs" onClick={() => void resetAll()}>
            {words.settings.reset}
          </Button>
        </div>
      </div>
    </>
  );
}

function Outcome(): ReactNode {
  const carried = usePreferences((state) => state.carried);
  if (carried === null) return null;
  const failed = carried.kind === 'failed';
  const problems = failed ? [] : carried.problems;
  const isGood = !failed && problems.length === 0;
  return (
    <div className="setting-outcome" role={isGood ? 'status' : 'alert'}>
      <Icon name={isGood ? 'tick' : 'triangle'} tone={isGood ? 'ok' : 'warn'} />
      <div>
        <p>
          <Seen text={carried.message} />
        </p>
        {problems.length > 0 && (
          <ul>
            {problems.map((problem) => (
              <li key={problem}>
                <Seen text={problem} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <DismissButton dismiss={dismissCarried} />
    </div>
  );
}
