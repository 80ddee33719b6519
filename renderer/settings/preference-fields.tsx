/** The kinds of controls that settings have; what is typed counts when the field is left, or at Enter. */
import { Button, SegmentedControl } from '@mantine/core';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { PREFERENCE_LIMITS } from '../../shared/ipc/default-preferences.ts';
import type { Preferences, ZoneField as ZoneName } from '../../shared/ipc/preferences.ts';
import {
  changePreference,
  readPreferenceFile,
  refuse,
  usePreferences,
} from '../store/settings-preferences.ts';
import { useProgram } from '../store/settings-store.ts';
import { words } from '../words/words.ts';
import { PreferenceRow, titleId, useTies } from './preference-row.tsx';

type Named<T> = {
  [F in keyof Preferences]: Preferences[F] extends T ? F : never;
}[keyof Preferences];

export function TextField({ field }: { readonly field: 'proxy' | 'ehloName' }): ReactNode {
  const value = useProgram(({ settings }) => settings.preferences[field]);
  const resets = usePreferences((state) => state.resets);
  const ties = useTies(field);
  return (
    <PreferenceRow field={field}>
      <input
        key={resets}
        {...ties}
        className="setting-input mono"
        spellCheck={false}
        autoComplete="off"
        defaultValue={value}
        placeholder={words.settings.placeholders[field]}
        onKeyDown={leaveAtEnter}
        onBlur={({ currentTarget }) => void changePreference(field, currentTarget.value.trim())}
      />
    </PreferenceRow>
  );
}

export function NumberField({
  field,
  unit,
}: {
  readonly field: 'timeoutSeconds' | 'maxConnections';
  readonly unit?: string;
}): ReactNode {
  const value = useProgram(({ settings }) => settings.preferences[field]);
  const resets = usePreferences((state) => state.resets);
  const ties = useTies(field);
  return (
    <PreferenceRow field={field}>
      <span className="setting-number">
        <input
          key={resets}
          {...ties}
          className="setting-input mono"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={value}
          onKeyDown={leaveAtEnter}
          onBlur={({ currentTarget }) => {
            changeNumber(field, currentTarget.value);
          }}
        />
        {unit !== undefined && <span className="dim">{unit}</span>}
      </span>
    </PreferenceRow>
  );
}

/** People write 2,5 as well. */
function changeNumber(field: 'timeoutSeconds' | 'maxConnections', typed: string): void {
  const text = typed.trim().replace(',', '.');
  if (!/^-?\d{1,9}(?:\.\d{1,9})?$/.test(text)) refuse(field, words.settings.notANumber);
  else void changePreference(field, Number(text));
}

export function SwitchField({ field }: { readonly field: Named<boolean> }): ReactNode {
  const value = useProgram(({ settings }) => settings.preferences[field]);
  const { 'aria-invalid': _never, ...ties } = useTies(field);
  return (
    <PreferenceRow field={field}>
      <input
        {...ties}
        type="checkbox"
        role="switch"
        aria-checked={value}
        className="switch"
        checked={value}
        onChange={({ currentTarget }) => void changePreference(field, currentTarget.checked)}
      />
    </PreferenceRow>
  );
}

export function ChoiceField<F extends 'contrast' | 'families'>({
  field,
  choices,
}: {
  readonly field: F;
  readonly choices: Readonly<Record<Preferences[F], string>>;
}): ReactNode {
  const value = useProgram(({ settings }) => settings.preferences[field]);
  const isChoice = (name: string): name is Preferences[F] => Object.hasOwn(choices, name);
  const names = Object.keys(choices).filter(isChoice);
  return (
    <PreferenceRow field={field} group>
      <SegmentedControl
        aria-labelledby={titleId(field)}
        value={value}
        data={names.map((name) => ({ value: name, label: choices[name] }))}
        onChange={(name) => {
          if (isChoice(name)) void changePreference(field, name);
        }}
      />
    </PreferenceRow>
  );
}

/** Name servers need no address; a resolver is kept once it has one. */
export function ResolverField(): ReactNode {
  const value = useProgram(({ settings }) => settings.preferences.resolver);
  const resets = usePreferences((state) => state.resets);
  return <ResolverRow key={resets} value={value} />;
}

function ResolverRow({ value }: { readonly value: string }): ReactNode {
  const [isOne, setIsOne] = useState(value !== '');
  const { askWhom, placeholders, resolverAddress } = words.settings;
  const ties = useTies('resolver');
  return (
    <PreferenceRow field="resolver" group>
      <div className="setting-stack">
        <SegmentedControl
          aria-labelledby={titleId('resolver')}
          value={isOne ? 'resolver' : 'servers'}
          data={[
            { value: 'servers', label: askWhom.servers },
            { value: 'resolver', label: askWhom.resolver },
          ]}
          onChange={(whom) => {
            setIsOne(whom === 'resolver');
            if (whom === 'servers') void changePreference('resolver', '');
          }}
        />
        {isOne && (
          <input
            {...ties}
            className="setting-input mono"
            aria-label={resolverAddress}
            autoFocus={value === ''}
            spellCheck={false}
            autoComplete="off"
            defaultValue={value}
            placeholder={placeholders.resolver}
            onKeyDown={leaveAtEnter}
            onBlur={({ currentTarget }) =>
              void changePreference('resolver', currentTarget.value.trim())
            }
          />
        )}
      </div>
    </PreferenceRow>
  );
}

export function ZoneField({ field }: { readonly field: ZoneName }): ReactNode {
  const value = useProgram(({ settings }) => settings.preferences[field]);
  const resets = usePreferences((state) => state.resets);
  const ties = useTies(field);
  return (
    <PreferenceRow field={field} wide>
      <>
        <textarea
          key={resets}
          {...ties}
          className="setting-input setting-zone mono"
          rows={value === '' ? 2 : ZONE_ROWS}
          spellCheck={false}
          autoComplete="off"
          // One more, so that too much is refused in words and not cut off in silence.
          maxLength={PREFERENCE_LIMITS.zoneCharacters + 1}
          defaultValue={value}
          placeholder={words.settings.placeholders[field]}
          onBlur={({ currentTarget }) => void changePreference(field, zoneOf(currentTarget.value))}
        />
        <Button variant="default" size="xs" onClick={() => void readPreferenceFile(field)}>
          {words.settings.chooseFile}
        </Button>
      </>
    </PreferenceRow>
  );
}

const ZONE_ROWS = 6;

/** Nothing but blanks is nothing; a text is kept as it is. */
function zoneOf(typed: string): string {
  return typed.trim() === '' ? '' : typed;
}

function leaveAtEnter({ key, currentTarget }: KeyboardEvent<HTMLInputElement>): void {
  if (key === 'Enter') currentTarget.blur();
}
