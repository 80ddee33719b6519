/** The Watch screen: the list of domains, what is known of each, how they are looked at, and the same without a window. */
import { Button } from '@mantine/core';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import type { WatchState } from '../../shared/ipc/watch.ts';
import { useInspection } from '../store/inspection-store.ts';
import { useProgram } from '../store/settings-store.ts';
import {
  addTyped,
  changeWatch,
  lookNow,
  typeWatched,
  useWatch,
  watchDomain,
} from '../store/watch-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { CronPanel } from './cron-panel.tsx';
import { intervalText, offeredDomains } from './watch-rows.ts';
import { WatchSettingsPanel } from './watch-settings.tsx';
import { WatchTable } from './watch-table.tsx';

const { watch } = words;

/** Milliseconds between two looks at the clock: the screen tells minutes. */
const TICK_MS = 20_000;

export function WatchScreen(): ReactNode {
  const state = useWatch((view) => view.state);
  const now = useNow();
  return (
    <div className="watch">
      <header className="watch-head">
        <div className="watch-title">
          <h2>{watch.title}</h2>
          <p className="dim" aria-live="polite">
            {state === null ? watch.reading : headline(state)}
          </p>
        </div>
        {state !== null && <HeadButtons state={state} />}
      </header>
      <div className="watch-main scroll">
        <AddForm />
        {state !== null && <Offers state={state} />}
        {state !== null && state.problem !== null && (
          <p className="watch-problem" role="alert">
            <Icon name="triangle" tone="warn" />
            <Seen text={state.problem} />
          </p>
        )}
        {state !== null && state.domains.length === 0 && <Empty />}
        {state !== null && state.domains.length > 0 && (
          <WatchTable domains={state.domains} now={now} />
        )}
      </div>
      <aside className="watch-side scroll" tabIndex={-1}>
        {state !== null && <WatchSettingsPanel state={state} />}
        {state !== null && <CronPanel state={state} />}
      </aside>
    </div>
  );
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}

function headline({ domains, settings }: WatchState): string {
  const { head } = watch;
  if (domains.length === 0) return watch.lead;
  const looking = domains.filter((domain) => domain.looking).length;
  const waiting = domains.filter((domain) => domain.waiting).length;
  return [
    head.count(domains.length),
    settings.on ? head.every(intervalText(settings.intervalMinutes)) : head.paused,
    ...(looking > 0 ? [head.looking(looking)] : []),
    ...(waiting > 0 ? [head.waiting(waiting)] : []),
  ].join(' · ');
}

function HeadButtons({ state }: { readonly state: WatchState }): ReactNode {
  const { on } = state.settings;
  if (state.domains.length === 0) return null;
  return (
    <>
      <Button variant="default" h={34} onClick={() => void changeWatch({ on: !on })}>
        {on ? watch.head.pause : watch.head.resume}
      </Button>
      <Button variant="default" h={34} onClick={() => void lookNow(null)}>
        {watch.head.lookAll}
      </Button>
    </>
  );
}

function AddForm(): ReactNode {
  const typed = useWatch((view) => view.typed);
  const refusal = useWatch((view) => view.refusal);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void addTyped();
  };
  return (
    <form className="watch-add" onSubmit={onSubmit}>
      <input
        className="mono"
        aria-label={watch.add.label}
        placeholder={watch.add.placeholder}
        spellCheck={false}
        autoComplete="off"
        value={typed}
        aria-invalid={refusal !== null}
        {...(refusal === null ? {} : { 'aria-describedby': 'watch-refusal' })}
        onChange={(event) => {
          typeWatched(event.currentTarget.value);
        }}
      />
      <Button type="submit" h={34}>
        {watch.add.button}
      </Button>
      {refusal !== null && (
        <p id="watch-refusal" className="watch-problem" role="alert">
          <Icon name="triangle" tone="warn" />
          <Seen text={refusal} />
        </p>
      )}
    </form>
  );
}

/** With `--lab` the lab's domains are watched, else those of the internet. */
function Offers({ state }: { readonly state: WatchState }): ReactNode {
  const lab = useProgram((program) => program.info?.lab === true);
  const { recent } = useProgram((program) => program.settings);
  const shown = useInspection(({ report, network, phase }) =>
    report !== null && phase === 'finished' && network === (lab ? 'lab' : 'internet')
      ? report.domain
      : null,
  );
  const lately = [...(shown === null ? [] : [shown]), ...(lab ? [] : recent)];
  const offered = offeredDomains(lately, state.domains);
  if (offered.length === 0) return null;
  return (
    <p className="watch-offers dim">
      {watch.add.offers}
      {offered.map((domain) => (
        <button
          key={domain}
          type="button"
          className="text-link mono"
          aria-label={watch.add.offer(domain)}
          onClick={() => void watchDomain(domain)}
        >
          <Seen text={domain} />
        </button>
      ))}
    </p>
  );
}

function Empty(): ReactNode {
  return (
    <div className="watch-empty">
      <Icon name="eye" size={26} />
      <h3>{watch.empty.title}</h3>
      <p className="dim">{watch.empty.text}</p>
    </div>
  );
}
