/** How the change is made: the scheme, and how long caches are waited for. */
import type { ReactNode } from 'react';
import type { Scheme } from '../../shared/rollover/plan.ts';
import { choose, useRollover } from '../store/rollover-store.ts';

const SCHEMES: readonly {
  readonly scheme: Scheme;
  readonly title: string;
  readonly sentence: string;
}[] = [
  {
    scheme: 'current+next',
    title: 'Current + next',
    sentence:
      'Two 3 1 1 records: the key in use, and the next one, made early. Pins tightest; names and dates do not count.',
  },
  {
    scheme: 'current+issuer',
    title: 'Current + issuer',
    sentence:
      '3 1 1 of the key in use and 2 1 1 of its issuer. Any new certificate of that issuer fits at once; names must fit, and the server sends the issuer.',
  },
];

export interface SchemeChoiceProps {
  /** What is published follows it, so that it is taken as long as nothing else is chosen; null for neither. */
  readonly detected: Scheme | null;
}

export function SchemeChoice({ detected }: SchemeChoiceProps): ReactNode {
  const chosen = useRollover((state) => state.scheme);
  const safety = useRollover((state) => state.safety);
  return (
    <fieldset className="rollover-schemes">
      <legend>Scheme</legend>
      {SCHEMES.map(({ scheme, title, sentence }) => (
        <label key={scheme} className="choice">
          <input
            type="radio"
            name="rollover-scheme"
            checked={(chosen ?? detected ?? 'current+next') === scheme}
            onChange={() => {
              choose({ scheme });
            }}
          />
          <span>
            <b>{title}</b>
            {detected === scheme && <span className="tag">as published</span>}
            <span className="choice-sentence">{sentence}</span>
          </span>
        </label>
      ))}
      <label className="rollover-safety">
        Wait for
        <select
          value={safety}
          onChange={(event) => {
            choose({ safety: Number(event.currentTarget.value) });
          }}
        >
          {SAFETY_FACTORS.map((factor) => (
            <option key={factor} value={factor}>
              {factor} × TTL
            </option>
          ))}
        </select>
        <span className="dim">2 is advised: some caches keep answers a little longer.</span>
      </label>
    </fieldset>
  );
}

const SAFETY_FACTORS = [1, 1.5, 2, 3, 4];
