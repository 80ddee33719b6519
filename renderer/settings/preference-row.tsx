/** One setting: what it is, what it does, its control, and what is wrong with what was typed. */
import type { ReactNode } from 'react';
import type { PreferenceField } from '../../shared/ipc/preferences.ts';
import { DEFAULT_PREFERENCES } from '../../shared/ipc/default-preferences.ts';
import { resetPreference, usePreferences } from '../store/settings-preferences.ts';
import { useProgram } from '../store/settings-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { visibleText } from '../ui/visible-text.ts';
import { words } from '../words/words.ts';

/** What ties a control to the texts of its row. */
export interface RowTies {
  readonly id: string;
  readonly 'aria-labelledby': string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

export interface PreferenceRowProps {
  readonly field: PreferenceField;
  /** The control takes the whole width, below the words. */
  readonly wide?: boolean;
  /** The control, tied to the row by `useTies`. */
  readonly children: ReactNode;
}

export function PreferenceRow({ field, wide = false, children }: PreferenceRowProps): ReactNode {
  const refusal = usePreferences(({ refusals }) => refusals[field]);
  const { title, about } = words.settings.fields[field];
  const id = `setting-${field}`;
  return (
    <div className={`setting${wide ? ' is-wide' : ''}`} data-setting={field}>
      <div className="setting-words">
        <h4 id={`${id}-title`}>{title}</h4>
        <p id={`${id}-about`} className="dim">
          {about}
        </p>
      </div>
      <div className="setting-control">
        {children}
        <ResetButton field={field} refused={refusal !== undefined} />
      </div>
      {refusal !== undefined && (
        <p id={`${id}-refusal`} className="setting-refusal" role="alert">
          <Icon name="triangle" tone="warn" />
          <span>
            <Seen text={refusal} />
          </span>
        </p>
      )}
      <FixedNote field={field} />
    </div>
  );
}

export function useTies(field: PreferenceField): RowTies {
  const isRefused = usePreferences(({ refusals }) => refusals[field] !== undefined);
  const id = `setting-${field}`;
  return {
    id: `${id}-control`,
    'aria-labelledby': `${id}-title`,
    'aria-describedby': isRefused ? `${id}-about ${id}-refusal` : `${id}-about`,
    'aria-invalid': isRefused,
  };
}

/** Keeps its place where there is nothing to reset, so that the controls stand under each other. */
function ResetButton({
  field,
  refused,
}: {
  readonly field: PreferenceField;
  readonly refused: boolean;
}): ReactNode {
  const value = useProgram(({ settings }) => settings.preferences[field]);
  const changed = refused || value !== DEFAULT_PREFERENCES[field];
  return (
    <button
      type="button"
      className="text-link setting-reset"
      aria-label={words.settings.resetAloud(words.settings.fields[field].title)}
      disabled={!changed}
      onClick={() => void resetPreference(field)}
    >
      {words.settings.reset}
    </button>
  );
}

function FixedNote({ field }: { readonly field: PreferenceField }): ReactNode {
  const facts = usePreferences((state) => state.facts);
  const options = facts?.fixed.filter((fixed) => fixed.field === field) ?? [];
  if (options.length === 0) return null;
  const named = options.map(({ option }) => visibleText(option)).join(' ');
  return <p className="setting-fixed">{words.settings.fixed(named)}</p>;
}
