/** How far the list is, and what can be done with it. */
import { Button } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { MAX_CONCURRENCY } from '../../shared/batch/limits.ts';
import { isRetried } from '../../shared/batch/course.ts';
import type { BatchState } from '../../shared/ipc/batch.ts';
import { clearBatch, command } from '../store/batch-actions.ts';
import { useBatch } from '../store/batch-store.ts';
import { Icon } from '../ui/icon.tsx';
import { durationText } from '../ui/time.ts';
import { words } from '../words/words.ts';
import { SaveMenu } from './save-menu.tsx';

const said = words.batch;

export function BatchHead(): ReactNode {
  const state = useBatch((view) => view.state);
  const retries = useBatch((view) => view.rows.filter(isRetried).length);
  if (state === null) return null;
  const { phase, done, total, network } = state;
  return (
    <section className="batch-head" aria-label={said.progress} data-phase={phase}>
      <div className="batch-progress">
        <p className="batch-phase">
          <strong>{said.phases[phase]}</strong>
          <span className="batch-count">{said.count(done, total)}</span>
          {network === 'lab' && (
            <span className="tag" title={said.labHint}>
              <Icon name="flask" size={11} />
              {said.lab}
            </span>
          )}
        </p>
        <progress max={total} value={done} aria-label={said.progress} />
        <Times state={state} />
      </div>
      <div className="batch-buttons">
        <Concurrency value={state.concurrency} />
        <CourseButton phase={phase} />
        {retries > 0 && (
          <Button
            h={34}
            variant="default"
            title={said.buttons.retryHint}
            onClick={() => void command({ command: 'retry' })}
          >
            {said.buttons.retry(retries)}
          </Button>
        )}
        <SaveMenu />
        <Button h={34} variant="default" onClick={() => void clearBatch()}>
          {said.buttons.clear}
        </Button>
      </div>
    </section>
  );
}

function CourseButton({ phase }: { readonly phase: BatchState['phase'] }): ReactNode {
  switch (phase) {
    case 'ready':
    case 'paused':
      return (
        <Button h={34} onClick={() => void command({ command: 'start' })}>
          {phase === 'ready' ? said.buttons.start : said.buttons.resume}
        </Button>
      );
    case 'running':
      return (
        <Button h={34} variant="default" onClick={() => void command({ command: 'pause' })}>
          {said.buttons.pause}
        </Button>
      );
    case 'empty':
    case 'finished':
      return null;
  }
}

/** Milliseconds between two looks at the clock. */
const TICK_MS = 500;

function Times({ state }: { readonly state: BatchState }): ReactNode {
  const stateAt = useBatch((view) => view.stateAt);
  const underWay = useBatch(
    (view) => view.rows.filter(({ status }) => status === 'running').length,
  );
  const [now, setNow] = useState(() => performance.now());
  const isRunning = state.phase === 'running';
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => {
      setNow(performance.now());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isRunning]);
  const since = isRunning ? Math.max(0, now - stateAt) : 0;
  const texts = [
    ...(state.activeMs + since > 0 ? [durationText(state.activeMs + since)] : []),
    ...(isRunning && state.restMs !== null
      ? [said.rest(durationText(Math.max(0, state.restMs - since)))]
      : []),
    ...(state.phase === 'paused' && underWay > 0 ? [said.finishing(underWay)] : []),
  ];
  return <p className="dim batch-times">{texts.join(' · ')}</p>;
}

function Concurrency({ value }: { readonly value: number }): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const settle = (): void => {
    const wanted = Math.round(Number(typed ?? value));
    setTyped(null);
    if (typed === null || !(wanted >= 1) || wanted === value) return;
    const concurrency = Math.min(wanted, MAX_CONCURRENCY);
    void command({ command: 'concurrency', concurrency });
  };
  return (
    <label className="batch-concurrency" title={said.concurrencyHint(MAX_CONCURRENCY)}>
      {said.concurrency}
      <input
        type="number"
        min={1}
        max={MAX_CONCURRENCY}
        value={typed ?? value}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
        }}
        onBlur={settle}
        onKeyDown={({ key }) => {
          if (key === 'Enter') settle();
        }}
      />
    </label>
  );
}
