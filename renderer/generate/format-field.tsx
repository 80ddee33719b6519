/** In which form the records are written: that of the person's own DNS software. */
import type { ReactNode } from 'react';
import { formats, isFormatName, type FormatName } from '../../shared/publish/formats.ts';
import { chooseFormat, usePublish } from '../store/publish-store.ts';
import { words } from '../words/words.ts';

const { formats: said } = words.generate;

export function FormatField(): ReactNode {
  const chosen = usePublish((state) => state.format);
  return (
    <fieldset className="format-field">
      <legend className="unseen">{said.title}</legend>
      <div className="picks">
        {Object.entries(formats).map(([name, { title }]) =>
          isFormatName(name) ? (
            <Choice key={name} name={name} title={title} isChosen={name === chosen} />
          ) : null,
        )}
      </div>
    </fieldset>
  );
}

/** Where the title is too long for a button; it stands above the text in full. */
const SHORT_TITLES: Readonly<Partial<Record<FormatName, string>>> = said.short;

interface ChoiceProps {
  readonly name: FormatName;
  readonly title: string;
  readonly isChosen: boolean;
}

function Choice({ name, title, isChosen }: ChoiceProps): ReactNode {
  return (
    <label className={`pick${isChosen ? ' is-on' : ''}`} title={title}>
      <input
        type="radio"
        name="format"
        checked={isChosen}
        onChange={() => {
          chooseFormat(name);
        }}
      />
      {SHORT_TITLES[name] ?? title}
    </label>
  );
}
