/** The control that judges the same evidence at another time. */
import { Button } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Report } from '../../shared/inspection/report.ts';
import { useInspection } from '../store/inspection-store.ts';
import { judgeAt, leaveOutlook, useOutlook } from '../store/outlook-store.ts';
import { fieldText, instantOf } from './judged-words.ts';

const DAY_MS = 86_400_000;
const PRESETS = [7, 30, 90] as const;

export function JudgeForm({ report }: { readonly report: Report }): ReactNode {
  const runId = useInspection((state) => state.runId);
  const asked = useOutlook((state) => (state.runId === runId ? state.at : null));
  return (
    <section className="judge-form" aria-label="Judge at another time">
      <AtForm key={asked ?? 'none'} initial={asked ?? Date.parse(report.at)} />
      <Preset label="Now" at={() => Date.now()} />
      {PRESETS.map((days) => (
        <Preset key={days} label={`In ${days} days`} at={() => Date.now() + days * DAY_MS} />
      ))}
      {asked !== null && (
        <Button size="compact-xs" variant="default" onClick={leaveOutlook}>
          As inspected
        </Button>
      )}
    </section>
  );
}

function AtForm({ initial }: { readonly initial: number }): ReactNode {
  const [typed, setTyped] = useState(fieldText(initial));
  const at = instantOf(typed);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (at !== null) void judgeAt(at);
  };
  return (
    <form onSubmit={submit}>
      <label>
        Judge at{' '}
        <input
          type="datetime-local"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />{' '}
        UTC
      </label>
      <Button type="submit" size="compact-sm" disabled={at === null}>
        Judge
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
