/** Which kinds of records are made: usage, selector, matching type; what is advised, and why. */
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { acronyms, formatParameters } from '../../shared/dane/tlsa.ts';
import { adviseOn, type Advice, type Verdict } from '../../shared/publish/advice.ts';
import { defaultKinds, type RecordKind } from '../../shared/publish/wanted.ts';
import type { MaterialView } from '../store/material-view.ts';
import { chooseKinds, usePublish } from '../store/publish-store.ts';
import { Icon } from '../ui/icon.tsx';
import { TONE_ICON, type Tone } from '../ui/tone.ts';
import { words } from '../words/words.ts';

const { kinds: said } = words.generate;

export function KindsField({ view }: { readonly view: MaterialView }): ReactNode {
  const chosen = usePublish((state) => state.kinds);
  const ports = usePublish((state) => state.ports);
  const hosts = usePublish((state) => state.hosts);
  const { arranged } = view;
  const kinds = chosen ?? defaultKinds(arranged);
  const circumstances = { arranged, chosen: kinds, ports, hosts: hosts ?? [] };
  const others = kinds.filter((kind) => !USUAL.some((usual) => isSame(usual, kind)));
  const toggle = (kind: RecordKind): void => {
    const without = kinds.filter((each) => !isSame(each, kind));
    chooseKinds(without.length < kinds.length ? without : [...kinds, kind]);
  };
  return (
    <fieldset className="publish-field is-wide">
      <legend>{said.title}</legend>
      <div className="picks">
        {[...USUAL, ...others].map((kind) => (
          <KindPick
            key={formatParameters(kind)}
            advice={adviseOn(kind, circumstances)}
            isOn={kinds.some((each) => isSame(each, kind))}
            toggle={toggle}
          />
        ))}
        <OtherKind add={toggle} taken={kinds} />
        {chosen !== null && (
          <button
            type="button"
            className="text-link"
            onClick={() => {
              chooseKinds(null);
            }}
          >
            {said.back}
          </button>
        )}
      </div>
      <ul className="reasons">
        {kinds.map((kind) => (
          <Reasons key={formatParameters(kind)} advice={adviseOn(kind, circumstances)} />
        ))}
      </ul>
    </fieldset>
  );
}

const USUAL: readonly RecordKind[] = [
  { usage: 3, selector: 1, matchingType: 1 },
  { usage: 2, selector: 1, matchingType: 1 },
  { usage: 3, selector: 1, matchingType: 2 },
  { usage: 3, selector: 0, matchingType: 1 },
];

function isSame(one: RecordKind, other: RecordKind): boolean {
  return formatParameters(one) === formatParameters(other);
}

interface KindPickProps {
  readonly advice: Advice;
  readonly isOn: boolean;
  readonly toggle: (kind: RecordKind) => void;
}

function KindPick({ advice: { kind, verdict }, isOn, toggle }: KindPickProps): ReactNode {
  return (
    <label className={`pick mono${isOn ? ' is-on' : ''}`} title={acronyms(kind)}>
      <input
        type="checkbox"
        checked={isOn}
        onChange={() => {
          toggle(kind);
        }}
      />
      {formatParameters(kind)}
      {verdict !== 'possible' && (
        <span className={`tag tone-${TONES[verdict]}`}>{said.verdicts[verdict]}</span>
      )}
    </label>
  );
}

const TONES: Readonly<Record<Verdict, Tone>> = {
  advised: 'ok',
  possible: 'none',
  discouraged: 'warn',
  useless: 'err',
};

/** Sentences of one kind that are shown. */
const SHOWN_REASONS = 3;

function Reasons({ advice: { kind, verdict, reasons } }: { readonly advice: Advice }): ReactNode {
  const tone = TONES[verdict];
  return (
    <li>
      <Icon name={TONE_ICON[tone]} tone={tone} size={12} />
      <p>
        <b className="mono">{formatParameters(kind)}</b>{' '}
        {reasons.slice(0, SHOWN_REASONS).map(({ text, reference }) => (
          <span key={text} title={reference}>
            {text}{' '}
          </span>
        ))}
      </p>
    </li>
  );
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
    <span className="kind-input">
      <Numbers
        label={said.usage}
        names={said.usages}
        value={kind.usage}
        change={(usage) => {
          change({ usage });
        }}
      />
      <Numbers
        label={said.selector}
        names={said.selectors}
        value={kind.selector}
        change={(selector) => {
          change({ selector });
        }}
      />
      <Numbers
        label={said.matchingType}
        names={said.matchingTypes}
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
        {said.add(formatParameters(kind))}
      </Button>
    </span>
  );
}

interface NumbersProps {
  readonly label: string;
  /** By value. */
  readonly names: readonly string[];
  readonly value: number;
  readonly change: (value: number) => void;
}

function Numbers({ label, names, value, change }: NumbersProps): ReactNode {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => {
        change(Number(event.currentTarget.value));
      }}
    >
      {names.map((name, index) => (
        <option key={name} value={index}>
          {name}
        </option>
      ))}
    </select>
  );
}
