/** What is odd about the list, why one was not taken, and why the work or its keeping stopped. */
import { useState, type ReactNode } from 'react';
import { MAX_DOMAINS } from '../../shared/batch/limits.ts';
import type { BatchState } from '../../shared/ipc/batch.ts';
import { dismissRefusal, useBatch } from '../store/batch-store.ts';
import { usePreferences } from '../store/settings-preferences.ts';
import { useProgram } from '../store/settings-store.ts';
import { DismissButton } from '../ui/dismiss-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';

const said = words.batch.notes;

export function BatchNotes(): ReactNode {
  const state = useBatch((view) => view.state);
  const brings = useBringsTrust();
  if (state === null) return null;
  // The lab, which has keys of its own too, says so by itself.
  const ownTrust = brings && state.network === 'internet';
  const { duplicates, leftOut, problems } = state;
  const isQuiet = problems.length + state.refusedCount + duplicates + leftOut === 0;
  if (isQuiet && !ownTrust) return null;
  return (
    <section className="batch-notes" aria-label={said.title}>
      {problems.map((problem) => (
        <p key={problem} className="batch-problem" role="alert">
          <Icon name="triangle" tone="warn" />
          <span>
            <Seen text={problem} />
          </span>
        </p>
      ))}
      {ownTrust && <Note text={said.ownTrust} />}
      {leftOut > 0 && <Note text={said.leftOut(leftOut, MAX_DOMAINS)} />}
      <RefusedLines key={state.list} state={state} />
      {duplicates > 0 && <p className="dim">{said.duplicates(duplicates)}</p>}
    </section>
  );
}

/** By the command line or the settings. */
function useBringsTrust(): boolean {
  const isSet = useProgram(({ settings }) => settings.preferences.trustAnchors.trim() !== '');
  const isFixed = usePreferences(
    ({ facts }) => facts?.fixed.some(({ field }) => field === 'trustAnchors') ?? false,
  );
  return isSet || isFixed;
}

/** Folded: mistakes of a long list are many, and none of them stops the others. */
function RefusedLines({ state }: { readonly state: BatchState }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { refused, refusedCount } = state;
  if (refusedCount === 0) return null;
  return (
    <div>
      <button
        type="button"
        className="batch-fold"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        <Icon name="triangle" tone="warn" size={12} />
        {said.refused(refusedCount)}
        <Icon name={isOpen ? 'up' : 'down'} size={10} />
      </button>
      {isOpen && <Lines lines={refused} count={refusedCount} />}
    </div>
  );
}

function Lines(props: { readonly lines: readonly string[]; readonly count: number }): ReactNode {
  const { lines, count } = props;
  return (
    <ul className="batch-lines scroll">
      {lines.map((line) => (
        <li key={line}>
          <Seen text={line} />
        </li>
      ))}
      {count > lines.length && <li className="dim">{said.notShown(count - lines.length)}</li>}
    </ul>
  );
}

function Note({ text }: { readonly text: string }): ReactNode {
  return (
    <p className="batch-problem">
      <Icon name="triangle" tone="warn" />
      <span>{text}</span>
    </p>
  );
}

/** Why a list was not taken: what there was before is still there. */
export function Refusal(): ReactNode {
  const refusal = useBatch((view) => view.refusal);
  if (refusal === null) return null;
  return (
    <div className="case-banner tone-bg-warn" role="alert">
      <Icon name="triangle" tone="warn" />
      <div className="case-words">
        <p>
          <Seen text={refusal.message} />
        </p>
        {refusal.lines.length > 0 && <Lines lines={refusal.lines} count={refusal.lineCount} />}
      </div>
      <DismissButton dismiss={dismissRefusal} />
    </div>
  );
}
