/** Which kinds of records are made: usage, selector, matching type; the advised ones are marked. */
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { acronyms, formatParameters } from '../../shared/dane/tlsa.ts';
import { ADVISED_ISSUER, ADVISED_LEAF, type RecordKind } from '../../shared/publish/wanted.ts';
import type { MaterialView } from '../store/material-view.ts';
import { chooseKinds, usePublish } from '../store/publish-store.ts';

export function KindsField({ view }: { readonly view: MaterialView }): ReactNode {
  const chosen = usePublish((state) => state.kinds);
  const advised = advisedKinds(view);
  const kinds = chosen ?? advised;
  const others = kinds.filter((kind) => !USUAL.some((usual) => isSame(usual, kind)));
  const toggle = (kind: RecordKind): void => {
    const without = kinds.filter((each) => !isSame(each, kind));
    chooseKinds(without.length < kinds.length ? without : [...kinds, kind]);
  };
  return (
    <fieldset className="publish-field">
      <legend>Kind of record</legend>
      <div className="picks">
        {[...USUAL, ...others].map((kind) => {
          const isOn = kinds.some((each) => isSame(each, kind));
          const isAdvised = advised.some((each) => isSame(each, kind));
          return (
            <label
              key={formatParameters(kind)}
              className={`pick mono${isOn ? ' is-on' : ''}`}
              title={acronyms(kind)}
            >
              <input
                type="checkbox"
                checked={isOn}
                onChange={() => {
                  toggle(kind);
                }}
              />
              {formatParameters(kind)}
              {isAdvised && <span className="tag tone-ok">advised</span>}
            </label>
          );
        })}
      </div>
      <OtherKind add={toggle} taken={kinds} />
      {chosen !== null && (
        <button
          type="button"
          className="text-link"
          onClick={() => {
            chooseKinds(null);
          }}
        >
          Back to what is advised
        </button>
      )}
    </fieldset>
  );
}

const USUAL: readonly RecordKind[] = [
  ADVISED_LEAF,
  ADVISED_ISSUER,
  { usage: 3, selector: 1, matchingType: 2 },
  { usage: 3, selector: 0, matchingType: 1 },
];

/** As the records are made where nothing is chosen. */
function advisedKinds({
  arranged: { servers, keys, issuers },
}: MaterialView): readonly RecordKind[] {
  return [
    ...(servers.length + keys.length > 0 ? [ADVISED_LEAF] : []),
    ...(issuers.length > 0 ? [ADVISED_ISSUER] : []),
  ];
}

function isSame(one: RecordKind, other: RecordKind): boolean {
  return formatParameters(one) === formatParameters(other);
}

interface OtherKindProps {
  readonly add: (kind: RecordKind) => void;
  readonly taken: readonly RecordKind[];
}

function OtherKind({ add, taken }: OtherKindProps): ReactNode {
  const [kind, setKind] = useState<RecordKind>({ usage: 3, selector: 1, matchingType: 0 });
  const change = (part: Partial<RecordKind>): void => {
    setKind({ ...kind, ...part });
  };
  return (
    <div className="publish-input kind-input">
      <Numbers
        label="Usage"
        words={['0 PKIX-TA', '1 PKIX-EE', '2 DANE-TA', '3 DANE-EE']}
        value={kind.usage}
        change={(usage) => {
          change({ usage });
        }}
      />
      <Numbers
        label="Selector"
        words={['0 certificate', '1 key']}
        value={kind.selector}
        change={(selector) => {
          change({ selector });
        }}
      />
      <Numbers
        label="Matching type"
        words={['0 full', '1 SHA-256', '2 SHA-512']}
        value={kind.matchingType}
        change={(matchingType) => {
          change({ matchingType });
        }}
      />
      <Button
        size="xs"
        variant="default"
        disabled={taken.some((each) => isSame(each, kind))}
        onClick={() => {
          add(kind);
        }}
      >
        Add {formatParameters(kind)}
      </Button>
    </div>
  );
}

interface NumbersProps {
  readonly label: string;
  /** By value. */
  readonly words: readonly string[];
  readonly value: number;
  readonly change: (value: number) => void;
}

function Numbers({ label, words, value, change }: NumbersProps): ReactNode {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => {
        change(Number(event.currentTarget.value));
      }}
    >
      {words.map((word, index) => (
        <option key={word} value={index}>
          {word}
        </option>
      ))}
    </select>
  );
}
