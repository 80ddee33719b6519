/** Where the test lives: a field each, with what is wrong with it beside it. */
import type { ReactNode } from 'react';
import { ALGORITHM_NAMES } from '../../shared/lab/place.ts';
import type { PlaceField, PlaceForm } from '../store/outbound-form.ts';
import { typePlace, useOutbound } from '../store/outbound-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';

const { fields, hints, algorithm } = words.outbound;

const TEXT_FIELDS = ['base', 'nameServer', 'addresses'] as const;
const NUMBER_FIELDS = ['smtpPort', 'listenPort', 'seconds'] as const;

export function PlaceFields({ form }: { readonly form: PlaceForm }): ReactNode {
  return (
    <div className="outbound-fields">
      {TEXT_FIELDS.map((field) => (
        <Field key={field} field={field} form={form} />
      ))}
      <div className="outbound-field">
        <label htmlFor="outbound-algorithm">{fields.algorithm}</label>
        <select
          id="outbound-algorithm"
          value={form.algorithm}
          onChange={(event) => {
            typePlace('algorithm', event.currentTarget.value);
          }}
        >
          <option value="">{algorithm.kept}</option>
          {Object.entries(ALGORITHM_NAMES).map(([number, name]) => (
            <option key={number} value={number}>
              {algorithm.named(name, Number(number))}
            </option>
          ))}
        </select>
        <Refusal field="algorithm" />
      </div>
      {NUMBER_FIELDS.map((field) => (
        <Field key={field} field={field} form={form} isNumber />
      ))}
    </div>
  );
}

interface FieldProps {
  readonly field: Exclude<PlaceField, 'algorithm'>;
  readonly form: PlaceForm;
  readonly isNumber?: boolean;
}

function Field({ field, form, isNumber = false }: FieldProps): ReactNode {
  const isRefused = useRefusal(field) !== null;
  const id = `outbound-${field}`;
  return (
    <div className={`outbound-field${isNumber ? ' is-number' : ''}`}>
      <label htmlFor={id}>{fields[field]}</label>
      <input
        id={id}
        className="mono"
        spellCheck={false}
        autoComplete="off"
        {...(isNumber && { inputMode: 'decimal' })}
        value={form[field]}
        aria-invalid={isRefused}
        aria-describedby={isRefused ? `${id}-refusal` : `${id}-hint`}
        onChange={(event) => {
          typePlace(field, event.currentTarget.value);
        }}
      />
      {isRefused ? (
        <Refusal field={field} />
      ) : (
        <span id={`${id}-hint`} className="dim outbound-hint">
          {hints[field]}
        </span>
      )}
    </div>
  );
}

function useRefusal(field: PlaceField): string | null {
  return useOutbound(({ trouble }) =>
    trouble?.kind === 'refused' && trouble.field === field ? trouble.message : null,
  );
}

function Refusal({ field }: { readonly field: PlaceField }): ReactNode {
  const message = useRefusal(field);
  if (message === null) return null;
  return (
    <span id={`outbound-${field}-refusal`} className="outbound-refusal" role="alert">
      <Icon name="triangle" tone="warn" size={12} />
      <Seen text={message} />
    </span>
  );
}
