/** One dated thing opened: what happens to mail then, whose it is to mend, and what it is made of. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Deadline } from '../../shared/outlook/deadline.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { instantText } from '../ui/time.ts';
import { distanceWords, faceOf } from './deadline-face.ts';
import { words } from '../words/words.ts';

const { deadline: said } = words.outlook;

export interface DeadlineDetailsProps {
  readonly deadline: Deadline;
  readonly now: number;
  /** Null while the inspection goes on. */
  readonly judgeThen: (() => void) | null;
}

/** Parts shown before the rest is only counted. */
const PARTS_SHOWN = 12;

export function DeadlineDetails({ deadline, now, judgeThen }: DeadlineDetailsProps): ReactNode {
  const { tone, icon } = faceOf(deadline, now);
  const { what, consequence, mends, reference, parts } = deadline;
  const iso = new Date(deadline.at).toISOString();
  return (
    <section aria-live="polite" aria-label={said.title}>
      <h3>
        <Icon name={icon} tone={tone} />
        <Seen text={what} />
      </h3>
      <p>
        {instantText(iso)}{' '}
        <span className="dim">{said.distance(distanceWords(deadline.at, now))}</span>
      </p>
      <p>
        <Seen text={consequence} />
      </p>
      <p className="dim">{said.menders[mends](reference)}</p>
      {parts.length > 0 && (
        <ul className="outlook-sources">
          {parts.slice(0, PARTS_SHOWN).map((part) => (
            <li key={`${part.what} ${part.at}`}>
              <span className="mono">
                <Seen text={part.what} />
              </span>{' '}
              <span className="dim">
                {said.partUntil(instantText(new Date(part.at).toISOString()))}
              </span>
            </li>
          ))}
          {parts.length > PARTS_SHOWN && (
            <li className="dim">{said.moreParts(parts.length - PARTS_SHOWN)}</li>
          )}
        </ul>
      )}
      {judgeThen !== null && (
        <p>
          <Button size="compact-sm" variant="default" onClick={judgeThen}>
            {said.judgeThen}
          </Button>
        </p>
      )}
    </section>
  );
}
