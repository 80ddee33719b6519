/** Above a run that was opened from the list: where it comes from, the way back, and the ones before and after it. */
import type { ReactNode } from 'react';
import { neighbour, openRow } from '../store/batch-actions.ts';
import { useBatch } from '../store/batch-store.ts';
import { useInspection } from '../store/inspection-store.ts';
import { showScreen } from '../store/settings-store.ts';
import { BatchQuestions } from './batch-questions.tsx';
import { words } from '../words/words.ts';

const said = words.batch.banner;

export function BatchBanner(): ReactNode {
  const isOpened = useInspection((state) => state.origin?.kind === 'batch');
  if (!isOpened) return null;
  return (
    <section className="batch-banner" aria-label={said.title}>
      <button
        type="button"
        className="text-link"
        onClick={() => {
          showScreen('batch');
        }}
      >
        {said.back}
      </button>
      <p className="dim">{said.text}</p>
      <Neighbour step={-1} label={said.previous} />
      <Neighbour step={1} label={said.next} />
      <BatchQuestions />
    </section>
  );
}

function Neighbour({ step, label }: { readonly step: 1 | -1; readonly label: string }): ReactNode {
  // Another order or another selection gives another neighbour.
  useBatch((view) => view.selected);
  const index = neighbour(step);
  return (
    <button
      type="button"
      className="text-link"
      disabled={index === null}
      onClick={() => {
        if (index !== null) void openRow(index);
      }}
    >
      {label}
    </button>
  );
}
