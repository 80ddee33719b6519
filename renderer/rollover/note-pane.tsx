/** A note in the place of the plan. */
import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { TONE_ICON } from '../ui/tone.ts';
import type { PlanNote } from './plan-note.ts';
import { words } from '../words/words.ts';

export function NotePane({
  note: { tone, title, sentence },
}: {
  readonly note: PlanNote;
}): ReactNode {
  return (
    <section className="rollover-note" aria-label={words.rollover.plan.region} aria-live="polite">
      <h3 data-verdict={`note-${tone}`}>
        {tone === 'pending' ? (
          <Loader size={14} color="var(--accent)" />
        ) : (
          <Icon name={TONE_ICON[tone]} tone={tone} size={16} />
        )}
        {title}
      </h3>
      <p>
        <Seen text={sentence} />
      </p>
    </section>
  );
}
