/** The control that judges the same evidence at another time. */
import { Button } from '@mantine/core';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import type { Report } from '../../shared/inspection/report.ts';
import { useInspection } from '../store/inspection-store.ts';
import { judgeAt, leaveOutlook, useOutlook } from '../store/outlook-store.ts';
import { fieldText, instantOf } from './judged-words.ts';
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { judge: said } = words.outlook;

const DAY_MS = 86_400_000;
const PRESETS = [7, 30, 90] as const;

export function JudgeForm({ report }: { readonly report: Report }): ReactNode {
  const runId = useInspection((state) => state.runId);
  const asked = useOutlook((state) => (state.runId === runId ? state.at : null));
  return (
    <section className="judge-form" aria-label={said.form}>
      <AtForm key={asked ?? 'none'} initial={asked ?? Date.parse(report.at)} />
      <Preset label={said.now} at={() => Date.now()} />
      {PRESETS.map((days) => (
        <Preset key={days} label={said.inDays(days)} at={() => Date.now() + days * DAY_MS} />
      ))}
      {asked !== null && (
        <Button size="compact-xs" variant="default" onClick={leaveOutlook}>
          {said.asInspected}
        </Button>
      )}
    </section>
  );
}

function AtForm({ initial }: { readonly initial: number }): ReactNode {
  const [typed, setTyped] = useState(fieldText(initial));
  const id = useId();
  const at = instantOf(typed);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (at !== null) void judgeAt(at);
  };
  return (
    <form onSubmit={submit}>
      <label htmlFor={id}>
        <Said
          parts={said.field(
            <input
              id={id}
              type="datetime-local"
              value={typed}
              onChange={(event) => {
                setTyped(event.currentTarget.value);
              }}
            />,
          )}
        />
      </label>
      <Button type="submit" size="compact-sm" disabled={at === null}>
        {said.submit}
      </Button>
    </form>
  );
}

interface PresetProps {
  readonly label: string;
  readonly at: () => number;
}

function Preset({ label, at }: PresetProps): ReactNode {
  return (
    <Button size="compact-xs" variant="default" onClick={() => void judgeAt(at())}>
      {label}
    </Button>
  );
}
