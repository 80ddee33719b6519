/** Beside the verdict: the ways to what senders do, and to what breaks next and when. */
import type { ReactNode } from 'react';
import { nextToBreak } from '../../shared/outlook/deadlines.ts';
import { useInspection } from '../store/inspection-store.ts';
import { deadlinesOfRun } from '../store/outlook-store.ts';
import { openDomain } from '../store/selection-store.ts';
import { Icon } from '../ui/icon.tsx';
import { distanceWords, faceOf } from './deadline-face.ts';
import { words } from '../words/words.ts';

/** `more`: what else can be done with the domain. */
export function Glance({ more }: { readonly more: ReactNode }): ReactNode {
  const report = useInspection((state) => state.report);
  const now = report === null ? Number.NaN : Date.parse(report.at);
  const next = report === null ? null : nextToBreak(deadlinesOfRun(report));
  const when = next?.weight === 'stops' ? next : null;
  const face = when === null ? null : faceOf(when, now);
  return (
    <p className="glance">
      {more}
      <button
        type="button"
        onClick={() => {
          openDomain('senders');
        }}
      >
        {words.outlook.sendersButton}
      </button>
      <button
        type="button"
        onClick={() => {
          openDomain('outlook');
        }}
      >
        {face !== null && face.tone !== 'ok' && (
          <Icon name={face.icon} tone={face.tone} size={12} />
        )}
        {when === null
          ? words.outlook.breaksButton
          : words.outlook.breaksButtonWhen(distanceWords(when.at, now))}
      </button>
    </p>
  );
}
