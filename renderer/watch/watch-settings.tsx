/** How often, how far ahead, and where it is told. */
import type { ReactNode } from 'react';
import type { WatchState } from '../../shared/ipc/watch.ts';
import { changeWatch } from '../store/watch-store.ts';
import { words } from '../words/words.ts';
import { expiryChoices, intervalChoices, intervalText } from './watch-rows.ts';

const text = words.watch.settings;

export function WatchSettingsPanel({ state }: { readonly state: WatchState }): ReactNode {
  const { intervalMinutes, expiryDays, notify, stayInTray } = state.settings;
  return (
    <section aria-labelledby="watch-settings">
      <h3 id="watch-settings">{text.title}</h3>
      <label className="watch-field">
        {text.interval}
        <select
          value={intervalMinutes}
          onChange={(event) => {
            void changeWatch({ intervalMinutes: Number(event.currentTarget.value) });
          }}
        >
          {intervalChoices(intervalMinutes).map((minutes) => (
            <option key={minutes} value={minutes}>
              {intervalText(minutes)}
            </option>
          ))}
        </select>
      </label>
      <label className="watch-field">
        {text.expiry}
        <select
          value={expiryDays}
          onChange={(event) => {
            void changeWatch({ expiryDays: Number(event.currentTarget.value) });
          }}
        >
          {expiryChoices(expiryDays).map((days) => (
            <option key={days} value={days}>
              {days === 0 ? text.never : text.days(days)}
            </option>
          ))}
        </select>
      </label>
      <Switch
        label={text.notify}
        on={notify && state.canNotify}
        disabled={!state.canNotify}
        change={(on) => void changeWatch({ notify: on })}
      />
      {!state.canNotify && <p className="dim">{text.cannotNotify}</p>}
      <Switch
        label={text.stay}
        on={stayInTray}
        disabled={false}
        change={(on) => void changeWatch({ stayInTray: on })}
      />
      <p className="dim">{text.stayHint}</p>
      <p className="dim">{text.twice}</p>
    </section>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly on: boolean;
  readonly disabled: boolean;
  readonly change: (on: boolean) => void;
}

function Switch({ label, on, disabled, change }: SwitchProps): ReactNode {
  return (
    <label className="watch-switch">
      <input
        type="checkbox"
        checked={on}
        disabled={disabled}
        onChange={(event) => {
          change(event.currentTarget.checked);
        }}
      />
      {label}
    </label>
  );
}
