/** How the change is made: the scheme, and how long caches are waited for. */
import { useId, type ReactNode } from 'react';
import type { Scheme } from '../../shared/rollover/plan.ts';
import { choose, useRollover } from '../store/rollover-store.ts';
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { scheme: said } = words.rollover;
const SCHEMES: readonly Scheme[] = ['current+next', 'current+issuer'];

export interface SchemeChoiceProps {
  /** What is published follows it, so that it is taken as long as nothing else is chosen; null for neither. */
  readonly detected: Scheme | null;
}

export function SchemeChoice({ detected }: SchemeChoiceProps): ReactNode {
  const chosen = useRollover((state) => state.scheme);
  const safety = useRollover((state) => state.safety);
  const id = useId();
  return (
    <fieldset className="rollover-schemes">
      <legend>{said.title}</legend>
      {SCHEMES.map((scheme) => (
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
            <b>{said.choices[scheme].title}</b>
            {detected === scheme && <span className="tag">{said.detected}</span>}
            <span className="choice-sentence">{said.choices[scheme].sentence}</span>
          </span>
        </label>
      ))}
      <label className="rollover-safety" htmlFor={id}>
        <Said
          parts={said.safety(
            <select
              id={id}
              value={safety}
              onChange={(event) => {
                choose({ safety: Number(event.currentTarget.value) });
              }}
            >
              {SAFETY_FACTORS.map((factor) => (
                <option key={factor} value={factor}>
                  {said.factor(factor)}
                </option>
              ))}
            </select>,
          )}
        />
        <span className="dim">{said.advice}</span>
      </label>
    </fieldset>
  );
}

const SAFETY_FACTORS = [1, 1.5, 2, 3, 4];
