/** Settings and About: how it looks, how it asks, what it keeps, and which versions it is made of. */
import { Button, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Theme } from '../../shared/ipc/contract.ts';
import { usePreferences } from '../store/settings-preferences.ts';
import { forgetRecent, setTheme, useProgram } from '../store/settings-store.ts';
import { Icon } from '../ui/icon.tsx';
import { visibleText } from '../ui/visible-text.ts';
import { words } from '../words/words.ts';
import { About } from './about.tsx';
import { Carrying } from './carrying.tsx';
import {
  ChoiceField,
  NumberField,
  ResolverField,
  SwitchField,
  TextField,
  ZoneField,
} from './preference-fields.tsx';

const { settings } = words;

export function SettingsScreen(): ReactNode {
  return (
    <div className="settings scroll">
      <div className="settings-column">
        <header>
          <h2>{settings.title}</h2>
          <p className="dim">{settings.lead}</p>
        </header>
        <StartNotes />
        <Group title={settings.groups.look}>
          <ThemeRow />
          <ChoiceField field="contrast" choices={settings.contrasts} />
        </Group>
        <Group title={settings.groups.dns}>
          <ResolverField />
          <NumberField field="timeoutSeconds" unit={settings.seconds} />
          <ChoiceField field="families" choices={settings.families} />
          <ZoneField field="rootHints" />
          <ZoneField field="trustAnchors" />
        </Group>
        <Group title={settings.groups.mail}>
          <SwitchField field="smtp" />
          <TextField field="proxy" />
          <TextField field="ehloName" />
          <NumberField field="maxConnections" />
          <SwitchField field="allowPrivate" />
        </Group>
        <Group title={settings.groups.kept}>
          <SwitchField field="keepHistory" />
          <RecentRow />
        </Group>
        <Group title={settings.groups.carry}>
          <Carrying />
        </Group>
        <About />
      </div>
    </div>
  );
}

function Group({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="settings-group" aria-label={title}>
      <h3>{title}</h3>
      <div className="settings-card">{children}</div>
    </section>
  );
}

/** What of this start is not as the settings say. */
function StartNotes(): ReactNode {
  const facts = usePreferences((state) => state.facts);
  if (facts === null) return null;
  const notes = [
    ...(facts.isGuest ? [settings.guest] : []),
    ...(facts.others.length === 0
      ? []
      : [settings.others(facts.others.map(visibleText).join(' '))]),
  ];
  return notes.map((note) => (
    <p key={note} className="settings-note">
      <Icon name="question" tone="none" />
      <span>{note}</span>
    </p>
  ));
}

function ThemeRow(): ReactNode {
  const theme = useProgram((state) => state.settings.theme);
  const { title, about } = settings.fields.theme;
  const { system, light, dark } = settings.themes;
  return (
    <div className="setting">
      <div className="setting-words">
        <span className="setting-title">
          <h4 id="setting-theme">{title}</h4>
          {theme !== 'system' && (
            <button
              type="button"
              className="text-link"
              aria-label={settings.resetAloud(title)}
              onClick={() => void setTheme('system')}
            >
              {settings.reset}
            </button>
          )}
        </span>
        <p className="dim">{about}</p>
      </div>
      <div className="setting-control">
        <SegmentedControl
          aria-labelledby="setting-theme"
          value={theme}
          data={[
            { value: 'system', label: system },
            { value: 'light', label: light },
            { value: 'dark', label: dark },
          ]}
          onChange={(value) => void setTheme(asTheme(value))}
        />
      </div>
    </div>
  );
}

function RecentRow(): ReactNode {
  const { recent } = useProgram((state) => state.settings);
  const { title, none, some, forget } = settings.recent;
  return (
    <div className="setting">
      <div className="setting-words">
        <h4>{title}</h4>
        <p className="dim">{recent.length === 0 ? none : some(recent.length)}</p>
      </div>
      <div className="setting-control">
        <Button
          variant="default"
          size="xs"
          disabled={recent.length === 0}
          onClick={() => void forgetRecent()}
        >
          {forget}
        </Button>
      </div>
    </div>
  );
}

function asTheme(value: string): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}
