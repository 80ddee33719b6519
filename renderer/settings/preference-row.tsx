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
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

export interface PreferenceRowProps {
  readonly field: PreferenceField;
  /** The control takes the whole width, below the words. */
  readonly wide?: boolean;
  /** Several controls, named by the id that `titleId` gives. */
  readonly group?: boolean;
  /** The control, tied to the row by `useTies`. */
  readonly children: ReactNode;
}

export function PreferenceRow(props: PreferenceRowProps): ReactNode {
  const { field, wide = false, group = false, children } = props;
  const refusal = usePreferences(({ refusals }) => refusals[field]);
  const { title, about } = words.settings.fields[field];
  const id = `setting-${field}`;
  return (
    <div className={`setting${wide ? ' is-wide' : ''}`} data-setting={field}>
      <div className="setting-words">
        <span className="setting-title">
          <h4 id={titleId(field)}>
            {group ? title : <label htmlFor={`${id}-control`}>{title}</label>}
          </h4>
          <ResetButton field={field} refused={refusal !== undefined} />
        </span>
        <p id={`${id}-about`} className="dim">
          {about}
        </p>
      </div>
      <div className="setting-control">{children}</div>
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

export function titleId(field: PreferenceField): string {
  return `setting-${field}-title`;
}

export function useTies(field: PreferenceField): RowTies {
  const isRefused = usePreferences(({ refusals }) => refusals[field] !== undefined);
  const id = `setting-${field}`;
  return {
    id: `${id}-control`,
    'aria-describedby': isRefused ? `${id}-about ${id}-refusal` : `${id}-about`,
    'aria-invalid': isRefused,
  };
}

function ResetButton({
  field,
  refused,
}: {
  readonly field: PreferenceField;
  readonly refused: boolean;
}): ReactNode {
  const value = useProgram(({ settings }) => settings.preferences[field]);
  if (!refused && value === DEFAULT_PREFERENCES[field]) return null;
  return (
    <button
      type="button"
      className="text-link"
      aria-label={words.settings.resetAloud(words.settings.fields[field].title)}
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
