/** One dated thing opened: what happens to mail then, whose it is to mend, and what it is made of. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Mender } from '../../shared/findings/finding.ts';
import type { Deadline } from '../../shared/outlook/deadline.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { instantText } from '../ui/time.ts';
import { distanceWords, faceOf } from './deadline-face.ts';

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
    <section aria-live="polite" aria-label="What happens then">
      <h3>
        <Icon name={icon} tone={tone} />
        <Seen text={what} />
      </h3>
      <p>
        {instantText(iso)} <span className="dim">({distanceWords(deadline.at, now)})</span>
      </p>
      <p>
        <Seen text={consequence} />
      </p>
      <p className="dim">
        {MENDER_WORDS[mends]} {reference}.
      </p>
      {parts.length > 0 && (
        <ul className="outlook-sources">
          {parts.slice(0, PARTS_SHOWN).map((part) => (
            <li key={`${part.what} ${part.at}`}>
              <span className="mono">
                <Seen text={part.what} />
              </span>{' '}
              <span className="dim">until {instantText(new Date(part.at).toISOString())}</span>
            </li>
          ))}
          {parts.length > PARTS_SHOWN && (
            <li className="dim">and {parts.length - PARTS_SHOWN} more, later</li>
          )}
        </ul>
      )}
      {judgeThen !== null && (
        <p>
          <Button size="compact-sm" variant="default" onClick={judgeThen}>
            Judge just after it ends
          </Button>
        </p>
      )}
    </section>
  );
}

const MENDER_WORDS: Readonly<Record<Mender, string>> = {
  'mail host': 'Whose it is to see to: whoever runs the mail host.',
  'DNS operator': 'Whose it is to see to: the DNS operator.',
  'domain owner': 'Whose it is to see to: the owner of the domain.',
  'this network': 'It is this network’s.',
  nobody: 'Nobody has to do anything.',
};
